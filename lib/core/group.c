/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 *                 group_begin                     group_start
 *   (boot) ──▶ PROBING ──▶ LEFTOVER ─────────────┐
 *                 │                              ▼
 *                 ├─────▶ IDLE ──▶ WANT ──▶ STARTING ──▶ RUNNING ──▶ OFFER
 *                 │         ▲                    │           │          │
 *                 │ partly  │      a start failed│           │          │ group_stop
 *                 └──▶ GIVING ◀──────────────────┴───────────┴──────────┘
 *                           │ ╲
 *                           │  ╲──▶ AWAY, FAILED: at rest, with a mark
 *                           ▼
 *                        BROKEN: could not be stopped, the machine restarts
 *
 * WANT, OFFER and the marks are the business of handover.c.
 */
#include "core/group.h"

#include <assert.h>
#include <string.h>

#include "core/conflict.h"
#include "core/node.h"
#include "core/presence.h"
#include "core/view.h"

#define STOP_PAUSE_MS 1000
#define FAILED_PAUSE_MIN_MS (60 * 1000)
#define FAILED_PAUSE_MAX_MS (3600 * 1000)

static const char *const resource_state_names[] = {
    [RESOURCE_UNKNOWN] = "unknown",
    [RESOURCE_STOPPED] = "stopped",
    [RESOURCE_STARTING] = "starting",
    [RESOURCE_RUNNING] = "running",
    [RESOURCE_STOPPING] = "stopping",
    [RESOURCE_BROKEN] = "failed",
};
static_assert(
    G_N_ELEMENTS(resource_state_names) == RESOURCE_STATE_COUNT, "a name for each state");

const char *
resource_state_name(enum resource_state state)
{
	assert(state < RESOURCE_STATE_COUNT);
	return resource_state_names[state];
}

void
groups_init(struct core *c)
{
	c->groups = g_new0(struct group, c->conf->group_count);
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		struct group *g = &c->groups[i];

		g->index = i;
		g->conf = &c->conf->groups[i];
		g->claim = &c->self->facts.claims[i];
		g->retry_at = MOMENT_NEVER;
		conflict_init(g);
		g->resources = g_new0(struct resource, g->conf->resource_count);
		for (unsigned k = 0; k < g->conf->resource_count; k++)
			presence_stopped(&g->resources[k]);
	}
}

void
groups_clear(struct core *c)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		for (unsigned k = 0; k < c->groups[i].conf->resource_count; k++)
			g_free(c->groups[i].resources[k].place_why);
		conflict_clear(&c->groups[i]);
		g_free(c->groups[i].after_why);
		g_free(c->groups[i].doubt);
		g_free(c->groups[i].resources);
	}
	g_free(c->groups);
}

/* rest: where it goes back to, of one that is FAILED or wanted. */
static enum group_hint
state_hint(enum claim_state state, enum claim_state rest)
{
	switch (state) {
	case CLAIM_FAILED:
	case CLAIM_WANT:
		return rest == CLAIM_AWAY ? HINT_AWAY : HINT_STOPPED;
	case CLAIM_IDLE:
		return HINT_STOPPED;
	case CLAIM_AWAY:
		return HINT_AWAY;
	case CLAIM_RUNNING:
	case CLAIM_OFFER:
		return HINT_RUNNING;
	case CLAIM_PROBING:
	case CLAIM_LEFTOVER:
	case CLAIM_STARTING:
	case CLAIM_GIVING:
	case CLAIM_BROKEN:
	case CLAIM_STATE_COUNT:
		break;
	}
	return HINT_PARTLY;
}

/* What operators need not read every day is only info: finding out, and wishes. */
static enum trace_level
enter_level(enum claim_state before, enum claim_state next)
{
	/* What rests here is no worse for it. */
	if (next == CLAIM_FAILED)
		return before == CLAIM_GIVING ? TRACE_ERROR : TRACE_WARNING;
	if (next == CLAIM_BROKEN)
		return TRACE_CRITICAL;
	if (next == CLAIM_PROBING || next == CLAIM_WANT)
		return TRACE_INFO;
	if (next == CLAIM_IDLE && (before == CLAIM_PROBING || before == CLAIM_WANT))
		return TRACE_INFO;
	return TRACE_NOTICE;
}

