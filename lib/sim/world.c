/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/world.h"

#include <assert.h>
#include <string.h>

#include "core/record.h"
#include "core/state.h"
#include "core/view.h"
#include "proto/request.h"

/* What is under way between a cause and its effect. */
struct pending {
	struct moment at;
	uint64_t order;	/* of two at the same time the older comes first */
	enum { PENDING_PACKET, PENDING_CHILD } what;
	unsigned host;
	uint64_t life;	/* of the host when it was sent; child ends of an earlier one are void */
	unsigned medium;
	char *source;
	GBytes *bytes;
	uint64_t job;
	enum resource_op op;
	unsigned group, resource;
	struct span timeout;
	struct behaviour behaviour;
};

struct host {
	unsigned index;
	struct world *w;
	struct conf *conf;
	char *hacf;	/* as its configuration was made of */
	struct core *core;	/* NULL: the daemon does not run */
	struct record_writer *writer;	/* NULL: its life is not recorded */
	GByteArray *record;
	bool powered;
	bool orphaned;	/* no master: nothing is carried out any more */
	uint64_t power_life;	/* changes when running programs are lost */
	uint64_t generation;
	struct moment frozen_until;
	bool **running;	/* [group][resource]: what really runs */
	bool **reach;	/* [to host][link]: false is cut; link by index of medium */
	bool *ping_reach;	/* by medium */
	enum group_hint *hints;
	GHashTable *behaviours;	/* "resource op" -> struct behaviour * */
	char *reply;	/* last one to our client */
};

struct world {
	struct host *hosts;
	unsigned host_count;
	struct moment now;
	uint64_t order;
	GSequence *pending;
	struct prng prng;
	struct span delay_low, delay_high;
	unsigned loss_percent, duplicate_percent;
	unsigned doubles;
	uint64_t steps;
	enum trace_level verbosity;
	world_line_fn *line;
	void *line_arg;
	char *haresources;
	world_record_fn *record_done;	/* NULL: nothing is recorded */
	void *record_arg;
};

/* The first moment of every world, far from 0 so that nothing depends on it. */
#define EPOCH_MS 1000000

static void
pending_free(gpointer data)
{
	struct pending *p = data;

	g_clear_pointer(&p->bytes, g_bytes_unref);
	g_free(p->source);
	g_free(p);
}

static void
pending_drop(gpointer data, gpointer unused)
{
	(void)unused;
	pending_free(data);
}

static int
pending_compare(gconstpointer a, gconstpointer b, gpointer unused)
{
	const struct pending *x = a, *y = b;

	(void)unused;
	if (x->at.ns != y->at.ns)
		return x->at.ns < y->at.ns ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static struct pending *
pending_new(struct world *w, unsigned host, struct moment at)
{
	struct pending *p = g_new0(struct pending, 1);

	p->at = at;
	p->order = ++w->order;
	p->host = host;
	p->life = w->hosts[host].power_life;
	return p;
}

static void
pending_add(struct world *w, struct pending *p)
{
	g_sequence_insert_sorted(w->pending, p, pending_compare, NULL);
}

static void
say(struct world *w, const char *who, const char *text)
{
	double seconds = (double)(w->now.ns / 1000000 - EPOCH_MS) / 1000.0;
	g_autofree char *line = g_strdup_printf("[%8.3f] %s: %s", seconds, who, text);

	w->line(w->line_arg, line);
}

static void
host_trace(void *arg, enum trace_level level, const char *text)
{
	struct host *h = arg;

	if (level <= h->w->verbosity)
		say(h->w, h->conf->nodes[h->index], text);
}

/* -- flight records -- */

static bool
record_piece(void *arg, uint64_t at, const void *bytes, size_t len)
{
	struct host *h = arg;

	if (at + len > h->record->len)
		g_byte_array_set_size(h->record, (guint)(at + len));
	memcpy(h->record->data + at, bytes, len);
	return true;
}

/* Where the core of a life that begins is to say things. */
static struct trace
record_begin(struct world *w, struct host *h, uint64_t seed)
{
	const struct record_header header = {"simulated", h->conf->nodes[h->index], h->hacf,
	    w->haresources, seed};
	const struct trace sink = {host_trace, h};

	if (w->record_done == NULL)
		return sink;
	h->record = g_byte_array_new();
	h->writer = record_writer_new(&header, h->conf, SIZE_MAX, record_piece, h);
	return record_writer_trace(h->writer, sink);
}

static void
daemon_gone(struct host *h)
{
	g_clear_pointer(&h->core, core_free);
	if (h->writer == NULL)
		return;
	h->w->record_done(h->w->record_arg, h->index, h->record->data, h->record->len);
	g_clear_pointer(&h->writer, record_writer_free);
	g_clear_pointer(&h->record, g_byte_array_unref);
}

void
world_record(struct world *w, world_record_fn *done, void *arg)
{
	w->record_done = done;
	w->record_arg = arg;
}

/* -- making a world -- */

static struct conf *
host_conf(struct world *w, char *const *nodes, const char *full, const char *haresources,
    unsigned index)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf_text text = {
	    .hacf_path = "ha.cf",
	    .hacf = full,
	    .haresources_path = "haresources",
	    .haresources = haresources,
	    .authkeys_path = "authkeys",
	    .authkeys = "auth 1\n1 crc\n",
	    .authkeys_mode = 0600,
	    .authkeys_owner_ok = true,
	    .node_name = nodes[index],
	};
	struct conf *conf = conf_parse(&text, faults);

	for (unsigned i = 0; conf == NULL && index == 0 && i < faults->len; i++) {
		g_autofree char *line = fault_text(g_ptr_array_index(faults, i));
		w->line(w->line_arg, line);
	}
	return conf;
}

