/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "drain.h"

/* Taken from a pipe in one go: a program that floods gets no more of our time than this. */
#define READ_CHUNK 16384
/* What a pipe may still hold when its program has ended. */
#define READ_LAST (1024 * 1024)

struct stream {
	struct children *all;
	int fd;	/* -1: closed */
	GString *head;	/* NULL: only counted */
	uint64_t bytes;
};

struct child {
	struct children *all;
	uint64_t id;
	pid_t pid;
	struct stream *out, *err;
	struct moment started;
	qb_loop_timer_handle timer;
	bool timer_set;
	enum child_end forced;	/* CHILD_EXITED: nobody asked it to end */
	bool reported;	/* given up: nobody waits for it any more but us */
};

struct children {
	qb_loop_t *loop;
	qb_loop_signal_handle signal;
	child_done_fn *done;
	void *arg;
	GPtrArray *running;	/* struct child * */
	GArray *drains;	/* pid_t, only to be reaped: most read what daemons left behind write */
};

static void
stream_close(struct stream *s)
{
	if (s->fd < 0)
		return;
	qb_loop_poll_del(s->all->loop, s->fd);
	close(s->fd);
	s->fd = -1;
}

static void
stream_free(void *data)
{
	struct stream *s = data;

	if (s == NULL)
		return;
	stream_close(s);
	if (s->head != NULL)
		g_string_free(s->head, TRUE);
	g_free(s);
}

/* One piece. Returns: bytes read, 0 at the end, -errno (-EAGAIN: nothing there now). */
static ssize_t
stream_read(struct stream *s)
{
	char piece[READ_CHUNK];
	ssize_t n = read(s->fd, piece, sizeof(piece));

	if (n < 0)
		return -errno;
	s->bytes += (uint64_t)n;
	if (s->head != NULL && s->head->len < CHILD_OUTPUT_MAX)
		g_string_append_len(
		    s->head, piece, (gssize)MIN((size_t)n, CHILD_OUTPUT_MAX - s->head->len));
	return n;
}

static int32_t
stream_ready(int32_t fd, int32_t revents, void *data)
{
	struct stream *s = data;
	ssize_t n = stream_read(s);

	(void)fd;
	(void)revents;
	if (n > 0 || n == -EAGAIN || n == -EINTR)
		return 0;
	stream_close(s);
	return 0;
}

static struct stream *
stream_new(struct children *all, int fd, bool keep_head)
{
	struct stream *s = g_new0(struct stream, 1);

	s->all = all;
	s->fd = fd;
	s->head = keep_head ? g_string_new(NULL) : NULL;
	if (fd < 0)
		return s;
	fcntl(fd, F_SETFL, O_NONBLOCK);
	qb_loop_poll_add(all->loop, QB_LOOP_LOW, fd, POLLIN, s, stream_ready);
	return s;
}

/* What the program wrote before it ended is still in the pipe. */
static void
stream_drain(struct stream *s)
{
	size_t taken = 0;

	while (s->fd >= 0 && taken < READ_LAST) {
		ssize_t n = stream_read(s);

		if (n == -EAGAIN)
			return;
		if (n == -EINTR)
			continue;
		if (n <= 0)
			stream_close(s);
		else
			taken += (size_t)n;
	}
}

/* What is still open belongs to a daemon that was left behind. */
static void
stream_leave(struct stream *s)
{
	if (s->fd >= 0) {
		pid_t drain;

		qb_loop_poll_del(s->all->loop, s->fd);
		drain = drain_leave(s->fd);
		s->fd = -1;
		if (drain > 0)
			g_array_append_val(s->all->drains, drain);
	}
	stream_free(s);
}

static void
child_free(void *data)
{
	struct child *c = data;

	if (c->timer_set)
		qb_loop_timer_del(c->all->loop, c->timer);
	g_free(c);
}

static void
child_report(struct child *c, int status, bool stuck)
{
	struct children *all = c->all;
	struct child_result result;

	c->reported = true;
	stream_drain(c->out);
	stream_drain(c->err);
	result = (struct child_result){
	    .output = c->out->head != NULL ? c->out->head->str : "",
	    .complaint = c->err->head->str,
	    .output_bytes = c->out->bytes + c->err->bytes,
	    .took = moment_since(clock_read().now, c->started),
	};
	if (c->forced != CHILD_EXITED)
		result.end = c->forced;
	else
		result.end = WIFSIGNALED(status) ? CHILD_SIGNALED : CHILD_EXITED;
	result.code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
	result.stuck = stuck;
	all->done(all->arg, c->id, &result);
	stream_leave(c->out);
	stream_leave(c->err);
}

static void
child_ended(struct child *c, int status)
{
	/* Out of the list first: done() may start the next program. */
	g_ptr_array_remove_fast(c->all->running, c);
	if (!c->reported)
		child_report(c, status, false);
	child_free(c);
}

static void
drains_reap(struct children *all)
{
	for (guint i = all->drains->len; i-- > 0;) {
		if (waitpid(g_array_index(all->drains, pid_t, i), NULL, WNOHANG) != 0)
			g_array_remove_index_fast(all->drains, i);
	}
}