static void
tell_hint(struct core *c, const struct group *g, enum group_hint hint)
{
	struct action *a = actions_add(c->out, ACTION_GROUP);

	a->group = g->index;
	a->hint = hint;
}

void
group_enter(struct core *c, struct group *g, enum claim_state next, int target, const char *why, ...)
{
	enum claim_state before = g->claim->state;
	enum trace_level level = enter_level(before, next);
	va_list args;

	/* The old reason may be among the arguments. */
	va_start(args, why);
	char *because = g_strdup_vprintf(why, args);
	va_end(args);
	g_free(g->claim->why);
	g->claim->why = because;
	trace(&c->trace, level, "group %s: %s -> %s (%s)", g->conf->key, claim_state_name(before),
	    claim_state_name(next), g->claim->why);
	g->claim->state = next;
	g->claim->target = target;
	g->claim->since = c->now;
	c->changed = true;
	core_touch(c);
	g->told = c->self->facts.version;
	if (!claim_may_run(next) || next == CLAIM_GIVING)
		g_clear_pointer(&g->doubt, g_free);
	if (state_hint(before, g->rest) != state_hint(next, g->rest))
		tell_hint(c, g, state_hint(next, g->rest));
}

bool
group_is_at_rest(const struct group *g)
{
	return g->walk == WALK_NONE && !claim_may_run(g->claim->state);
}

static const char *
resource_text(const struct group *g)
{
	return g->conf->resources[g->position].text;
}

/* It is just being put back: the walk goes on when that has ended. */
static bool
waits_for_put_back(struct group *g)
{
	struct resource *r = &g->resources[g->position];

	if (r->put_job == 0)
		return false;
	g->op = OP_START;
	g->job = r->put_job;
	r->put_job = 0;
	return true;
}

uint64_t
group_order(struct core *c, const struct group *g, unsigned resource, enum resource_op op)
{
	struct action *a = actions_add(c->out, ACTION_RUN);
	const bool short_one = op == OP_STATUS || op == OP_ANNOUNCE;

	a->job = core_next_job(c);
	a->op = op;
	a->group = g->index;
	a->resource = resource;
	a->timeout = op == OP_PROBE ? span_from_ms(CONFLICT_PROBE_MS)
	    : short_one ? c->conf->status_timeout : c->conf->resource_timeout;
	return a->job;
}

static void
group_run(struct core *c, struct group *g, enum resource_op op)
{
	assert(g->job == 0);
	if (waits_for_put_back(g))
		return;
	g->op = op;
	g->job = group_order(c, g, g->position, op);
}

/* Ask for its status first, as 3.0.6 does; a native start looks for itself. */
static void
start_at_position(struct core *c, struct group *g)
{
	/* A leftover's that ran already keeps its state: see start_child(). */
	if (g->resources[g->position].state != RESOURCE_RUNNING)
		g->resources[g->position].state = RESOURCE_STARTING;
	if (group_is_address(g, g->position))
		group_run(c, g, OP_START);
	else
		group_run(c, g, OP_STATUS);
}

void
group_start(struct core *c, struct group *g, const char *why)
{
	uint64_t epoch = 0;

	assert(g->walk == WALK_NONE);
	for (unsigned i = 0; i < c->conf->node_count; i++)
		epoch = MAX(epoch, c->nodes[i].facts.claims[g->index].epoch);
	g->claim->epoch = epoch + 1;
	g->abort = false;
	g->foreign_stop = false;
	g->contested = false;
	group_enter(c, g, CLAIM_STARTING, -1, "%s", why);
	trace(&c->trace, TRACE_INFO, "Acquiring resource group: %s %s",
	    c->conf->nodes[g->conf->preferred], g->conf->text);
	g->walk = WALK_START;
	g->position = 0;
	start_at_position(c, g);
}

static void
stop_at_position(struct core *c, struct group *g)
{
	g->resources[g->position].state = RESOURCE_STOPPING;
	group_run(c, g, OP_STOP);
}

