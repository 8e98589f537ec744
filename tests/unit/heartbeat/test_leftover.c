/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "leftover.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

#define PATIENCE_S 30

/* A process that the kernel holds up: KILL does not reach it. */
static pid_t held_up;

int
kill(pid_t pid, int signo)
{
	if (signo == SIGKILL && held_up > 0 && pid == -held_up)
		return 0;
	return (int)syscall(SYS_kill, pid, signo);
}

static qb_loop_t *loop;
static unsigned changes;

static void
changed(void *arg)
{
	(void)arg;
	changes++;
	qb_loop_stop(loop);
}

static int
setup(void **state)
{
	loop = qb_loop_create();
	changes = 0;
	held_up = 0;
	alarm(PATIENCE_S);
	return scratch_new(state);
}

static int
teardown(void **state)
{
	qb_loop_destroy(loop);
	return scratch_free(state);
}

/* In a process group of its own; returns when the shell is at work. */
static pid_t
operation(const char *script)
{
	g_autofree char *text = g_strconcat(script, "\n", NULL);
	int ends[2];
	char byte;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		setpgid(0, 0);
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execl("/bin/sh", "sh", "-c", text, (char *)NULL);
		_exit(127);
	}
	setpgid(pid, pid);
	close(ends[1]);
	assert_int_equal(read(ends[0], &byte, 1), 1);
	close(ends[0]);
	return pid;
}

static void
note(void **state, pid_t pid, bool waits_only)
{
	const struct leftover_note n = {
	    .pid = pid, .op = OP_START, .group = "web [1]", .resource = "rec::web=\\x", .waits_only = waits_only};

	assert_int_equal(leftover_note(*state, &n), 0);
}

static bool
noted(void **state, pid_t pid)
{
	g_autofree char *path = g_strdup_printf("%s/%ld", (char *)*state, (long)pid);

	return access(path, F_OK) == 0;
}

static struct leftovers *
look(void **state, int64_t patience_ms)
{
	return leftovers_new(loop, *state, span_from_ms(patience_ms), changed, NULL);
}

