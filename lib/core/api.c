/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/api.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/api_state.h"
#include "core/hook.h"
#include "core/local.h"
#include "core/node.h"
#include "core/presence.h"
#include "core/report.h"
#include "core/send.h"
#include "core/standby.h"
#include "core/view.h"
#include "proto/request.h"

/* Extra fields of a client's message, at most. */
#define EXTRA_MAX 32
/* The longest name of a client. */
#define NAME_MAX_LEN 64

static void
client_free(gpointer data)
{
	struct api_client *k = data;

	g_free(k->user);
	g_free(k->uid);
	g_free(k->gid);
	g_strfreev(k->groups);
	g_free(k->name);
	g_free(k);
}

void
api_init(struct core *c)
{
	c->clients = g_ptr_array_new_with_free_func(client_free);
}

void
api_clear(struct core *c)
{
	g_clear_pointer(&c->clients, g_ptr_array_unref);
}

static void
client_visit(struct visit *v, struct api_client *k)
{
	VISIT_UPTO(v, k->id, UINT32_MAX);
	VISIT(v, k->user);
	VISIT(v, k->uid);
	VISIT(v, k->gid);
	VISIT(v, k->groups);
	VISIT(v, k->name);
	VISIT(v, k->generation);
	VISIT(v, k->subscribed);
	visit_expect(v, k->uid != NULL && k->gid != NULL);
}

void
api_visit(struct visit *v, GPtrArray *clients)
{
	unsigned count = visit_count(v, clients->len, UINT_MAX);

	for (unsigned i = 0; i < count && !v->in.bad; i++) {
		if (v->out == NULL)
			g_ptr_array_add(clients, g_new0(struct api_client, 1));
		client_visit(v, g_ptr_array_index(clients, i));
	}
}

GPtrArray *
api_names(const struct core *c)
{
	GPtrArray *names = g_ptr_array_new();

	for (unsigned i = 0; i < c->clients->len; i++) {
		const struct api_client *k = g_ptr_array_index(c->clients, i);

		if (k->name != NULL)
			g_ptr_array_add(names, k->name);
	}
	return names;
}

struct api_client *
api_client_find(struct core *c, uint32_t id)
{
	for (unsigned i = 0; i < c->clients->len; i++) {
		struct api_client *k = g_ptr_array_index(c->clients, i);

		if (k->id == id)
			return k;
	}
	return NULL;
}

void
api_send(struct core *c, uint32_t id, const struct msg *m)
{
	g_autoptr(GByteArray) bytes = request_encode(m);
	struct action *a = actions_add(c->out, ACTION_REPLY);

	a->client = id;
	a->bytes = g_bytes_new(bytes->data, bytes->len);
}

void
api_notice(struct core *c, struct msg *m)
{
	for (unsigned i = 0; i < c->clients->len; i++) {
		const struct api_client *k = g_ptr_array_index(c->clients, i);

		if (k->subscribed)
			api_send(c, k->id, m);
	}
	msg_free(m);
}

struct msg *
api_notice_new(const char *what)
{
	struct msg *m = msg_new("notice");

	msg_add(m, "what", what);
	return m;
}

void
api_notice_node(struct core *c, const char *node, const char *status, const char *type)
{
	struct msg *m = api_notice_new("node");

	msg_add(m, "node", node);
	msg_add(m, "status", status);
	msg_add(m, "type", type);
	api_notice(c, m);
}

void
api_notice_link(struct core *c, const char *node, const char *link, bool up)
{
	struct msg *m = api_notice_new("link");

	msg_add(m, "node", node);
	msg_add(m, "link", link);
	msg_add(m, "status", up ? "up" : "dead");
	api_notice(c, m);
}

void
api_notice_client_status(
    struct core *c, uint32_t id, const char *node, const char *client, bool online)
{
	AUTO_MSG struct msg *m = api_notice_new("clientstatus");

	msg_add(m, "node", node);
	msg_add(m, "client", client);
	msg_add(m, "status", online ? "online" : "offline");
	api_send(c, id, m);
}

void
api_notice_resources(struct core *c)
{
	const char *holds = standby_holds(c);
	bool settled = view_is_settled(c);

	if (c->holds_told == holds && c->settled_told == settled)
		return;
	struct msg *m = api_notice_new("resources");

	msg_add(m, "holds", holds);
	msg_add(m, "settled", settled ? "yes" : "no");
	api_notice(c, m);
	c->holds_told = holds;
	c->settled_told = settled;
}

/* -- clients come and go -- */

