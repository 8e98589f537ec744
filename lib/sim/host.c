/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A machine: what becomes of the actions of its daemon, and its life. */
#include "sim/daemon.h"

#include <string.h>

#include "core/hints.h"
#include "proto/request.h"

/* -- its files -- */

/* What the daemon makes of them. Errors: NULL, and the faults are told. */
static struct conf *
read_files(struct host *h, const char *name)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf_text text = {
	    .hacf_path = "ha.cf",
	    .hacf = h->hacf,
	    .haresources_path = "haresources",
	    .haresources = h->haresources,
	    .authkeys_path = "authkeys",
	    .authkeys = "auth 1\n1 crc\n",
	    .authkeys_mode = 0600,
	    .authkeys_owner_ok = true,
	    .node_name = name,
	};
	struct conf *conf = conf_parse(&text, faults);

	for (unsigned i = 0; conf == NULL && i < faults->len; i++) {
		g_autofree char *line = fault_text(g_ptr_array_index(faults, i));
		h->w->line(h->w->line_arg, line);
	}
	if (conf != NULL)
		g_ptr_array_add(h->confs, conf);
	return conf;
}

static bool
files_are_new(const struct host *h)
{
	return strcmp(h->haresources, h->haresources_used) != 0;
}

static void
use_conf(struct host *h, struct conf *next)
{
	enum group_hint *hints = hints_carry(h->conf, h->hints, next);

	g_free(h->hints);
	h->hints = hints;
	h->conf = next;
	g_free(h->haresources_used);
	h->haresources_used = g_strdup(h->haresources);
}

void
world_write_haresources(struct world *w, unsigned host, const char *text)
{
	struct host *h = &w->hosts[host];

	g_free(h->haresources);
	h->haresources = g_strdup(text);
}

/* -- making a host -- */

static void
conf_drop(gpointer conf)
{
	conf_free(conf);
}

bool
host_init(struct world *w, unsigned index, const char *name, const char *hacf,
    const char *haresources)
{
	struct host *h = &w->hosts[index];

	h->index = index;
	h->w = w;
	h->generation = 1000;
	h->hacf = g_strdup(hacf);
	h->kind = &daemon_ours;
	h->haresources = g_strdup(haresources);
	h->haresources_used = g_strdup(haresources);
	h->confs = g_ptr_array_new_with_free_func(conf_drop);
	h->conf = read_files(h, name);
	programs_init(h);
	neighbours_init(h);
	picture_init(h);
	if (h->conf == NULL)
		return false;
	h->hints = g_new0(enum group_hint, h->conf->group_count + 1);
	network_init(h);
	interfaces_init(h);
	return true;
}

void
host_clear(struct host *h)
{
	if (h->w == NULL)
		return;
	h->kind->end(h);
	programs_clear(h);
	neighbours_clear(h);
	picture_clear(h);
	if (h->conf != NULL) {
		network_clear(h);
		interfaces_clear(h);
	}
	g_ptr_array_unref(h->confs);
	g_free(h->hints);
	g_free(h->reply);
	g_free(h->hacf);
	g_free(h->haresources);
	g_free(h->haresources_used);
}

/* -- actions -- */

static void engine_ends(struct world *w, struct host *h);
static void start_daemon(struct world *w, struct host *h);

static void
note_heard(struct host *h, const struct msg *m)
{
	if (g_strcmp0(msg_get(m, "what"), "message") != 0)
		return;
	g_autofree char *text = g_strdup_printf("client hears %s from %s",
	    msg_get(m, "x_text"), msg_get(m, "from"));

	world_say(h->w, h->conf->nodes[h->index], text);
}

