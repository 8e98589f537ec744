/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "master_state.h"

#include <glib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "clock.h"
#include "log.h"
#include "notify.h"
#include "upgrade.h"

static void master_renew(struct master *m, uint64_t above);

/* --- what the engine says ------------------------------------------------------------------- */

void
master_say_ready(void *data)
{
	struct master *m = data;

	if (m->said_ready || m->engine == NULL)
		return;
	m->said_ready = true;
	/* The start command that waits for us tells the service manager, too: so far it is the one
	 * that is listened to. */
	if (m->ready < 0) {
		notify_ready();
		return;
	}
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

void
master_job_ended(void *arg, uint64_t job, enum agent_class agent, enum child_end end, int code,
    const char *output)
{
	struct master *m = arg;

	const struct event_child e = {
	    .job = job, .agent = agent, .end = end, .code = code, .output = output};

	if (m->phase == MASTER_RELEASING)
		release_ended(m->release, (unsigned)job, &e);
	else
		answer(m, job, agent, end, code, output);
}

void
master_address(void *arg, const struct event_address *e)
{
	struct master *m = arg;
	const struct channel_record r = {
	    .type = CHANNEL_ADDRESS,
	    .group = e->group,
	    .resource = e->resource,
	    .number = e->state,
	    .op = e->shaken,
	};

	if (m->engine != NULL)
		engine_process_send(m->engine, &r, e->reason, e->reason != NULL ? strlen(e->reason) : 0);
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
		master_say_ready(m);
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
		if (r->group < m->setup.conf->group_count && r->number == HINT_RUNNING)
			runner_hold(m->runner, r->group);
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
			log_line(TRACE_ERROR, "the engine asked for a hook with an invalid name: refused");
		break;
	case CHANNEL_CONF:
	case CHANNEL_SOCKET:
	case CHANNEL_START:
	case CHANNEL_CHILD:
	case CHANNEL_LEAVE:
	case CHANNEL_RECORD:
	case CHANNEL_FIFO:
	case CHANNEL_MEDIUM:
	case CHANNEL_WATCH:
	case CHANNEL_ADDRESS:
	case CHANNEL_TYPE_COUNT:
		log_write(TRACE_ERROR, "the engine sent a record of type %u: dropped", r->type);
		break;
	}
	if (err < 0)
		refuse(m, r, err);
}

/* --- an engine dies ------------------------------------------------------------------------- */

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

static int
release_run(void *arg, enum resource_op op, unsigned group, unsigned resource)
{
	struct master *m = arg;
	const struct conf *c = m->setup.conf;

	return runner_run(m->runner, group, op, group, resource,
	    op == OP_STATUS ? c->status_timeout : c->resource_timeout);
}

static void
release_done(void *arg)
{
	log_line(TRACE_INFO, "All HA resources relinquished.");
	master_clients(arg);
}

static void
release_too_late(void *arg, const char *reason)
{
	master_reboot(arg, reason);
}

/* No engine will come: what may run here must not run when a peer takes it. */
static void
master_release(struct master *m)
{
	const struct conf *c = m->setup.conf;
	const struct release_owner owner = {release_run, release_done, release_too_late, m};

	m->phase = MASTER_RELEASING;
	m->exit_code = EXIT_FAILURE;
	log_write(TRACE_CRITICAL,
	    "the engine died %d times within a minute: releasing all resources, then stopping",
	    MASTER_DEATHS_MAX);
	log_line(TRACE_INFO, "Giving up all HA resources.");
	notify_stopping();
	runner_renew(m->runner, c);
	/* The last beat may be as old as that. */
	m->release = release_new(
	    m->loop, c, m->hints, span_from_ms(span_ms(c->deadtime) - span_ms(c->keepalive)), &owner);
	release_begin(m->release);
}

void
master_hints_for_next_engine(struct master *m)
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

/*
 * One that dies again and again while the program of before waits to go on: what it waits for is ended,
 * since meanwhile no peer hears us.
 */
static void
next_engine(struct master *m)
{
	if (!dies_too_often(m))
		master_engine_start(m);
	else if (upgrade_goes_back(m))
		runner_end_operations(m->runner);
	else
		master_release(m);
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
	master_hints_for_next_engine(m);
	if (!upgrade_engine_died(m, how))
		next_engine(m);
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
	/* It must grow without a disk, too: with each start of the daemon, and above what the disk has. */
	m->generation = MAX(err < 0 ? (uint64_t)wall_s : 0, next);
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

void
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
	picture_configure(m->picture, m->setup.conf, m->hints);
	picture_tell_all(m->picture);
	/* What runs since before an upgrade: this program has not started it. */
	for (unsigned i = 0; i < m->setup.conf->group_count; i++) {
		if (m->hints[i] == HINT_RUNNING)
			runner_hold(m->runner, i);
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
	master_hints_for_next_engine(m);
	m->generation = MAX(m->generation, above);
	m->renewed_at = clock_read().now;
	master_engine_start(m);
}
