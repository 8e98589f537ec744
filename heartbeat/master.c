/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "master.h"

#include <errno.h>
#include <glib.h>
#include <qb/qbloop.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "base/text.h"
#include "clock.h"
#include "core/hints.h"
#include "engine_process.h"
#include "fifo.h"
#include "hooks.h"
#include "log.h"
#include "notify.h"
#include "reload.h"
#include "reopen.h"
#include "runner.h"
#include "store.h"
#include "verdict.h"

#define CLIENTS_LOOK_MS 50
/* An engine that has said nothing for so long, and lives, runs. */
#define READY_MS 3000

#define FIFO_PATH HB_STATEDIR "/fifo"

enum master_phase {
	MASTER_RUNNING,
	MASTER_LEAVING,
	MASTER_RELEASING,
	MASTER_CLIENTS,
};

struct master {
	qb_loop_t *loop;
	enum master_phase phase;
	struct setup setup;
	struct runner *runner;
	struct hooks *hooks;
	struct fifo fifo;
	struct engine_process *engine;	/* NULL: none */
	uint64_t generation;
	unsigned char uuid[STORE_UUID_SIZE];
	enum group_hint *hints;	/* one a group */
	unsigned talk;	/* for the next engine, too */
	struct moment renewed_at;	/* 0: never */
	struct moment deaths[MASTER_DEATHS_MAX];	/* the last ones, oldest first */
	struct reopen *reopen;
	int record;	/* memory for flight records; -1: none */
	unsigned record_kb;	/* as it was asked for then */
	GArray *release;	/* struct release_step: what is still to be stopped, last first */
	bool foreground, to_stderr;
	unsigned debug_more;
	bool said_ready;
	int ready;	/* -1: nobody waits */
	int exit_code;
};

/* One resource to stop when no engine is there to ask for it. */
struct release_step {
	unsigned group, resource;
};

static void master_engine_start(struct master *m);
static void master_renew(struct master *m, uint64_t above);
static void master_release_next(struct master *m);

static void
timer(struct master *m, int64_t ms, qb_loop_timer_dispatch_fn fn)
{
	qb_loop_timer_handle ignored;

	qb_loop_timer_add(
	    m->loop, QB_LOOP_MED, (uint64_t)span_from_ms(ms).ns, m, fn, &ignored);
}

static void
log_faults(const GPtrArray *faults)
{
	for (guint i = 0; i < faults->len; i++) {
		const struct fault *f = g_ptr_array_index(faults, i);
		g_autofree char *text = fault_text(f);

		log_line(f->is_error ? TRACE_ERROR : TRACE_WARNING, text);
	}
}

/* --- the end -------------------------------------------------------------------------------- */

static void
clients_look(void *data)
{
	struct master *m = data;

	if (runner_client_stop_last(m->runner)) {
		timer(m, CLIENTS_LOOK_MS, clients_look);
		return;
	}
	log_write(TRACE_INFO, "%s Heartbeat shutdown complete.", m->setup.conf->nodes[m->setup.conf->self]);
	qb_loop_stop(m->loop);
}

static void
master_clients(struct master *m)
{
	if (m->phase == MASTER_CLIENTS)
		return;
	m->phase = MASTER_CLIENTS;
	clients_look(m);
}

static void
master_leave(struct master *m)
{
	const struct channel_record r = {.type = CHANNEL_LEAVE};

	if (m->engine != NULL)
		engine_process_send(m->engine, &r, NULL, 0);
}

/* No sync: a disk that hangs must not keep this machine, and what it holds, alive. */
static void
master_reboot(struct master *m, const char *reason)
{
	char *const by_program[] = {"/sbin/reboot", "-nf", NULL};

	log_write(TRACE_CRITICAL, "%s", reason);
	log_line(TRACE_CRITICAL, "Resource STOP failure. Reboot required!");
	log_line(TRACE_CRITICAL, "Killing heartbeat ungracefully!");
	/* Not a word more to the peers. */
	engine_process_kill(m->engine);
	reboot(RB_AUTOBOOT);
	execv(by_program[0], by_program);
	log_line(TRACE_CRITICAL, "Unable to force reboot.");
	m->exit_code = EXIT_FAILURE;
	master_clients(m);
}

/* --- sockets that broke --------------------------------------------------------------------- */

static void
medium_tried(void *arg, unsigned medium)
{
	struct master *m = arg;

	if (m->engine != NULL)
		engine_process_sockets_changed(m->engine, medium);
}

/* --- what the engine says ------------------------------------------------------------------- */

