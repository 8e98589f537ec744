/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a 3.0.6 node numbers, sends, loops back, receives and repeats messages.
 *
 * Source: compat wire.md sections 1, 7, 9, 10, 11.
 */
#include "sim/old_state.h"

#include <string.h>

#include "proto/envelope.h"
#include "proto/seal.h"

#define HISTORY_MAX 500
#define MISSING_MAX 500
#define HOLE_MAX 250
#define RESENT_MAX 50
#define ACK_EVERY 10
/* What is acknowledged by all is kept a little longer. */
#define KEPT_MS 2000
/* A message that comes within this time was only overtaken. */
#define OVERTAKEN_MS 50

struct old_sent {
	uint64_t seq;
	struct msg *m;
	struct moment at, again;
	bool was_again;
};

static void
sent_free(gpointer data)
{
	struct old_sent *s = data;

	msg_free(s->m);
	g_free(s);
}

void
old_wire_begin(struct old_node *o)
{
	o->seq = 0;
	o->history = g_queue_new();
}

void
old_wire_clear(struct old_node *o)
{
	if (o->history != NULL)
		g_queue_free_full(g_steal_pointer(&o->history), sent_free);
}

void
old_wire_forget(struct old_node *o, struct old_peer *p)
{
	p->any = false;
	p->last = 0;
	p->trigger = (unsigned)prng_between(&o->prng, 0, ACK_EVERY - 1);
	g_array_set_size(p->missing, 0);
}

/* -- sending -- */

static void
put_on_media(struct old_node *o, const struct msg *m)
{
	for (unsigned i = 0; i < o->conf->media_count; i++) {
		enum medium_kind kind = o->conf->media[i].kind;
		/* Whatever msgfmt says: today's library writes netstrings to datagrams. */
		enum wire_form form = kind == MEDIUM_SERIAL ? WIRE_CLASSIC : WIRE_NETSTRING;

		if (medium_is_ping(kind))
			continue;
		g_autoptr(GByteArray) bytes = seal_close(&o->conf->keys, m, form, false);
		struct action *a = actions_add(o->out, ACTION_SEND);
		a->medium = i;
		a->bytes = g_bytes_new(bytes->data, bytes->len);
	}
}

static void receive(struct old_node *o, const struct msg *m, bool own);

void
old_wire_send(struct old_node *o, struct msg *m, const char *dest)
{
	static const unsigned char no_uuid[16];
	bool numbered = !g_str_has_prefix(msg_type(m), "NS_");

	if (dest != NULL) {
		const struct old_peer *to = old_members_find(o, dest);

		msg_add(m, "dest", dest);
		msg_add_binary(m, "destuuid", to != NULL && to->has_uuid ? to->uuid : no_uuid, 16);
	}
	msg_add(m, "src", o->self->name);
	msg_add_binary(m, "srcuuid", o->uuid, 16);
	if (numbered)
		msg_add_hex(m, "seq", ++o->seq);
	msg_add_hex(m, "hg", o->generation);
	msg_add_hex(m, "ts", (uint64_t)o->wall_s);
	if (numbered)
		msg_add(m, "ld", "0.00 0.00 0.00 1/1 1");
	msg_add_format(m, "ttl", "%u", o->conf->hopfudge + o->peers->len);
	if (numbered) {
		struct old_sent *s = g_new0(struct old_sent, 1);

		s->seq = o->seq;
		s->m = msg_copy(m);
		s->at = o->now;
		g_queue_push_tail(o->history, s);
		if (g_queue_get_length(o->history) > HISTORY_MAX)
			sent_free(g_queue_pop_head(o->history));
	}
	/* What the own copy leads to is on the wire before the message itself. */
	receive(o, m, true);
	put_on_media(o, m);
	msg_free(m);
}

void
old_wire_ping(struct old_node *o)
{
	for (unsigned i = 0; i < o->conf->media_count; i++) {
		const struct conf_medium *medium = &o->conf->media[i];

		if (!medium_is_ping(medium->kind))
			continue;
		struct msg *m = msg_new("NS_st");
		msg_add(m, "st", "ping");
		msg_add(m, "info", medium->kind == MEDIUM_PING_GROUP ? "ping_group" : "ping");
		msg_add(m, "src", medium->name);
		msg_add_hex(m, "ts", (uint64_t)o->wall_s);
		g_autoptr(GByteArray) bytes =
		    seal_close(&o->conf->keys, m, WIRE_NETSTRING, false);
		struct action *a = actions_add(o->out, ACTION_SEND);
		a->medium = i;
		a->bytes = g_bytes_new(bytes->data, bytes->len);
		msg_free(m);
	}
}

/* -- sending again -- */

static void
refuse(struct old_node *o, const struct old_peer *asker, uint64_t seq, const char *why)
{
	struct msg *m = msg_new("NS_nak_rexmit");

	msg_add_hex(m, "firstseq", seq);
	msg_add(m, "info", why);
	old_wire_send(o, m, asker->name);
}

