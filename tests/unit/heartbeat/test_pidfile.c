/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pidfile.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

static void
test_life(void **state)
{
	g_autofree char *path = scratch_file(state, "pid", NULL);
	g_autofree char *text = NULL;
	g_autofree char *expected = g_strdup_printf("%11ld\n", (long)getpid());
	pid_t pid;
	int fd;

	assert_int_equal(pidfile_look(path, &pid), PIDFILE_ABSENT);
	fd = pidfile_take(path);
	assert_true(fd >= 0);
	assert_int_equal(pidfile_write(fd), 0);
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	assert_string_equal(text, expected);
	assert_int_equal(pidfile_look(path, &pid), PIDFILE_HELD);
	assert_int_equal(pid, getpid());
	assert_int_equal(pidfile_take(path), -EAGAIN);
	pidfile_release(path, fd);
	assert_int_equal(pidfile_look(path, &pid), PIDFILE_ABSENT);
}

/* A number is only a number: 1 lives, and is no heartbeat. */
static void
test_stale(void **state)
{
	g_autofree char *path = scratch_file(state, "pid", "          1\n");
	pid_t pid;
	int fd;

	assert_int_equal(pidfile_look(path, &pid), PIDFILE_STALE);
	assert_int_equal(pid, 1);
	fd = pidfile_take(path);
	assert_true(fd >= 0);
	/* A stop command that comes now must not find, and kill, number 1. */
	assert_int_equal(pidfile_look(path, &pid), PIDFILE_HELD);
	assert_int_equal(pid, 0);
	pidfile_release(path, fd);
}

static void
test_garbage(void **state)
{
	g_autofree char *path = scratch_file(state, "pid", "no number\n");
	pid_t pid;

	assert_int_equal(pidfile_look(path, &pid), PIDFILE_STALE);
	assert_int_equal(pid, 0);
}

/* The start command ends; the daemon it forked goes on holding. */
static void
test_lock_outlives_the_parent(void **state)
{
	g_autofree char *path = scratch_file(state, "pid", NULL);
	pid_t pid, child;
	int fd = pidfile_take(path), stay[2], status;
	char c;

	assert_true(fd >= 0);
	assert_int_equal(pipe(stay), 0);
	child = fork();
	if (child == 0) {
		close(stay[1]);
		_exit(read(stay[0], &c, 1) == 0 ? 0 : 1);
	}
	close(fd);
	assert_int_equal(pidfile_look(path, &pid), PIDFILE_HELD);
	close(stay[1]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(pidfile_look(path, &pid), PIDFILE_STALE);
	close(stay[0]);
}

/* Something was mounted over /run, or a cleaner removed the file: the lock is on one that nobody finds. */
static void
test_keep(void **state)
{
	g_autofree char *path = scratch_file(state, "pid", NULL);
	int fd = pidfile_take(path), err, theirs;
	pid_t pid;

	assert_int_equal(pidfile_write(fd), 0);
	assert_false(pidfile_keep(path, fd, &err));
	assert_int_equal(err, 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(pidfile_look(path, &pid), PIDFILE_ABSENT);
	assert_true(pidfile_keep(path, fd, &err));
	assert_int_equal(err, 0);
	assert_int_equal(pidfile_look(path, &pid), PIDFILE_HELD);
	assert_int_equal(pid, getpid());

	/* Somebody else was quicker: his file is not ours to remove. */
	assert_int_equal(unlink(path), 0);
	theirs = pidfile_take(path);
	assert_true(theirs >= 0);
	assert_false(pidfile_keep(path, fd, &err));
	assert_int_equal(err, -EAGAIN);
	pidfile_release(path, fd);
	assert_int_equal(pidfile_look(path, &pid), PIDFILE_HELD);
	pidfile_release(path, theirs);
	assert_int_equal(pidfile_look(path, &pid), PIDFILE_ABSENT);
}

/* It began on a file system without room: the file is there, and empty. */
static void
test_keep_writes_what_is_missing(void **state)
{
	g_autofree char *path = scratch_file(state, "pid", NULL);
	int fd = pidfile_take(path), err;
	pid_t pid;

	assert_int_equal(pidfile_look(path, &pid), PIDFILE_HELD);
	assert_int_equal(pid, 0);
	assert_false(pidfile_keep(path, fd, &err));
	assert_int_equal(err, 0);
	assert_int_equal(pidfile_look(path, &pid), PIDFILE_HELD);
	assert_int_equal(pid, getpid());
	pidfile_release(path, fd);
}

/* /dev/full has no room, ever; a file that cannot be opened says nothing of who runs. */
static void
test_what_cannot_be_done_is_said(void **state)
{
	g_autofree char *path = scratch_file(state, "pid", NULL);
	const int full = open("/dev/full", O_RDWR | O_CLOEXEC);
	pid_t pid;

	if (full >= 0)
		assert_true(pidfile_write(full) < 0);
	close(full);
	/* For root, too. */
	assert_int_equal(symlink("pid", path), 0);
	errno = 0;
	assert_int_equal(pidfile_look(path, &pid), PIDFILE_UNKNOWN);
	assert_int_equal(errno, ELOOP);
}

/* Everybody may look, whatever the umask. */
static void
test_umask(void **state)
{
	g_autofree char *path = scratch_file(state, "pid", NULL);
	const mode_t before = umask(077);
	const int fd = pidfile_take(path);
	struct stat s;

	umask(before);
	assert_int_equal(stat(path, &s), 0);
	assert_int_equal(s.st_mode & 0777, 0644);
	pidfile_release(path, fd);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, scratch_new, scratch_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_life),
	    CASE(test_stale),
	    CASE(test_garbage),
	    CASE(test_lock_outlives_the_parent),
	    CASE(test_keep),
	    CASE(test_keep_writes_what_is_missing),
	    CASE(test_what_cannot_be_done_is_said),
	    CASE(test_umask),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
