/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who is there, as a 3.0.6 node sees it:
 *
 *   waiting -- every node heard or dead --> asking -- repnodes, or nobody lives --> complete
 *
 * Source: compat wire.md section 12.
 */
#include "sim/old_state.h"

#include <string.h>

#define ASK_LIST_MS 1000

static const char *const status_words[] = {
    [OLD_INIT] = "init",
    [OLD_UP] = "up",
    [OLD_ACTIVE] = "active",
    [OLD_DEAD] = "dead",
    [OLD_PING] = "ping",
};

static void
peer_free(gpointer data)
{
	struct old_peer *p = data;

	g_array_unref(p->missing);
	g_free(p->name);
	g_free(p);
}

static struct old_peer *
peer_new(struct old_node *o, const char *name, bool is_ping)
{
	struct old_peer *p = g_new0(struct old_peer, 1);

	p->name = g_strdup(name);
	p->is_ping = is_ping;
	p->missing = g_array_new(FALSE, FALSE, sizeof(struct old_missing));
	p->clock = o->now;
	p->deadtime = is_ping ? o->conf->deadping : o->conf->deadtime;
	old_wire_forget(o, p);
	g_ptr_array_add(o->peers, p);
	return p;
}

void
old_members_begin(struct old_node *o)
{
	o->peers = g_ptr_array_new_with_free_func(peer_free);
	for (unsigned i = 0; i < o->conf->node_count; i++) {
		struct old_peer *p = peer_new(o, o->conf->nodes[i], false);

		if (i == o->conf->self)
			o->self = p;
	}
	for (unsigned i = 0; i < o->conf->media_count; i++) {
		if (medium_is_ping(o->conf->media[i].kind))
			peer_new(o, o->conf->media[i].name, true);
	}
	o->comm = COMM_WAITING;
	o->ask_nodes_at = OLD_NEVER;
}

void
old_members_clear(struct old_node *o)
{
	g_clear_pointer(&o->peers, g_ptr_array_unref);
	o->self = NULL;
}

struct old_peer *
old_members_find(const struct old_node *o, const char *name)
{
	for (unsigned i = 0; i < o->peers->len; i++) {
		struct old_peer *p = g_ptr_array_index(o->peers, i);

		if (strcmp(p->name, name) == 0)
			return p;
	}
	return NULL;
}

bool
old_members_is_other(const struct old_node *o, const struct old_peer *p)
{
	return p != o->self && !p->is_ping;
}

bool
old_members_other_is_active(const struct old_node *o)
{
	for (unsigned i = 0; i < o->peers->len; i++) {
		const struct old_peer *p = g_ptr_array_index(o->peers, i);

		if (old_members_is_other(o, p) && p->status == OLD_ACTIVE)
			return true;
	}
	return false;
}

/* The first other node that lives. */
static const struct old_peer *
first_alive(const struct old_node *o)
{
	for (unsigned i = 0; i < o->peers->len; i++) {
		const struct old_peer *p = g_ptr_array_index(o->peers, i);

		if (old_members_is_other(o, p) && p->status != OLD_DEAD)
			return p;
	}
	return NULL;
}

void
old_members_send_status(struct old_node *o)
{
	struct msg *m = msg_new("status");

	msg_add(m, "st", o->comm == COMM_COMPLETE ? "active" : o->seq == 0 ? "init" : "up");
	msg_add_hex(m, "dt", (uint64_t)span_ms(o->told_deadtime));
	if (!o->no_protocol)
		msg_add(m, "protocol", "1");
	old_wire_send(o, m, NULL);
	old_wire_ping(o);
}

/* -- the list of nodes -- */

void
old_members_add(struct old_node *o, const char *list)
{
	g_auto(GStrv) names = g_strsplit_set(list, " ", -1);

	for (char **name = names; *name != NULL; name++) {
		g_autofree char *lower = g_ascii_strdown(*name, -1);

		if (*lower != '\0' && old_members_find(o, lower) == NULL)
			peer_new(o, lower, false);
	}
}

void
old_members_list_asked(struct old_node *o, const struct old_peer *asker)
{
	struct msg *m = msg_new("repnodes");
	g_autoptr(GString) list = g_string_new(NULL);

	for (unsigned i = 0; i < o->peers->len; i++) {
		const struct old_peer *p = g_ptr_array_index(o->peers, i);

		if (!p->is_ping)
			g_string_append_printf(list, "%s ", p->name);
	}
	msg_add(m, "nodelist", list->str);
	msg_add(m, "delnodelist", " ");
	old_wire_send(o, m, asker->name);
}