static void
say_ready(void *data)
{
	struct master *m = data;

	if (m->said_ready || m->engine == NULL)
		return;
	m->said_ready = true;
	notify_ready();
	if (m->ready < 0)
		return;
	if (write(m->ready, "r", 1) < 0)
		log_write(TRACE_DEBUG, "the start command did not wait for us");
	close(m->ready);
	m->ready = -1;
}

static void
answer(struct master *m, uint64_t job, enum agent_class agent, enum child_end end, int code,
    const char *output)
{
	const struct channel_record r = {
	    .type = CHANNEL_CHILD, .job = job, .agent = agent, .end = end, .code = code};

	if (m->engine != NULL)
		engine_process_send(m->engine, &r, output, strnlen(output, CHILD_OUTPUT_MAX));
}

static void
runner_done(void *arg, uint64_t job, enum agent_class agent, enum child_end end, int code,
    const char *output)
{
	struct master *m = arg;

	if (m->phase == MASTER_RELEASING)
		master_release_next(m);
	else
		answer(m, job, agent, end, code, output);
}

static void
refuse(struct master *m, const struct channel_record *r, int err)
{
	log_write(TRACE_ERROR, "the engine asked for job %" G_GUINT64_FORMAT ": %s", r->job,
	    g_strerror(-err));
	answer(m, r->job, AGENT_NONE, CHILD_NOT_FOUND, 0, "refused by the master");
}

static void
engine_record(void *arg, const struct channel_record *r, const char *tail)
{
	struct master *m = arg;
	g_autofree char *words = text_escape(tail, strlen(tail), CHANNEL_TAIL_MAX);
	int err = 0;

	if (r->type != CHANNEL_LOG || r->number > TRACE_ERROR)
		say_ready(m);
	switch ((enum channel_type)r->type) {
	case CHANNEL_RUN:
		err = runner_run(m->runner, r->job, (enum resource_op)r->op, r->group,
		    r->resource, span_from_ms((int64_t)r->timeout_ms));
		break;
	case CHANNEL_KILL:
		runner_kill(m->runner, r->job);
		break;
	case CHANNEL_CLIENT_START:
		err = runner_client_start(m->runner, r->job, r->number);
		break;
	case CHANNEL_REOPEN:
		reopen_medium(m->reopen, r->medium);
		break;
	case CHANNEL_ACTIVE:
		notify_status("active: communication with the cluster is complete");
		break;
	case CHANNEL_GROUP:
		if (r->group < m->setup.conf->group_count)
			m->hints[r->group] = (enum group_hint)r->number;
		break;
	case CHANNEL_TALK:
		m->talk = r->number;
		break;
	case CHANNEL_LOG:
		log_line((enum trace_level)r->number, words);
		break;
	case CHANNEL_REBOOT:
		master_reboot(m, words);
		break;
	case CHANNEL_EXIT:
		log_write(TRACE_DEBUG, "the engine is done: %s", words);
		master_clients(m);
		break;
	case CHANNEL_RENEW:
		master_renew(m, r->job);
		break;
	case CHANNEL_HOOK:
		if (hooks_run(m->hooks, tail, r->tail_len) == -EINVAL)
			log_line(TRACE_ERROR, "the engine asked for a script of no name: refused");
		break;
	case CHANNEL_CONF:
	case CHANNEL_SOCKET:
	case CHANNEL_START:
	case CHANNEL_CHILD:
	case CHANNEL_LEAVE:
	case CHANNEL_RECORD:
	case CHANNEL_FIFO:
	case CHANNEL_TYPE_COUNT:
		log_write(TRACE_ERROR, "the engine sent a record of type %u: dropped", r->type);
		break;
	}
	if (err < 0)
		refuse(m, r, err);
}

/* --- an engine dies ------------------------------------------------------------------------- */

static void
loop_end(void *loop)
{
	qb_loop_stop(loop);
}

static void
engine_forget(void *data)
{
	engine_process_free(data);
}

static bool
dies_too_often(struct master *m)
{
	const struct moment now = clock_read().now;

	memmove(&m->deaths[0], &m->deaths[1], sizeof(m->deaths) - sizeof(m->deaths[0]));
	m->deaths[MASTER_DEATHS_MAX - 1] = now;
	return m->deaths[0].ns != 0 &&
	    !span_exceeds(moment_since(now, m->deaths[0]), span_from_ms(MASTER_DEATHS_MS));
}