static void
perform_reply(struct host *h, const struct action *a)
{
	size_t len;
	const void *bytes = g_bytes_get_data(a->bytes, &len);
	struct msg *m = request_decode(bytes, len);

	if (m == NULL || strcmp(msg_type(m), "reply") != 0) {
		if (m != NULL)
			note_heard(h, m);
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
		if (respawned_is(a->client))
			respawned_reply(h, a->bytes);
		else
			perform_reply(h, a);
		break;
	case ACTION_RUN:
		if (!h->orphaned)
			programs_run(w, h, a);
		break;
	case ACTION_GROUP:
		h->hints[a->group] = (enum group_hint)a->hint;
		break;
	case ACTION_TALK:
		h->talk = a->talk;
		break;
	case ACTION_REBOOT:
		world_say(w, h->conf->nodes[h->index], "!! restarts the machine");
		world_power_off(w, h->index);
		break;
	case ACTION_EXIT:
		h->kind->end(h);
		break;
	case ACTION_RENEW:
		h->generation = MAX(h->generation, a->generation);
		h->renewed_at = w->now;
		engine_ends(w, h);
		start_daemon(w, h);
		break;
	case ACTION_CLIENT_START:
		if (!h->orphaned)
			respawned_start(h, a);
		break;
	case ACTION_KILL:
	case ACTION_HOOK:
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
	e->now = host_own_time(h, w->now);
	e->wall_s = 1700000000 + e->now.ns / 1000000000 + h->clock_off_s;
	h->kind->step(h, e, actions);
	for (size_t i = 0; i < actions_count(actions); i++)
		perform(w, h, actions_get(actions, i));
	actions_free(actions);
}

bool
host_is_awake(const struct world *w, const struct host *h)
{
	return h->powered && daemon_runs(h) && moment_reached(w->now, h->frozen_until);
}

static struct moment
seek_deadline(const struct host *h)
{
	return h->core != NULL ? core_seek_deadline(h->core) : MOMENT_NEVER;
}

/* No event: neither its twin nor its record knows of it. */
static void
host_seek(struct world *w, struct host *h)
{
	struct actions *actions = actions_new();

	core_seek(h->core, host_own_time(h, w->now), actions);
	for (size_t i = 0; i < actions_count(actions); i++)
		perform(w, h, actions_get(actions, i));
	actions_free(actions);
}

struct moment
host_deadline(const struct host *h)
{
	if (!daemon_runs(h))
		return MOMENT_NEVER;
	const struct moment own = moment_min(
	    moment_min(h->kind->deadline(h), seek_deadline(h)), respawned_deadline(h));

	return moment_max(host_world_time(h, own), h->frozen_until);
}

void
host_timer(struct world *w, struct host *h)
{
	struct event e = {.type = EVENT_TIMER};

	if (moment_reached(host_own_time(h, w->now), h->kind->deadline(h)))
		host_step(w, h, &e);
	else if (moment_reached(host_own_time(h, w->now), seek_deadline(h)))
		host_seek(w, h);
	else
		respawned_timer(h);
}

static void
tell(struct world *w, unsigned host, enum event_type type)
{
	struct event e = {.type = type};

	if (host_is_awake(w, &w->hosts[host]))
		host_step(w, &w->hosts[host], &e);
}

static void
start_daemon(struct world *w, struct host *h)
{
	static const unsigned char uuid[16] = "simulated host ";
	const uint64_t seed = prng_next(&w->prng);
	struct event e = {.type = EVENT_START};

	h->kind->boot(h, seed);
	interfaces_new_engine(h);
	picture_new_engine(h);
	h->orphaned = false;
	e.u.start.generation = ++h->generation;
	memcpy(e.u.start.uuid, uuid, sizeof(e.u.start.uuid));
	e.u.start.uuid[15] = (unsigned char)('a' + h->index);
	e.u.start.hints = h->hints;
	e.u.start.talk = h->talk;
	e.u.start.renewed = h->renewed_at.ns != 0 &&
	    !span_exceeds(moment_since(w->now, h->renewed_at), span_from_ms(RENEW_PAUSE_MS));
	host_step(w, h, &e);
	if (h->leaving)
		tell(w, h->index, EVENT_LEAVE);
}

/* -- its life -- */

void
world_install(struct world *w, unsigned host, bool old)
{
	struct host *h = &w->hosts[host];

	if (!daemon_runs(h))
		h->kind = old ? &daemon_old : &daemon_ours;
}

bool
world_is_old(const struct world *w, unsigned host)
{
	return w->hosts[host].kind == &daemon_old;
}

void
world_boot(struct world *w, unsigned host)
{
	struct host *h = &w->hosts[host];

	if (daemon_runs(h) || moment_before(w->now, h->releasing_until))
		return;
	if (files_are_new(h)) {
		struct conf *next = read_files(h, h->conf->nodes[host]);

		if (next == NULL)
			return;
		use_conf(h, next);
	}
	if (!h->powered)
		h->generation_at_power_on = h->generation;
	h->powered = true;
	h->master_life++;
	clock_reset(h);
	memset(h->deaths, 0, sizeof(h->deaths));
	for (unsigned g = 0; g < h->conf->group_count; g++)
		h->hints[g] = HINT_UNKNOWN;
	h->talk = 0;
	h->leaving = false;
	h->renewed_at = (struct moment){0};
	start_daemon(w, h);
}

void
world_power_off(struct world *w, unsigned host)
{
	struct host *h = &w->hosts[host];

	h->kind->end(h);
	h->powered = false;
	h->releasing_until = w->now;
	programs_power_cut(h);
	interfaces_power_cut(h);
}

void
world_power_off_losing(struct world *w, unsigned host)
{
	struct host *h = &w->hosts[host];
	bool was_on = h->powered;

	world_power_off(w, host);
	if (was_on)
		h->generation = h->generation_at_power_on;
}

void
world_stop(struct world *w, unsigned host)
{
	w->hosts[host].leaving = host_is_awake(w, &w->hosts[host]);
	tell(w, host, EVENT_LEAVE);
}

/* What the master remembers then for the next one. */
static void
engine_ends(struct world *w, struct host *h)
{
	daemon_engine_gone(h);
	for (unsigned g = 0; g < h->conf->group_count; g++) {
		if (programs_group_is_busy(w, h, g))
			h->hints[g] = HINT_PARTLY;
	}
}

static bool
dies_too_often(const struct world *w, struct host *h)
{
	memmove(&h->deaths[0], &h->deaths[1], sizeof(h->deaths) - sizeof(h->deaths[0]));
	h->deaths[ENGINE_DEATHS_MAX - 1] = w->now;
	return h->deaths[0].ns != 0 &&
	    !span_exceeds(moment_since(w->now, h->deaths[0]), span_from_ms(ENGINE_DEATHS_MS));
}

void
world_kill_engine(struct world *w, unsigned host)
{
	struct host *h = &w->hosts[host];
	bool ran = daemon_runs(h);

	if (!ran)
		return;
	/* A 3.0.6 has nobody who would start another. */
	if (h->kind != &daemon_ours) {
		h->kind->end(h);
		return;
	}
	engine_ends(w, h);
	if (!dies_too_often(w, h)) {
		start_daemon(w, h);
		return;
	}
	world_say(w, h->conf->nodes[host], "!! the engine died too often: the master releases all");
	h->releasing_until = programs_release(w, h);
	struct pending *p = pending_new(w, host,
	    moment_add(w->now, span_from_ms(span_ms(h->conf->deadtime) - span_ms(h->conf->keepalive))));

	p->what = PENDING_TOO_LATE;
	p->master_life = h->master_life;
	pending_add(w, p);
}

void
host_too_late(struct world *w, const struct pending *p)
{
	struct host *h = &w->hosts[p->host];

	if (p->life != h->power_life || p->master_life != h->master_life || !programs_left_over(h))
		return;
	world_say(w, h->conf->nodes[p->host], "!! restarts the machine");
	world_power_off(w, p->host);
}

/* The group that keeps a new configuration from being used, or -1. */
static int
group_in_the_way(const struct host *h, const struct conf *next)
{
	for (unsigned g = 0; g < h->conf->group_count; g++) {
		if (!hints_let_go(h->conf, h->hints, g, next))
			return (int)g;
	}
	return -1;
}

void
world_reload(struct world *w, unsigned host)
{
	struct host *h = &w->hosts[host];
	struct conf *next;

	if (h->kind != &daemon_ours || !host_is_awake(w, h) || !files_are_new(h) ||
	    (next = read_files(h, h->conf->nodes[host])) == NULL)
		return;
	/* As the daemon: asked before the engine ends, and again when all is known. */
	if (group_in_the_way(h, next) < 0) {
		engine_ends(w, h);
		if (group_in_the_way(h, next) < 0)
			use_conf(h, next);
		start_daemon(w, h);
	}
	world_say(w, h->conf->nodes[host],
	    h->conf == next ? "!! has read haresources again" : "!! refuses the new haresources");
}

void
world_kill_daemons(struct world *w, unsigned host)
{
	struct host *h = &w->hosts[host];

	h->master_life++;
	h->releasing_until = w->now;
	h->kind->end(h);
}

void
world_kill_master(struct world *w, unsigned host)
{
	struct host *h = &w->hosts[host];

	h->orphaned = true;
	tell(w, host, EVENT_ORPHANED);
	h->kind->end(h);
}

/* -- clients -- */

/* Owns: takes m; the reply is the caller's. */
static char *
request(struct world *w, struct host *h, struct msg *m)
{
	static const char *const groups[] = {"root", NULL};
	struct event e = {.type = EVENT_CLIENT};
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

char *
world_request(struct world *w, unsigned host, const char *type, const char *name, const char *value)
{
	struct msg *m = msg_new(type);

	if (name != NULL)
		msg_add(m, name, value);
	return request(w, &w->hosts[host], m);
}

void
world_message(struct world *w, unsigned host, const char *text)
{
	struct msg *m = msg_new("message");

	for (unsigned i = 0; i < w->host_count; i++)
		g_free(world_request(w, i, "signon", "name", "judge"));
	msg_add(m, "type", "letter");
	msg_add(m, "x_text", text);
	g_autofree char *answer = request(w, &w->hosts[host], m);
	g_autofree char *line = g_strdup_printf("client says %s", text);

	if (strcmp(answer, "ok") == 0)
		world_say(w, w->hosts[host].conf->nodes[host], line);
}

enum host_condition
world_host_condition(const struct world *w, unsigned host)
{
	const struct host *h = &w->hosts[host];

	if (!h->powered)
		return HOST_OFF;
	if (!moment_reached(w->now, h->frozen_until))
		return HOST_FROZEN;
	return daemon_runs(h) ? HOST_UP : HOST_BARE;
}
