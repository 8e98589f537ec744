/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One step: absorb the event into the module that it concerns, then let each module compare what
 * it wants with what is, until nothing changes; then tell.
 */
#include "core/core.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "core/api.h"
#include "core/conflict.h"
#include "core/dialect.h"
#include "core/group.h"
#include "core/handover.h"
#include "core/leave.h"
#include "core/liveness.h"
#include "core/node.h"
#include "core/presence.h"
#include "core/receive.h"
#include "core/respawn.h"
#include "core/send.h"
#include "core/state.h"
#include "core/words.h"

/* Being called later than this after the deadline means that we were stopped or starved. */
#define LATE_MS 20
/* Sending must have worked for so long before it is said: a medium that loses every other message would be
 * reported for ever. */
#define MEDIUM_CALM_MS 1000
/* Rounds of settling in one step; each takes every group one state further. */
#define ROUNDS_MAX 64

struct core *
core_new(const struct conf *conf, uint64_t seed, struct trace sink)
{
	struct core *c = g_new0(struct core, 1);

	c->conf = conf;
	c->trace = sink;
	prng_seed(&c->prng, seed);
	c->armed = MOMENT_NEVER;
	nodes_init(c);
	c->version_first = 1 + (seed >> 32);
	c->self->facts.version = c->version_first;
	groups_init(c);
	respawn_init(c);
	api_init(c);
	outbox_init(&c->outbox);
	seek_init(c);
	c->medium_down = g_new0(bool, conf->media_count + 1);
	c->medium_missing = g_new0(bool, conf->media_count + 1);
	c->medium_failing = g_new0(bool, conf->media_count + 1);
	c->medium_since = g_new0(struct moment, conf->media_count + 1);
	c->medium_reason = g_new0(char *, conf->media_count + 1);
	c->medium_sent = g_new0(uint64_t, conf->media_count + 1);
	c->medium_received = g_new0(uint64_t, conf->media_count + 1);
	return c;
}

void
core_free(struct core *c)
{
	if (c == NULL)
		return;
	outbox_clear(&c->outbox);
	api_clear(c);
	respawn_clear(c);
	groups_clear(c);
	nodes_clear(c);
	seek_clear(c);
	g_free(c->medium_down);
	g_free(c->medium_missing);
	g_free(c->medium_failing);
	g_free(c->medium_since);
	for (unsigned i = 0; i < c->conf->media_count; i++)
		g_free(c->medium_reason[i]);
	g_free(c->medium_reason);
	g_free(c->medium_sent);
	g_free(c->medium_received);
	g_free(c);
}

void
core_touch(struct core *c)
{
	c->tell = true;
	if (c->facts_dirty)
		return;
	c->facts_dirty = true;
	c->self->facts.version++;
}

uint64_t
core_next_job(struct core *c)
{
	return ++c->job_last;
}

static void
start(struct core *c, const struct event_start *e)
{
	assert(!c->started);
	c->started = true;
	c->started_at = c->now;
	c->path_at = c->now;
	c->status_at = c->now;
	c->generation = e->generation;
	c->talk_kept = e->talk;
	c->renewed = e->renewed;
	memcpy(c->uuid, e->uuid, sizeof(c->uuid));
	/* Jobs of an earlier engine of the same master must not be taken for ours. */
	c->job_last = e->generation << 24;
	for (unsigned i = 0; i < c->conf->node_count; i++)
		c->nodes[i].since = c->now;
	for (unsigned i = 0; i < c->ping_count; i++)
		c->pings[i].since = c->now;
	c->self->heard = true;
	c->self->generation = e->generation;
	c->self->facts.known = true;
	for (unsigned i = 0; i < c->conf->group_count; i++)
		c->self->facts.claims[i].since = c->now;
	g_strlcpy(c->self->facts.digest, c->conf->digest, sizeof(c->self->facts.digest));
	trace(&c->trace, TRACE_INFO, "Heartbeat generation: %llu", (unsigned long long)e->generation);
	words_media(c);
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		group_begin(c, &c->groups[i], e->hints != NULL ? e->hints[i] : HINT_UNKNOWN);
	}
	node_enter(c, c->self, NODE_UP, "started");
}

