/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "child.h"

#include <errno.h>
#include <glib.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* A test that takes longer has failed. */
#define PATIENCE_S 30

struct bench {
	qb_loop_t *loop;
	struct children *children;
	unsigned awaited;	/* the loop ends when so many have ended */
	uint64_t id;
	enum child_end end;
	int code;
	bool stuck;
	uint64_t output_bytes;
	GString *output, *complaint;
};

static void
done(void *arg, uint64_t id, const struct child_result *result)
{
	struct bench *b = arg;

	b->id = id;
	b->end = result->end;
	b->code = result->code;
	b->stuck = result->stuck;
	b->output_bytes = result->output_bytes;
	g_string_assign(b->output, result->output);
	g_string_assign(b->complaint, result->complaint);
	if (--b->awaited == 0)
		qb_loop_stop(b->loop);
}

static int
bench_new(void **state)
{
	struct bench *b = g_new0(struct bench, 1);

	b->loop = qb_loop_create();
	b->children = children_new(b->loop, done, b);
	b->output = g_string_new(NULL);
	b->complaint = g_string_new(NULL);
	b->awaited = 1;
	alarm(PATIENCE_S);
	*state = b;
	return 0;
}

static int
bench_free(void **state)
{
	struct bench *b = *state;

	children_free(b->children);
	qb_loop_destroy(b->loop);
	g_string_free(b->output, TRUE);
	g_string_free(b->complaint, TRUE);
	g_free(b);
	return 0;
}

static int
start(struct bench *b, uint64_t id, const char *script, int64_t timeout_ms)
{
	const char *const argv[] = {"/bin/sh", "-c", script, NULL};
	const char *const environment[] = {"PATH=/usr/bin:/bin", "GREETING=hello", NULL};
	const struct child_spec spec = {
	    .argv = argv,
	    .environment = environment,
	    .timeout = span_from_ms(timeout_ms),
	    .capture = true,
	};

	return child_start(b->children, id, &spec);
}

static void
run(struct bench *b, const char *script, int64_t timeout_ms)
{
	assert_true(start(b, 5, script, timeout_ms) > 0);
	qb_loop_run(b->loop);
	assert_int_equal(b->id, 5);
	assert_int_equal(children_running(b->children), 0);
}

static void
test_output_and_code(void **state)
{
	struct bench *b = *state;

	run(b, "echo $GREETING; echo oops >&2; exit 3", 0);
	assert_int_equal(b->end, CHILD_EXITED);
	assert_int_equal(b->code, 3);
	assert_string_equal(b->output->str, "hello\n");
	assert_string_equal(b->complaint->str, "oops\n");
	assert_int_equal(b->output_bytes, 11);
}

static void
test_surroundings(void **state)
{
	struct bench *b = *state;

	/* No descriptor but the three, nothing on standard input, own process group, no signal
	 * ignored or blocked (the first 28: the C library keeps two to itself). */
	run(b,
	    "ls /proc/self/fd | wc -l; cat; pwd; "
	    "[ $(cut -d' ' -f5 /proc/$$/stat) = $$ ] && echo leader; "
	    "grep -E 'Sig(Blk|Ign)' /proc/$$/status | grep -o '.......$'",
	    0);
	/* ls itself has one open: the directory. */
	assert_string_equal(b->output->str, "4\n/\nleader\n0000000\n0000000\n");
}

static void
test_signal(void **state)
{
	struct bench *b = *state;

	run(b, "kill -KILL $$", 0);
	assert_int_equal(b->end, CHILD_SIGNALED);
	assert_int_equal(b->code, SIGKILL);
}

static void
test_timeout(void **state)
{
	struct bench *b = *state;

	run(b, "sleep 1000", 50);
	assert_int_equal(b->end, CHILD_TIMED_OUT);
}

static void
test_whole_group_is_ended(void **state)
{
	struct bench *b = *state;

	/* The pipe of the grandchild tells that it is gone, too. */
	run(b, "trap 'wait; echo all gone; exit 0' TERM; sleep 1000 & wait", 50);
	assert_int_equal(b->end, CHILD_TIMED_OUT);
	assert_string_equal(b->output->str, "all gone\n");
}

static void
test_kill(void **state)
{
	struct bench *b = *state;

	assert_true(start(b, 5, "sleep 1000", 0) > 0);
	child_kill(b->children, 77);
	child_kill(b->children, 5);
	child_kill(b->children, 5);
	qb_loop_run(b->loop);
	assert_int_equal(b->end, CHILD_KILLED);
}

