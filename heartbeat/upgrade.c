/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "upgrade.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/text.h"
#include "child.h"
#include "log.h"
#include "master_state.h"
#include "verdict.h"

/* For the loop to go round: what it had to do by then it has begun. */
#define UPGRADE_ROUND_MS 5

enum upgrade_phase {
	UPGRADE_WAITING,
	UPGRADE_REHEARSING,
	UPGRADE_PROBATION,
};

struct upgrade {
	struct master *m;
	enum upgrade_phase phase;
	bool rehearsed;
	int program;	/* what is rehearsed, and then executed: it may be replaced meanwhile; -1: none */
	sigset_t mask;	/* before signals were kept out */
	bool kept_out;
	bool reload;	/* asked for in the probation: done after it */
	bool stale;	/* what is rehearsed now is the configuration of before */
	bool again;	/* asked for once more in the probation */
	struct children *children;	/* the rehearsal */
	int memory;	/* what the rehearsal reads, or what we were handed; -1: none */
	qb_loop_timer_handle timer;
	bool timer_set;
	char *said;	/* what we said last that we wait for */
	char *failed;	/* why it does not work: given up, or gone back, as soon as that can be */
	struct handoff *handoff;	/* in the probation */
};

static char crash_crashed[] = "it crashed", crash_hangs[] = "it hangs";
/* A crash in the probation: all that its handler needs. */
static struct {
	const struct master *m;
	int fallback;
	char *argv[6];
	struct sigaction before[NSIG];
} crash = {.fallback = -1};

static const char stopping[] = "heartbeat is stopping";
/* The alarm: it hangs. */
static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGALRM};

static void
set_timer(struct upgrade *u, int64_t ms, qb_loop_timer_dispatch_fn fn)
{
	u->timer_set = qb_loop_timer_add(u->m->loop, QB_LOOP_MED, (uint64_t)span_from_ms(ms).ns, u,
			   fn, &u->timer) == 0;
}

static void
answer(bool good, const char *reason)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	int err;

	if (reason != NULL)
		files_fault(faults, UPGRADE_PROGRAM, 0, !good, "%s", reason);
	err = verdict_give(UPGRADE_VERDICT, good, faults);
	if (err < 0)
		log_write(TRACE_WARNING, "the upgrade command is not told how it went: "
		    UPGRADE_VERDICT ": %s", g_strerror(-err));
}

static void
upgrade_end(struct upgrade *u)
{
	u->m->upgrade = NULL;
	upgrade_free(u);
}

static void
give_up(struct upgrade *u, const char *reason)
{
	log_write(TRACE_ERROR, "heartbeat %s goes on, and not " UPGRADE_PROGRAM ": %s",
	    PACKAGE_VERSION, reason);
	answer(false, reason);
	upgrade_end(u);
}

/* --- what is handed over -------------------------------------------------------------------- */

/* In memory, readable from its beginning. Returns: the descriptor, or -errno. */
static int
memory_of(const struct handoff *h)
{
	GString *text = handoff_write(h);
	const int fd = memfd_create("heartbeat-handoff", MFD_CLOEXEC);
	size_t done = 0;
	int err = fd < 0 ? -errno : 0;

	while (err == 0 && done < text->len) {
		const ssize_t n = write(fd, text->str + done, text->len - done);

		if (n > 0)
			done += (size_t)n;
		else if (errno != EINTR)
			err = -errno;
	}
	handoff_text_free(text);
	if (err < 0 && fd >= 0)
		close(fd);
	return err < 0 ? err : fd;
}

