/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Both ends of the FIFO: the file that the master makes, and the messages that the engine reads.
 */
#include "fifo.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "fifo_reader.h"
#include "scratch.h"

static void
test_made_and_removed(void **state)
{
	g_autofree char *path = scratch_file(state, "fifo", NULL);
	struct fifo f;
	struct stat st;

	assert_int_equal(fifo_make(path, &f), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	assert_int_equal(st.st_mode & 07777, 0600);
	/* The reader cannot write, and finds no end. */
	assert_int_equal(write(f.reading, "x", 1), -1);
	char byte;
	assert_int_equal(read(f.reading, &byte, 1), -1);
	assert_int_equal(errno, EAGAIN);
	fifo_remove(path, &f);
	assert_int_equal(stat(path, &st), -1);
	/* Twice is no harm. */
	fifo_remove(path, &f);
}

/* hb_takeover of an hour ago, when nothing ran, must not be carried out now. */
static void
test_old_one(void **state)
{
	g_autofree char *path = scratch_file(state, "fifo", NULL);
	struct fifo f;
	int old, status;
	char byte;
	pid_t writer;

	assert_int_equal(mkfifo(path, 0600), 0);
	old = open(path, O_RDWR | O_NONBLOCK);
	assert_int_equal(write(old, "stale", 5), 5);
	assert_int_equal(fifo_make(path, &f), 0);
	assert_int_equal(read(f.reading, &byte, 1), -1);
	close(old);
	fifo_remove(path, &f);

	/* Somebody waits in it for a reader: he is let go. */
	assert_int_equal(mkfifo(path, 0600), 0);
	writer = fork();
	if (writer == 0) {
		int fd = open(path, O_WRONLY);

		while (write(fd, "x", 1) == 1)
			usleep(1000);
		_exit(1);
	}
	for (bool waits = false; !waits;) {
		g_autofree char *wchan = g_strdup_printf("/proc/%d/stat", (int)writer);
		g_autofree char *text = NULL;

		assert_true(g_file_get_contents(wchan, &text, NULL, NULL));
		waits = strstr(text, ") S ") != NULL;
	}
	assert_int_equal(fifo_make(path, &f), 0);
	assert_int_equal(waitpid(writer, &status, 0), writer);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE);
	fifo_remove(path, &f);
}

/* The directory belongs to another user: what he put there is not followed. */
static void
test_something_else_there(void **state)
{
	g_autofree char *path = scratch_file(state, "fifo", NULL);
	g_autofree char *victim = scratch_file(state, "victim", "precious");
	g_autofree char *text = NULL;
	struct fifo f;

	assert_int_equal(symlink(victim, path), 0);
	assert_int_equal(fifo_make(path, &f), 0);
	fifo_remove(path, &f);
	assert_true(g_file_get_contents(victim, &text, NULL, NULL));
	assert_string_equal(text, "precious");
	assert_int_equal(mkdir(path, 0700), 0);
	assert_true(fifo_make(path, &f) < 0);
	assert_int_equal(f.keeper, -1);
	assert_int_equal(f.reading, -1);
	rmdir(path);
}

struct bench {
	qb_loop_t *loop;
	GString *heard, *said;
	unsigned awaited;
};

static void
message(void *arg, const void *bytes, size_t len)
{
	struct bench *b = arg;

	g_string_append_len(b->heard, bytes, (gssize)len);
	if (--b->awaited == 0)
		qb_loop_stop(b->loop);
}

static void
say(void *arg, enum trace_level level, const char *line)
{
	struct bench *b = arg;

	(void)level;
	g_string_append(b->said, line);
}

static void
test_messages(void **state)
{
	static const char text[] = "noise\n>>>\nt=cut\n>>>\nt=one\n<<<\nmore noise\n>>>\nt=two\n<<<\n";
	struct bench b = {qb_loop_create(), g_string_new(NULL), g_string_new(NULL), 2};
	int ends[2];

	(void)state;
	assert_int_equal(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
	struct fifo_reader *r =
	    fifo_reader_new(b.loop, ends[0], message, &b, (struct trace){say, &b});
	assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
	qb_loop_run(b.loop);
	assert_string_equal(b.heard->str, ">>>\nt=one\n<<<\n>>>\nt=two\n<<<\n");
	b.awaited = 1;
	assert_int_equal(write(ends[1], ">>>\nt=thr", 9), 9);
	assert_int_equal(write(ends[1], "ee\n<<<\n", 7), 7);
	qb_loop_run(b.loop);
	assert_true(g_str_has_suffix(b.heard->str, ">>>\nt=three\n<<<\n"));
	assert_non_null(strstr(b.said->str, "1 message(s) in the FIFO were cut off"));
	fifo_reader_free(r);
	fifo_reader_free(NULL);
	close(ends[1]);
	qb_loop_destroy(b.loop);
	g_string_free(b.heard, TRUE);
	g_string_free(b.said, TRUE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_made_and_removed, scratch_new, scratch_free),
	    cmocka_unit_test_setup_teardown(test_old_one, scratch_new, scratch_free),
	    cmocka_unit_test_setup_teardown(
		test_something_else_there, scratch_new, scratch_free),
	    cmocka_unit_test(test_messages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
