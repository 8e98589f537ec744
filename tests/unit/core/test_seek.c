/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/seek.h"

#include "fixture.h"

/* Two that take datagrams, a serial line and a ping node. */
#define MEDIA TWO_NODES "bcast eth1\nserial /dev/ttyS0\nping 10.0.0.254\n"

/* Carry out what is due now; which media it was, as bits. Each has to have the last status once more. */
static unsigned
sought(struct fixture *f)
{
	unsigned media = 0;

	actions_clear(f->out);
	core_seek(f->c, f->now, f->out);
	for (size_t i = 0; i < actions_count(f->out); i++) {
		const struct action *a = actions_get(f->out, i);

		assert_int_equal(a->type, ACTION_SEND);
		assert_true(g_bytes_equal(a->bytes, f->c->seek.last));
		media |= 1u << a->medium;
	}
	return media;
}

static int64_t
due_in_ms(const struct fixture *f)
{
	const struct moment due = core_seek_deadline(f->c);

	return moment_is_never(due) ? -1 : span_ms(moment_since(due, f->now));
}

/* Our status is seconds old, and nobody asks for another. */
static struct fixture *
alone(void)
{
	struct fixture *f = fixture_started(MEDIA, ONE_GROUP);

	fixture_pass(f, 30000);
	assert_int_equal(f->c->nodes[1].status, NODE_DEAD);
	return f;
}

static void
fails(struct fixture *f, unsigned medium, bool fails)
{
	struct event e = {.type = EVENT_MEDIUM};

	e.u.medium = (struct event_medium){.medium = medium, .up = !fails, .reason = "no"};
	fixture_step(f, e);
}

static void
test_a_dead_node_is_sought(void **state)
{
	struct fixture *f = fixture_started(MEDIA, ONE_GROUP);
	struct peer p = peer_new("node2");

	(void)state;
	assert_int_equal(due_in_ms(f), -1);
	peer_status(f, &p, NULL);
	fixture_pass(f, 9999);
	assert_int_equal(due_in_ms(f), -1);
	fixture_pass(f, 1);
	assert_int_equal(f->c->nodes[1].status, NODE_DEAD);
	assert_int_equal(due_in_ms(f), SEEK_DEAD_MS);
	fixture_sleep(f, SEEK_DEAD_MS - 1);
	assert_int_equal(sought(f), 0);
	fixture_sleep(f, 1);
	assert_int_equal(sought(f), 3);
	assert_int_equal(due_in_ms(f), SEEK_DEAD_MS);
	/* A new one counts as well. */
	fixture_pass(f, 1000 - SEEK_DEAD_MS);
	assert_int_equal(due_in_ms(f), SEEK_DEAD_MS);
	peer_status(f, &p, NULL);
	assert_int_equal(due_in_ms(f), -1);
	fixture_free(f);
}

static void
test_who_went_in_good_order_is_not_sought(void **state)
{
	struct fixture *f = fixture_started(MEDIA, ONE_GROUP);
	struct peer p = peer_new("node2");

	(void)state;
	p.leave = "2";
	peer_status(f, &p, NULL);
	assert_true(f->c->nodes[1].left);
	assert_int_equal(due_in_ms(f), -1);
	fixture_free(f);
}

/* It is no message: neither its number nor what is remembered changes. */
static void
test_it_changes_nothing(void **state)
{
	struct fixture *f = alone();
	const uint64_t last = f->c->outbox.last, sent = f->c->medium_sent[0];
	const struct moment deadline = core_deadline(f->c);

	(void)state;
	fixture_sleep(f, SEEK_DEAD_MS);
	assert_int_equal(sought(f), 3);
	assert_int_equal(f->c->outbox.last, last);
	assert_int_equal(f->c->medium_sent[0], sent);
	assert_int_equal(core_deadline(f->c).ns, deadline.ns);
	fixture_free(f);
}

static void
test_what_could_not_be_sent_is_sent_again(void **state)
{
	struct fixture *f = fixture_started(MEDIA, ONE_GROUP);
	struct peer p = peer_new("node2");

	(void)state;
	peer_status(f, &p, NULL);
	fails(f, 1, true);
	assert_int_equal(due_in_ms(f), SEEK_FAILED_MS);
	for (int64_t ms = 0; ms <= SEEK_LONG_AFTER_MS; ms += SEEK_FAILED_MS) {
		fixture_sleep(f, SEEK_FAILED_MS);
		assert_int_equal(sought(f), 2);
		/* Twice as often as that would be a waste. */
		assert_int_equal(sought(f), 0);
	}
	assert_int_equal(due_in_ms(f), SEEK_FAILED_LONG_MS);
	fails(f, 1, false);
	assert_int_equal(due_in_ms(f), -1);
	/* A serial line and a ping node are left alone. */
	fails(f, 2, true);
	fails(f, 3, true);
	assert_int_equal(due_in_ms(f), -1);
	fixture_free(f);
}

/* Neither dead peers nor failed sends are a reason to write to what is not there. */
static void
test_a_missing_medium_takes_nothing(void **state)
{
	struct fixture *f = alone();
	struct event e = {.type = EVENT_MEDIUM};

	(void)state;
	e.u.medium = (struct event_medium){.medium = 1, .missing = true, .reason = "there is no interface eth1"};
	fixture_step(f, e);
	fixture_sleep(f, SEEK_DEAD_MS);
	assert_int_equal(sought(f), 1);
	/* It is there: a status goes out at once. */
	e.u.medium = (struct event_medium){.medium = 1, .up = true};
	fixture_step(f, e);
	assert_int_not_equal(fixture_count(f, ACTION_SEND), 0);
	fixture_sleep(f, SEEK_DEAD_MS);
	assert_int_equal(sought(f), 3);
	fixture_free(f);
}

static void
test_silent_at_the_end(void **state)
{
	struct fixture *f = alone();

	(void)state;
	fixture_step(f, (struct event){.type = EVENT_ORPHANED});
	assert_true(f->c->exiting);
	assert_int_equal(due_in_ms(f), -1);
	fixture_sleep(f, 1000);
	assert_int_equal(sought(f), 0);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_dead_node_is_sought),
	    cmocka_unit_test(test_who_went_in_good_order_is_not_sought),
	    cmocka_unit_test(test_it_changes_nothing),
	    cmocka_unit_test(test_what_could_not_be_sent_is_sent_again),
	    cmocka_unit_test(test_a_missing_medium_takes_nothing),
	    cmocka_unit_test(test_silent_at_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