static void
stop_walk_begin(struct core *c, struct group *g)
{
	trace(&c->trace, TRACE_INFO, "Releasing resource group: %s %s",
	    c->conf->nodes[g->conf->preferred], g->conf->text);
	g->walk = WALK_STOP;
	g->position = g->conf->resource_count - 1;
	g->attempts = 1;
	stop_at_position(c, g);
}

void
group_stop(struct core *c, struct group *g, int target, enum claim_state after, const char *why)
{
	g->after = after;
	g_free(g->after_why);
	g->after_why = g_strdup(why);
	if (g->claim->state == CLAIM_GIVING) {
		g->claim->target = target;
		core_touch(c);
		return;
	}
	group_enter(c, g, CLAIM_GIVING, target, "%s", why);
	if (g->walk == WALK_NONE)
		stop_walk_begin(c, g);
	else
		g->abort = true;
}

static bool
yield_is_under_way(const struct group *g)
{
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		if (g->resources[i].yielding != 0)
			return true;
	}
	return false;
}

void
group_yield(struct core *c, struct group *g, const struct node *other, const char *why)
{
	bool some = false;

	assert(!g->yields && g->claim->state != CLAIM_GIVING);
	for (unsigned i = g->conf->resource_count; i-- > 0;) {
		struct resource *r = &g->resources[i];

		if (group_is_address(g, i) &&
		    (r->touched || r->state == RESOURCE_RUNNING || r->state == RESOURCE_STARTING))
			r->yielding = group_order(c, g, i, OP_STOP);
		some = some || r->yielding != 0;
	}
	if (!some || other->facts.firm) {
		group_stop(c, g, -1, CLAIM_IDLE, why);
		return;
	}
	trace(&c->trace, TRACE_NOTICE, "group %s: its addresses go first (%s)", g->conf->key, why);
	/* The next engine must not believe that all of it runs. */
	tell_hint(c, g, HINT_PARTLY);
	g->yields = true;
	g->abort = g->walk != WALK_NONE;
	g_free(g->after_why);
	g->after_why = g_strdup(why);
	c->changed = true;
}

void
group_let_addresses_go(struct core *c, struct group *g, const char *why)
{
	bool some = false;

	assert(g->claim->state == CLAIM_GIVING || g->claim->state == CLAIM_PROBING);
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		struct resource *r = &g->resources[i];
		/* What is still being found out may run. */
		const bool unknown = g->walk == WALK_PROBE && r->state == RESOURCE_UNKNOWN;

		/* What a stop is at, or has behind it, does not. */
		if (g->conf->resources[i].kind != RESOURCE_ADDRESS || r->yielding != 0 ||
		    (!unknown && r->state != RESOURCE_RUNNING && r->state != RESOURCE_STARTING))
			continue;
		r->yielding = group_order(c, g, i, OP_STOP);
		some = true;
	}
	if (some)
		trace(&c->trace, TRACE_NOTICE, "group %s: its addresses go first (%s)", g->conf->key, why);
}

/* All of them gone: now the rest. A stop that failed is tried again there. */
static void
yield_settle(struct core *c, struct group *g)
{
	if (!g->yields || yield_is_under_way(g))
		return;
	g_autofree char *why = g_steal_pointer(&g->after_why);

	g->yields = false;
	group_stop(c, g, -1, CLAIM_IDLE, why);
}

void
group_doubt(struct core *c, struct group *g, const char *why)
{
	if (g->doubt != NULL)
		return;
	g->doubt = g_strdup(why);
	g->doubt_eased = false;
	c->changed = true;
}

bool
group_is_address(const struct group *g, unsigned resource)
{
	return g->conf->resources[resource].kind == RESOURCE_ADDRESS;
}

bool
group_has_address(const struct group *g)
{
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		if (group_is_address(g, i))
			return true;
	}
	return false;
}

void
group_announce(struct core *c, struct group *g)
{
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		/* What is put back is announced then. */
		if (group_is_address(g, i) && g->resources[i].state == RESOURCE_RUNNING &&
		    g->resources[i].place == ADDRESS_HERE)
			group_order(c, g, i, OP_ANNOUNCE);
	}
}