static void
child(struct core *c, const struct event_child *e)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		if (group_child(c, &c->groups[i], e) || presence_child(c, &c->groups[i], e))
			return;
	}
	if (conflict_child(c, e))
		return;
	/* The end of an announcement concerns nobody. */
	respawn_child(c, e);
}

/* None of the paths to other nodes is there: nobody can be called silent. */
static void
paths_change(struct core *c, bool before)
{
	const bool now = liveness_without_path(c);

	if (now && !before && c->self->status == NODE_UP) {
		trace(&c->trace, TRACE_ERROR,
		    "None of the paths to other nodes that ha.cf names is there: waiting for one; until then nothing is"
		    " started here. ip link lists the interfaces of this machine.");
	} else if (before && !now) {
		c->path_at = c->now;
		trace(&c->trace, TRACE_NOTICE, "a path to other nodes is there: the wait for them begins");
	}
}

static void
medium(struct core *c, const struct event_medium *e)
{
	const struct conf_medium *m = &c->conf->media[e->medium];
	const bool pathless = liveness_without_path(c);
	const bool missing = e->missing && !e->up;

	assert(e->medium < c->conf->media_count);
	/* It was opened anew: the others need not wait for the next beat. */
	if (!missing && (c->medium_missing[e->medium] || c->medium_failing[e->medium] == !e->up))
		c->tell = true;
	if (c->medium_failing[e->medium] == !e->up && c->medium_missing[e->medium] == missing)
		return;
	c->medium_failing[e->medium] = !e->up;
	c->medium_missing[e->medium] = missing;
	c->medium_since[e->medium] = c->now;
	g_free(c->medium_reason[e->medium]);
	c->medium_reason[e->medium] = g_strdup(e->reason);
	c->changed = true;
	paths_change(c, pathless);
	if (e->up || (c->medium_down[e->medium] && !missing))
		return;
	trace(&c->trace, TRACE_ERROR, "write failure on %s %s.: %s (%s -> down)",
	    medium_kind_name(m->kind), m->name, e->reason != NULL ? e->reason : "unknown",
	    c->medium_down[e->medium] ? "down" : "up");
	c->medium_down[e->medium] = true;
}

static struct moment
medium_calm_at(const struct core *c, unsigned medium)
{
	if (!c->medium_down[medium] || c->medium_failing[medium])
		return MOMENT_NEVER;
	return moment_add(c->medium_since[medium], span_from_ms(MEDIUM_CALM_MS));
}

static void
media_settle(struct core *c)
{
	for (unsigned i = 0; i < c->conf->media_count; i++) {
		const struct conf_medium *m = &c->conf->media[i];
		const char *reason = c->medium_reason[i];

		if (!moment_reached(c->now, medium_calm_at(c, i)))
			continue;
		c->medium_down[i] = false;
		trace(&c->trace, TRACE_NOTICE, "%s %s: down -> up (sending works again: %s)",
		    medium_kind_name(m->kind), m->name, reason != NULL ? reason : "nothing lost");
	}
}

static void
absorb(struct core *c, const struct event *e)
{
	switch (e->type) {
	case EVENT_START:
		start(c, &e->u.start);
		break;
	case EVENT_PACKET:
		receive_packet(c, &e->u.packet);
		break;
	case EVENT_TIMER:
		liveness_judge(c);
		break;
	case EVENT_CHILD:
		child(c, &e->u.child);
		break;
	case EVENT_REQUEST:
		api_request(c, &e->u.request);
		break;
	case EVENT_CLIENT:
		api_client(c, &e->u.client);
		break;
	case EVENT_MEDIUM:
		medium(c, &e->u.medium);
		break;
	case EVENT_ADDRESS:
		presence_event(c, &e->u.address);
		break;
	case EVENT_LEAVE:
		leave_begin(c);
		break;
	case EVENT_ORPHANED:
		leave_orphaned(c);
		break;
	case EVENT_CONFLICT:
		conflict_heard(c, &e->u.conflict);
		break;
	case EVENT_TYPE_COUNT:
		break;
	}
}

