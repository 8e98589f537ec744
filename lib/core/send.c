/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/send.h"

#include <string.h>

#include "core/node.h"
#include "core/view.h"
#include "proto/seal.h"

/* UDP carries 65507 bytes. Names of nodes and clients, numbers and a signature come on top. */
#define OWN_BYTES_MAX (65507 - 1500)
#define OWN_FIELDS_MAX (MSG_FIELDS_MAX - 16)
/* Around name and value of a field, in the longer of the two forms. */
#define FIELD_FRAME 12

static void
send_bytes(struct core *c, unsigned medium, GByteArray *bytes)
{
	struct action *a = actions_add(c->out, ACTION_SEND);

	a->medium = medium;
	a->bytes = g_bytes_new(bytes->data, bytes->len);
	c->medium_sent[medium]++;
}

/* While keys are changed a netstring of ours may look forged to a 3.0.6 node, a classic never. */
static enum wire_form
datagram_form(const struct core *c)
{
	return c->conf->msgfmt == MSGFMT_NETSTRING && keyring_suits_netstring(&c->conf->keys)
	    ? WIRE_NETSTRING
	    : WIRE_CLASSIC;
}

static GByteArray *
datagram_of(const struct core *c, const struct msg *m)
{
	const enum wire_form form = datagram_form(c);
	GByteArray *plain = seal_close(&c->conf->keys, m, form, true);
	AUTO_MSG struct msg *small = NULL;

	if (!c->conf->compress || plain->len <= 1024 * (size_t)c->conf->compression_threshold_kb)
		return plain;
	small = compress_wrap(m, c->conf->compression);
	if (small == NULL)
		return plain;
	g_byte_array_unref(plain);
	return seal_close(&c->conf->keys, small, form, true);
}

/* To every medium that carries links. Serial lines strip the eighth bit: classic form only.
 * status: it is a new one of ours, to be repeated where somebody is sought. */
static void
send_sealed(struct core *c, const struct msg *m, bool status)
{
	g_autoptr(GByteArray) datagram = NULL;
	g_autoptr(GByteArray) frame = NULL;

	for (unsigned i = 0; i < c->conf->media_count; i++) {
		enum medium_kind kind = c->conf->media[i].kind;

		if (medium_is_ping(kind))
			continue;
		if (kind == MEDIUM_SERIAL) {
			if (frame == NULL)
				frame = seal_close(&c->conf->keys, m, WIRE_CLASSIC, false);
			send_bytes(c, i, frame);
		} else {
			if (datagram == NULL)
				datagram = datagram_of(c, m);
			send_bytes(c, i, datagram);
		}
	}
	if (status)
		seek_sent(c, datagram);
}

void
send_again(struct core *c, const struct msg *m)
{
	send_sealed(c, m, false);
}

bool
send_fits(const struct msg *m)
{
	size_t bytes = 0;

	for (size_t i = 0; i < msg_count(m); i++) {
		const struct field *f = msg_field(m, i);

		bytes += strlen(f->name) + f->len + FIELD_FRAME;
	}
	return msg_count(m) <= OWN_FIELDS_MAX && bytes <= OWN_BYTES_MAX;
}

void
send_message(struct core *c, struct msg *m, const struct node *dest)
{
	static const unsigned char no_uuid[16];
	bool numbered = strncmp(msg_type(m), "NS_", 3) != 0;
	uint64_t seq = 0;

	if (dest != NULL) {
		msg_set(m, "dest", dest->name);
		msg_add_binary(m, "destuuid", dest->has_uuid ? dest->uuid : no_uuid, 16);
	}
	msg_set(m, "src", c->self->name);
	msg_add_binary(m, "srcuuid", c->uuid, 16);
	if (numbered) {
		seq = outbox_next(&c->outbox);
		msg_add_hex(m, "seq", seq);
	}
	msg_add_hex(m, "hg", c->generation);
	msg_add_hex(m, "ts", (uint64_t)c->wall_s);
	msg_add_format(m, "ttl", "%u", c->conf->hopfudge + c->conf->node_count + c->ping_count);
	send_sealed(c, m, strcmp(msg_type(m), "status") == 0);
	if (numbered)
		outbox_keep(&c->outbox, seq, m, c->now);
	else
		msg_free(m);
}

static void
send_pings(struct core *c)
{
	for (unsigned i = 0; i < c->ping_count; i++) {
		const struct ping *p = &c->pings[i];
		bool group = c->conf->media[p->medium].kind == MEDIUM_PING_GROUP;
		struct msg *m = msg_new("NS_st");

		msg_add(m, "st", "ping");
		msg_add(m, "info", group ? "ping_group" : "ping");
		msg_add(m, "src", p->name);
		msg_add_hex(m, "ts", (uint64_t)c->wall_s);
		g_autoptr(GByteArray) bytes = seal_close(&c->conf->keys, m, WIRE_NETSTRING, false);
		send_bytes(c, p->medium, bytes);
		msg_free(m);
	}
}

void
send_status(struct core *c)
{
	struct msg *m = msg_new("status");

	msg_add(m, "st", node_status_name(c->self->status));
	msg_add_hex(m, "dt", (uint64_t)span_ms(c->conf->deadtime));
	msg_add(m, "protocol", "1");
	facts_write(&c->self->facts, c->conf, !view_is_known(c), view_groups_differ(c), m);
	send_message(c, m, NULL);
	c->tell = false;
	c->facts_dirty = false;
	/* News goes out at once and does not delay the next beat. */
	if (moment_reached(c->now, c->status_at)) {
		c->status_at = moment_add(c->now, c->conf->keepalive);
		send_pings(c);
	}
}

void
send_acknowledgement(struct core *c, const struct node *to, uint64_t seq)
{
	struct msg *m = msg_new("NS_ackmsg");

	msg_add_hex(m, "ackseq", seq);
	send_message(c, m, to);
}

void
send_requests(struct core *c)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		struct node *n = &c->nodes[i];
		uint64_t seq;

		if (n == c->self || (n->status != NODE_UP && n->status != NODE_ACTIVE))
			continue;
		while ((seq = inbox_ask(&n->inbox, c->now, c->conf->max_rexmit_delay_ms)) != 0) {
			struct msg *m = msg_new("NS_rexmit");

			msg_add_format(m, "firstseq", "%llu", (unsigned long long)seq);
			msg_add_format(m, "lastseq", "%llu", (unsigned long long)seq);
			send_message(c, m, n);
		}
	}
}
