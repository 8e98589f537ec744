/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "channel.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/trace.h"
#include "core/action.h"
#include "core/event.h"
#include "proto/envelope.h"

static int
pair_new(void **state)
{
	int *ends = g_new(int, 2);

	assert_int_equal(channel_pair(ends), 0);
	*state = ends;
	return 0;
}

static int
pair_free(void **state)
{
	int *ends = *state;

	close(ends[0]);
	close(ends[1]);
	g_free(ends);
	return 0;
}

static void
test_record_and_tail(void **state)
{
	const int *ends = *state;
	struct channel_record sent = {.type = CHANNEL_CHILD,
	    .job = 7,
	    .agent = AGENT_OCF,
	    .end = CHILD_TIMED_OUT,
	    .code = -3};
	struct channel_record got;
	g_autofree char *tail = NULL;
	int fd;

	assert_int_equal(channel_send(ends[0], &sent, "running\0!", 9, -1), 0);
	assert_int_equal(channel_receive(ends[1], &got, &tail, &fd), 0);
	assert_int_equal(got.tail_len, 9);
	assert_memory_equal(tail, "running\0!", 10);
	assert_memory_equal(&got, &sent, sizeof(got));
	assert_int_equal(fd, -1);
}

static void
test_descriptor(void **state)
{
	const int *ends = *state;
	struct channel_record r = {.type = CHANNEL_SOCKET, .op = SOCKET_BOTH};
	char *tail;
	int p[2], fd;
	char c;

	assert_int_equal(pipe(p), 0);
	assert_int_equal(channel_send(ends[0], &r, NULL, 0, p[1]), 0);
	close(p[1]);
	assert_int_equal(channel_receive(ends[1], &r, &tail, &fd), 0);
	assert_null(tail);
	assert_true(fd >= 0);
	assert_true((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
	assert_int_equal(write(fd, "x", 1), 1);
	assert_int_equal(read(p[0], &c, 1), 1);
	close(fd);
	close(p[0]);
}

static void
test_largest(void **state)
{
	const int *ends = *state;
	struct channel_record r = {.type = CHANNEL_CONF, .number = FILE_AUTHKEYS};
	g_autofree char *text = g_malloc0(CHANNEL_TAIL_MAX + 1);
	g_autofree char *tail = NULL;
	int fd;

	assert_int_equal(channel_send(ends[0], &r, text, CHANNEL_TAIL_MAX + 1, -1), -EMSGSIZE);
	assert_int_equal(channel_send(ends[0], &r, text, CHANNEL_TAIL_MAX, -1), 0);
	assert_int_equal(channel_receive(ends[1], &r, &tail, &fd), 0);
	assert_int_equal(r.tail_len, CHANNEL_TAIL_MAX);
}

static void
test_nothing_and_nobody(void **state)
{
	int *ends = *state;
	struct channel_record r = {.type = CHANNEL_LEAVE};
	char *tail;
	int fd;

	assert_int_equal(channel_receive(ends[1], &r, &tail, &fd), -EAGAIN);
	assert_int_equal(channel_send(ends[0], &r, NULL, 0, -1), 0);
	close(ends[0]);
	/* What was said before counts. */
	assert_int_equal(channel_receive(ends[1], &r, &tail, &fd), 0);
	assert_int_equal(r.type, CHANNEL_LEAVE);
	assert_int_equal(channel_receive(ends[1], &r, &tail, &fd), -EPIPE);
	assert_int_equal(channel_send(ends[1], &r, NULL, 0, -1), -EPIPE);
	ends[0] = dup(ends[1]);
}

static void
test_gone_with_words_unread(void **state)
{
	int *ends = *state;
	struct channel_record r = {.type = CHANNEL_LEAVE};
	char *tail;
	int fd;

	assert_int_equal(channel_send(ends[1], &r, NULL, 0, -1), 0);
	r.type = CHANNEL_ACTIVE;
	assert_int_equal(channel_send(ends[0], &r, NULL, 0, -1), 0);
	close(ends[0]);
	/* Its own last words are not lost for that. */
	assert_int_equal(channel_receive(ends[1], &r, &tail, &fd), 0);
	assert_int_equal(r.type, CHANNEL_ACTIVE);
	assert_int_equal(channel_receive(ends[1], &r, &tail, &fd), -EPIPE);
	ends[0] = dup(ends[1]);
}

static unsigned
descriptors_open(void)
{
	g_autoptr(GDir) all = g_dir_open("/proc/self/fd", 0, NULL);
	unsigned n = 0;

	while (g_dir_read_name(all) != NULL)
		n++;
	return n;
}

/* More descriptors than one may come: none of them stays open behind our back. */
static void
test_descriptors_by_the_dozen(void **state)
{
	const int *ends = *state;
	struct channel_record r = {.type = CHANNEL_LOG, .number = TRACE_INFO};
	struct channel_record got;
	struct iovec part = {&r, sizeof(r)};
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(12 * sizeof(int))];
	} room;
	const unsigned before = descriptors_open();

	for (unsigned count = 2; count <= 12; count++) {
		struct msghdr m = {.msg_iov = &part,
		    .msg_iovlen = 1,
		    .msg_control = room.bytes,
		    .msg_controllen = CMSG_SPACE(count * sizeof(int))};
		struct cmsghdr *c = CMSG_FIRSTHDR(&m);
		char *tail = NULL;
		int fd = -1;

		memset(&room, 0, sizeof(room));
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(count * sizeof(int));
		for (unsigned i = 0; i < count; i++)
			memcpy(CMSG_DATA(c) + i * sizeof(int), &ends[0], sizeof(int));
		assert_true(sendmsg(ends[0], &m, 0) > 0);
		if (channel_receive(ends[1], &got, &tail, &fd) == 0 && fd >= 0)
			close(fd);
		assert_int_equal(descriptors_open(), before);
	}
}

