/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A machine: the core that its daemon is, what becomes of its actions, and its life. */
#include "sim/world_state.h"

#include <string.h>

#include "core/view.h"
#include "proto/request.h"

static void
host_trace(void *arg, enum trace_level level, const char *text)
{
	struct host *h = arg;

	if (level <= h->w->verbosity)
		world_say(h->w, h->conf->nodes[h->index], text);
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

static bool
record_look(void *arg, uint64_t at, void *bytes, size_t len)
{
	const struct host *h = arg;

	if (at > h->record->len || len > h->record->len - at)
		return false;
	memcpy(bytes, h->record->data + at, len);
	return true;
}

/* Where the core of a life that begins is to say things. */
static struct trace
record_begin(struct world *w, struct host *h, uint64_t seed)
{
	const struct record_header header = {"simulated", h->conf->nodes[h->index], h->hacf,
	    w->haresources, seed};
	struct trace sink = {host_trace, h};
	struct record_place place;

	if (w->recording.done == NULL)
		return sink;
	h->twin = twin_new(h->conf, w->recording.twin_every);
	sink = twin_trace(h->twin, sink);
	if (h->record == NULL)
		h->record = g_byte_array_new();
	record_place_find(w->recording.size, record_look, h, &place);
	h->writer = record_writer_new(&header, h->conf, &place, record_piece, h);
	return record_writer_trace(h->writer, sink);
}

static void
engine_gone(struct host *h)
{
	g_clear_pointer(&h->core, core_free);
	g_clear_pointer(&h->writer, record_writer_free);
	g_clear_pointer(&h->twin, twin_free);
}

static void
daemon_gone(struct host *h)
{
	const struct world_recording *r = &h->w->recording;

	engine_gone(h);
	if (h->record == NULL)
		return;
	r->done(r->arg, h->index, h->record->data, h->record->len);
	g_clear_pointer(&h->record, g_byte_array_unref);
}

void
world_record(struct world *w, const struct world_recording *recording)
{
	w->recording = *recording;
}

/* -- making a host -- */

struct conf *
host_conf(struct world *w, char *const *nodes, const char *full, unsigned index)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf_text text = {
	    .hacf_path = "ha.cf",
	    .hacf = full,
	    .haresources_path = "haresources",
	    .haresources = w->haresources,
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

void
host_init(struct world *w, unsigned index)
{
	struct host *h = &w->hosts[index];

	h->index = index;
	h->w = w;
	h->generation = 1000;
	h->hints = g_new0(enum group_hint, h->conf->group_count + 1);
	programs_init(h);
	network_init(h);
}

void
host_clear(struct host *h)
{
	if (h->w != NULL) {
		daemon_gone(h);
		programs_clear(h);
		network_clear(h);
	}
	g_free(h->hints);
	g_free(h->reply);
	g_free(h->hacf);
	conf_free(h->conf);
}

/* -- actions -- */

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
		network_send(w, h, a);
		break;
	case ACTION_REPLY:
		perform_reply(h, a);
		break;
	case ACTION_RUN:
		if (!h->orphaned)
			programs_run(w, h, a);
		break;
	case ACTION_GROUP:
		h->hints[a->group] = (enum group_hint)a->hint;
		break;
	case ACTION_REBOOT:
		world_say(w, h->conf->nodes[h->index], "!! restarts the machine");
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

void
host_step(struct world *w, struct host *h, struct event *e)
{
	struct actions *actions = actions_new();

	w->steps++;
	e->now = w->now;
	e->wall_s = 1700000000 + w->now.ns / 1000000000;
	g_autofree char *difference = twin_step(h->twin, h->writer, h->core, e, actions);

	if (difference != NULL)
		w->recording.differs(w->recording.arg, h->index, difference);
	for (size_t i = 0; i < actions_count(actions); i++)
		perform(w, h, actions_get(actions, i));
	actions_free(actions);
}

bool
host_is_awake(const struct world *w, const struct host *h)
{
	return h->powered && h->core != NULL && moment_reached(w->now, h->frozen_until);
}

struct moment
host_deadline(const struct host *h)
{
	if (h->core == NULL)
		return MOMENT_NEVER;
	return moment_max(core_deadline(h->core), h->frozen_until);
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
	host_step(w, h, &e);
}

/* -- its life -- */

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
	programs_power_cut(h);
}

static void
tell(struct world *w, unsigned host, enum event_type type)
{
	struct event e = {.type = type};

	if (host_is_awake(w, &w->hosts[host]))
		host_step(w, &w->hosts[host], &e);
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
	engine_gone(h);
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
	host_step(w, h, &e);
	e = (struct event){.type = EVENT_REQUEST};
	e.u.request.client = 1;
	e.u.request.bytes = bytes->data;
	e.u.request.len = bytes->len;
	host_step(w, h, &e);
	return g_strdup(h->reply != NULL ? h->reply : "no answer");
}

bool
world_is_settled(const struct world *w, unsigned host)
{
	const struct host *h = &w->hosts[host];

	return host_is_awake(w, h) && view_is_settled(h->core);
}