/* One that was adopted may have been reaped before: nobody knows how it ended, so not well. */
static bool
child_is_over(const struct child *c, int *status)
{
	const pid_t pid = waitpid(c->pid, status, WNOHANG);

	if (pid < 0 && errno == ECHILD)
		*status = SIGKILL;
	return pid == c->pid || (pid < 0 && errno == ECHILD);
}

/* Signals coalesce: ask for each of ours, and only for ours. */
static int32_t
children_reap(int32_t signo, void *data)
{
	struct children *all = data;
	bool again = true;

	(void)signo;
	drains_reap(all);
	while (again) {
		again = false;
		for (guint i = 0; i < all->running->len; i++) {
			struct child *c = g_ptr_array_index(all->running, i);
			int status;

			if (child_is_over(c, &status)) {
				child_ended(c, status);
				again = true;
				break;
			}
		}
	}
	return 0;
}

struct children *
children_new(qb_loop_t *loop, child_done_fn *done, void *arg)
{
	struct children *all = g_new0(struct children, 1);

	all->loop = loop;
	all->done = done;
	all->arg = arg;
	all->running = g_ptr_array_new();
	all->drains = g_array_new(FALSE, FALSE, sizeof(pid_t));
	qb_loop_signal_add(loop, QB_LOOP_HIGH, SIGCHLD, all, children_reap, &all->signal);
	return all;
}

void
children_free(struct children *all)
{
	if (all == NULL)
		return;
	qb_loop_signal_del(all->loop, all->signal);
	for (guint i = 0; i < all->running->len; i++) {
		struct child *c = g_ptr_array_index(all->running, i);

		if (!c->reported) {
			stream_leave(c->out);
			stream_leave(c->err);
		}
		child_free(c);
	}
	g_ptr_array_free(all->running, TRUE);
	g_array_free(all->drains, TRUE);
	g_free(all);
}

size_t
children_running(const struct children *all)
{
	size_t n = 0;

	for (guint i = 0; i < all->running->len; i++) {
		const struct child *c = g_ptr_array_index(all->running, i);

		n += !c->reported;
	}
	return n;
}

static struct child *
child_find(const struct children *all, uint64_t id)
{
	for (guint i = 0; i < all->running->len; i++) {
		struct child *c = g_ptr_array_index(all->running, i);

		if (c->id == id && !c->reported)
			return c;
	}
	return NULL;
}

static void
child_set_timer(struct child *c, struct span after, qb_loop_timer_dispatch_fn fn)
{
	c->timer_set = qb_loop_timer_add(
			   c->all->loop, QB_LOOP_MED, (uint64_t)after.ns, c, fn, &c->timer) == 0;
}

/* It may have ended while its signal is still on its way to us. */
static void
child_give_up(void *data)
{
	struct child *c = data;
	int status = SIGKILL;

	c->timer_set = false;
	if (waitpid(c->pid, &status, WNOHANG) == c->pid)
		child_ended(c, status);
	else
		child_report(c, status, true);
}

static void
child_kill_hard(void *data)
{
	struct child *c = data;

	kill(-c->pid, SIGKILL);
	child_set_timer(c, span_from_ms(CHILD_GIVE_UP_AFTER_MS), child_give_up);
}

static void
child_end_it(struct child *c, enum child_end why)
{
	if (c->forced != CHILD_EXITED)
		return;
	c->forced = why;
	if (c->timer_set)
		qb_loop_timer_del(c->all->loop, c->timer);
	kill(-c->pid, SIGTERM);
	/* One that was stopped by hand could not act on it. */
	kill(-c->pid, SIGCONT);
	child_set_timer(c, span_from_ms(CHILD_KILL_AFTER_MS), child_kill_hard);
}

static void
child_time_over(void *data)
{
	struct child *c = data;

	c->timer_set = false;
	child_end_it(c, CHILD_TIMED_OUT);
}

void
child_kill(struct children *all, uint64_t id)
{
	struct child *c = child_find(all, id);

	if (c != NULL)
		child_end_it(c, CHILD_KILLED);
}

