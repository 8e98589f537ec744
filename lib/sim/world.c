/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Its making, and its time. */
#include "sim/world_state.h"

void
world_say(struct world *w, const char *who, const char *text)
{
	double seconds = (double)(w->now.ns / 1000000 - WORLD_EPOCH_MS) / 1000.0;
	g_autofree char *line = g_strdup_printf("[%8.3f] %s: %s", seconds, who, text);

	w->line(w->line_arg, line);
}

struct world *
world_new(char *const *nodes, const char *hacf, const char *haresources, uint64_t seed,
    enum trace_level verbosity, world_line_fn *line, void *arg)
{
	struct world *w = g_new0(struct world, 1);

	w->line = line;
	w->line_arg = arg;
	w->verbosity = verbosity;
	w->now = (struct moment){(int64_t)WORLD_EPOCH_MS * 1000000};
	w->pending = g_sequence_new(NULL);
	w->delay_low = w->delay_high = (struct span){200000};
	w->takes = span_from_ms(1);
	prng_seed(&w->prng, seed);
	w->hosts = g_new0(struct host, g_strv_length((char **)nodes) + 1);
	w->deadlines = g_new0(struct moment, g_strv_length((char **)nodes) + 1);
	g_autofree char *names = g_strjoinv(" ", (char **)nodes);
	g_autofree char *full = g_strdup_printf("%s\nnode %s\n", hacf, names);
	bool good = nodes[0] != NULL;

	w->host_count = g_strv_length((char **)nodes);
	for (unsigned i = 0; i < w->host_count && good; i++)
		good = host_init(w, i, nodes[i], full, haresources);
	if (!good) {
		world_free(w);
		return NULL;
	}
	w->conf = w->hosts[0].conf;
	return w;
}

static void
pending_drop(gpointer data, gpointer unused)
{
	(void)unused;
	pending_free(data);
}

void
world_free(struct world *w)
{
	for (unsigned i = 0; i < w->host_count; i++)
		host_clear(&w->hosts[i]);
	g_sequence_foreach(w->pending, pending_drop, NULL);
	g_sequence_free(w->pending);
	g_free(w->hosts);
	g_free(w->deadlines);
	g_free(w);
}

unsigned
world_host_count(const struct world *w)
{
	return w->host_count;
}

int
world_host(const struct world *w, const char *name)
{
	return conf_node_index(w->conf, name);
}

struct moment
world_began(const struct world *w)
{
	(void)w;
	return (struct moment){(int64_t)WORLD_EPOCH_MS * 1000000};
}

struct moment
world_now(const struct world *w)
{
	return w->now;
}

uint64_t
world_steps(const struct world *w)
{
	return w->steps;
}

/* -- time -- */

void
world_watch(struct world *w, world_watch_fn *watch, void *arg)
{
	w->watch = watch;
	w->watch_arg = arg;
}

/* When a host's daemon wants to be woken changes only with what happens to that host. */
static void
note_deadline(struct world *w, unsigned host)
{
	w->deadlines[host] = host_deadline(&w->hosts[host]);
}

static void
happen(struct world *w, struct pending *p)
{
	struct host *h = &w->hosts[p->host];

	if (p->what == PENDING_CHILD) {
		if (p->life == h->power_life)
			programs_end(w, h, p);
	} else if (p->what == PENDING_TOO_LATE) {
		host_too_late(w, p);
	} else if (p->what == PENDING_ANNOUNCEMENT) {
		neighbours_happen(h, p);
	} else if (p->what == PENDING_PICTURE) {
		picture_happen(h, p);
	} else if (p->what == PENDING_MEDIUM) {
		interface_happen(h, p);
	} else if (p->what == PENDING_RESPAWNED) {
		respawned_happen(h, p);
	} else if (p->what == PENDING_PACKET && host_is_awake(w, h)) {
		network_deliver(w, h, p);
	}
}

static struct host *
soonest_timer(struct world *w, struct moment *at)
{
	struct host *best = NULL;

	*at = MOMENT_NEVER;
	for (unsigned i = 0; i < w->host_count; i++) {
		if (moment_before(w->deadlines[i], *at)) {
			*at = w->deadlines[i];
			best = &w->hosts[i];
		}
	}
	return best;
}

void
world_run(struct world *w, struct span length)
{
	struct moment end = moment_add(w->now, length);

	for (unsigned i = 0; i < w->host_count; i++)
		note_deadline(w, i);
	for (;;) {
		struct moment pending_at, timer_at;
		GSequenceIter *next = pending_soonest(w, &pending_at);
		struct host *timer = soonest_timer(w, &timer_at);

		if (moment_before(end, moment_min(pending_at, timer_at)))
			break;
		/* The engine empties its sockets before it judges a deadline. */
		if (!moment_before(timer_at, pending_at)) {
			struct pending *p = g_sequence_get(next);

			w->now = moment_max(w->now, pending_at);
			g_sequence_remove(next);
			happen(w, p);
			note_deadline(w, p->host);
			pending_free(p);
		} else {
			w->now = moment_max(w->now, timer_at);
			host_timer(w, timer);
			note_deadline(w, timer->index);
		}
		if (w->watch != NULL)
			w->watch(w->watch_arg);
	}
	w->now = end;
}
