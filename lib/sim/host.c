/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A machine: what becomes of the actions of its daemon, and its life. */
#include "sim/daemon.h"

#include <string.h>

#include "proto/request.h"

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
	h->kind = &daemon_ours;
	h->hints = g_new0(enum group_hint, h->conf->group_count + 1);
	programs_init(h);
	network_init(h);
}

void
host_clear(struct host *h)
{
	if (h->w != NULL) {
		h->kind->end(h);
		programs_clear(h);
		network_clear(h);
	}
	g_free(h->hints);
	g_free(h->reply);
	g_free(h->hacf);
	conf_free(h->conf);
}

/* -- actions -- */

static void start_daemon(struct world *w, struct host *h);

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
	case ACTION_REBOOT:
		world_say(w, h->conf->nodes[h->index], "!! restarts the machine");
		world_power_off(w, h->index);
		break;
	case ACTION_EXIT:
		h->kind->end(h);
		break;
	case ACTION_RENEW:
		h->kind->end(h);
		h->generation = MAX(h->generation, a->generation);
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
	e->now = w->now;
	e->wall_s = 1700000000 + w->now.ns / 1000000000 + h->clock_off_s;
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

struct moment
host_deadline(const struct host *h)
{
	if (!daemon_runs(h))
		return MOMENT_NEVER;
	return moment_max(
	    moment_min(h->kind->deadline(h), respawned_deadline(h)), h->frozen_until);
}

void
host_timer(struct world *w, struct host *h)
{
	struct event e = {.type = EVENT_TIMER};

	if (moment_reached(w->now, h->kind->deadline(h)))
		host_step(w, h, &e);
	else
		respawned_timer(h);
}

static void
start_daemon(struct world *w, struct host *h)
{
	static const unsigned char uuid[16] = "simulated host ";
	const uint64_t seed = prng_next(&w->prng);
	struct event e = {.type = EVENT_START};

	h->kind->boot(h, seed);
	h->orphaned = false;
	e.u.start.generation = ++h->generation;
	memcpy(e.u.start.uuid, uuid, sizeof(e.u.start.uuid));
	e.u.start.uuid[15] = (unsigned char)('a' + h->index);
	e.u.start.hints = h->hints;
	host_step(w, h, &e);
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

	if (daemon_runs(h))
		return;
	if (!h->powered)
		h->generation_at_power_on = h->generation;
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

	h->kind->end(h);
	h->powered = false;
	programs_power_cut(h);
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
world_clock_step(struct world *w, unsigned host, int64_t seconds)
{
	w->hosts[host].clock_off_s += seconds;
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
	bool ran = daemon_runs(h);

	/* A 3.0.6 has nobody who would start another. */
	h->kind->end(h);
	if (ran && h->kind == &daemon_ours)
		start_daemon(w, h);
}

void
world_kill_daemons(struct world *w, unsigned host)
{
	struct host *h = &w->hosts[host];

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

	return host_is_awake(w, h) && h->kind->is_settled(h);
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