static void
probe_begin(struct core *c, struct group *g)
{
	group_enter(c, g, CLAIM_PROBING, -1, "finding out what runs");
	g->walk = WALK_PROBE;
	g->position = 0;
	group_run(c, g, OP_STATUS);
}

void
group_begin(struct core *c, struct group *g, enum group_hint hint)
{
	switch (hint) {
	case HINT_STOPPED:
		g->claim->state = CLAIM_IDLE;
		g->claim->why = g_strdup("nothing of it runs here");
		return;
	case HINT_AWAY:
		g->claim->state = CLAIM_AWAY;
		g->claim->why = g_strdup("sent away by a standby");
		g->rest = CLAIM_AWAY;
		return;
	case HINT_RUNNING:
		for (unsigned i = 0; i < g->conf->resource_count; i++) {
			g->resources[i].state = RESOURCE_RUNNING;
			g->resources[i].touched = true;
		}
		group_enter(c, g, CLAIM_RUNNING, -1, "it kept running while the engine was restarted");
		return;
	case HINT_UNKNOWN:
	case HINT_PARTLY:
	case HINT_COUNT:
		break;
	}
	g->foreign_stop = hint == HINT_UNKNOWN;
	probe_begin(c, g);
}

/* The output rule of 3.0.6: "running" or "OK", but not "not ... running". */
static bool
output_says_running(const char *text)
{
	g_autofree char *lower = g_ascii_strdown(text, -1);
	const char *not = lower;

	/* "not" in any case, a blank, and anywhere behind it "running" or "Running". */
	while ((not = strstr(not, "not")) != NULL) {
		const char *behind = text + (not - lower) + 3;

		if ((*behind == ' ' || *behind == '\t') &&
		    (strstr(behind, "running") != NULL || strstr(behind, "Running") != NULL))
			return false;
		not += 3;
	}
	return strstr(text, "running") != NULL || strstr(text, "Running") != NULL ||
	    strstr(text, "OK") != NULL;
}

bool
group_status_runs(const struct event_child *e)
{
	switch (e->end) {
	case CHILD_NOT_FOUND:
		return false;
	case CHILD_TIMED_OUT:
	case CHILD_KILLED:
		/* Nobody knows: count it as running, so that it is stopped rather than doubled. */
		return true;
	case CHILD_SIGNALED:
	case CHILD_EXITED:
	case CHILD_END_COUNT:
		break;
	}
	if (e->agent == AGENT_HEARTBEAT)
		return output_says_running(e->output != NULL ? e->output : "");
	if (e->agent == AGENT_OCF || e->agent == AGENT_NATIVE)
		return e->end == CHILD_SIGNALED || e->code != 7;
	return e->end == CHILD_EXITED && e->code == 0;
}

/* Is one of these among the words? */
static bool
any_word(const char *const *words, const char *const *among)
{
	for (; *among != NULL; among++) {
		if (g_strv_contains(words, *among))
			return true;
	}
	return false;
}

static bool
output_says_stopped(const char *text)
{
	static const char *const usage[] = {"usage", NULL};
	static const char *const stopped[] = {
	    "stopped", "dead", "unused", "inactive", "down", "off", "unmounted", NULL};
	static const char *const not[] = {"not", "no", NULL};
	static const char *const runs[] = {"running", "started", "active", "mounted", "loaded", "up",
	    "process", "pid", NULL};
	g_autofree char *lower = g_ascii_strdown(text, -1);
	g_auto(GStrv) split = g_strsplit(g_strcanon(lower, G_CSET_a_2_z, ' '), " ", -1);
	const char *const *words = (const char *const *)split;

	/* How to call a script is nothing about what it runs. */
	return !any_word(words, usage) &&
	    (any_word(words, stopped) || (any_word(words, not) && any_word(words, runs)));
}

bool
group_status_silent(const struct event_child *e)
{
	return e->agent == AGENT_HEARTBEAT &&
	    (e->end == CHILD_EXITED || e->end == CHILD_SIGNALED) && !group_status_runs(e) &&
	    !output_says_stopped(e->output != NULL ? e->output : "");
}

/*
 * What says nothing about itself and stands before one that runs was started before that one: groups start
 * from left to right. What stands after the last that runs may have been about to start.
 */
