/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What runs on a host, and the programs that start, stop and look at it. */
#include "sim/daemon.h"

#include <string.h>

void
programs_init(struct host *h)
{
	h->running = g_new0(bool *, h->conf->group_count + 1);
	for (unsigned g = 0; g < h->conf->group_count; g++)
		h->running[g] = g_new0(bool, h->conf->groups[g].resource_count);
	h->starting = g_new0(unsigned, h->conf->group_count + 1);
	h->stopping = g_new0(unsigned, h->conf->group_count + 1);
	h->behaviours = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

void
programs_clear(struct host *h)
{
	for (unsigned g = 0; g < h->conf->group_count; g++)
		g_free(h->running[g]);
	g_free(h->running);
	g_free(h->starting);
	g_free(h->stopping);
	g_clear_pointer(&h->behaviours, g_hash_table_unref);
}

void
programs_power_cut(struct host *h)
{
	h->power_life++;
	for (unsigned g = 0; g < h->conf->group_count; g++) {
		memset(h->running[g], 0, h->conf->groups[g].resource_count * sizeof(bool));
		h->starting[g] = h->stopping[g] = 0;
	}
}

static struct behaviour
behaviour_of(const struct host *h, const struct conf_resource *r, enum resource_op op)
{
	g_autofree char *name = g_strdup_printf("%s %s", r->text, resource_op_name(op));
	const struct behaviour *told = g_hash_table_lookup(h->behaviours, name);
	struct behaviour b = told != NULL ? *told : (struct behaviour){0};
	bool slow = r->kind != RESOURCE_ADDRESS && (op == OP_START || op == OP_STOP);

	if (b.takes.ns == 0)
		b.takes = slow ? h->w->takes : span_from_ms(1);
	return b;
}

/* A client notices that it ends, or begins; to start what runs already changes nothing. */
static void
count_under_way(struct host *h, const struct pending *p, int more)
{
	if (p->op == OP_STOP)
		h->stopping[p->group] += (unsigned)more;
	else if (p->op == OP_START && p->fresh)
		h->starting[p->group] += (unsigned)more;
}

static void
note_running(struct world *w, struct host *h, unsigned group, unsigned resource, bool runs)
{
	if (runs && !h->running[group][resource]) {
		for (unsigned i = 0; i < w->host_count; i++) {
			struct host *other = &w->hosts[i];

			if (other == h || !other->powered || !other->running[group][resource])
				continue;
			w->doubles++;
			g_autofree char *text = g_strdup_printf("!! %s starts while it runs on %s",
			    h->conf->groups[group].resources[resource].text, h->conf->nodes[i]);
			world_say(w, h->conf->nodes[h->index], text);
		}
	}
	h->running[group][resource] = runs;
}

/* Operations on one group queue up in the master, also over the life of an engine. */
static struct moment
group_is_free_at(struct world *w, const struct host *h, unsigned group)
{
	struct moment free_at = w->now;

	for (GSequenceIter *i = g_sequence_get_begin_iter(w->pending); !g_sequence_iter_is_end(i);
	    i = g_sequence_iter_next(i)) {
		const struct pending *p = g_sequence_get(i);

		if (p->what == PENDING_CHILD && p->host == h->index && p->group == group &&
		    p->life == h->power_life)
			free_at = moment_max(free_at, p->at);
	}
	return free_at;
}

void
programs_run(struct world *w, struct host *h, const struct action *a)
{
	const struct conf_resource *r = &h->conf->groups[a->group].resources[a->resource];
	struct behaviour b = behaviour_of(h, r, a->op);
	struct span takes = b.hangs || span_exceeds(b.takes, a->timeout) ? a->timeout : b.takes;
	struct pending *p = pending_new(w, h->index, moment_add(group_is_free_at(w, h, a->group), takes));

	p->fresh = !h->running[a->group][a->resource];
	/* From its first moment on a start may have begun to use the data. */
	if (a->op == OP_START && !b.missing)
		note_running(w, h, a->group, a->resource, true);
	p->what = PENDING_CHILD;
	p->job = a->job;
	p->op = a->op;
	p->group = a->group;
	p->resource = a->resource;
	p->timeout = a->timeout;
	p->behaviour = b;
	count_under_way(h, p, 1);
	pending_add(w, p);
}

static const char *
status_output(bool runs)
{
	return runs ? "running" : "stopped";
}

void
programs_end(struct world *w, struct host *h, const struct pending *p)
{
	struct event e = {.type = EVENT_CHILD};
	bool *runs = &h->running[p->group][p->resource];
	bool native = h->conf->groups[p->group].resources[p->resource].kind == RESOURCE_ADDRESS;

	count_under_way(h, p, -1);
	e.u.child.job = p->job;
	e.u.child.agent = native ? AGENT_NATIVE : AGENT_HEARTBEAT;
	e.u.child.end = CHILD_EXITED;
	e.u.child.code = p->behaviour.exit_code;
	e.u.child.output = "";
	if (p->behaviour.missing) {
		e.u.child.end = CHILD_NOT_FOUND;
	} else if (p->behaviour.hangs || span_exceeds(p->behaviour.takes, p->timeout)) {
		e.u.child.end = CHILD_TIMED_OUT;
	} else if (p->op == OP_STATUS) {
		e.u.child.output = status_output(*runs);
		e.u.child.code = *runs ? 0 : native ? 7 : 3;
	} else if (p->op == OP_STOP && p->behaviour.exit_code == 0) {
		*runs = false;
	} else if (p->op == OP_START && p->behaviour.exit_code != 0) {
		*runs = false;
	}
	if (daemon_runs(h) && !h->orphaned)
		host_step(w, h, &e);
}

void
world_behave(struct world *w, unsigned host, const char *resource, enum resource_op op,
    struct behaviour b)
{
	char *name = g_strdup_printf("%s %s", resource, resource_op_name(op));

	g_hash_table_replace(w->hosts[host].behaviours, name, g_memdup2(&b, sizeof(b)));
}

void
world_set_running(struct world *w, unsigned host, const char *resource, bool running)
{
	struct host *h = &w->hosts[host];

	for (unsigned g = 0; g < h->conf->group_count; g++) {
		for (unsigned r = 0; r < h->conf->groups[g].resource_count; r++) {
			if (strcmp(h->conf->groups[g].resources[r].text, resource) == 0)
				h->running[g][r] = running;
		}
	}
}

void
world_takes(struct world *w, struct span takes)
{
	w->takes = takes;
}

/* -- looking -- */

char *
world_holders(const struct world *w)
{
	GString *out = g_string_new(NULL);

	for (unsigned i = 0; i < w->host_count; i++) {
		const struct host *h = &w->hosts[i];
		bool any = false;

		g_string_append_printf(out, "%s%s:", i > 0 ? " | " : "", h->conf->nodes[i]);
		for (unsigned g = 0; g < h->conf->group_count; g++) {
			for (unsigned r = 0; r < h->conf->groups[g].resource_count; r++) {
				if (!h->running[g][r])
					continue;
				any = true;
				g_string_append_printf(out, " %s", h->conf->groups[g].resources[r].text);
			}
		}
		if (!any)
			g_string_append(out, h->powered ? " nothing" : " off");
	}
	return g_string_free(out, FALSE);
}

unsigned
world_doubles(const struct world *w)
{
	return w->doubles;
}

unsigned
world_group_count(const struct world *w)
{
	return w->host_count > 0 ? w->hosts[0].conf->group_count : 0;
}

const char *
world_group_key(const struct world *w, unsigned group)
{
	return w->hosts[0].conf->groups[group].key;
}

unsigned
world_group_runs(const struct world *w, unsigned host, unsigned group)
{
	const struct host *h = &w->hosts[host];
	unsigned count = h->conf->groups[group].resource_count, running = 0;

	for (unsigned r = 0; r < count; r++)
		running += h->running[group][r] ? 1 : 0;
	return running == 0 ? 0 : running < count ? 1 : 2;
}

enum group_phase
world_group_phase(const struct world *w, unsigned host, unsigned group)
{
	const struct host *h = &w->hosts[host];
	unsigned runs = world_group_runs(w, host, group);

	if (h->stopping[group] > 0)
		return PHASE_STOPPING;
	if (h->starting[group] > 0)
		return PHASE_STARTING;
	return runs == 2 ? PHASE_SERVING : runs == 1 ? PHASE_PARTLY : PHASE_NOTHING;
}
