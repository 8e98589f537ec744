/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "channel_queue.h"

#include <errno.h>
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

#include <cmocka.h>

/* Of which some thousand fill a pipe. */
#define TAIL 256

static int
ask(struct channel_queue *q, uint64_t job)
{
	static const char tail[TAIL];
	const struct channel_record r = {.type = CHANNEL_RUN, .job = job};

	return channel_queue_send(q, &r, tail, sizeof(tail));
}

/* The other side does not read: what must not be lost waits, in order, up to the limit. */
static void
test_full(void **state)
{
	unsigned sent = 0, waiting = 0, half = 0;
	struct channel_queue *q;
	int ends[2];

	(void)state;
	assert_int_equal(channel_pair(ends), 0);
	q = channel_queue_new(ends[0]);
	while (!channel_queue_waiting(q))
		assert_int_equal(ask(q, ++sent), 0);
	waiting = 1;
	for (; ask(q, sent + 1) == 0; sent++, waiting++) {
		if (!channel_queue_has_room(q) && half == 0)
			half = waiting + 1;
	}
	assert_int_equal(waiting, CHANNEL_QUEUE_MAX);
	assert_int_equal(half, CHANNEL_QUEUE_MAX / 2);
	assert_int_equal(ask(q, sent + 1), -ENOSPC);
	for (uint64_t job = 1; job <= sent; job++) {
		struct channel_record r;
		char *tail;
		int fd;

		while (channel_receive(ends[1], &r, &tail, &fd) == -EAGAIN)
			assert_int_equal(channel_queue_flush(q), 0);
		assert_int_equal(r.job, job);
		g_free(tail);
	}
	assert_false(channel_queue_waiting(q));
	assert_true(channel_queue_has_room(q));
	channel_queue_free(q);
	close(ends[0]);
	close(ends[1]);
}

static void
test_gone(void **state)
{
	struct channel_queue *q;
	int ends[2];

	(void)state;
	assert_int_equal(channel_pair(ends), 0);
	q = channel_queue_new(ends[0]);
	close(ends[1]);
	assert_int_equal(ask(q, 1), -EPIPE);
	channel_queue_free(q);
	close(ends[0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_full),
	    cmocka_unit_test(test_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
