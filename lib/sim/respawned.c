/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The programs that respawn lines of ha.cf start: ipfail, by its own rules. It talks to the
 * daemon of its host as heartbeat/ipfail.c does. Other programs live quietly.
 */
#include "sim/world_state.h"

#include <string.h>

#include "ipfail/rules.h"
#include "proto/request.h"

/* An exit code after which the daemon does not start a client again. */
#define EXIT_FOR_GOOD 100
/* Any user but root. */
#define SOME_UID 190
/* The administrator is client number 1: see world_request(). */
#define IPFAIL_CLIENT 2

struct respawned {
	struct host *h;
	struct ipfail *rules;
	struct msg *reply; /* latest; NULL: none */
};

bool
respawned_is(uint32_t client)
{
	return client == IPFAIL_CLIENT;
}

void
respawned_gone(struct host *h)
{
	struct respawned *r = h->respawned;

	h->daemon_life++;
	if (r == NULL)
		return;
	ipfail_free(r->rules);
	msg_free(r->reply);
	g_free(r);
	h->respawned = NULL;
}

static struct pending *
soon(struct host *h)
{
	struct pending *p = pending_new(h->w, h->index, h->w->now);

	p->what = PENDING_RESPAWNED;
	p->daemon_life = h->daemon_life;
	return p;
}

void
respawned_start(struct host *h, const struct action *a)
{
	const char *command = h->conf->clients[a->index].command;
	g_autofree char *program = g_strndup(command, strcspn(command, " \t"));
	g_autofree char *name = g_path_get_basename(program);
	struct pending *p;

	if (strcmp(name, "ipfail") != 0 || h->respawned != NULL)
		return;
	p = soon(h);
	p->job = a->job;
	p->client = a->index;
	pending_add(h->w, p);
}

/* A reply is looked at by who asked; a notice is taken when the step is over. */
void
respawned_reply(struct host *h, GBytes *bytes)
{
	struct respawned *r = h->respawned;
	size_t len;
	const void *data = g_bytes_get_data(bytes, &len);
	struct msg *m = request_decode(data, len);

	if (m == NULL || r == NULL) {
		msg_free(m);
	} else if (strcmp(msg_type(m), "reply") == 0) {
		msg_free(r->reply);
		r->reply = m;
	} else {
		struct pending *p = soon(h);

		msg_free(m);
		p->bytes = g_bytes_ref(bytes);
		pending_add(h->w, p);
	}
}

static void
request(struct host *h, const void *bytes, size_t len)
{
	struct event e = {.type = EVENT_REQUEST};

	e.u.request.client = IPFAIL_CLIENT;
	e.u.request.bytes = bytes;
	e.u.request.len = len;
	host_step(h->w, h, &e);
}

/* Returns: what the daemon says; NULL if it refuses, or ends. */
static const struct msg *
ask(struct respawned *r, const char *type, const char *name, const char *value)
{
	struct msg *m = msg_new(type);
	struct host *h = r->h;
	const uint64_t life = h->daemon_life;

	if (name != NULL)
		msg_add(m, name, value);
	g_autoptr(GByteArray) bytes = request_encode(m);
	msg_free(m);
	g_clear_pointer(&r->reply, msg_free);
	request(h, bytes->data, bytes->len);
	if (h->daemon_life != life || r->reply == NULL ||
	    g_strcmp0(msg_get(r->reply, "result"), "ok") != 0)
		return NULL;
	return r->reply;
}

/* -- what the rules want -- */

/* A request may be the daemon's end, and with it ours: not before the rules have returned.
 */
static void
ask_soon(struct respawned *r, struct msg *m)
{
	struct pending *p = soon(r->h);
	g_autoptr(GByteArray) bytes = request_encode(m);

	msg_free(m);
	p->is_request = true;
	p->bytes = g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
	pending_add(r->h->w, p);
}

static void
world_tell(void *arg, const char *peer, const char *type, int num_ping)
{
	struct msg *m = msg_new("message");

	msg_add(m, "type", type);
	msg_add(m, "dest", peer);
	if (num_ping >= 0) {
		g_autofree char *number = g_strdup_printf("%d", num_ping);

		msg_add(m, "x_num_ping", number);
	}
	ask_soon(arg, m);
}

static void
world_standby(void *arg, const char *set)
{
	struct msg *m = msg_new("standby");

	msg_add(m, "set", set);
	ask_soon(arg, m);
}