static void
master_release_next(struct master *m)
{
	while (m->release->len > 0) {
		const struct release_step step =
		    g_array_index(m->release, struct release_step, m->release->len - 1);

		g_array_set_size(m->release, m->release->len - 1);
		/* runner_done() leads back here. */
		if (runner_run(m->runner, 0, OP_STOP, step.group, step.resource,
			m->setup.conf->resource_timeout) == 0)
			return;
	}
	log_line(TRACE_INFO, "All HA resources relinquished.");
	master_clients(m);
}

/* No engine will come: what may run here must not run when a peer takes it. */
static void
master_release(struct master *m)
{
	m->phase = MASTER_RELEASING;
	m->exit_code = EXIT_FAILURE;
	log_write(TRACE_CRITICAL,
	    "the engine died %d times within a minute: releasing all resources, then stopping",
	    MASTER_DEATHS_MAX);
	log_line(TRACE_INFO, "Giving up all HA resources.");
	notify_stopping();
	runner_renew(m->runner, m->setup.conf);
	/* Taken from the end: the first group first, its resources from right to left. */
	for (unsigned g = m->setup.conf->group_count; g-- > 0;) {
		for (unsigned i = 0; i < m->setup.conf->groups[g].resource_count; i++) {
			const struct release_step step = {g, i};

			if (hint_may_run(m->hints[g]))
				g_array_append_val(m->release, step);
		}
	}
	master_release_next(m);
}

static void
hints_for_next_engine(struct master *m)
{
	for (unsigned i = 0; i < m->setup.conf->group_count; i++) {
		if (runner_group_busy(m->runner, i))
			m->hints[i] = HINT_PARTLY;
	}
}

/* What led to the death, for whoever is to find out. */
static void
keep_record(const struct master *m)
{
	int err;

	if (m->record < 0)
		return;
	err = store_record(HB_STATEDIR, m->record, (size_t)m->record_kb * 1024);
	if (err == 0)
		log_line(TRACE_INFO, "its flight record is " HB_STATEDIR "/" STORE_RECORD
		    ".1: see hbctl replay");
	else
		log_write(TRACE_WARNING, "its flight record is not kept in " HB_STATEDIR ": %s",
		    g_strerror(-err));
}

static void
engine_gone(void *arg, const char *how)
{
	struct master *m = arg;
	struct engine_process *dead = m->engine;

	/* Not under its feet: this call comes from it. */
	qb_loop_job_add(m->loop, QB_LOOP_HIGH, dead, engine_forget);
	m->engine = NULL;
	if (m->phase == MASTER_CLIENTS)
		return;
	log_write(TRACE_ERROR, "the engine died: %s; resources stay as they are", how);
	hints_for_next_engine(m);
	if (dies_too_often(m))
		master_release(m);
	else
		master_engine_start(m);
	/* The next engine comes first: this writes to a disk. */
	keep_record(m);
}

static void
next_generation(struct master *m)
{
	const int64_t wall_s = clock_read().real_ns / 1000000000;
	uint64_t next = 0;
	bool started_over = false;
	const int err = store_generation_next(
	    HB_STATEDIR, m->setup.conf->generation_by_time, wall_s, m->generation, &next,
	    &started_over);

	if (err < 0)
		log_write(TRACE_ERROR,
		    "the generation cannot be stored in " HB_STATEDIR ": %s; peers may take the next"
		    " start of this node for a replay", g_strerror(-err));
	/* It must grow without a disk, too. */
	m->generation = MAX(err < 0 ? (uint64_t)wall_s : next, m->generation + 1);
	if (started_over)
		log_write(TRACE_WARNING,
		    "No Previous generation - starting at %" G_GUINT64_FORMAT, m->generation);
}

/* One ring for all engines to come, as long as its size stays. */
static void
record_make(struct master *m)
{
	const unsigned kb = m->setup.conf->flight_record_kb;

	if (kb == m->record_kb)
		return;
	if (m->record >= 0)
		close(m->record);
	m->record_kb = kb;
	m->record = kb > 0 ? engine_process_memory() : -1;
	if (m->record >= 0 || kb == 0)
		return;
	log_write(TRACE_WARNING, "no memory for the flight record: %s", g_strerror(-m->record));
	m->record = -1;
}

static bool
renewed_just_now(const struct master *m)
{
	return m->renewed_at.ns != 0 &&
	    !span_exceeds(moment_since(clock_read().now, m->renewed_at), span_from_ms(RENEW_PAUSE_MS));
}