static int
end_of(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

static void
test_nothing_left(void **state)
{
	struct leftovers *all = leftovers_new(loop, "/nowhere/at/all", span_from_ms(0), changed, NULL);

	(void)state;
	assert_int_equal(leftovers_state(all, "web", NULL), LEFTOVER_NONE);
	assert_int_equal(leftovers_state(NULL, "web", NULL), LEFTOVER_NONE);
	leftovers_free(all);
	leftovers_free(NULL);
}

static void
test_left_one_is_ended(void **state)
{
	const pid_t pid = operation("echo; exec sleep 1000");
	struct leftovers *all;
	g_autoptr(GArray) processes = NULL;

	note(state, pid, false);
	all = look(state, 60000);
	assert_int_equal(leftovers_state(all, "web [1]", NULL), LEFTOVER_ENDING);
	assert_int_equal(leftovers_state(all, "other", "rec::web=\\x"), LEFTOVER_ENDING);
	assert_int_equal(leftovers_state(all, "other", NULL), LEFTOVER_NONE);
	assert_int_equal(leftovers_state(all, "other", "rec::other"), LEFTOVER_NONE);
	processes = leftovers_processes(all);
	assert_int_equal(processes->len, 1);
	assert_int_equal(g_array_index(processes, pid_t, 0), pid);
	assert_true(noted(state, pid));
	qb_loop_run(loop);
	assert_int_equal(changes, 1);
	assert_int_equal(leftovers_state(all, "web [1]", NULL), LEFTOVER_NONE);
	assert_false(noted(state, pid));
	assert_int_equal(end_of(pid), SIGTERM);
	leftovers_free(all);
}

/* Its leader goes at once; a program that it had started is deaf. */
static void
test_whole_group_is_waited_for(void **state)
{
	const pid_t pid =
	    operation("sh -c 'trap \"\" TERM; echo; while :; do sleep 1; done' & wait");
	struct leftovers *all;

	note(state, pid, false);
	all = look(state, 60000);
	assert_int_equal(end_of(pid), SIGTERM);
	assert_int_equal(kill(-pid, 0), 0);
	assert_int_equal(leftovers_state(all, "web [1]", NULL), LEFTOVER_ENDING);
	qb_loop_run(loop);
	assert_int_equal(leftovers_state(all, "web [1]", NULL), LEFTOVER_NONE);
	leftovers_free(all);
}

static void
test_one_that_only_waits_is_waited_for(void **state)
{
	const pid_t pid = operation("echo; sleep 0.3; exit 7");
	struct leftovers *all;

	note(state, pid, true);
	all = look(state, 60000);
	assert_int_equal(leftovers_state(all, "web [1]", NULL), LEFTOVER_ENDING);
	qb_loop_run(loop);
	assert_int_equal(end_of(pid), -7);
	leftovers_free(all);
}

static void
test_nor_for_ever(void **state)
{
	const pid_t pid = operation("echo; exec sleep 1000");
	struct leftovers *all;

	note(state, pid, true);
	all = look(state, 100);
	qb_loop_run(loop);
	assert_int_equal(end_of(pid), SIGTERM);
	leftovers_free(all);
}

static void
test_stuck(void **state)
{
	const pid_t pid = operation("trap '' TERM; echo; while :; do sleep 1; done");
	struct leftovers *all;

	note(state, pid, false);
	held_up = pid;
	all = look(state, 0);
	qb_loop_run(loop);
	assert_int_equal(changes, 1);
	assert_int_equal(leftovers_state(all, "web [1]", NULL), LEFTOVER_STUCK);
	/* The next master must know of it, too. */
	assert_true(noted(state, pid));
	held_up = 0;
	kill(-pid, SIGKILL);
	qb_loop_run(loop);
	assert_int_equal(changes, 2);
	assert_int_equal(leftovers_state(all, "web [1]", NULL), LEFTOVER_NONE);
	assert_false(noted(state, pid));
	assert_int_equal(end_of(pid), SIGKILL);
	leftovers_free(all);
}

static char *
note_text(void **state, pid_t pid, char **path)
{
	char *text = NULL;

	*path = g_strdup_printf("%s/%ld", (char *)*state, (long)pid);
	assert_true(g_file_get_contents(*path, &text, NULL, NULL));
	return text;
}

/* The number of one that has ended long ago is another's now. */
static void
test_reused_number(void **state)
{
	const pid_t pid = operation("echo; exec sleep 1000");
	g_autofree char *path = NULL, *text = NULL, *other = NULL;
	g_auto(GStrv) parts = NULL;
	struct leftovers *all;

	note(state, pid, false);
	text = note_text(state, pid, &path);
	parts = g_strsplit(text, "started=", 2);
	assert_int_equal(g_strv_length(parts), 2);
	other = g_strjoinv("started=1", parts);
	assert_true(g_file_set_contents(path, other, -1, NULL));
	all = look(state, 0);
	assert_int_equal(leftovers_state(all, "web [1]", NULL), LEFTOVER_NONE);
	assert_false(noted(state, pid));
	assert_int_equal(waitpid(pid, NULL, WNOHANG), 0);
	kill(pid, SIGKILL);
	end_of(pid);
	leftovers_free(all);
}

/* The operation is over; a service that it started runs in its process group, and must go on. */
static void
test_service_left_behind(void **state)
{
	const pid_t pid = operation("sh -c 'echo; exec sleep 1000' & exec sleep 0.2");
	struct leftovers *all;

	note(state, pid, false);
	assert_int_equal(end_of(pid), 0);
	all = look(state, 0);
	assert_int_equal(leftovers_state(all, "web [1]", NULL), LEFTOVER_NONE);
	assert_false(noted(state, pid));
	assert_int_equal(kill(-pid, 0), 0);
	kill(-pid, SIGKILL);
	leftovers_free(all);
}

static void
test_notes_of_others(void **state)
{
	const pid_t pid = operation("echo; exec sleep 1000");
	g_autofree char *path = NULL, *text = NULL;
	g_autofree char *link = g_strdup_printf("%s/link", (char *)*state);
	g_autofree char *torn = scratch_file(state, "torn", "[operation]\npid=1\nstar");
	g_autofree char *junk = scratch_file(state, "junk", "\xff\xfe");
	g_autofree char *home = g_dir_make_tmp("hb-test-XXXXXX", NULL);
	g_autofree char *away = g_build_filename(home, "note", NULL);
	struct leftovers *all;

	note(state, pid, false);
	text = note_text(state, pid, &path);
	assert_true(g_file_set_contents(away, text, -1, NULL));
	assert_int_equal(symlink(away, link), 0);
	if (geteuid() == 0)
		assert_int_equal(chown(path, 1, 1), 0);
	else
		unlink(path);
	all = look(state, 0);
	assert_int_equal(leftovers_state(all, "web [1]", NULL), LEFTOVER_NONE);
	assert_int_equal(waitpid(pid, NULL, WNOHANG), 0);
	/* Nor do they stay. */
	assert_int_equal(access(junk, F_OK), -1);
	assert_int_equal(access(torn, F_OK), -1);
	assert_false(noted(state, pid));
	kill(pid, SIGKILL);
	end_of(pid);
	leftovers_free(all);
	unlink(away);
	rmdir(home);
}

static void
test_notes(void **state)
{
	const pid_t pid = operation("echo; exec sleep 1000");
	g_autofree char *below = g_build_filename(*state, "running", NULL);
	const struct leftover_note n = {.pid = pid, .op = OP_STOP, .group = "web", .resource = "rec::web"};
	struct stat st;

	assert_int_equal(leftover_note(below, &n), 0);
	assert_int_equal(stat(below, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_true(noted((void *[]){below}, pid));
	leftover_forget(below, pid);
	assert_false(noted((void *[]){below}, pid));
	leftover_forget(below, pid);
	assert_true(leftover_note("/nowhere/at/all", &n) < 0);
	assert_true(leftover_note("/dev/null", &n) < 0);
	kill(pid, SIGKILL);
	end_of(pid);
	/* It was too quick. */
	assert_int_equal(leftover_note(below, &n), 0);
	assert_false(noted((void *[]){below}, pid));
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
	    CASE(test_nothing_left),
	    CASE(test_left_one_is_ended),
	    CASE(test_whole_group_is_waited_for),
	    CASE(test_one_that_only_waits_is_waited_for),
	    CASE(test_nor_for_ever),
	    CASE(test_stuck),
	    CASE(test_reused_number),
	    CASE(test_service_left_behind),
	    CASE(test_notes_of_others),
	    CASE(test_notes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