static void
test_full(void **state)
{
	const int *ends = *state;
	struct channel_record r = {.type = CHANNEL_LOG, .number = TRACE_INFO};
	g_autofree char *text = g_malloc0(10000);
	int result, n = 0;

	while ((result = channel_send(ends[0], &r, text, 10000, -1)) == 0)
		assert_true(++n < 100000);
	assert_int_equal(result, -EAGAIN);
}

static void
test_malformed(void **state)
{
	static const struct channel_record bad[] = {
	    {.type = CHANNEL_TYPE_COUNT},
	    {.type = UINT32_MAX},
	    {.type = CHANNEL_LEAVE, .tail_len = 1},
	    {.type = CHANNEL_CONF, .number = CHANNEL_FILE_COUNT},
	    {.type = CHANNEL_SOCKET, .op = SOCKET_ROLE_COUNT},
	    {.type = CHANNEL_CHILD, .end = CHILD_END_COUNT},
	    {.type = CHANNEL_CHILD, .agent = AGENT_NONE + 1},
	    {.type = CHANNEL_RUN, .op = OP_COUNT},
	    {.type = CHANNEL_RUN, .timeout_ms = UINT64_MAX},
	    {.type = CHANNEL_GROUP, .number = HINT_COUNT},
	    {.type = CHANNEL_START, .number = TALK_MEMORY_COUNT},
	    {.type = CHANNEL_START, .op = 2},
	    {.type = CHANNEL_TALK, .number = TALK_MEMORY_COUNT},
	    {.type = CHANNEL_LOG, .number = TRACE_LEVEL_COUNT},
	    {.type = CHANNEL_ADDRESS, .number = ADDRESS_STATE_COUNT},
	    {.type = CHANNEL_ADDRESS, .op = 2},
	    {.type = CHANNEL_MEDIUM, .op = 2},
	    {.type = CHANNEL_WATCH, .number = 2},
	    {.type = CHANNEL_RENEW, .job = GENERATION_MAX - 1},
	};
	const int *ends = *state;
	struct channel_record r, good = {.type = CHANNEL_ACTIVE};
	g_autofree char *large = g_malloc0(sizeof(r) + CHANNEL_TAIL_MAX + 1);
	char *tail;
	int fd;

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		assert_int_equal(send(ends[0], &bad[i], sizeof(bad[i]), 0), sizeof(bad[i]));
		assert_int_equal(channel_receive(ends[1], &r, &tail, &fd), -EPROTO);
	}
	assert_int_equal(send(ends[0], large, sizeof(r) - 1, 0), sizeof(r) - 1);
	assert_int_equal(channel_receive(ends[1], &r, &tail, &fd), -EPROTO);
	assert_true(send(ends[0], large, sizeof(r) + CHANNEL_TAIL_MAX + 1, 0) > 0);
	assert_int_equal(channel_receive(ends[1], &r, &tail, &fd), -EPROTO);
	/* The next one is not hurt. */
	assert_int_equal(channel_send(ends[0], &good, NULL, 0, -1), 0);
	assert_int_equal(channel_receive(ends[1], &r, &tail, &fd), 0);
	assert_int_equal(r.type, CHANNEL_ACTIVE);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, pair_new, pair_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_record_and_tail),
	    CASE(test_descriptor),
	    CASE(test_largest),
	    CASE(test_nothing_and_nobody),
	    CASE(test_gone_with_words_unread),
	    CASE(test_descriptors_by_the_dozen),
	    CASE(test_full),
	    CASE(test_malformed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
