/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A core that was told an event of every type, and its flight record, for the tests of what reads one.
 */
#ifndef HB_TEST_CORE_RECORDED_H
#define HB_TEST_CORE_RECORDED_H

#include "fixture.h"
#include "proto/request.h"
#include "proto/seal.h"

#define SEED 5

/* An event as it was given, with a packet as the message that it was. */
struct given {
	struct event e;
	struct msg *m;
	enum seal_result sealed;
};

struct bench {
	struct fixture *f;
	GArray *given; /* struct given */
	GByteArray *request;
};

static inline int
bench_new(void **state)
{
	struct bench *b = g_new0(struct bench, 1);

	b->f = fixture_new(TWO_NODES "ping 10.0.0.254\n", BOTH_GROUPS, SEED);
	b->f->keeps_probes = true;
	fixture_record(b->f, TWO_NODES "ping 10.0.0.254\n", BOTH_GROUPS, SEED, SIZE_MAX);
	b->given = g_array_new(FALSE, FALSE, sizeof(struct given));
	*state = b;
	return 0;
}

static inline int
bench_free(void **state)
{
	struct bench *b = *state;

	for (unsigned i = 0; i < b->given->len; i++)
		msg_free(g_array_index(b->given, struct given, i).m);
	g_array_unref(b->given);
	g_clear_pointer(&b->request, g_byte_array_unref);
	fixture_free(b->f);
	g_free(b);
	return 0;
}

static inline void
give(struct bench *b, struct event e)
{
	struct given g = {.e = e};

	fixture_step(b->f, e);
	g.e.now = b->f->now;
	g.e.wall_s = 1700000000 + b->f->now.ns / 1000000000;
	if (e.type == EVENT_PACKET)
		g.sealed = seal_open(
		    &b->f->conf->keys, e.u.packet.bytes, e.u.packet.len, &g.m);
	g_array_append_val(b->given, g);
	b->f->now.ns += 123456789;
}

static inline void
give_packet(struct bench *b, unsigned medium, const char *source, const GByteArray *bytes)
{
	struct event e = {.type = EVENT_PACKET};

	e.u.packet.medium = medium;
	e.u.packet.source = source;
	e.u.packet.bytes = bytes->data;
	e.u.packet.len = bytes->len;
	e.u.packet.received.ns = b->f->now.ns - 4711;
	give(b, e);
}

static inline void
give_message(struct bench *b, struct msg *m, enum wire_form form, bool with_nul)
{
	g_autoptr(GByteArray) bytes = seal_close(&b->f->conf->keys, m, form, with_nul);

	msg_free(m);
	give_packet(b, 0, "10.0.0.1", bytes);
}

static inline void
give_refused(struct bench *b)
{
	struct keyring *keys = &b->f->conf->keys;
	struct keyring ring = *keys;
	AUTO_MSG struct msg *m = msg_new("status");
	g_autoptr(GByteArray) nothing = g_byte_array_new();
	g_autoptr(GByteArray) plain = wire_encode(m, WIRE_NETSTRING, NULL);

	ring.keys[9] = ring.keys[1];
	ring.signing = 9;
	g_autoptr(GByteArray) no_key = seal_close(&ring, m, WIRE_CLASSIC, true);
	ring.keys[1] = ring.keys[2];
	ring.signing = 1;
	g_autoptr(GByteArray) forged = seal_close(&ring, m, WIRE_NETSTRING, false);
	msg_add(m, "_compressed_payload", "x");
	g_autoptr(GByteArray) bad_text = seal_close(keys, m, WIRE_NETSTRING, false);
	GByteArray *const all[] = {nothing, plain, no_key, forged, bad_text};

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
		give_packet(b, 0, i == 0 ? NULL : "10.0.0.99", all[i]);
}

static inline void
give_every_type(struct bench *b)
{
	static const char *const groups[] = {"haclient", "staff", NULL};
	static const char *const none[] = {NULL};
	static const enum group_hint hints[] = {HINT_AWAY, HINT_PARTLY};
	struct peer p = peer_new("node2");
	AUTO_MSG struct msg *m = msg_new("status");
	struct event e = {.type = EVENT_START};

	b->request = request_encode(m);
	e.u.start.generation = UINT64_MAX / 3;
	memcpy(e.u.start.uuid, "uuid of node1...", 16);
	e.u.start.hints = hints;
	e.u.start.talk = 77;
	e.u.start.renewed = true;
	give(b, e);
	give(b, (struct event){.type = EVENT_TIMER});
	for (unsigned i = 0; i < 4; i++)
		give_message(b, peer_status_message(b->f, &p),
		    i == 2 ? WIRE_CLASSIC : WIRE_NETSTRING, i == 2);
	give_message(b, peer_message(b->f, &p, "shutdone"), WIRE_NETSTRING, false);
	give_refused(b);
	p.st = "active";
	b->f->now.ns += INT64_C(86400000000000);
	give_message(b, peer_status_message(b->f, &p), WIRE_NETSTRING, false);
	for (unsigned i = 0; i < 2; i++)
		give(b, (struct event){.type = EVENT_CLIENT,
			    .u.client = {UINT32_MAX - i, true, 0, UINT32_MAX, "root", groups}});
	for (unsigned i = 0; i < 2; i++)
		give(b, (struct event){.type = EVENT_REQUEST,
			    .u.request = {UINT32_MAX, b->request->data, b->request->len}});
	give(b, (struct event){.type = EVENT_REQUEST, .u.request = {UINT32_MAX, "a\0b", 3}});
	give(b, (struct event){.type = EVENT_CLIENT,
		    .u.client = {UINT32_MAX, false, 0, 0, "", none}});
	give(b, (struct event){.type = EVENT_CHILD,
		    .u.child = {UINT64_MAX, AGENT_OCF, CHILD_SIGNALED, -9, "words"}});
	give(b, (struct event){.type = EVENT_CHILD,
		    .u.child = {0, AGENT_NONE, CHILD_KILLED, 255, NULL}});
	give(b, (struct event){.type = EVENT_MEDIUM, .u.medium = {1, false, true, "gone"}});
	give(b, (struct event){.type = EVENT_MEDIUM, .u.medium = {1, true, false, NULL}});
	give(b, (struct event){.type = EVENT_ADDRESS,
		    .u.address = {1, 0, ADDRESS_NOWHERE, false, "eth0 is down"}});
	give(b, (struct event){.type = EVENT_ADDRESS, .u.address = {1, 0, ADDRESS_HERE, true, NULL}});
	give(b, (struct event){.type = EVENT_CONFLICT, .u.conflict = {0, 0, "52:54:00:aa:bb:cc", "eth0"}});
	give(b, (struct event){.type = EVENT_TIMER});
	give(b, (struct event){.type = EVENT_LEAVE});
	give(b, (struct event){.type = EVENT_ORPHANED});
}

#endif