/* Owns: fallback becomes the handoff's only as a number; the caller closes it. */
static struct handoff *
handoff_of(const struct master *m, int fallback)
{
	struct handoff *h = handoff_new();

	h->version = g_strdup(PACKAGE_VERSION);
	files_hand_over(m->setup.files, h);
	h->generation = m->generation;
	h->talk = m->talk;
	g_array_append_vals(h->hints, m->hints, m->setup.conf->group_count);
	h->renewed_at = m->renewed_at;
	for (unsigned i = 0; i < HANDOFF_DEATHS; i++)
		h->deaths[i] = m->deaths[i];
	h->pidfile = m->pidfile;
	h->fifo_keeper = m->fifo.keeper;
	h->fifo_reading = m->fifo.reading;
	h->record = m->record;
	h->record_kb = m->record_kb;
	h->fallback = fallback;
	h->foreground = m->foreground;
	h->to_stderr = m->to_stderr;
	h->debug_more = m->debug_more;
	sockets_hand_over(m->setup.sockets, h);
	runner_hand_over(m->runner, h);
	return h;
}
G_STATIC_ASSERT(HANDOFF_DEATHS == MASTER_DEATHS_MAX);

/* --- exec ----------------------------------------------------------------------------------- */

static void
keep_open(int fd)
{
	if (fd >= 0)
		fcntl(fd, F_SETFD, 0);
}

/* Only what is handed over stays open; the loop's own descriptors are not close-on-exec. */
static void
keep_only(const struct handoff *h, int memory)
{
	g_autoptr(GArray) descriptors = handoff_descriptors(h);

	close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
	for (guint i = 0; i < descriptors->len; i++)
		keep_open(g_array_index(descriptors, int, i));
	keep_open(memory);
}

/*
 * program: a descriptor. No signal is lost: those that come meanwhile wait until the next program has its
 * handlers.
 *
 * Returns: only if it failed, -errno.
 */
static int
execute(int program, const struct handoff *h, int memory, const char *reason, bool doubt)
{
	g_autofree char *number = g_strdup_printf("%d", memory);
	char *const argv[] = {"heartbeat", UPGRADE_RESUME, number, (char *)reason,
	    reason != NULL && doubt ? UPGRADE_DOUBT : NULL, NULL};
	sigset_t every, before;
	int err;

	sigfillset(&every);
	/* Whoever hangs before he can go back is ended, and started again by the unit. */
	sigdelset(&every, SIGALRM);
	signal(SIGALRM, SIG_DFL);
	alarm(UPGRADE_HANGS_S);
	sigprocmask(SIG_SETMASK, &every, &before);
	keep_only(h, memory);
	fexecve(program, argv, environ);
	err = -errno;
	alarm(0);
	signal(SIGALRM, SIG_IGN);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return err;
}

/* The engine is gone and nothing is under way: hand everything to that program. */
static int
execute_now(struct master *m, int program, int fallback, const char *reason)
{
	struct handoff *h = handoff_of(m, fallback);
	const int memory = memory_of(h);
	int err = memory < 0 ? memory : execute(program, h, memory, reason, false);

	if (memory >= 0)
		close(memory);
	handoff_free(h);
	return err;
}

int
upgrade_go_back(const struct upgrade_origin *origin, const char *reason)
{
	const int fallback = origin->handoff->fallback;

	if (fallback < 0 || origin->reason != NULL)
		return -ENOENT;
	return execute(fallback, origin->handoff, origin->memory, reason, false);
}

/*
 * A signal whose handler has run waits in the loop, and would be lost with it. So they are kept out, the
 * loop goes round once more, and only then fn, which lets them in again where it does not exec.
 */
static void
signals_keep_out(struct upgrade *u, qb_loop_timer_dispatch_fn fn)
{
	sigset_t every;

	sigfillset(&every);
	sigdelset(&every, SIGALRM);
	sigprocmask(SIG_SETMASK, &every, &u->mask);
	u->kept_out = true;
	u->timer_set = qb_loop_timer_add(u->m->loop, QB_LOOP_LOW,
			   (uint64_t)span_from_ms(UPGRADE_ROUND_MS).ns, u, fn, &u->timer) == 0;
}

static void
signals_let_in(struct upgrade *u)
{
	if (u->kept_out)
		sigprocmask(SIG_SETMASK, &u->mask, NULL);
	u->kept_out = false;
}

/* --- before --------------------------------------------------------------------------------- */

static void look(void *data);