static void
settle(struct core *c)
{
	unsigned rounds = 0;

	/* Nothing is begun, and nothing said, behind ACTION_EXIT and ACTION_RENEW. */
	c->changed = true;
	while (c->changed && !c->exiting) {
		assert(rounds++ < ROUNDS_MAX);
		c->changed = false;
		liveness_settle(c);
		dialect_translate(c);
		conflict_settle(c);
		handover_settle(c);
		respawn_settle(c);
		leave_settle(c);
		/* What is decided next may rest on what was told now. */
		if (c->facts_dirty && !c->exiting) {
			send_status(c);
			c->changed = true;
		}
		if (!c->changed && !c->exiting)
			dialect_speak(c);
	}
}

static void
notice_own_lateness(struct core *c)
{
	struct moment due = moment_max(c->armed, c->stepped_at);

	if (moment_is_never(c->armed) || !moment_before(due, c->now))
		return;
	struct span late = moment_since(c->now, due);

	if (span_ms(late) < LATE_MS)
		return;
	g_autofree char *text = text_from_span(span_from_ms(span_ms(late)));

	if (span_exceeds(late, c->conf->warntime))
		trace(&c->trace, TRACE_WARNING,
		    "we did not run for %s: stopped or starved; nobody is blamed for that time", text);
	liveness_grant(c, late);
	/* The last beat may have left a keepalive before we fell asleep. */
	if (span_exceeds(span_add(late, c->conf->keepalive), c->conf->deadtime))
		handover_slept(c, text);
}

static void
say_status(struct core *c)
{
	const struct moment hush = dialect_hush_at(c);

	if (moment_before(hush, c->now)) {
		c->status_at = MOMENT_NEVER;
		return;
	}
	if (c->tell || moment_reached(c->now, c->status_at))
		send_status(c);
	/* A status sent after the farewell lets a peer notice that the farewell was lost. */
	if (moment_before(c->now, hush))
		c->status_at = moment_min(c->status_at, hush);
}

void
core_step(struct core *c, const struct event *e, struct actions *out)
{
	assert(c->started || e->type == EVENT_START);
	assert(!moment_before(e->now, c->stepped_at));
	if (c->exiting)
		return;
	c->now = e->now;
	c->wall_s = e->wall_s;
	c->out = out;
	if (c->started)
		notice_own_lateness(c);
	absorb(c, e);
	media_settle(c);
	settle(c);
	if (!c->exiting) {
		dialect_remember(c);
		say_status(c);
		send_requests(c);
		api_notice_resources(c);
	}
	c->stepped_at = c->now;
	c->armed = core_deadline(c);
	c->out = NULL;
	assert(e->type != EVENT_TIMER || c->exiting || moment_before(c->now, c->armed));
}

struct moment
core_deadline(const struct core *c)
{
	struct moment soonest = c->started ? c->status_at : MOMENT_NEVER;

	if (!c->started || c->exiting)
		return MOMENT_NEVER;
	soonest = moment_min(soonest, liveness_deadline(c));
	soonest = moment_min(soonest, handover_deadline(c));
	soonest = moment_min(soonest, conflict_deadline(c));
	soonest = moment_min(soonest, respawn_deadline(c));
	soonest = moment_min(soonest, leave_deadline(c));
	soonest = moment_min(soonest, dialect_deadline(c));
	for (unsigned i = 0; i < c->conf->media_count; i++)
		soonest = moment_min(soonest, medium_calm_at(c, i));
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];

		if (n != c->self && (n->status == NODE_UP || n->status == NODE_ACTIVE))
			soonest = moment_min(soonest, inbox_deadline(&n->inbox));
	}
	return soonest;
}
