/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "master.h"

#include <errno.h>
#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "core/hints.h"
#include "directories.h"
#include "init.h"
#include "leftover.h"
#include "log.h"
#include "log_place.h"
#include "master_state.h"
#include "notify.h"
#include "pidfile.h"
#include "verdict.h"

#define CLIENTS_LOOK_MS 50
/* An engine that has said nothing for so long, and lives, runs. */
#define READY_MS 3000
#define HOUSEKEEPING_MS 1000

#define FIFO_PATH HB_STATEDIR "/fifo"

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

/* Without the file hbctl does not say where the log is; that is all. */
static void
master_log_open(const struct master *m)
{
	log_open(m->setup.conf, m->to_stderr);
	for (unsigned i = 0; i < m->debug_more; i++)
		log_debug_step(1);
	if (log_place_publish(LOG_PLACE_PATH, log_where()) < 0)
		log_line(TRACE_DEBUG, LOG_PLACE_PATH " cannot be written");
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

void
master_clients(struct master *m)
{
	if (m->phase == MASTER_CLIENTS)
		return;
	m->phase = MASTER_CLIENTS;
	clients_look(m);
}

void
master_leave(struct master *m)
{
	const struct channel_record r = {.type = CHANNEL_LEAVE};

	if (m->engine != NULL)
		engine_process_send(m->engine, &r, NULL, 0);
}

/* No sync: a disk that hangs must not keep this machine, and what it holds, alive. */
void
master_reboot(struct master *m, const char *reason)
{
	char *const by_program[] = {"/sbin/reboot", "-nf", NULL};

	log_write(TRACE_CRITICAL, "%s", reason);
	log_line(TRACE_CRITICAL, "Resource STOP failure. Reboot required!");
	log_line(TRACE_CRITICAL, "Killing heartbeat ungracefully!");
	/* Not a word more to the peers. */
	if (m->engine != NULL)
		engine_process_kill(m->engine);
	if (init_is_parent()) {
		log_line(TRACE_CRITICAL, "This container ends, with all that runs in it.");
		_exit(EXIT_FAILURE);
	}
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

/* Links or addresses of the machine changed. */
static void
machine_changed(void *arg)
{
	reopen_look(((struct master *)arg)->reopen);
}

/* --- reload --------------------------------------------------------------------------------- */

bool
master_engine_finish(struct master *m)
{
	engine_process_finish(m->engine);
	engine_process_free(m->engine);
	m->engine = NULL;
	master_hints_for_next_engine(m);
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
	neighbours_free(m->neighbours);
	m->neighbours = neighbours_new(m->loop, m->setup.conf, m->setup.sockets);
	master_log_open(m);
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
		/* Only now the groups can be judged. */
		if (!master_engine_finish(m)) {
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
	if (upgrade_in_probation(m) && m->phase == MASTER_RUNNING) {
		upgrade_then_reload(m);
		return 0;
	}
	if (m->phase == MASTER_RUNNING) {
		notify_reloading();
		good = master_reload(m, faults);
		upgrade_reloaded(m);
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
signal_upgrade(int32_t signo, void *data)
{
	(void)signo;
	upgrade_begin(data);
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
	    {UPGRADE_SIGNAL, signal_upgrade},
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

/* What the program of before knew. */
static void
master_inherit(struct master *m, const struct handoff *h)
{
	m->fifo = (struct fifo){h->fifo_keeper, h->fifo_reading};
	m->record = h->record;
	m->record_kb = h->record_kb;
	m->generation = h->generation;
	m->talk = h->talk;
	m->renewed_at = h->renewed_at;
	memcpy(m->deaths, h->deaths, sizeof(m->deaths));
	for (unsigned i = 0; i < m->setup.conf->group_count; i++)
		m->hints[i] = i < h->hints->len ?
		    g_array_index(h->hints, enum group_hint, i) : HINT_PARTLY;
	runner_take_over(m->runner, h);
}

/* Signals waited for us, and children may have ended since their last one was looked at. */
static void
signals_let_in(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	raise(SIGCHLD);
}

static void
master_clear(struct master *m)
{
	upgrade_free(m->upgrade);
	engine_process_free(m->engine);
	release_free(m->release);
	hooks_free(m->hooks);
	runner_free(m->runner);
	picture_free(m->picture);
	fifo_remove(FIFO_PATH, &m->fifo);
	setup_clear(&m->setup);
	g_free(m->hints);
	reopen_free(m->reopen);
	neighbours_free(m->neighbours);
	if (m->record >= 0)
		close(m->record);
	if (m->ready >= 0)
		close(m->ready);
	qb_loop_destroy(m->loop);
}

/* Whoever mounts something over /run, or cleans it up, takes our files with it. */
static void
pidfile_look_after(struct master *m)
{
	int err;

	if (m->pidfile < 0)
		return;
	if (pidfile_keep(HB_PIDFILE, m->pidfile, &err)) {
		log_line(TRACE_WARNING, HB_PIDFILE " was gone: made again");
		directories_make(m->setup.conf);
	}
	if (err < 0 && !m->pidfile_missing)
		log_write(TRACE_ERROR, HB_PIDFILE
		    " does not name us and cannot be written: %s: until it can, stop this one by kill %ld",
		    g_strerror(-err), (long)getpid());
	if (err == 0 && m->pidfile_missing)
		log_line(TRACE_INFO, HB_PIDFILE " names us again");
	m->pidfile_missing = err < 0;
}

static void
housekeeping(void *data)
{
	struct master *m = data;

	notify_tick();
	pidfile_look_after(m);
	/* Serial lines and routes come without a word. */
	reopen_look(m->reopen);
	timer(m, span_ms(notify_interval(span_from_ms(HOUSEKEEPING_MS))), housekeeping);
}

static void
master_begin(struct master *m, const struct upgrade_origin *origin)
{
	if (origin != NULL) {
		/* There are some only if the program that we go on from crashed. */
		runner_look_back(m->runner, LEFTOVER_DIR);
		master_inherit(m, origin->handoff);
		master_hints_for_next_engine(m);
		upgrade_arrive(m, origin);
		signals_let_in();
		return;
	}
	log_line(TRACE_INFO, "**************************");
	log_write(TRACE_INFO, "Configuration validated. Starting heartbeat %s", PACKAGE_VERSION);
	log_write(TRACE_INFO, "heartbeat: version %s", PACKAGE_VERSION);
	log_write(TRACE_INFO, "the log: %s", log_where());
	runner_look_back(m->runner, LEFTOVER_DIR);
	master_hints_for_next_engine(m);
}

static void
loop_end(void *loop)
{
	qb_loop_stop(loop);
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
	    .pidfile = start->pidfile,
	};

	master_log_open(&m);
	m.hints = g_new0(enum group_hint, m.setup.conf->group_count + 1);
	m.reopen = reopen_new(m.loop, &m.setup, medium_tried, &m);
	m.neighbours = neighbours_new(m.loop, m.setup.conf, m.setup.sockets);
	m.runner = runner_new(m.loop, m.setup.conf, master_job_ended, &m);
	m.hooks = hooks_new(m.loop, HB_HADIR, m.setup.conf);
	m.picture = picture_new(m.loop,
	    &(struct picture_owner){
		.address = master_address, .looked = machine_changed, .arg = &m});
	runner_watch(m.runner, m.picture);
	log_faults(start->hints);
	watch_signals(&m);
	master_begin(&m, start->origin);
	if (master_identity(&m) == 0) {
		if (m.fifo.keeper < 0)
			master_fifo(&m);
		master_engine_start(&m);
		reopen_broken(m.reopen);
		timer(&m, READY_MS, master_say_ready);
		housekeeping(&m);
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
