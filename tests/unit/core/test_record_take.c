/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/record_take.h"

#include "recorded.h"

static void
assert_text_equal(const char *a, const char *b)
{
	assert_int_equal(g_strcmp0(a, b), 0);
}

static void
assert_message_equal(const struct msg *a, const struct msg *b)
{
	assert_int_equal(msg_count(a), msg_count(b));
	for (size_t i = 0; i < msg_count(a); i++) {
		const struct field *x = msg_field(a, i), *y = msg_field(b, i);

		assert_string_equal(x->name, y->name);
		assert_int_equal(x->type, y->type);
		assert_int_equal(x->len, y->len);
		assert_memory_equal(x->value, y->value, x->len);
	}
}

static void
assert_packet_equal(
    const struct event_packet *p, const struct given *g, const struct conf *conf)
{
	AUTO_MSG struct msg *m = NULL;

	assert_int_equal(p->medium, g->e.u.packet.medium);
	assert_text_equal(p->source, g->e.u.packet.source);
	assert_true(p->received.ns == g->e.u.packet.received.ns);
	assert_int_equal(seal_open(&conf->keys, p->bytes, p->len, &m), g->sealed);
	if (g->m != NULL)
		assert_message_equal(m, g->m);
}

static void
assert_client_equal(const struct event_client *a, const struct event_client *b)
{
	assert_int_equal(a->client, b->client);
	assert_int_equal(a->connected, b->connected);
	assert_int_equal(a->uid, b->uid);
	assert_int_equal(a->gid, b->gid);
	assert_string_equal(a->user, b->user);
	assert_int_equal(g_strv_length((char **)a->groups), g_strv_length((char **)b->groups));
	for (unsigned i = 0; a->groups[i] != NULL; i++)
		assert_string_equal(a->groups[i], b->groups[i]);
}

static void
assert_event_equal(const struct event *e, const struct given *g, const struct conf *conf)
{
	const struct event *o = &g->e;

	assert_int_equal(e->type, o->type);
	assert_true(e->now.ns == o->now.ns);
	assert_true(e->wall_s == o->wall_s);
	switch (e->type) {
	case EVENT_START:
		assert_true(e->u.start.generation == o->u.start.generation);
		assert_memory_equal(e->u.start.uuid, o->u.start.uuid, 16);
		assert_memory_equal(e->u.start.hints, o->u.start.hints, 2 * sizeof(enum group_hint));
		assert_int_equal(e->u.start.talk, o->u.start.talk);
		assert_int_equal(e->u.start.renewed, o->u.start.renewed);
		break;
	case EVENT_PACKET:
		assert_packet_equal(&e->u.packet, g, conf);
		break;
	case EVENT_CHILD:
		assert_true(e->u.child.job == o->u.child.job);
		assert_int_equal(e->u.child.agent, o->u.child.agent);
		assert_int_equal(e->u.child.end, o->u.child.end);
		assert_int_equal(e->u.child.code, o->u.child.code);
		assert_text_equal(e->u.child.output, o->u.child.output);
		break;
	case EVENT_REQUEST:
		assert_int_equal(e->u.request.client, o->u.request.client);
		assert_int_equal(e->u.request.len, o->u.request.len);
		assert_memory_equal(e->u.request.bytes, o->u.request.bytes, o->u.request.len);
		break;
	case EVENT_CLIENT:
		assert_client_equal(&e->u.client, &o->u.client);
		break;
	case EVENT_MEDIUM:
		assert_int_equal(e->u.medium.medium, o->u.medium.medium);
		assert_int_equal(e->u.medium.up, o->u.medium.up);
		assert_int_equal(e->u.medium.missing, o->u.medium.missing);
		assert_text_equal(e->u.medium.reason, o->u.medium.reason);
		break;
	case EVENT_ADDRESS:
		assert_int_equal(e->u.address.group, o->u.address.group);
		assert_int_equal(e->u.address.resource, o->u.address.resource);
		assert_int_equal(e->u.address.state, o->u.address.state);
		assert_int_equal(e->u.address.shaken, o->u.address.shaken);
		assert_text_equal(e->u.address.reason, o->u.address.reason);
		break;
	case EVENT_CONFLICT:
		assert_int_equal(e->u.conflict.group, o->u.conflict.group);
		assert_int_equal(e->u.conflict.resource, o->u.conflict.resource);
		assert_text_equal(e->u.conflict.mac, o->u.conflict.mac);
		assert_text_equal(e->u.conflict.interface, o->u.conflict.interface);
		break;
	case EVENT_TIMER:
	case EVENT_LEAVE:
	case EVENT_ORPHANED:
	case EVENT_TYPE_COUNT:
		break;
	}
}

static void
test_every_event_comes_back(void **state)
{
	struct bench *b = *state;
	char *why;
	struct record_item item;
	bool seen[EVENT_TYPE_COUNT] = {false};

	give_every_type(b);
	struct record_reader *r =
	    record_reader_new(b->f->record->data, b->f->record->len, &why);

	assert_null(why);
	assert_int_equal(record_read(r, &item), RECORD_BEGIN);
	assert_int_equal(item.begin.life, 1);
	assert_int_equal(item.begin.events, 0);
	assert_null(item.begin.checkpoint);
	struct record_header h = record_reader_header(r);

	assert_string_equal(h.version, "1.2.3");
	assert_string_equal(h.node_name, "node1");
	assert_int_equal(h.seed, SEED);
	for (unsigned i = 0; i < b->given->len; i++) {
		const struct given *g = &g_array_index(b->given, struct given, i);

		assert_int_equal(record_read(r, &item), RECORD_EVENT);
		assert_event_equal(&item.event, g, record_reader_conf(r));
		seen[item.event.type] = true;
		assert_int_equal(record_read(r, &item), RECORD_RESULT);
	}
	assert_int_equal(record_read(r, &item), RECORD_END);
	assert_int_equal(record_read(r, &item), RECORD_END);
	for (unsigned i = 0; i < EVENT_TYPE_COUNT; i++)
		assert_true(seen[i]);
	record_reader_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_every_event_comes_back, bench_new, bench_free),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
