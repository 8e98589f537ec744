/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/leave.h"

#include "core/dialect.h"
#include "core/group.h"
#include "core/send.h"
#include "core/view.h"

/* A peer that has not seen us go by then learns it from our silence. */
#define LAST_WORD_MS 2000
/* Something agreed on with a 3.0.6 should be over by then. */
#define TALK_MS 60000
/* A peer that starts just now should be able to hear us by then. */
#define HEARING_MS 10000

void
leave_begin(struct core *c)
{
	if (c->self->facts.leave != LEAVE_NOT)
		return;
	if (dialect_is_talking(c) && !c->leave_wanted) {
		trace(&c->trace, TRACE_WARNING,
		    "Shutdown delayed until current resource activity finishes.");
		c->leave_wanted = true;
		c->leave_until = moment_add(c->now, span_from_ms(TALK_MS));
		return;
	}
	trace(&c->trace, TRACE_INFO, "Giving up all HA resources.");
	c->self->facts.leave = LEAVE_BEGUN;
	c->leave_until = moment_add(c->now, span_from_ms(HEARING_MS));
	core_touch(c);
	c->changed = true;
}

static void
leave_exit(struct core *c, const char *reason)
{
	c->exiting = true;
	actions_add(c->out, ACTION_EXIT)->reason = g_strdup(reason);
}

void
leave_orphaned(struct core *c)
{
	c->self->facts.orphaned = true;
	core_touch(c);
	send_status(c);
	leave_exit(c, "the master process is gone");
}

/* Running before our time, and not to be stopped. */
static bool
is_beyond_us(const struct group *g)
{
	return g->claim->state == CLAIM_BROKEN && g->foreign_stop && g->last_stop;
}

/* Gives: *left: the first group that we leave running; NULL: none. */
static bool
all_released(const struct core *c, const struct group **left)
{
	*left = NULL;
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		const struct group *g = &c->groups[i];

		if (is_beyond_us(g))
			*left = *left != NULL ? *left : g;
		else if (!group_is_at_rest(g))
			return false;
	}
	return true;
}

void
leave_settle(struct core *c)
{
	const struct group *left;

	if (c->exiting)
		return;
	if (c->leave_wanted &&
	    (!dialect_is_talking(c) || moment_reached(c->now, c->leave_until)))
		leave_begin(c);
	if (c->self->facts.leave == LEAVE_BEGUN && all_released(c, &left)) {
		if (dialect_is_deaf(c) && !moment_reached(c->now, c->leave_until))
			return;
		if (left != NULL) {
			/* No farewell: the others must not take for free what may run here. */
			trace(&c->trace, TRACE_CRITICAL,
			    "group %s still runs here and cannot be stopped: stop it by hand",
			    left->conf->key);
			send_status(c);
			leave_exit(c, "shut down, but not everything could be stopped");
			return;
		}
		trace(&c->trace, TRACE_INFO, "All HA resources relinquished.");
		c->self->facts.leave = LEAVE_DONE;
		c->leave_until = moment_add(c->now, span_from_ms(LAST_WORD_MS));
		core_touch(c);
		send_status(c);
		struct msg *m = msg_new("shutdone");

		msg_add(m, "st", "dead");
		send_message(c, m, NULL);
		c->changed = true;
	} else if (c->self->facts.leave == LEAVE_DONE && !c->facts_dirty &&
	    (view_is_known(c) || moment_reached(c->now, c->leave_until))) {
		leave_exit(c, "shut down in good order");
	}
}

struct moment
leave_deadline(const struct core *c)
{
	if (c->exiting || (c->self->facts.leave == LEAVE_NOT && !c->leave_wanted))
		return MOMENT_NEVER;
	/* Groups that take longer than that do not end by it. */
	return c->self->facts.leave == LEAVE_DONE || moment_before(c->now, c->leave_until)
	    ? c->leave_until : MOMENT_NEVER;
}