static void
test_deaf_program_is_killed(void **state)
{
	struct bench *b = *state;

	run(b, "trap '' TERM; while :; do sleep 1; done", 50);
	assert_int_equal(b->end, CHILD_TIMED_OUT);
	assert_int_equal(b->code, SIGKILL);
}

/* A tracer that does not look after it keeps a dead process from its parent: the nearest thing to
 * one that waits in the kernel for a disk. */
static pid_t
hold_up(pid_t pid)
{
	int answer[2], result = -1;
	pid_t tracer;
	ssize_t n;

	assert_int_equal(pipe(answer), 0);
	tracer = fork();
	if (tracer == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		result = ptrace(PTRACE_SEIZE, pid, NULL, NULL) == 0 ? 0 : 1;
		if (write(answer[1], &result, sizeof(result)) > 0)
			for (;;)
				pause();
		_exit(1);
	}
	/* The tracer's news of the program are signals to us. */
	do {
		n = read(answer[0], &result, sizeof(result));
	} while (n < 0 && errno == EINTR);
	assert_int_equal(n, sizeof(result));
	close(answer[0]);
	close(answer[1]);
	if (result == 0)
		return tracer;
	kill(tracer, SIGKILL);
	waitpid(tracer, NULL, 0);
	return -1;
}

static void
test_stuck(void **state)
{
	struct bench *b = *state;
	const pid_t pid = start(b, 5, "exec sleep 1000", 50);
	const pid_t tracer = hold_up(pid);

	assert_true(pid > 0);
	if (tracer < 0)
		skip();
	qb_loop_run(b->loop);
	assert_int_equal(b->id, 5);
	assert_int_equal(b->end, CHILD_TIMED_OUT);
	assert_true(b->stuck);
	assert_int_equal(children_running(b->children), 0);
	/* It ends at last: said once is enough, and it is waited for. */
	kill(tracer, SIGKILL);
	waitpid(tracer, NULL, 0);
	b->awaited = 1;
	while (kill(pid, 0) == 0) {
		b->awaited = 1;
		run(b, "exit 0", 0);
	}
}

static void
test_flood(void **state)
{
	struct bench *b = *state;

	run(b, "head -c 3000000 /dev/zero | tr '\\0' x", 0);
	assert_int_equal(b->end, CHILD_EXITED);
	assert_int_equal(b->output->len, CHILD_OUTPUT_MAX);
	assert_int_equal(b->output_bytes, 3000000);
}

static void
test_daemon_left_behind(void **state)
{
	struct bench *b = *state;
	const char *digits;
	pid_t daemon;

	/* It holds the output open; the script is reported all the same, and the daemon lives
	 * when it writes later. */
	run(b, "(trap '' HUP; while :; do echo still here; sleep 0.01; done) & echo $!; exit 0", 0);
	assert_int_equal(b->end, CHILD_EXITED);
	/* Its own words may come before its number. */
	digits = strpbrk(b->output->str, "0123456789");
	assert_non_null(digits);
	daemon = (pid_t)strtol(digits, NULL, 10);
	assert_true(daemon > 1);
	b->awaited = 1;
	run(b, "sleep 0.2", 0);
	assert_int_equal(kill(daemon, 0), 0);
	/* Nor does it end with us. */
	children_free(b->children);
	usleep(200 * 1000);
	assert_int_equal(kill(daemon, 0), 0);
	b->children = children_new(b->loop, done, b);
	kill(daemon, SIGKILL);
}

static void
test_many(void **state)
{
	struct bench *b = *state;

	b->awaited = 50;
	for (uint64_t i = 0; i < 50; i++)
		assert_true(start(b, i, "exit 0", 0) > 0);
	qb_loop_run(b->loop);
	assert_int_equal(children_running(b->children), 0);
}

static void
test_no_program(void **state)
{
	static const struct {
		const char *path;
		int err;
	} cases[] = {{"/nonexistent/program", -ENOENT}, {"/etc/passwd", -EACCES}};
	struct bench *b = *state;

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *const argv[] = {cases[i].path, NULL};
		const char *const environment[] = {NULL};
		const struct child_spec spec = {.argv = argv, .environment = environment};

		assert_int_equal(child_start(b->children, 1, &spec), cases[i].err);
		assert_int_equal(children_running(b->children), 0);
	}
}