static bool
nothing_under_way(struct upgrade *u)
{
	g_autofree char *why = NULL;

	if (runner_quiet(u->m->runner, &why) && hooks_busy(u->m->hooks))
		why = g_strdup("a script of rc.d");
	if (why == NULL)
		return true;
	if (g_strcmp0(why, u->said) != 0) {
		log_write(TRACE_INFO, "going on as another program waits for %s", why);
		g_free(u->said);
		u->said = g_steal_pointer(&why);
	}
	return false;
}

static void
rehearsal_done(void *arg, uint64_t id, const struct child_result *result)
{
	struct upgrade *u = arg;
	g_autofree char *words = text_escape(
	    result->complaint, strlen(result->complaint), CHILD_OUTPUT_MAX);

	(void)id;
	u->phase = UPGRADE_WAITING;
	u->rehearsed = result->end == CHILD_EXITED && result->code == 0 && !u->stale;
	if (u->stale)
		u->stale = false;
	else if (result->end == CHILD_TIMED_OUT)
		u->failed = g_strdup_printf("it did not read what it was handed within %d s",
		    UPGRADE_REHEARSAL_MS / 1000);
	else if (result->end == CHILD_SIGNALED)
		u->failed = g_strdup_printf("tried out, it was killed by signal %d [%s]",
		    result->code, strsignal(result->code));
	else if (!u->rehearsed)
		u->failed = g_strdup_printf("tried out, it ended with exit code %d: %s",
		    result->code, words);
	/* Not from within: whoever calls us is freed at the end of an upgrade. */
	set_timer(u, 0, look);
}

static void
close_if_open(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
rehearse(struct upgrade *u)
{
	struct handoff *h = handoff_of(u->m, -1);
	g_autofree char *path = NULL, *program = NULL;
	int err;

	close_if_open(&u->memory);
	close_if_open(&u->program);
	u->memory = memory_of(h);
	handoff_free(h);
	u->program = open(UPGRADE_PROGRAM, O_PATH | O_CLOEXEC);
	err = u->program < 0 ? -errno : MIN(u->memory, 0);
	path = g_strdup_printf("/proc/%ld/fd/%d", (long)getpid(), u->memory);
	program = g_strdup_printf("/proc/%ld/fd/%d", (long)getpid(), u->program);
	if (err == 0) {
		const char *const argv[] = {program, UPGRADE_REHEARSE, path, NULL};
		const struct child_spec spec = {
		    .argv = argv,
		    .environment = (const char *const *)environ,
		    .timeout = span_from_ms(UPGRADE_REHEARSAL_MS),
		    .capture = true,
		};

		u->phase = UPGRADE_REHEARSING;
		err = child_start(u->children, 1, &spec);
	}
	if (err < 0) {
		g_autofree char *reason = g_strdup_printf("it cannot be tried out: %s", g_strerror(-err));

		give_up(u, reason);
	}
}

/* What the engine said last may have begun something: then a next one goes on with that first. */
static void
replace_program(void *data)
{
	struct upgrade *u = data;
	struct master *m = u->m;
	g_autofree char *reason = NULL;
	int fallback, err;

	u->timer_set = false;
	if (m->phase != MASTER_RUNNING || m->engine == NULL || !u->rehearsed ||
	    !nothing_under_way(u)) {
		signals_let_in(u);
		look(u);
		return;
	}
	if (!master_engine_finish(m)) {
		signals_let_in(u);
		give_up(u, stopping);
		return;
	}
	if (!nothing_under_way(u)) {
		master_engine_start(m);
		signals_let_in(u);
		set_timer(u, UPGRADE_LOOK_MS, look);
		return;
	}
	log_write(TRACE_NOTICE, "heartbeat %s executes " UPGRADE_PROGRAM " in its place [pid %ld]",
	    PACKAGE_VERSION, (long)getpid());
	fallback = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	err = fallback < 0 ? -errno : execute_now(m, u->program, fallback, NULL);
	if (fallback >= 0)
		close(fallback);
	master_engine_start(m);
	signals_let_in(u);
	reason = g_strdup_printf("it cannot be executed: %s", g_strerror(-err));
	give_up(u, reason);
}

static void
look(void *data)
{
	struct upgrade *u = data;

	u->timer_set = false;
	if (u->failed != NULL || u->m->phase != MASTER_RUNNING) {
		give_up(u, u->failed != NULL ? u->failed : stopping);
		return;
	}
	/* No engine: one that died is being replaced, or we are about to end. Not ready: somebody waits for
	 * the start, and would not hear of it from another program. */
	if (u->m->engine == NULL || !u->m->said_ready || !nothing_under_way(u))
		set_timer(u, UPGRADE_LOOK_MS, look);
	else if (!u->rehearsed)
		rehearse(u);
	else
		signals_keep_out(u, replace_program);
}

static struct upgrade *
upgrade_new(struct master *m, enum upgrade_phase phase)
{
	struct upgrade *u = g_new0(struct upgrade, 1);

	u->m = m;
	u->phase = phase;
	u->memory = u->program = -1;
	m->upgrade = u;
	return u;
}

void
upgrade_begin(struct master *m)
{
	struct upgrade *u;

	if (m->upgrade != NULL) {
		m->upgrade->again = m->upgrade->phase == UPGRADE_PROBATION;
		return;
	}
	if (m->phase != MASTER_RUNNING) {
		answer(false, stopping);
		return;
	}
	log_line(TRACE_INFO, "asked to go on as " UPGRADE_PROGRAM);
	u = upgrade_new(m, UPGRADE_WAITING);
	u->children = children_new(m->loop, rehearsal_done, u);
	set_timer(u, 0, look);
}

/* --- after ---------------------------------------------------------------------------------- */

/* Only what is safe in a signal handler. */
static void
crashed(int signo)
{
	sigset_t none;

	if (crash.m->engine != NULL)
		kill(engine_process_pid(crash.m->engine), SIGKILL);
	if (signo == SIGALRM)
		crash.argv[3] = crash_hangs;
	if (crash.m->upgrade->reload)
		kill(getpid(), SIGHUP);
	fexecve(crash.fallback, crash.argv, environ);
	/* Not by an exit code, which is a decision: the unit starts what crashed. */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGABRT, SIG_DFL);
	abort();
}