static void
master_engine_start(struct master *m)
{
	const struct engine_owner owner = {engine_record, engine_gone, m};
	struct engine_brief brief;
	int err;

	next_generation(m);
	record_make(m);
	runner_renew(m->runner, m->setup.conf);
	brief = (struct engine_brief){
	    .conf = m->setup.conf,
	    .files = m->setup.files,
	    .sockets = m->setup.sockets,
	    .fifo = m->fifo.reading,
	    .generation = m->generation,
	    .hints = m->hints,
	    .talk = m->talk,
	    .renewed = renewed_just_now(m),
	    .record = m->record,
	};
	memcpy(brief.uuid, m->uuid, sizeof(brief.uuid));
	err = engine_process_start(m->loop, &brief, &owner, &m->engine);
	if (err < 0) {
		log_write(TRACE_CRITICAL, "no engine can be started: %s", g_strerror(-err));
		master_release(m);
		return;
	}
	if (m->phase == MASTER_LEAVING)
		master_leave(m);
}

/* The disk has forgotten a life of ours that the peers have heard: to them we are a replay. */
static void
master_renew(struct master *m, uint64_t above)
{
	struct engine_process *old = m->engine;

	if (m->phase != MASTER_RUNNING && m->phase != MASTER_LEAVING)
		return;
	/* Not under its feet: this call comes from it. */
	engine_process_kill(old);
	qb_loop_job_add(m->loop, QB_LOOP_HIGH, old, engine_forget);
	m->engine = NULL;
	hints_for_next_engine(m);
	m->generation = MAX(m->generation, above);
	m->renewed_at = clock_read().now;
	master_engine_start(m);
}

/* --- reload --------------------------------------------------------------------------------- */

/* Nothing is under way any more that we do not know of: only now the groups can be judged. */
static bool
engine_finished(struct master *m)
{
	engine_process_finish(m->engine);
	engine_process_free(m->engine);
	m->engine = NULL;
	hints_for_next_engine(m);
	return m->phase == MASTER_RUNNING;
}

static void
master_swap(struct master *m, struct setup *next)
{
	enum group_hint *hints = hints_carry(m->setup.conf, m->hints, next->conf);

	runner_renew(m->runner, next->conf);
	hooks_renew(m->hooks, next->conf);
	g_free(m->hints);
	m->hints = hints;
	setup_clear(&m->setup);
	m->setup = *next;
	*next = (struct setup){0};
	reopen_free(m->reopen);
	m->reopen = reopen_new(m->loop, &m->setup, medium_tried, m);
	log_open(m->setup.conf, m->to_stderr);
	for (unsigned i = 0; i < m->debug_more; i++)
		log_debug_step(1);
	log_line(TRACE_INFO, "Configuration read again: in use from now on.");
}

/* Returns: whether what the files say is in use now. */
static bool
master_reload(struct master *m, GPtrArray *faults)
{
	struct setup next;
	bool good = false;

	switch (reload_read(HB_HADIR, &m->setup, m->hints, &next, faults)) {
	case RELOAD_UNCHANGED:
		log_line(TRACE_INFO, "Configuration unchanged.");
		return true;
	case RELOAD_REFUSED:
		break;
	case RELOAD_READY:
		if (!engine_finished(m)) {
			setup_clear(&next);
			return false;
		}
		good = reload_groups_stay(&m->setup, m->hints, next.conf, faults);
		if (good)
			master_swap(m, &next);
		else
			setup_clear(&next);
		master_engine_start(m);
		reopen_broken(m->reopen);
		break;
	}
	log_faults(faults);
	if (!good)
		log_line(TRACE_ERROR, "Configuration not usable: configuration unchanged.");
	return good;
}

/* --- signals -------------------------------------------------------------------------------- */

static int32_t
signal_stop(int32_t signo, void *data)
{
	struct master *m = data;

	if (signo == SIGINT && !m->foreground)
		return 0;
	if (m->phase != MASTER_RUNNING && m->phase != MASTER_LEAVING)
		return 0;
	if (m->phase == MASTER_RUNNING) {
		m->phase = MASTER_LEAVING;
		log_write(TRACE_INFO, "Heartbeat shutdown in progress. (%ld)", (long)getpid());
		notify_stopping();
	}
	/* Asked again, the engine waits no longer for what it puts its end off for. */
	master_leave(m);
	return 0;
}

static int32_t
signal_reload(int32_t signo, void *data)
{
	struct master *m = data;

	g_autoptr(GPtrArray) faults = conf_faults_new();
	bool good = false;
	int err;

	(void)signo;
	log_reopen();
	if (m->phase == MASTER_RUNNING) {
		notify_reloading();
		good = master_reload(m, faults);
		if (m->said_ready)
			notify_ready();
	} else {
		files_fault(faults, m->setup.files->hacf_path, 0, true,
		    "heartbeat is stopping: not read again");
	}
	err = verdict_give(VERDICT_PATH, good, faults);
	if (err < 0)
		log_write(TRACE_WARNING,
		    "the reload command is not told how it went: " VERDICT_PATH ": %s",
		    g_strerror(-err));
	return 0;
}