/* As an exec leaves it: a child of ours that is in no list; in a group of its own, or in ours. */
static pid_t
fork_unknown(int *out, const char *script, bool own_group)
{
	int ends[2];
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		if (own_group)
			setpgid(0, 0);
		execl("/bin/sh", "sh", "-c", script, (char *)NULL);
		_exit(127);
	}
	/* Whoever comes first: behind its exec we may not. */
	if (own_group)
		setpgid(pid, pid);
	close(ends[1]);
	*out = ends[0];
	return pid;
}

static void
test_adopted(void **state)
{
	struct bench *b = *state;
	int out, err = -1;
	const pid_t pid = fork_unknown(&out, "echo hello; exit 3", false);

	child_adopt(b->children, 7, pid, out, -1);
	child_streams(b->children, 7, &out, &err);
	assert_true(out >= 0);
	assert_int_equal(err, -1);
	qb_loop_run(b->loop);
	assert_int_equal(b->id, 7);
	assert_int_equal(b->end, CHILD_EXITED);
	assert_int_equal(b->code, 3);
	assert_int_equal(b->output_bytes, 6);
}

/* Somebody else has reaped it: nobody knows how it ended, and well is the wrong guess. */
static void
test_adopted_too_late(void **state)
{
	struct bench *b = *state;
	int out;
	const pid_t pid = fork_unknown(&out, "exit 0", false);

	assert_int_equal(waitpid(pid, NULL, 0), pid);
	child_adopt(b->children, 7, pid, out, -1);
	raise(SIGCHLD);
	qb_loop_run(b->loop);
	assert_int_equal(b->end, CHILD_SIGNALED);
}

static bool
is_child(pid_t pid)
{
	return waitid(P_PID, (id_t)pid, &(siginfo_t){0}, WEXITED | WNOHANG | WNOWAIT) == 0;
}

static void
test_unknown_ones_are_reaped(void **state)
{
	struct bench *b = *state;
	int out;
	const pid_t pid = fork_unknown(&out, "exec sleep 1000", false);
	g_autoptr(GArray) nobody = g_array_new(FALSE, FALSE, sizeof(pid_t));

	children_adopt_the_rest(b->children, nobody);
	assert_true(is_child(pid));
	kill(pid, SIGKILL);
	/* One of ours to end the loop, again and again until the other is gone as well. */
	while (is_child(pid)) {
		b->awaited = 1;
		run(b, "exit 0", 0);
	}
	close(out);
}

/* A script of the program of before is killed, but not one that somebody ends more gently. */
static void
test_unknown_scripts_are_killed(void **state)
{
	struct bench *b = *state;
	int out[2];
	const pid_t spared = fork_unknown(&out[0], "exec sleep 1000", true);
	const pid_t other = fork_unknown(&out[1], "exec sleep 1000", true);
	g_autoptr(GArray) being_ended = g_array_new(FALSE, FALSE, sizeof(pid_t));

	g_array_append_val(being_ended, spared);
	children_adopt_the_rest(b->children, being_ended);
	while (is_child(other)) {
		b->awaited = 1;
		run(b, "exit 0", 0);
	}
	assert_true(is_child(spared));
	assert_int_equal(waitpid(spared, NULL, WNOHANG), 0);
	kill(spared, SIGKILL);
	waitpid(spared, NULL, 0);
	close(out[0]);
	close(out[1]);
}

static void
test_ending(void **state)
{
	struct bench *b = *state;

	assert_true(start(b, 5, "exec sleep 1000", 0) > 0);
	assert_false(children_ending(b->children));
	child_kill(b->children, 5);
	assert_true(children_ending(b->children));
	qb_loop_run(b->loop);
	assert_false(children_ending(b->children));
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, bench_new, bench_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_output_and_code),
	    CASE(test_surroundings),
	    CASE(test_signal),
	    CASE(test_timeout),
	    CASE(test_whole_group_is_ended),
	    CASE(test_kill),
	    CASE(test_deaf_program_is_killed),
	    CASE(test_stuck),
	    CASE(test_flood),
	    CASE(test_daemon_left_behind),
	    CASE(test_many),
	    CASE(test_no_program),
	    CASE(test_adopted),
	    CASE(test_adopted_too_late),
	    CASE(test_unknown_ones_are_reaped),
	    CASE(test_unknown_scripts_are_killed),
	    CASE(test_ending),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