static void
world_line(void *arg, enum trace_level level, const char *line)
{
	struct respawned *r = arg;
	g_autofree char *who = g_strdup_printf("%s ipfail", r->h->conf->nodes[r->h->index]);

	if (level <= r->h->w->verbosity)
		world_say(r->h->w, who, line);
}

/* -- its life -- */

static void
connect_as(struct host *h, const char *user)
{
	static const char *const groups[] = {"haclient", NULL};
	struct event e = {.type = EVENT_CLIENT};

	e.u.client.client = IPFAIL_CLIENT;
	e.u.client.connected = true;
	e.u.client.uid = strcmp(user, "root") == 0 ? 0 : SOME_UID;
	e.u.client.gid = e.u.client.uid;
	e.u.client.user = user;
	e.u.client.groups = groups;
	host_step(h->w, h, &e);
}

/* It ends at once; whether it is started again is for the daemon to say. */
static void
end(struct host *h, uint64_t job, int code)
{
	struct event e = {.type = EVENT_CLIENT};

	if (h->core == NULL)
		return;
	e.u.client.client = IPFAIL_CLIENT;
	host_step(h->w, h, &e);
	respawned_gone(h);
	e = (struct event){.type = EVENT_CHILD};
	e.u.child.job = job;
	e.u.child.agent = AGENT_NONE;
	e.u.child.end = CHILD_EXITED;
	e.u.child.code = code;
	e.u.child.output = "";
	if (h->core != NULL)
		host_step(h->w, h, &e);
}

static void
begin(struct host *h, const struct pending *p)
{
	struct respawned *r = g_new0(struct respawned, 1);
	const struct ipfail_world world = {world_tell, world_standby, {world_line, r}, r};
	enum ipfail_fault fault = IPFAIL_NO_STATE;
	const struct msg *state;

	r->h = h;
	h->respawned = r;
	connect_as(h, h->conf->clients[p->client].user);
	if (ask(r, "signon", "name", "ipfail") != NULL &&
	    ask(r, "subscribe", NULL, NULL) != NULL &&
	    (state = ask(r, "status", NULL, NULL)) != NULL)
		fault = ipfail_new(msg_get(state, "json"), &world, &r->rules);
	if (fault != IPFAIL_FINE)
		end(h, p->job, fault == IPFAIL_NO_STATE ? 1 : EXIT_FOR_GOOD);
}

static const char *
field(const struct msg *m, const char *name)
{
	const char *value = msg_get(m, name);

	return value != NULL ? value : "";
}

static void
take_notice(struct ipfail *f, const struct msg *m, struct moment now)
{
	const char *what = field(m, "what");

	if (strcmp(what, "node") == 0)
		ipfail_node(f, field(m, "node"), field(m, "status"), now);
	else if (strcmp(what, "link") == 0)
		ipfail_link(f, field(m, "node"), field(m, "link"), field(m, "status"));
	else if (strcmp(what, "client") == 0)
		ipfail_client(f, field(m, "node"), field(m, "client"), field(m, "status"));
	else if (strcmp(what, "resources") == 0)
		ipfail_resources(
		    f, field(m, "holds"), strcmp(field(m, "settled"), "yes") == 0, now);
	else if (strcmp(what, "message") == 0)
		ipfail_message(
		    f, field(m, "from"), field(m, "type"), msg_get(m, "x_num_ping"), now);
}

void
respawned_happen(struct host *h, const struct pending *p)
{
	struct respawned *r = h->respawned;
	size_t len;

	if (p->daemon_life != h->daemon_life || h->core == NULL || h->orphaned)
		return;
	if (p->bytes == NULL) {
		begin(h, p);
		return;
	}
	const void *bytes = g_bytes_get_data(p->bytes, &len);

	if (p->is_request) {
		request(h, bytes, len);
	} else if (r != NULL && r->rules != NULL) {
		struct msg *m = request_decode(bytes, len);

		take_notice(r->rules, m, host_own_time(h, h->w->now));
		msg_free(m);
	}
}

struct moment
respawned_deadline(const struct host *h)
{
	const struct respawned *r = h->respawned;

	return r != NULL && r->rules != NULL ? ipfail_deadline(r->rules) : MOMENT_NEVER;
}

void
respawned_timer(struct host *h)
{
	ipfail_timer(h->respawned->rules, host_own_time(h, h->w->now));
}