/* Nodes that the list does not name are none. */
static void
remove_unlisted(struct old_node *o, const char *list)
{
	g_auto(GStrv) names = g_strsplit_set(list, " ", -1);

	for (unsigned i = o->peers->len; i-- > 0;) {
		const struct old_peer *p = g_ptr_array_index(o->peers, i);

		if (old_members_is_other(o, p) &&
		    !g_strv_contains((const char *const *)names, p->name))
			g_ptr_array_remove_index(o->peers, i);
	}
}

static void
complete(struct old_node *o)
{
	o->comm = COMM_COMPLETE;
	o->ask_nodes_at = OLD_NEVER;
	trace(&o->trace, TRACE_INFO, "Comm_now_up(): updating status to active");
	old_members_send_status(o);
	old_resources_start(o);
}

void
old_members_list(struct old_node *o, const struct msg *m)
{
	const char *list = msg_get(m, "nodelist");

	if (list == NULL)
		return;
	old_members_add(o, list);
	remove_unlisted(o, list);
	if (o->comm == COMM_ASKING)
		complete(o);
}

void
old_members_ask_list(struct old_node *o)
{
	const struct old_peer *to = first_alive(o);

	if (o->comm != COMM_ASKING)
		return;
	if (to == NULL || o->no_protocol) {
		complete(o);
		return;
	}
	o->ask_nodes_at = moment_add(o->now, span_from_ms(ASK_LIST_MS));
	old_wire_send(o, msg_new("reqnodes"), to->name);
}

void
old_members_settle(struct old_node *o)
{
	if (o->comm != COMM_WAITING)
		return;
	for (unsigned i = 0; i < o->peers->len; i++) {
		const struct old_peer *p = g_ptr_array_index(o->peers, i);

		if (!p->heard && p->status != OLD_DEAD)
			return;
	}
	o->comm = COMM_ASKING;
	old_members_ask_list(o);
}

/* -- life and death -- */

static void
died(struct old_node *o, struct old_peer *p)
{
	trace(&o->trace, TRACE_WARNING, "node %s: is dead", p->name);
	p->status = OLD_DEAD;
	old_wire_forget(o, p);
	if (p->is_ping) {
		old_ipfail_ping(o, false);
		old_members_settle(o);
		return;
	}
	old_resources_died(o, p);
	old_members_settle(o);
	if (o->comm == COMM_ASKING)
		old_members_ask_list(o);
}

/* Longer than our own deadtime since the one before: dead at that moment, and yet alive. */
static void
judge_late(struct old_node *o, struct old_peer *p)
{
	if (!p->clock_runs || p == o->self ||
	    !span_exceeds(moment_since(o->now, p->clock), o->conf->deadtime))
		return;
	trace(&o->trace, TRACE_CRITICAL, "Late heartbeat: Node %s: interval %lld ms (> deadtime)",
	    p->name, (long long)span_ms(moment_since(o->now, p->clock)));
	trace(&o->trace, TRACE_WARNING, "node %s: is dead", p->name);
	old_resources_died(o, p);
}

static enum old_status
status_read(const char *word)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(status_words); i++) {
		if (strcmp(word, status_words[i]) == 0)
			return (enum old_status)i;
	}
	return OLD_OTHER;
}

void
old_members_status(
    struct old_node *o, struct old_peer *p, const struct msg *m, bool returning)
{
	const char *word = msg_get(m, "st");
	uint64_t dt;
	bool was_up = p->status == OLD_PING;

	if (word == NULL)
		return;
	if (!p->is_ping && msg_find(m, "protocol") == NULL)
		o->no_protocol = true;
	if (!p->is_ping && msg_get_hex(m, "dt", &dt) && dt > 0)
		p->deadtime = span_from_ms((int64_t)MIN(dt, 1000000000U));
	if (!p->is_ping)
		judge_late(o, p);
	p->clock = o->now;
	p->clock_runs = true;
	p->status = status_read(word);
	if (p->is_ping && !was_up)
		old_ipfail_ping(o, true);
	if (!returning)
		return;
	trace(&o->trace, TRACE_CRITICAL, "Cluster node %s returning after partition.", p->name);
	if (moment_is_never(o->restart_at) && o->leave == LEAVE_NOT)
		o->restart_at = moment_add(o->now, span_from_ms(2000));
	old_members_send_status(o);
}

void
old_members_judge(struct old_node *o)
{
	for (unsigned i = 0; i < o->peers->len; i++) {
		struct old_peer *p = g_ptr_array_index(o->peers, i);
		struct span limit = o->comm == COMM_WAITING ? o->conf->initdead : p->deadtime;

		if (p != o->self && p->status != OLD_DEAD &&
		    moment_before(moment_add(p->clock, limit), o->now))
			died(o, p);
	}
}