/* Gives true if the message went out again. */
static bool
send_again(struct old_node *o, const struct old_peer *asker, uint64_t seq)
{
	const struct old_sent *oldest = g_queue_peek_head(o->history);
	int64_t pause_ms = (int64_t)o->conf->max_rexmit_delay_ms - 10;

	if (seq <= asker->acknowledged || seq > o->seq)
		return false;
	if (oldest == NULL || seq < oldest->seq) {
		refuse(o, asker, seq, "seqno too low");
		return false;
	}
	for (GList *l = o->history->head; l != NULL; l = l->next) {
		struct old_sent *s = l->data;

		if (s->seq != seq)
			continue;
		if (s->was_again && span_ms(moment_since(o->now, s->again)) < pause_ms)
			return false;
		s->was_again = true;
		s->again = o->now;
		put_on_media(o, s->m);
		return true;
	}
	refuse(o, asker, seq, "seqno not found");
	return false;
}

static void
rexmit(struct old_node *o, const struct old_peer *asker, const struct msg *m)
{
	uint64_t first, last;
	unsigned sent = 0;

	if (!msg_get_decimal(m, "firstseq", &first) || !msg_get_decimal(m, "lastseq", &last))
		return;
	for (uint64_t seq = first; seq <= MIN(last, o->seq) && sent < RESENT_MAX; seq++)
		sent += send_again(o, asker, seq) ? 1 : 0;
}

static void
acknowledged(struct old_node *o, struct old_peer *by, const struct msg *m)
{
	uint64_t seq, all = UINT64_MAX;
	struct old_sent *s;

	if (o->no_protocol || !msg_get_hex(m, "ackseq", &seq) || seq > o->seq)
		return;
	by->acknowledged = MAX(by->acknowledged, seq);
	for (unsigned i = 0; i < o->peers->len; i++) {
		const struct old_peer *p = g_ptr_array_index(o->peers, i);

		if (!p->is_ping && p->status != OLD_DEAD)
			all = MIN(all, p->acknowledged);
	}
	while ((s = g_queue_peek_head(o->history)) != NULL && s->seq <= all &&
	    span_ms(moment_since(o->now, s->at)) > KEPT_MS)
		sent_free(g_queue_pop_head(o->history));
}

/* -- the sequence of a sender -- */

static bool
missing_remove(struct old_peer *p, uint64_t seq)
{
	for (guint i = 0; i < p->missing->len; i++) {
		if (g_array_index(p->missing, struct old_missing, i).seq == seq) {
			g_array_remove_index(p->missing, i);
			return true;
		}
	}
	return false;
}

static void
missing_add(struct old_node *o, struct old_peer *p, uint64_t seq)
{
	unsigned most = o->conf->max_rexmit_delay_ms;
	uint64_t wait = prng_between(&o->prng, most < 100 ? 0 : OVERTAKEN_MS, most);
	struct old_missing hole = {seq, moment_add(o->now, span_from_ms((int64_t)wait))};

	if (p->missing->len == MISSING_MAX)
		g_array_remove_index(p->missing, 0);
	g_array_append_val(p->missing, hole);
}

static void
acknowledge(struct old_node *o, const struct old_peer *p, uint64_t seq)
{
	struct msg *m = msg_new("NS_ackmsg");

	msg_add_hex(m, "ackseq", seq);
	old_wire_send(o, m, p->name);
}

static void
filled(struct old_node *o, struct old_peer *p, uint64_t seq)
{
	uint64_t top = p->last;

	if (p->missing->len > 0)
		top = g_array_index(p->missing, struct old_missing, 0).seq - 1;
	if (o->no_protocol || top < p->trigger)
		return;
	uint64_t due = top - (top - p->trigger) % ACK_EVERY;
	if (due >= seq && due > 0)
		acknowledge(o, p, due);
}

/* Is the message to be processed? */
static bool
sequence(struct old_node *o, struct old_peer *p, uint64_t seq)
{
	if (p->any && seq <= p->last) {
		if (seq == p->last || !missing_remove(p, seq))
			return false;
		filled(o, p, seq);
		return true;
	}
	if (p->any && seq - p->last - 1 > HOLE_MAX) {
		g_array_set_size(p->missing, 0);
	} else if (p->any) {
		for (uint64_t hole = p->last + 1; hole < seq; hole++)
			missing_add(o, p, hole);
	}
	p->any = true;
	p->last = seq;
	if (!o->no_protocol && p->missing->len == 0 && seq % ACK_EVERY == p->trigger)
		acknowledge(o, p, seq);
	return true;
}

void
old_wire_ask(struct old_node *o)
{
	for (unsigned i = 0; i < o->peers->len; i++) {
		struct old_peer *p = g_ptr_array_index(o->peers, i);

		if (p->status != OLD_UP && p->status != OLD_ACTIVE)
			continue;
		for (guint k = 0; k < p->missing->len; k++) {
			struct old_missing *hole = &g_array_index(p->missing, struct old_missing, k);

			if (!moment_reached(o->now, hole->ask_at))
				continue;
			hole->ask_at = moment_add(
			    o->now, span_from_ms(MAX((int64_t)o->conf->max_rexmit_delay_ms, 1)));
			struct msg *m = msg_new("NS_rexmit");
			msg_add_format(m, "firstseq", "%llu", (unsigned long long)hole->seq);
			msg_add_format(m, "lastseq", "%llu", (unsigned long long)hole->seq);
			old_wire_send(o, m, p->name);
		}
	}
}

