/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/hook.h"

#include <string.h>

#include "core/node.h"

#define TYPE_MAX 31

bool
hook_type_is_name(const char *type)
{
	const size_t len = strlen(type);

	return len >= 1 && len <= TYPE_MAX &&
	    strspn(type,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == len;
}

bool
hook_type_is_ours(const char *type)
{
	static const char *const own[] = {
	    "status", "shutdone", "starting", "resource", "ask_resources", "hb_takeover",
	    "ip-request", "ip-request-resp", "stonith", "reqnodes", "repnodes", "addnode",
	    "delnode", "setweight", "setsite", "ifstat", "hbapi-clstat", "query-cstatus",
	    "respond-cstatus", NULL};

	return strncmp(type, "NS_", 3) == 0 || g_strv_contains(own, type);
}

/* Only what can be part of a variable's name. */
static bool
name_is_word(const char *name)
{
	for (; *name != '\0'; name++) {
		if (!g_ascii_isalnum(*name) && *name != '_')
			return false;
	}
	return true;
}

static void
put(GByteArray *bytes, const char *text)
{
	g_byte_array_append(bytes, (const guint8 *)text, (guint)strlen(text) + 1);
}

void
hook_message(struct core *c, const struct msg *m)
{
	const char *type = msg_type(m);
	GByteArray *bytes;
	unsigned count = 0;

	if (!hook_type_is_name(type))
		return;
	bytes = g_byte_array_new();
	put(bytes, type);
	for (size_t i = 0; i < msg_count(m) && count < HOOK_FIELDS_MAX; i++) {
		const struct field *f = msg_field(m, i);

		if (f->type != FIELD_STRING || f->len > HOOK_VALUE_MAX || !name_is_word(f->name))
			continue;
		put(bytes, f->name);
		put(bytes, f->value);
		count++;
	}
	actions_add(c->out, ACTION_HOOK)->bytes = g_byte_array_free_to_bytes(bytes);
}

/* Of its own words those that say nothing to us; none if it is told because of its silence. */
static void
add_heard(const struct core *c, const struct node *n, struct msg *to)
{
	static const char *const names[] = {"ld", "ttl"};

	if (c->heard == NULL || g_strcmp0(msg_get(c->heard, "src"), n->name) != 0)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *value = msg_get(c->heard, names[i]);

		if (value != NULL)
			msg_add(to, names[i], value);
	}
}

void
hook_node(struct core *c, const struct node *n, enum node_status before)
{
	AUTO_MSG struct msg *m = msg_new("status");

	msg_add(m, "st", node_status_name(n->status));
	msg_add(m, "OSTATUS", node_status_name(before));
	msg_add(m, "src", n->name);
	msg_add_hex(m, "dt", (uint64_t)span_ms(n->dead_after));
	msg_add(m, "protocol", "1");
	msg_add_hex(m, "seq", n->status_seq);
	msg_add_hex(m, "hg", n->generation);
	msg_add_hex(m, "ts", (uint64_t)c->wall_s);
	msg_add(m, "info", n->why);
	add_heard(c, n, m);
	hook_message(c, m);
}

void
hook_ping(struct core *c, const char *ping, const char *status, const char *before)
{
	AUTO_MSG struct msg *m = msg_new("status");

	msg_add(m, "st", status);
	msg_add(m, "OSTATUS", before);
	msg_add(m, "src", ping);
	msg_add_hex(m, "ts", (uint64_t)c->wall_s);
	msg_add(m, "info", "ping");
	hook_message(c, m);
}

void
hook_link(struct core *c, const char *node, const char *link, bool up)
{
	AUTO_MSG struct msg *m = msg_new("ifstat");

	msg_add(m, "st", up ? "up" : "dead");
	msg_add(m, "OSTATUS", up ? "dead" : "up");
	msg_add(m, "node", node);
	msg_add(m, "ifname", link);
	msg_add(m, "src", c->self->name);
	msg_add_hex(m, "ts", (uint64_t)c->wall_s);
	hook_message(c, m);
}
