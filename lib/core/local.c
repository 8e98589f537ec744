/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/local.h"

#include <string.h>

#include "base/text.h"
#include "core/hook.h"
#include "core/node.h"
#include "core/send.h"
#include "core/standby.h"
#include "proto/wire.h"

/* What was wrong is said again after this time. */
#define SAID_PAUSE_MS 60000
#define VALUE_SHOWN_MAX 40

/* Counted always; said at first, then once a minute. */
static void
drop(struct core *c, const char *why, const char *what)
{
	const struct moment again =
	    moment_add(c->drops_said[DROP_LOCAL], span_from_ms(SAID_PAUSE_MS));
	g_autofree char *shown = text_escape(what, strlen(what), VALUE_SHOWN_MAX);

	c->drops[DROP_LOCAL]++;
	if (c->drops[DROP_LOCAL] > 1 && moment_before(c->now, again))
		return;
	c->drops_said[DROP_LOCAL] = c->now;
	trace(&c->trace, TRACE_WARNING, "message in the FIFO dropped: %s: %s", why, shown);
}

static bool
lines_are_short(const char *bytes, size_t len)
{
	for (const char *at = bytes, *const end = bytes + len; at < end;) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const size_t line = (size_t)((newline != NULL ? newline : end) - at);

		if (line > LOCAL_LINE_MAX)
			return false;
		at += line + 1;
	}
	return true;
}

/* The set that a request of an old script is about. Errors: false. */
static bool
set_of(const struct msg *m, enum standby_set failback, enum standby_set *set)
{
	const char *word = msg_get(m, "rsc_hold");

	return word != NULL && standby_set_from_word(word, failback, set);
}

static void
move(struct core *c, const struct msg *m, bool standby)
{
	const char *what = standby ? "standby" : "hb_takeover";
	enum standby_set set;
	g_autofree char *refused = NULL;

	if (!set_of(m, standby ? SET_FOREIGN : SET_LOCAL, &set)) {
		drop(c, "rsc_hold must be all, local, foreign or failback", msg_type(m));
		return;
	}
	refused = standby ? standby_give(c, set, NULL) : standby_ask(c, set);
	if (refused != NULL)
		trace(&c->trace, TRACE_WARNING, "%s [%s]: %s", what, standby_set_name(set), refused);
	c->changed = true;
}

/* Filled in anew by the daemon. */
static bool
field_is_envelope(const char *name)
{
	static const char *const own[] = {"t", "dest", "destuuid", "src", "srcuuid", "seq", "hg",
	    "ts", "ttl", "ld", "auth", "from_id", "to_id", "client_gen", NULL};

	return g_strv_contains(own, name);
}

static void
send_own_type(struct core *c, const struct msg *m)
{
	const char *dest = msg_get(m, "dest");
	const struct node *to = NULL;
	struct msg *out;

	if (dest != NULL && (to = node_find(c, dest)) == NULL) {
		drop(c, "dest is no node", dest);
		return;
	}
	out = msg_new(msg_type(m));
	for (size_t i = 0; i < msg_count(m); i++) {
		const struct field *f = msg_field(m, i);

		if (!field_is_envelope(f->name) && f->type == FIELD_STRING)
			msg_add_bytes(out, f->name, FIELD_STRING, f->value, f->len);
	}
	if (!send_fits(out)) {
		drop(c, "it is too long for one datagram, or has too many lines", msg_type(m));
		msg_free(out);
		return;
	}
	AUTO_MSG struct msg *ours = msg_copy(out);

	send_message(c, out, to);
	/* It runs on the sender too. */
	if (to != NULL && to != c->self)
		return;
	msg_set(ours, "src", c->self->name);
	msg_add_hex(ours, "seq", c->outbox.last);
	msg_add_hex(ours, "hg", c->generation);
	msg_add_hex(ours, "ts", (uint64_t)c->wall_s);
	hook_message(c, ours);
}

static void
act(struct core *c, const struct msg *m)
{
	static const char *const done_here[] = {"resource", "ip-request", "ip-request-resp", NULL};
	static const char *const in_hacf[] = {
	    "addnode", "delnode", "setweight", "setsite", NULL};
	const char *type = msg_type(m);

	if (!hook_type_is_name(type))
		drop(c, "t must be 1 to 31 letters, digits, '-' or '_'", type);
	else if (strcmp(type, "hb_takeover") == 0)
		move(c, m, false);
	else if (strcmp(type, "ask_resources") == 0 && g_strcmp0(msg_get(m, "info"), "me") == 0)
		move(c, m, true);
	else if (g_strv_contains(done_here, type))
		/* Words of mach_down and req_resource, whose work the core has done. */
		trace(&c->trace, TRACE_DEBUG, "message %s of a script: nothing to be done", type);
	else if (g_strv_contains(in_hacf, type))
		drop(c, "nodes are listed in ha.cf, and nowhere else", type);
	else if (hook_type_is_ours(type))
		drop(c, "only the daemon may say this", type);
	else
		send_own_type(c, m);
}

void
local_message(struct core *c, const void *bytes, size_t len)
{
	AUTO_MSG struct msg *m = NULL;
	struct wire_frame frame;
	enum wire_result result = wire_frame(bytes, len, &frame);

	if (result == WIRE_OK && frame.form != WIRE_CLASSIC)
		result = WIRE_NO_FRAME;
	if (result == WIRE_OK && !lines_are_short(bytes, len))
		result = WIRE_TOO_LONG;
	if (result == WIRE_OK)
		result = wire_decode(&frame, &m);
	if (result == WIRE_OK)
		act(c, m);
	else
		drop(c, "it cannot be read", wire_result_text(result));
}