static void
probe_count_silent(struct core *c, struct group *g)
{
	const char *after = NULL;

	for (unsigned i = g->conf->resource_count; i-- > 0;) {
		struct resource *r = &g->resources[i];
		const char *text = g->conf->resources[i].text;

		if (r->state == RESOURCE_RUNNING) {
			after = text;
		} else if (r->state == RESOURCE_UNKNOWN && after != NULL) {
			r->state = RESOURCE_RUNNING;
			r->touched = true;
			trace(&c->trace, TRACE_INFO,
			    "status of %s says nothing: it counts as running, since %s after it runs", text,
			    after);
		}
	}
}

static void
probe_done(struct core *c, struct group *g)
{
	const struct node *holder = view_other_holder(c, g);
	unsigned running = 0, stopped = 0;
	const char *one = NULL;

	g->walk = WALK_NONE;
	probe_count_silent(c, g);
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		if (g->resources[i].state == RESOURCE_STOPPED)
			stopped++;
		if (g->resources[i].state == RESOURCE_UNKNOWN)
			g->resources[i].state = RESOURCE_STOPPED;
		if (g->resources[i].state != RESOURCE_RUNNING)
			continue;
		running++;
		one = g->conf->resources[i].text;
	}
	if (running == 0) {
		g->abort = false;
		group_enter(c, g, CLAIM_IDLE, -1, "nothing of it runs here");
	} else if (g->abort) {
		g->abort = false;
		stop_walk_begin(c, g);
	} else if (stopped > 0) {
		trace(&c->trace, TRACE_WARNING, "Resource %s is active, and should not be!", one);
		/* For ourselves: nobody need take it for that moment. */
		if (holder == NULL)
			group_stop(c, g, (int)c->self->index, CLAIM_IDLE, "only a part of it runs: left over");
		else
			group_yield(c, g, holder, "a part of it runs here, all of it elsewhere");
	} else {
		group_enter(c, g, CLAIM_LEFTOVER, -1, running < g->conf->resource_count ?
			"all that tells about itself runs already" : "all of it runs already");
	}
}

static void
probe_child(struct core *c, struct group *g, const struct event_child *e)
{
	struct resource *r = &g->resources[g->position];

	r->touched = group_status_runs(e);
	r->state = r->touched ? RESOURCE_RUNNING :
	    group_status_silent(e) ? RESOURCE_UNKNOWN : RESOURCE_STOPPED;
	if (++g->position < g->conf->resource_count)
		group_run(c, g, OP_STATUS);
	else
		probe_done(c, g);
}

/* "exit code 7", "killed by signal 9", "timed out" */
static char *
child_text(const struct event_child *e)
{
	switch (e->end) {
	case CHILD_EXITED:
		return g_strdup_printf("exit code %d", e->code);
	case CHILD_SIGNALED:
		return g_strdup_printf("killed by signal %d", e->code);
	case CHILD_TIMED_OUT:
		return g_strdup("timed out");
	case CHILD_NOT_FOUND:
		return g_strdup("not found");
	case CHILD_KILLED:
		return g_strdup("given up");
	case CHILD_END_COUNT:
		break;
	}
	g_assert_not_reached();
}

void
group_fail(struct core *c, struct group *g, bool unplaced, const char *why)
{
	int64_t pause = FAILED_PAUSE_MIN_MS;

	g->unplaced = unplaced;
	if (!unplaced) {
		for (unsigned i = 0; i < g->failures && pause < FAILED_PAUSE_MAX_MS; i++)
			pause *= 2;
		g->failures++;
		g->failed_until =
		    moment_add(c->now, span_from_ms(MIN(pause, FAILED_PAUSE_MAX_MS)));
	}
	group_stop(c, g, -1, CLAIM_FAILED, why);
}

static void
start_failed(struct core *c, struct group *g, const struct event_child *e)
{
	g_autofree char *how = child_text(e);
	/* That may be all that is wrong with it. */
	g_autofree char *obstacle = presence_obstacle(g);
	g_autofree char *why = g_strdup_printf("start of %s failed: %s%s%s", resource_text(g), how,
	    obstacle != NULL ? "; " : "", obstacle != NULL ? obstacle : "");

	g->resources[g->position].state = RESOURCE_BROKEN;
	trace(&c->trace, TRACE_CRITICAL, "Giving up resources due to failure of %s (%s)",
	    resource_text(g), how);
	g->walk = WALK_NONE;
	group_fail(c, g, obstacle != NULL, why);
}