struct moment
old_wire_deadline(const struct old_node *o)
{
	struct moment soonest = MOMENT_NEVER;

	for (unsigned i = 0; i < o->peers->len; i++) {
		const struct old_peer *p = g_ptr_array_index(o->peers, i);

		if (p->status != OLD_UP && p->status != OLD_ACTIVE)
			continue;
		for (guint k = 0; k < p->missing->len; k++)
			soonest = moment_min(
			    soonest, g_array_index(p->missing, struct old_missing, k).ask_at);
	}
	return soonest;
}

/* -- receiving -- */

static void
dispatch(struct old_node *o, struct old_peer *p, const struct msg *m, bool returning)
{
	const char *type = msg_type(m);
	bool own = p == o->self;

	old_standby_check_limit(o);
	if (strcmp(type, "status") == 0)
		old_members_status(o, p, m, returning);
	else if (strcmp(type, "reqnodes") == 0)
		old_members_list_asked(o, p);
	else if (strcmp(type, "repnodes") == 0)
		old_members_list(o, m);
	else if (strcmp(type, "addnode") == 0 && msg_get(m, "nodelist") != NULL)
		old_members_add(o, msg_get(m, "nodelist"));
	else if (g_strcmp0(msg_get(m, "to_id"), "ipfail") == 0 && !own)
		old_ipfail_message(o, p, m);
	else if (strcmp(type, "hbapi-clstat") == 0 && !own)
		old_ipfail_message(o, p, m);
	else
		old_resources_message(o, p, m);
}

static void
unnumbered(struct old_node *o, struct old_peer *p, const struct msg *m, const struct envelope *e)
{
	uint64_t seq;

	/* Taken off the list whoever asked. */
	if (strcmp(e->type, "NS_nak_rexmit") == 0 && msg_get_hex(m, "firstseq", &seq))
		missing_remove(p, seq);
	if (e->dest != NULL && strcmp(e->dest, o->self->name) != 0)
		return;
	if (strcmp(e->type, "NS_rexmit") == 0)
		rexmit(o, p, m);
	else if (strcmp(e->type, "NS_ackmsg") == 0 && e->dest != NULL)
		acknowledged(o, p, m);
	else if (strcmp(e->type, "NS_st") == 0 && p->is_ping)
		old_members_status(o, p, m, false);
}

/* The rules that only a status is subject to. Gives false if it is to be dropped. */
static bool
new_life(struct old_node *o, struct old_peer *p, const struct envelope *e, bool *returning)
{
	if (e->generation > p->generation) {
		if (p->generation != 0)
			trace(&o->trace, TRACE_INFO, "Heartbeat restart on node %s", p->name);
		p->generation = e->generation;
		old_wire_forget(o, p);
		p->clock_runs = false;
		p->status_seq = p->status_time = 0;
		if (!old_resources_are_nice(o))
			o->other_known = false;
		return true;
	}
	if (p->status == OLD_DEAD && p != o->self) {
		if (e->seq <= p->status_seq)
			return false;
		*returning = true;
	}
	return true;
}

static void
numbered(struct old_node *o, struct old_peer *p, const struct msg *m, const struct envelope *e)
{
	bool is_status = strcmp(e->type, "status") == 0, returning = false;
	bool ours = e->destuuid != NULL ? memcmp(e->destuuid, o->uuid, 16) == 0 :
	    e->dest == NULL || strcmp(e->dest, o->self->name) == 0;

	if (e->generation < p->generation)
		return;
	if (is_status && !new_life(o, p, e, &returning))
		return;
	if (!sequence(o, p, e->seq))
		return;
	if (is_status) {
		if (e->time < p->status_time && e->seq < p->status_seq)
			return;
		p->status_seq = e->seq;
		p->status_time = e->time;
	}
	if (ours)
		dispatch(o, p, m, returning);
}

static void
receive(struct old_node *o, const struct msg *m, bool own)
{
	struct envelope e;
	struct old_peer *p;

	if (envelope_read(m, &e) != ENVELOPE_OK)
		return;
	p = own ? o->self : old_members_find(o, e.src);
	if (p == NULL)
		return;
	p->heard = true;
	if (e.srcuuid != NULL) {
		p->has_uuid = true;
		memcpy(p->uuid, e.srcuuid, sizeof(p->uuid));
	}
	if (e.sequenced)
		numbered(o, p, m, &e);
	else
		unnumbered(o, p, m, &e);
	old_members_settle(o);
}

void
old_wire_packet(struct old_node *o, GBytes *packet)
{
	AUTO_MSG struct msg *m = NULL;
	size_t len;
	const void *bytes = g_bytes_get_data(packet, &len);

	/* A NUL may follow the classic form, which seal_open() knows. */
	if (seal_open(&o->conf->keys, bytes, len, &m) != SEAL_OK)
		return;
	receive(o, m, false);
}