/* Tell the other nodes that a named client is there or gone. */
static void
announce_client(struct core *c, const struct api_client *k, bool join)
{
	struct msg *m = msg_new("hbapi-clstat");

	msg_add(m, "st", join ? "join" : "leave");
	msg_add(m, "info", join ? "signon" : "disconnect");
	msg_add(m, "from_id", k->name);
	msg_add(m, "to_id", k->name);
	msg_add_format(m, "client_gen", "%" PRIu64, k->generation);
	send_message(c, m, NULL);
}

void
api_client(struct core *c, const struct event_client *e)
{
	struct api_client *k = api_client_find(c, e->client);

	if (e->connected) {
		if (k != NULL || e->client == CLIENT_FIFO)
			return;
		k = g_new0(struct api_client, 1);
		k->id = e->client;
		k->user = g_strdup(e->user);
		k->uid = g_strdup_printf("%" PRIu32, e->uid);
		k->gid = g_strdup_printf("%" PRIu32, e->gid);
		k->groups = g_strdupv((char **)e->groups);
		g_ptr_array_add(c->clients, k);
	} else if (k != NULL) {
		if (k->name != NULL)
			announce_client(c, k, false);
		g_ptr_array_remove(c->clients, k);
	}
}

/* -- permissions -- */

static bool
listed(char *const *list, const char *word)
{
	return word != NULL && list != NULL && g_strv_contains((const char *const *)list, word);
}

static bool
in_any_group(const struct api_client *k, char *const *groups)
{
	for (char **g = k->groups; g != NULL && *g != NULL; g++) {
		if (listed(groups, *g))
			return true;
	}
	return false;
}

/* Moving services: root, the cluster's own user, or its group. */
static bool
may_move(const struct api_client *k)
{
	return strcmp(k->uid, "0") == 0 || g_strcmp0(k->user, "hacluster") == 0 ||
	    listed(k->groups, "haclient");
}

static const struct conf_apiauth *
apiauth_find(const struct core *c, const char *service)
{
	for (unsigned i = 0; i < c->conf->apiauth_count; i++) {
		if (strcmp(c->conf->apiauth[i].service, service) == 0)
			return &c->conf->apiauth[i];
	}
	return NULL;
}

static bool
may_sign_on(const struct core *c, const struct api_client *k, const char *name)
{
	const struct conf_apiauth *a = apiauth_find(c, name);

	if (a == NULL)
		a = apiauth_find(c, "default");
	return a != NULL &&
	    (listed(a->uids, k->user) || listed(a->uids, k->uid) || listed(a->gids, k->gid) ||
		in_any_group(k, a->gids));
}

/* -- requests: each gives NULL, or a sentence why not -- */

static char *
ask_signon(struct core *c, struct api_client *k, const struct msg *m)
{
	const char *name = msg_get(m, "name");

	if (name == NULL || *name == '\0' || strlen(name) > NAME_MAX_LEN)
		return g_strdup("signon needs a name of 1 to 64 characters");
	if (k->name != NULL)
		return g_strdup("signed on already");
	if (!may_sign_on(c, k, name))
		return g_strdup_printf("client failed authorization: no apiauth line of ha.cf lets user %s "
				       "be %s", k->user, name);
	k->name = g_strdup(name);
	k->generation = c->signons++;
	announce_client(c, k, true);
	return NULL;
}

bool
api_client_is_online(const struct core *c, const char *name)
{
	for (unsigned i = 0; i < c->clients->len; i++) {
		const struct api_client *k = g_ptr_array_index(c->clients, i);

		if (g_strcmp0(k->name, name) == 0)
			return true;
	}
	return false;
}

/* Here it is known at once; another node is asked, and its answer is a notice. */
static char *
ask_client_status(struct core *c, struct api_client *k, const struct msg *m)
{
	const char *node = msg_get(m, "node"), *name = msg_get(m, "client");
	const struct node *n = node != NULL ? node_find(c, node) : NULL;
	struct msg *query;

	if (name == NULL || *name == '\0' || strlen(name) > NAME_MAX_LEN)
		return g_strdup("clientstatus needs the name of a client");
	if (n == NULL)
		return g_strdup_printf("no node %s", node != NULL ? node : "");
	if (n == c->self) {
		api_notice_client_status(c, k->id, n->name, name, api_client_is_online(c, name));
		return NULL;
	}
	query = msg_new("query-cstatus");
	msg_add(query, "cn", name);
	msg_add_format(query, "from_id", "%" PRIu32, k->id);
	send_message(c, query, n);
	return NULL;
}