static void
start_next(struct core *c, struct group *g)
{
	g->resources[g->position].state = RESOURCE_RUNNING;
	presence_started(&g->resources[g->position]);
	if (++g->position < g->conf->resource_count) {
		start_at_position(c, g);
		return;
	}
	g->walk = WALK_NONE;
	g->failures = 0;
	g->rest = CLAIM_IDLE;
	group_enter(c, g, CLAIM_RUNNING, -1, "%s", g->claim->why);
}

static void
start_child(struct core *c, struct group *g, const struct event_child *e)
{
	if (g->abort) {
		g->abort = false;
		if (e->end != CHILD_NOT_FOUND)
			g->resources[g->position].touched = true;
		if (g->yields)
			g->walk = WALK_NONE;
		else
			stop_walk_begin(c, g);
		return;
	}
	if (g->op == OP_STATUS) {
		const bool ran = g->resources[g->position].state == RESOURCE_RUNNING;

		if (e->end == CHILD_NOT_FOUND) {
			start_failed(c, g, e);
		} else if (ran && group_status_silent(e)) {
			/* Of a leftover: what serves is not started once more. */
			start_next(c, g);
		} else if (e->end == CHILD_EXITED && group_status_runs(e)) {
			g->resources[g->position].touched = true;
			start_next(c, g);
		} else {
			group_run(c, g, OP_START);
		}
		return;
	}
	if (e->end != CHILD_NOT_FOUND)
		g->resources[g->position].touched = true;
	if (e->end == CHILD_EXITED && e->code == 0)
		start_next(c, g);
	else
		start_failed(c, g, e);
}

static void
stop_next(struct core *c, struct group *g)
{
	struct resource *r = &g->resources[g->position];

	r->state = RESOURCE_STOPPED;
	r->touched = false;
	presence_stopped(r);
	g->attempts = 1;
	if (g->position > 0) {
		g->position--;
		stop_at_position(c, g);
		return;
	}
	g->walk = WALK_NONE;
	g->rest = g->after == CLAIM_AWAY ? CLAIM_AWAY : CLAIM_IDLE;
	group_enter(c, g, g->after, -1, "%s", g->after_why);
}

static void
stop_broken(struct core *c, struct group *g)
{
	g->walk = WALK_NONE;
	g->resources[g->position].state = RESOURCE_BROKEN;
	trace(&c->trace, TRACE_CRITICAL, "Resource STOP failure. %s",
	    g->foreign_stop ? "It was running before we started: stop it by hand" : "Reboot required!");
	group_enter(c, g, CLAIM_BROKEN, -1, "%s could not be stopped", resource_text(g));
	if (g->foreign_stop)
		return;
	trace(&c->trace, TRACE_CRITICAL, "Killing heartbeat ungracefully!");
	actions_add(c->out, ACTION_REBOOT)->reason =
	    g_strdup_printf("%s could not be stopped", resource_text(g));
}

static void
stop_child(struct core *c, struct group *g, const struct event_child *e)
{
	struct resource *r = &g->resources[g->position];

	if (g->op == OP_START) {
		group_run(c, g, OP_STOP);
		return;
	}
	if (g->op == OP_STATUS) {
		/* The last word after all stops failed. */
		/* A script that vanished cannot say that what it started is gone. */
		if (group_status_runs(e) || (e->end == CHILD_NOT_FOUND && r->touched)) {
			stop_broken(c, g);
			return;
		}
		trace(&c->trace, TRACE_ERROR, "Resource script for %s probably not LSB-compliant.",
		    resource_text(g));
		trace(&c->trace, TRACE_WARNING,
		    "it (%s) MUST succeed on a stop when already stopped", resource_text(g));
		trace(&c->trace, TRACE_WARNING, "Machine reboot narrowly avoided!");
		stop_next(c, g);
		return;
	}
	bool stopped = e->end == CHILD_EXITED && e->code == 0;

	/* What was never started and cannot even be found has nothing to stop. */
	if (stopped || (e->end == CHILD_NOT_FOUND && !r->touched)) {
		stop_next(c, g);
		return;
	}
	g_autofree char *how = child_text(e);

	trace(&c->trace, TRACE_ERROR, "stop of %s failed: %s (attempt %u of %u)", resource_text(g),
	    how, g->attempts, GROUP_STOP_TRIES);
	if (g->attempts >= (e->end == CHILD_TIMED_OUT ? GROUP_STOP_HANGS : GROUP_STOP_TRIES)) {
		group_run(c, g, OP_STATUS);
		return;
	}
	g->attempts++;
	g->retry_at = moment_add(c->now, span_from_ms(STOP_PAUSE_MS));
}