static void
signals_default(void)
{
	sigset_t none;

	for (int s = 1; s < NSIG; s++)
		signal(s, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool
become_user(const struct child_spec *spec)
{
	if (spec->gid == 0 && spec->uid == 0)
		return true;
	if (spec->user != NULL && initgroups(spec->user, spec->gid) < 0)
		return false;
	return setgid(spec->gid) == 0 && setuid(spec->uid) == 0;
}

/* Everything but the standard streams and this one is closed, also what belongs to the event
 * loop and is not close-on-exec. */
static int
keep_only(int report)
{
	if (report != STDERR_FILENO + 1)
		report = dup3(report, STDERR_FILENO + 1, O_CLOEXEC);
	close_range(STDERR_FILENO + 2, ~0U, 0);
	return report;
}

/* In the child: never returns. Only what is safe after a fork happens here. */
static _Noreturn void
child_become(const struct child_spec *spec, int out, int err, int report)
{
	const char *directory = spec->directory != NULL ? spec->directory : "/";
	int problem, in;

	setpgid(0, 0);
	in = open("/dev/null", O_RDONLY);
	if (in >= 0 && dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
	    dup2(err, STDERR_FILENO) >= 0 && become_user(spec)) {
		report = keep_only(report);
		/* The program must start somewhere; where the directory is not there, at the top. */
		if (chdir(directory) < 0 && chdir("/") < 0)
			_exit(126);
		umask(022);
		signals_default();
		execve(spec->argv[0], (char *const *)spec->argv,
		    (char *const *)spec->environment);
	}
	problem = errno;
	while (write(report, &problem, sizeof(problem)) < 0 && errno == EINTR)
		;
	_exit(127);
}

/* 0, or the -errno that stopped the child before it became the program. */
static int
exec_result(int report)
{
	int problem = 0;
	ssize_t n;

	do {
		n = read(report, &problem, sizeof(problem));
	} while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof(problem) ? -problem : 0;
}

static void
close_pair(int ends[2])
{
	close(ends[0]);
	close(ends[1]);
}

static int
three_pipes(int out[2], int err[2], int report[2])
{
	if (pipe2(out, O_CLOEXEC) < 0)
		return -errno;
	if (pipe2(err, O_CLOEXEC) < 0) {
		close_pair(out);
		return -EMFILE;
	}
	if (pipe2(report, O_CLOEXEC) < 0) {
		close_pair(out);
		close_pair(err);
		return -EMFILE;
	}
	return 0;
}

static struct child *
child_new(struct children *all, uint64_t id, pid_t pid)
{
	struct child *c = g_new0(struct child, 1);

	c->all = all;
	c->id = id;
	c->pid = pid;
	c->started = clock_read().now;
	c->forced = CHILD_EXITED;
	g_ptr_array_add(all->running, c);
	return c;
}

int
child_start(struct children *all, uint64_t id, const struct child_spec *spec)
{
	int out[2], err[2], report[2];
	sigset_t every, before;
	struct child *c;
	pid_t pid;
	int result = three_pipes(out, err, report);

	if (result < 0)
		return result;
	/* A signal that met the child before its exec would reach our loop through the pipe
	 * they still share. */
	sigfillset(&every);
	sigprocmask(SIG_SETMASK, &every, &before);
	pid = fork();
	if (pid == 0)
		child_become(spec, out[1], err[1], report[1]);
	result = pid < 0 ? -errno : 0;
	close(out[1]);
	close(err[1]);
	close(report[1]);
	if (result == 0) {
		/* Both sides, so that it is true before either needs it. */
		setpgid(pid, pid);
		result = exec_result(report[0]);
		if (result < 0)
			waitpid(pid, NULL, 0);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	close(report[0]);
	if (result < 0) {
		close(out[0]);
		close(err[0]);
		return result;
	}
	c = child_new(all, id, pid);
	c->out = stream_new(all, out[0], spec->capture);
	c->err = stream_new(all, err[0], true);
	if (spec->timeout.ns > 0)
		child_set_timer(c, spec->timeout, child_time_over);
	return (int)pid;
}

bool
children_ending(const struct children *all)
{
	for (guint i = 0; i < all->running->len; i++) {
		const struct child *c = g_ptr_array_index(all->running, i);

		if (c->forced != CHILD_EXITED && !c->reported)
			return true;
	}
	return false;
}

void
child_streams(const struct children *all, uint64_t id, int *out, int *err)
{
	const struct child *c = child_find(all, id);

	*out = c != NULL ? c->out->fd : -1;
	*err = c != NULL ? c->err->fd : -1;
}

void
child_adopt(struct children *all, uint64_t id, pid_t pid, int out, int err)
{
	struct child *c = child_new(all, id, pid);

	c->out = stream_new(all, out, false);
	c->err = stream_new(all, err, true);
}

static bool
child_is_known(const struct children *all, pid_t pid)
{
	for (guint i = 0; i < all->running->len; i++) {
		const struct child *c = g_ptr_array_index(all->running, i);

		if (c->pid == pid)
			return true;
	}
	return false;
}

static bool
is_among(const GArray *processes, pid_t pid)
{
	for (guint i = 0; i < processes->len; i++) {
		if (g_array_index(processes, pid_t, i) == pid)
			return true;
	}
	return false;
}

void
children_adopt_the_rest(struct children *all, const GArray *being_ended)
{
	g_autofree char *path = g_strdup_printf("/proc/self/task/%ld/children", (long)getpid());
	g_autofree char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return;
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	for (char **word = words; *word != NULL; word++) {
		const pid_t pid = (pid_t)g_ascii_strtoll(*word, NULL, 10);

		if (pid <= 0 || child_is_known(all, pid))
			continue;
		/* A hook or a client of the program that crashed, in a group of its own: it would go on
		 * beside the next one. Drains have a session. */
		if (!is_among(being_ended, pid) && getpgid(pid) == pid && getsid(pid) == getsid(0))
			kill(-pid, SIGKILL);
		g_array_append_val(all->drains, pid);
	}
}