static void
host_init(struct world *w, struct host *h, unsigned index)
{
	h->index = index;
	h->w = w;
	h->generation = 1000;
	h->running = g_new0(bool *, h->conf->group_count + 1);
	h->hints = g_new0(enum group_hint, h->conf->group_count + 1);
	for (unsigned g = 0; g < h->conf->group_count; g++)
		h->running[g] = g_new0(bool, h->conf->groups[g].resource_count);
	h->reach = g_new0(bool *, w->host_count + 1);
	for (unsigned k = 0; k < w->host_count; k++) {
		h->reach[k] = g_new(bool, h->conf->media_count + 1);
		memset(h->reach[k], true, h->conf->media_count + 1);
	}
	h->ping_reach = g_new(bool, h->conf->media_count + 1);
	memset(h->ping_reach, true, h->conf->media_count + 1);
	h->behaviours = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

struct world *
world_new(char *const *nodes, const char *hacf, const char *haresources, uint64_t seed,
    enum trace_level verbosity, world_line_fn *line, void *arg)
{
	struct world *w = g_new0(struct world, 1);

	w->line = line;
	w->line_arg = arg;
	w->verbosity = verbosity;
	w->now = (struct moment){(int64_t)EPOCH_MS * 1000000};
	w->pending = g_sequence_new(NULL);
	w->delay_low = w->delay_high = (struct span){200000};
	prng_seed(&w->prng, seed);
	w->haresources = g_strdup(haresources);
	w->hosts = g_new0(struct host, g_strv_length((char **)nodes) + 1);
	g_autofree char *names = g_strjoinv(" ", (char **)nodes);
	for (unsigned i = 0; nodes[i] != NULL; i++) {
		w->hosts[i].hacf = g_strdup_printf("%s\nnode %s\n", hacf, names);
		w->hosts[i].conf = host_conf(w, nodes, w->hosts[i].hacf, haresources, i);
		if (w->hosts[i].conf == NULL) {
			g_free(w->hosts[i].hacf);
			world_free(w);
			return NULL;
		}
		w->host_count++;
	}
	for (unsigned i = 0; i < w->host_count; i++)
		host_init(w, &w->hosts[i], i);
	return w;
}

void
world_free(struct world *w)
{
	for (unsigned i = 0; i < w->host_count; i++) {
		struct host *h = &w->hosts[i];

		daemon_gone(h);
		g_free(h->hacf);
		for (unsigned g = 0; h->running != NULL && g < h->conf->group_count; g++)
			g_free(h->running[g]);
		for (unsigned k = 0; h->reach != NULL && k < w->host_count; k++)
			g_free(h->reach[k]);
		g_free(h->running);
		g_free(h->reach);
		g_free(h->ping_reach);
		g_free(h->hints);
		g_free(h->reply);
		g_clear_pointer(&h->behaviours, g_hash_table_unref);
		conf_free(h->conf);
	}
	g_sequence_foreach(w->pending, pending_drop, NULL);
	g_sequence_free(w->pending);
	g_free(w->hosts);
	g_free(w->haresources);
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
	return w->host_count > 0 ? conf_node_index(w->hosts[0].conf, name) : -1;
}

struct moment
world_began(const struct world *w)
{
	(void)w;
	return (struct moment){(int64_t)EPOCH_MS * 1000000};
}

struct moment
world_now(const struct world *w)
{
	return w->now;
}

/* -- actions of a core -- */

static struct span
network_delay(struct world *w)
{
	return (struct span){(int64_t)prng_between(
	    &w->prng, (uint64_t)w->delay_low.ns, (uint64_t)w->delay_high.ns)};
}

static bool
chance(struct world *w, unsigned percent)
{
	return percent > 0 && prng_between(&w->prng, 1, 100) <= percent;
}

static void
packet_to(struct world *w, struct host *from, struct host *to, unsigned medium, GBytes *bytes)
{
	unsigned copies = 1;

	if (!to->powered || !from->reach[to->index][medium] || chance(w, w->loss_percent))
		return;
	if (chance(w, w->duplicate_percent))
		copies = 2;
	while (copies-- > 0) {
		struct pending *p =
		    pending_new(w, to->index, moment_add(w->now, network_delay(w)));

		p->what = PENDING_PACKET;
		p->medium = medium;
		p->source = g_strdup(from->conf->nodes[from->index]);
		p->bytes = g_bytes_ref(bytes);
		pending_add(w, p);
	}
}

/* All hosts have the same ha.cf, so a medium has the same index everywhere. */
static void
perform_send(struct world *w, struct host *h, const struct action *a)
{
	if (medium_is_ping(h->conf->media[a->medium].kind)) {
		struct pending *p;

		if (!h->ping_reach[a->medium])
			return;
		p = pending_new(w, h->index, moment_add(w->now, network_delay(w)));
		p->what = PENDING_PACKET;
		p->medium = a->medium;
		p->bytes = g_bytes_ref(a->bytes);
		pending_add(w, p);
		return;
	}
	for (unsigned i = 0; i < w->host_count; i++) {
		if (i != h->index)
			packet_to(w, h, &w->hosts[i], a->medium, a->bytes);
	}
}

static struct behaviour
behaviour_of(const struct host *h, const char *resource, enum resource_op op)
{
	g_autofree char *name = g_strdup_printf("%s %s", resource, resource_op_name(op));
	const struct behaviour *b = g_hash_table_lookup(h->behaviours, name);

	return b != NULL ? *b : (struct behaviour){.takes = {1000000}};
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
			say(w, h->conf->nodes[h->index], text);
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

static void
perform_run(struct world *w, struct host *h, const struct action *a)
{
	const struct conf_resource *r = &h->conf->groups[a->group].resources[a->resource];
	struct behaviour b = behaviour_of(h, r->text, a->op);
	struct span takes = b.hangs || span_exceeds(b.takes, a->timeout) ? a->timeout : b.takes;
	struct pending *p = pending_new(w, h->index, moment_add(group_is_free_at(w, h, a->group), takes));

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
	pending_add(w, p);
}

static void
perform_reply(struct host *h, const struct action *a)
{
	size_t len;
	const void *bytes = g_bytes_get_data(a->bytes, &len);
	struct msg *m = request_decode(bytes, len);

	if (m == NULL || strcmp(msg_type(m), "reply") != 0) {
		msg_free(m);
		return;
	}
	const char *text = msg_get(m, "json");

	if (text == NULL)
		text = msg_get(m, "text");
	g_free(h->reply);
	h->reply = g_strdup(text != NULL ? text : msg_get(m, "result"));
	msg_free(m);
}

static void
perform(struct world *w, struct host *h, const struct action *a)
{
	switch (a->type) {
	case ACTION_SEND:
		perform_send(w, h, a);
		break;
	case ACTION_REPLY:
		perform_reply(h, a);
		break;
	case ACTION_RUN:
		if (!h->orphaned)
			perform_run(w, h, a);
		break;
	case ACTION_GROUP:
		h->hints[a->group] = (enum group_hint)a->hint;
		break;
	case ACTION_REBOOT:
		say(w, h->conf->nodes[h->index], "!! restarts the machine");
		world_power_off(w, h->index);
		break;
	case ACTION_EXIT:
		daemon_gone(h);
		break;
	case ACTION_KILL:
	case ACTION_CLIENT_START:
	case ACTION_ACTIVE:
	case ACTION_TYPE_COUNT:
		break;
	}
}

static void
step(struct world *w, struct host *h, struct event *e)
{
	struct actions *actions = actions_new();

	w->steps++;
	e->now = w->now;
	e->wall_s = 1700000000 + w->now.ns / 1000000000;
	record_step(h->writer, h->core, e, actions);
	for (size_t i = 0; i < actions_count(actions); i++)
		perform(w, h, actions_get(actions, i));
	actions_free(actions);
}

/* -- time -- */

static bool
host_is_awake(const struct world *w, const struct host *h)
{
	return h->powered && h->core != NULL && moment_reached(w->now, h->frozen_until);
}

static void
start_daemon(struct world *w, struct host *h)
{
	static const unsigned char uuid[16] = "simulated host ";
	const uint64_t seed = prng_next(&w->prng);
	struct event e = {.type = EVENT_START};

	h->core = core_new(h->conf, seed, record_begin(w, h, seed));
	h->orphaned = false;
	e.u.start.generation = ++h->generation;
	memcpy(e.u.start.uuid, uuid, sizeof(e.u.start.uuid));
	e.u.start.uuid[15] = (unsigned char)('a' + h->index);
	e.u.start.hints = h->hints;
	step(w, h, &e);
}

static const char *
status_output(bool runs)
{
	return runs ? "running" : "stopped";
}

static void
child_ends(struct world *w, struct host *h, const struct pending *p)
{
	struct event e = {.type = EVENT_CHILD};
	bool *runs = &h->running[p->group][p->resource];
	bool native = h->conf->groups[p->group].resources[p->resource].kind == RESOURCE_ADDRESS;

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
	if (h->core != NULL && !h->orphaned)
		step(w, h, &e);
}

static void
deliver(struct world *w, struct host *h, const struct pending *p)
{
	struct event e = {.type = EVENT_PACKET};

	e.u.packet.medium = p->medium;
	e.u.packet.source = p->source;
	e.u.packet.bytes = g_bytes_get_data(p->bytes, &e.u.packet.len);
	e.u.packet.received = p->at;
	step(w, h, &e);
}

static void
happen(struct world *w, struct pending *p)
{
	struct host *h = &w->hosts[p->host];

	if (p->what == PENDING_CHILD) {
		if (p->life == h->power_life)
			child_ends(w, h, p);
	} else if (p->what == PENDING_PACKET && host_is_awake(w, h)) {
		deliver(w, h, p);
	}
}

/* A frozen host's events wait for it, in order; its packets keep their time of arrival. */
static struct moment
effective(const struct world *w, const struct pending *p)
{
	return moment_max(p->at, w->hosts[p->host].frozen_until);
}

static GSequenceIter *
soonest_pending(struct world *w, struct moment *at)
{
	GSequenceIter *best = NULL;

	*at = MOMENT_NEVER;
	for (GSequenceIter *i = g_sequence_get_begin_iter(w->pending); !g_sequence_iter_is_end(i);
	    i = g_sequence_iter_next(i)) {
		const struct pending *p = g_sequence_get(i);
		struct moment when = effective(w, p);

		if (moment_before(when, *at)) {
			*at = when;
			best = i;
		}
		if (moment_before(*at, p->at))
			break;
	}
	return best;
}

static struct host *
soonest_timer(struct world *w, struct moment *at)
{
	struct host *best = NULL;

	*at = MOMENT_NEVER;
	for (unsigned i = 0; i < w->host_count; i++) {
		struct host *h = &w->hosts[i];
		struct moment due;

		if (!h->powered || h->core == NULL)
			continue;
		due = moment_max(core_deadline(h->core), h->frozen_until);
		if (moment_before(due, *at)) {
			*at = due;
			best = h;
		}
	}
	return best;
}

void
world_run(struct world *w, struct span length)
{
	struct moment end = moment_add(w->now, length);

	for (;;) {
		struct moment pending_at, timer_at;
		GSequenceIter *next = soonest_pending(w, &pending_at);
		struct host *timer = soonest_timer(w, &timer_at);

		if (moment_before(end, moment_min(pending_at, timer_at)))
			break;
		/* The engine empties its sockets before it judges a deadline. */
		if (!moment_before(timer_at, pending_at)) {
			struct pending *p = g_sequence_get(next);

			w->now = moment_max(w->now, pending_at);
			g_sequence_remove(next);
			happen(w, p);
			pending_free(p);
		} else {
			struct event e = {.type = EVENT_TIMER};

			w->now = moment_max(w->now, timer_at);
			step(w, timer, &e);
		}
	}
	w->now = end;
}

/* -- machines -- */

void
world_boot(struct world *w, unsigned host)
{
	struct host *h = &w->hosts[host];

	if (h->core != NULL)
		return;
	h->powered = true;
	h->frozen_until = w->now;
	for (unsigned g = 0; g < h->conf->group_count; g++)
		h->hints[g] = HINT_UNKNOWN;
	start_daemon(w, h);
}

void
world_power_off(struct world *w, unsigned host)
{
	struct host *h = &w->hosts[host];

	daemon_gone(h);
	h->powered = false;
	h->power_life++;
	for (unsigned g = 0; g < h->conf->group_count; g++)
		memset(h->running[g], 0, h->conf->groups[g].resource_count * sizeof(bool));
}

static void
tell(struct world *w, unsigned host, enum event_type type)
{
	struct event e = {.type = type};

	if (host_is_awake(w, &w->hosts[host]))
		step(w, &w->hosts[host], &e);
}

void
world_stop(struct world *w, unsigned host)
{
	tell(w, host, EVENT_LEAVE);
}

void
world_kill_engine(struct world *w, unsigned host)
{
	struct host *h = &w->hosts[host];

	if (h->core == NULL)
		return;
	daemon_gone(h);
	start_daemon(w, h);
}

void
world_kill_daemons(struct world *w, unsigned host)
{
	daemon_gone(&w->hosts[host]);
}

void
world_kill_master(struct world *w, unsigned host)
{
	w->hosts[host].orphaned = true;
	tell(w, host, EVENT_ORPHANED);
	daemon_gone(&w->hosts[host]);
}

void
world_pause(struct world *w, unsigned host, struct span length)
{
	w->hosts[host].frozen_until = moment_add(w->now, length);
}

/* -- network -- */

void
world_cut(struct world *w, unsigned from, unsigned to, const char *link, bool cut)
{
	struct host *h = &w->hosts[from];

	for (unsigned m = 0; m < h->conf->media_count; m++) {
		if (link == NULL || strcmp(h->conf->media[m].name, link) == 0)
			h->reach[to][m] = !cut;
	}
}

void
world_loss(struct world *w, unsigned percent)
{
	w->loss_percent = percent;
}

void
world_duplication(struct world *w, unsigned percent)
{
	w->duplicate_percent = percent;
}

void
world_delay(struct world *w, struct span low, struct span high)
{
	w->delay_low = low;
	w->delay_high = high;
}

void
world_ping_reach(struct world *w, unsigned host, const char *ping, bool reached)
{
	struct host *h = &w->hosts[host];

	for (unsigned m = 0; m < h->conf->media_count; m++) {
		if (strcmp(h->conf->media[m].name, ping) == 0)
			h->ping_reach[m] = reached;
	}
}

void
world_inject(struct world *w, unsigned host, const void *bytes, size_t len)
{
	struct pending *p = pending_new(w, host, w->now);

	p->what = PENDING_PACKET;
	p->source = g_strdup("stranger");
	p->bytes = g_bytes_new(bytes, len);
	pending_add(w, p);
}

/* -- programs -- */

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

/* -- clients -- */

char *
world_request(struct world *w, unsigned host, const char *type, const char *name, const char *value)
{
	static const char *const groups[] = {"root", NULL};
	struct host *h = &w->hosts[host];
	struct event e = {.type = EVENT_CLIENT};
	struct msg *m = msg_new(type);

	if (name != NULL)
		msg_add(m, name, value);
	g_autoptr(GByteArray) bytes = request_encode(m);
	msg_free(m);
	g_clear_pointer(&h->reply, g_free);
	if (!host_is_awake(w, h))
		return g_strdup("no answer");
	e.u.client.client = 1;
	e.u.client.connected = true;
	e.u.client.user = "root";
	e.u.client.groups = groups;
	step(w, h, &e);
	e = (struct event){.type = EVENT_REQUEST};
	e.u.request.client = 1;
	e.u.request.bytes = bytes->data;
	e.u.request.len = bytes->len;
	step(w, h, &e);
	return g_strdup(h->reply != NULL ? h->reply : "no answer");
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

bool
world_is_settled(const struct world *w, unsigned host)
{
	const struct host *h = &w->hosts[host];

	return host_is_awake(w, h) && view_is_settled(h->core);
}

uint64_t
world_steps(const struct world *w)
{
	return w->steps;
}