/* Was it one of those that take an address away? */
static bool
yield_child(struct core *c, struct group *g, const struct event_child *e)
{
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		struct resource *r = &g->resources[i];

		if (r->yielding == 0 || r->yielding != e->job)
			continue;
		r->yielding = 0;
		c->changed = true;
		if (e->end == CHILD_EXITED && e->code == 0) {
			r->state = RESOURCE_STOPPED;
			return true;
		}
		g_autofree char *how = child_text(e);

		trace(&c->trace, TRACE_ERROR, "%s does not go: %s; tried again with the rest of its group",
		    g->conf->resources[i].text, how);
		return true;
	}
	return false;
}

bool
group_child(struct core *c, struct group *g, const struct event_child *e)
{
	if (yield_child(c, g, e))
		return true;
	if (g->job == 0 || g->job != e->job)
		return false;
	g->job = 0;
	switch (g->walk) {
	case WALK_PROBE:
		probe_child(c, g, e);
		break;
	case WALK_START:
		start_child(c, g, e);
		break;
	case WALK_STOP:
		stop_child(c, g, e);
		break;
	case WALK_NONE:
		break;
	}
	c->changed = true;
	return true;
}

void
group_settle(struct core *c, struct group *g)
{
	yield_settle(c, g);
	if (moment_is_never(g->retry_at) || !moment_reached(c->now, g->retry_at))
		return;
	g->retry_at = MOMENT_NEVER;
	trace(&c->trace, TRACE_INFO, "Retrying failed stop operation [%s]", resource_text(g));
	stop_at_position(c, g);
}

struct moment
group_deadline(const struct group *g)
{
	return g->retry_at;
}

static enum walk
walk_of_state(enum claim_state state)
{
	switch (state) {
	case CLAIM_PROBING:
		return WALK_PROBE;
	case CLAIM_STARTING:
		return WALK_START;
	case CLAIM_GIVING:
		return WALK_STOP;
	case CLAIM_IDLE:
	case CLAIM_AWAY:
	case CLAIM_FAILED:
	case CLAIM_LEFTOVER:
	case CLAIM_WANT:
	case CLAIM_RUNNING:
	case CLAIM_OFFER:
	case CLAIM_BROKEN:
	case CLAIM_STATE_COUNT:
		break;
	}
	return WALK_NONE;
}

static bool
is_rest(enum claim_state state)
{
	return state == CLAIM_IDLE || state == CLAIM_AWAY || state == CLAIM_FAILED;
}

bool
group_is_sound(const struct group *g)
{
	const enum claim_state state = g->claim->state;
	const bool retries = !moment_is_never(g->retry_at);

	if (!conflict_is_sound(g))
		return false;
	if (!is_rest(g->rest) || !is_rest(g->after) || (state == CLAIM_OFFER && g->claim->target < 0))
		return false;
	if (g->yields && (g->after_why == NULL || !claim_may_run(state) || state == CLAIM_GIVING))
		return false;
	/* What is given up first ends what was under way. */
	if (g->walk != walk_of_state(state) && (state != CLAIM_GIVING || g->walk == WALK_NONE) &&
	    !(g->yields && g->walk == WALK_NONE))
		return false;
	if (g->walk == WALK_NONE)
		return g->job == 0 && !retries;
	return g->position < g->conf->resource_count && (g->job != 0) != retries &&
	    (!retries || g->walk == WALK_STOP);
}