static void
crash_watch(const struct upgrade *u)
{
	struct sigaction action = {.sa_handler = crashed};

	/* One that comes meanwhile waits for the next program's handlers. */
	sigfillset(&action.sa_mask);
	crash.m = u->m;
	crash.fallback = u->handoff->fallback;
	crash.argv[0] = "heartbeat";
	crash.argv[1] = UPGRADE_RESUME;
	crash.argv[2] = g_strdup_printf("%d", u->memory);
	crash.argv[3] = crash_crashed;
	crash.argv[4] = UPGRADE_DOUBT;
	for (size_t i = 0; i < G_N_ELEMENTS(crash_signals); i++)
		sigaction(crash_signals[i], &action, &crash.before[crash_signals[i]]);
	alarm(UPGRADE_HANGS_S);
}

static void
crash_watch_end(void)
{
	if (crash.fallback < 0)
		return;
	alarm(0);
	for (size_t i = 0; i < G_N_ELEMENTS(crash_signals); i++)
		sigaction(crash_signals[i], &crash.before[crash_signals[i]], NULL);
	crash.fallback = -1;
	g_clear_pointer(&crash.argv[2], g_free);
}

static void
probation_passed(void *data)
{
	struct upgrade *u = data;

	u->timer_set = false;
	log_write(TRACE_NOTICE, "heartbeat %s works: it took the place of %s, and nothing was stopped",
	    PACKAGE_VERSION, u->handoff->version);
	if (u->reload)
		kill(getpid(), SIGHUP);
	if (!u->again) {
		answer(true, NULL);
		upgrade_end(u);
	} else {
		struct master *m = u->m;

		upgrade_end(u);
		upgrade_begin(m);
	}
}

static void retreat(void *data);