static char *
ask_move(struct core *c, const struct api_client *k, const struct msg *m, bool standby)
{
	const char *word = msg_get(m, "set");
	enum standby_set set;

	if (!may_move(k))
		return g_strdup("permission denied: moving needs root or group haclient");
	if (word == NULL ||
	    !standby_set_from_word(word, standby ? SET_FOREIGN : SET_LOCAL, &set))
		return g_strdup("set must be one of all, local, foreign, failback");
	if (!standby)
		return standby_ask(c, set);
	trace(&c->trace, TRACE_INFO, "Going standby [%s].", word);
	return standby_give(c, set, NULL);
}

static char *
ask_retry(struct core *c, const struct api_client *k, const struct msg *m)
{
	const char *word = msg_get(m, "group");
	int group = -1;

	if (!may_move(k))
		return g_strdup("permission denied: retry needs root or group haclient");
	if (word != NULL && (group = conf_group_index(c->conf, word)) < 0)
		return g_strdup_printf("no group %s", word);
	if (standby_retry(c, group) > 0)
		return NULL;
	char *why = presence_refusal(c, group);

	return why != NULL ? why : g_strdup("no group has failed here");
}

bool
api_field_is_ours(const char *name)
{
	static const char *const own[] = {
	    "t", "dest", "destuuid", "src", "srcuuid", "seq", "hg", "ts", "ttl", "ld", "auth", "from_id",
	    "to_id", "client_gen", NULL};

	return g_strv_contains(own, name);
}

static char *
ask_message(struct core *c, const struct api_client *k, const struct msg *m)
{
	const char *type = msg_get(m, "type");
	const char *dest = msg_get(m, "dest");
	const struct node *to = NULL;
	unsigned extra = 0;

	if (k->name == NULL)
		return g_strdup("sign on first");
	if (type == NULL || *type == '\0' || strlen(type) > 31 ||
	    strspn(type, "abcdefghijklmnopqrstuvwxyz_") != strlen(type))
		return g_strdup("type must be 1 to 31 lower-case letters");
	if (hook_type_is_ours(type))
		return g_strdup("that type is the daemon's own");
	if (dest != NULL && (to = node_find(c, dest)) == NULL)
		return g_strdup_printf("no node %s", dest);
	struct msg *out = msg_new(type);

	for (size_t i = 0; i < msg_count(m); i++) {
		const struct field *f = msg_field(m, i);

		if (strncmp(f->name, "x_", 2) == 0 && !api_field_is_ours(f->name + 2) &&
		    extra++ < EXTRA_MAX)
			msg_add_bytes(out, f->name + 2, FIELD_STRING, f->value, f->len);
	}
	if (!send_fits(out)) {
		msg_free(out);
		return g_strdup("the message is too long for one datagram");
	}
	msg_set(out, "from_id", k->name);
	msg_set(out, "to_id", k->name);
	msg_add_format(out, "client_gen", "%" PRIu64, k->generation);
	send_message(c, out, to);
	return NULL;
}

static void
reply(struct core *c, const struct api_client *k, const char *wrong, const char *json)
{
	struct msg *m = msg_new("reply");

	msg_add(m, "result", wrong == NULL ? "ok" : "error");
	if (wrong != NULL)
		msg_add(m, "text", wrong);
	if (json != NULL)
		msg_add(m, "json", json);
	api_send(c, k->id, m);
	msg_free(m);
}

void
api_request(struct core *c, const struct event_request *e)
{
	struct api_client *k = api_client_find(c, e->client);
	struct msg *m;

	if (e->client == CLIENT_FIFO)
		local_message(c, e->bytes, e->len);
	if (k == NULL)
		return;
	m = request_decode(e->bytes, e->len);
	if (m == NULL) {
		reply(c, k, "this is no request", NULL);
		return;
	}
	const char *type = msg_type(m);
	g_autofree char *wrong = NULL;

	c->changed = true;
	if (strcmp(type, "status") == 0) {
		char *json = report_json(c);

		reply(c, k, NULL, json);
		free(json);
		msg_free(m);
		return;
	}
	if (strcmp(type, "signon") == 0)
		wrong = ask_signon(c, k, m);
	else if (strcmp(type, "standby") == 0)
		wrong = ask_move(c, k, m, true);
	else if (strcmp(type, "takeover") == 0)
		wrong = ask_move(c, k, m, false);
	else if (strcmp(type, "retry") == 0)
		wrong = ask_retry(c, k, m);
	else if (strcmp(type, "subscribe") == 0)
		k->subscribed = true;
	else if (strcmp(type, "clientstatus") == 0)
		wrong = ask_client_status(c, k, m);
	else if (strcmp(type, "message") == 0)
		wrong = ask_message(c, k, m);
	else
		wrong = g_strdup("unknown request");
	reply(c, k, wrong, NULL);
	msg_free(m);
}