static int32_t
signal_debug(int32_t signo, void *data)
{
	const unsigned level = log_debug_step(signo == SIGUSR1 ? 1 : -1);

	(void)data;
	log_write(TRACE_INFO, "debug now set to %u [pid %ld]", level, (long)getpid());
	return 0;
}

static void
watch_signals(struct master *m)
{
	static const struct {
		int signo;
		qb_loop_signal_dispatch_fn fn;
	} watched[] = {
	    {SIGTERM, signal_stop},
	    {SIGINT, signal_stop},
	    {SIGHUP, signal_reload},
	    {SIGUSR1, signal_debug},
	    {SIGUSR2, signal_debug},
	};
	qb_loop_signal_handle ignored;

	signal(SIGPIPE, SIG_IGN);
	signal(SIGALRM, SIG_IGN);
	for (size_t i = 0; i < G_N_ELEMENTS(watched); i++)
		qb_loop_signal_add(
		    m->loop, QB_LOOP_HIGH, watched[i].signo, m, watched[i].fn, &ignored);
}

/* --- the beginning -------------------------------------------------------------------------- */

static int
master_identity(struct master *m)
{
	bool made = false;
	int err = 0;

	if (m->setup.conf->uuid_from_name)
		store_uuid_of_name(m->setup.conf->nodes[m->setup.conf->self], m->uuid);
	else
		err = store_uuid(HB_STATEDIR, m->uuid, &made);
	if (made)
		log_line(
		    TRACE_INFO, "No uuid found for current node - generating a new uuid.");
	if (err < 0)
		log_write(TRACE_CRITICAL, "our uuid cannot be stored in " HB_STATEDIR ": %s",
		    g_strerror(-err));
	return err;
}

/* Without it scripts cannot say anything, and the cluster still works. */
static void
master_fifo(struct master *m)
{
	int err = fifo_make(FIFO_PATH, &m->fifo);

	if (err < 0)
		log_write(TRACE_ERROR, FIFO_PATH " cannot be made: %s: ha_clustermsg does not work",
		    g_strerror(-err));
}

static void
master_clear(struct master *m)
{
	engine_process_free(m->engine);
	hooks_free(m->hooks);
	runner_free(m->runner);
	fifo_remove(FIFO_PATH, &m->fifo);
	setup_clear(&m->setup);
	g_free(m->hints);
	reopen_free(m->reopen);
	if (m->record >= 0)
		close(m->record);
	g_array_free(m->release, TRUE);
	if (m->ready >= 0)
		close(m->ready);
	qb_loop_destroy(m->loop);
}

int
master_run(const struct master_start *start)
{
	struct master m = {
	    .loop = qb_loop_create(),
	    .setup = {start->conf, start->files, start->sockets},
	    .foreground = start->foreground,
	    .to_stderr = start->to_stderr,
	    .debug_more = start->debug_more,
	    .ready = start->ready,
	    .record = -1,
	    .fifo = {-1, -1},
	};

	log_open(m.setup.conf, m.to_stderr);
	for (unsigned i = 0; i < m.debug_more; i++)
		log_debug_step(1);
	m.hints = g_new0(enum group_hint, m.setup.conf->group_count + 1);
	m.reopen = reopen_new(m.loop, &m.setup, medium_tried, &m);
	m.release = g_array_new(FALSE, FALSE, sizeof(struct release_step));
	m.runner = runner_new(m.loop, m.setup.conf, runner_done, &m);
	m.hooks = hooks_new(m.loop, HB_HADIR, m.setup.conf);
	log_faults(start->hints);
	log_line(TRACE_INFO, "**************************");
	log_write(TRACE_INFO, "Configuration validated. Starting heartbeat %s", PACKAGE_VERSION);
	log_write(TRACE_INFO, "heartbeat: version %s", PACKAGE_VERSION);
	watch_signals(&m);
	if (master_identity(&m) == 0) {
		master_fifo(&m);
		master_engine_start(&m);
		reopen_broken(m.reopen);
		timer(&m, READY_MS, say_ready);
		qb_loop_run(m.loop);
		/* What waits in libqb's queue is forgotten by libqb: let it happen. */
		qb_loop_job_add(m.loop, QB_LOOP_LOW, m.loop, loop_end);
		qb_loop_run(m.loop);
	} else {
		m.exit_code = EXIT_FAILURE;
	}
	master_clear(&m);
	return m.exit_code;
}