static void
go_back(void *data)
{
	struct upgrade *u = data;
	struct master *m = u->m;
	int err;

	u->timer_set = false;
	if (m->phase == MASTER_RUNNING && !nothing_under_way(u)) {
		if (m->engine == NULL)
			master_engine_start(m);
		signals_let_in(u);
		retreat(u);
		return;
	}
	if (m->phase != MASTER_RUNNING || (m->engine != NULL && !master_engine_finish(m))) {
		/* Stopping takes an engine, too. */
		if (m->engine == NULL && m->phase == MASTER_LEAVING)
			master_engine_start(m);
		give_up(u, u->failed);
		return;
	}
	log_write(TRACE_ERROR, "heartbeat %s does not work here: %s: going back to %s",
	    PACKAGE_VERSION, u->failed, u->handoff->version);
	/* They were those of the other program's engines. */
	memset(m->deaths, 0, sizeof(m->deaths));
	if (u->reload)
		kill(getpid(), SIGHUP);
	err = execute_now(m, u->handoff->fallback, -1, u->failed);
	log_write(TRACE_ERROR, "heartbeat %s cannot be executed again: %s", u->handoff->version,
	    g_strerror(-err));
	give_up(u, u->failed);
	master_engine_start(m);
}

static void
retreat(void *data)
{
	struct upgrade *u = data;

	u->timer_set = false;
	if (nothing_under_way(u))
		signals_keep_out(u, go_back);
	else
		set_timer(u, UPGRADE_LOOK_MS, retreat);
}

bool
upgrade_engine_died(struct master *m, const char *how)
{
	struct upgrade *u = m->upgrade;

	if (u == NULL || u->phase != UPGRADE_PROBATION || u->failed != NULL ||
	    m->phase != MASTER_RUNNING || u->handoff->fallback < 0)
		return false;
	u->failed = g_strdup_printf("its engine died: %s", how);
	if (u->timer_set)
		qb_loop_timer_del(m->loop, u->timer);
	retreat(u);
	return u->kept_out;
}

static void
came_back(const struct upgrade_origin *origin)
{
	log_write(TRACE_ERROR, "heartbeat %s goes on, and not " UPGRADE_PROGRAM ": %s",
	    PACKAGE_VERSION, origin->reason);
	answer(false, origin->reason);
	if (origin->handoff->fallback >= 0)
		close(origin->handoff->fallback);
	close(origin->memory);
	handoff_free(origin->handoff);
}

void
upgrade_arrive(struct master *m, const struct upgrade_origin *origin)
{
	struct upgrade *u;

	alarm(0);
	if (origin->reason != NULL) {
		came_back(origin);
		return;
	}
	log_write(TRACE_NOTICE, "heartbeat %s goes on in the place of %s [pid %ld]", PACKAGE_VERSION,
	    origin->handoff->version, (long)getpid());
	u = upgrade_new(m, UPGRADE_PROBATION);
	u->handoff = origin->handoff;
	u->memory = origin->memory;
	if (u->handoff->fallback >= 0)
		crash_watch(u);
	set_timer(u, UPGRADE_PROBATION_MS, probation_passed);
}

bool
upgrade_in_probation(const struct master *m)
{
	return m->upgrade != NULL && m->upgrade->phase == UPGRADE_PROBATION;
}

bool
upgrade_goes_back(const struct master *m)
{
	return upgrade_in_probation(m) && m->upgrade->failed != NULL;
}

void
upgrade_reloaded(struct master *m)
{
	struct upgrade *u = m->upgrade;

	if (u == NULL)
		return;
	u->rehearsed = false;
	u->stale = u->phase == UPGRADE_REHEARSING;
}

void
upgrade_then_reload(struct master *m)
{
	m->upgrade->reload = true;
}

void
upgrade_free(struct upgrade *u)
{
	if (u == NULL)
		return;
	if (u->timer_set)
		qb_loop_timer_del(u->m->loop, u->timer);
	signals_let_in(u);
	children_free(u->children);
	close_if_open(&u->memory);
	close_if_open(&u->program);
	if (u->phase == UPGRADE_PROBATION) {
		crash_watch_end();
		if (u->handoff->fallback >= 0)
			close(u->handoff->fallback);
		for (guint i = 0; i < u->handoff->sockets->len; i++) {
			const struct handoff_socket *s = g_ptr_array_index(u->handoff->sockets, i);

			close(s->fd);
		}
		handoff_free(u->handoff);
	}
	g_free(u->said);
	g_free(u->failed);
	g_free(u);
}
