/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The conversation by which a set of groups changes hands, G the node that gives, T the one that
 * takes; the set is in G's words:
 *
 *   G: me    G: not -> me;  T: not -> other, says other
 *   T: other G: says what remains, stops the set, says done
 *   G: done  G: me -> done; T: starts the set, other -> done, says done
 *   T: done  both: done -> not, and each says what it holds now
 *
 * Source: compat resources.md section 5.
 */
#include "sim/old_state.h"

#include <string.h>

#define ANSWER_MS 10000
#define WORK_MS 3600000

unsigned
old_standby_counterpart(unsigned set)
{
	return set == HOLD_LOCAL ? HOLD_FOREIGN : set == HOLD_FOREIGN ? HOLD_LOCAL : set;
}

void
old_standby_ask(struct old_node *o, unsigned set, const char *info, const char *from)
{
	struct msg *m;

	if (!old_resources_are_nice(o)) {
		trace(&o->trace, TRACE_INFO,
		    "Standby mode only implemented when nice_failback on");
		return;
	}
	m = msg_new("ask_resources");
	msg_add(m, "rsc_hold", old_resources_word(set));
	msg_add(m, "info", info);
	if (from != NULL)
		msg_add(m, "from_id", from);
	old_wire_send(o, m, NULL);
}

static void
finish(struct old_node *o)
{
	o->standby = STANDBY_NOT;
	o->standby_until = OLD_NEVER;
}

void
old_standby_check_limit(struct old_node *o)
{
	if (!moment_reached(o->now, o->standby_until))
		return;
	trace(&o->trace, TRACE_WARNING,
	    "No reply to standby request.  Standby request cancelled.");
	finish(o);
	o->other_stable = true;
}

static void
begin(struct old_node *o, bool own, unsigned set)
{
	if (!moment_is_never(o->standby_until)) {
		trace(&o->trace, TRACE_WARNING, "Standby in progress- new request ignored");
		return;
	}
	if (o->standby != STANDBY_NOT || !o->other_stable || o->phase != PHASE_STABLE) {
		trace(&o->trace, TRACE_WARNING, "standby message [me] ignored, in flux.");
		return;
	}
	o->other_stable = false;
	o->standby_set = set;
	o->standby = own ? STANDBY_ME : STANDBY_OTHER;
	o->standby_until = moment_add(o->now, span_from_ms(own ? ANSWER_MS : WORK_MS));
	if (!own)
		old_standby_ask(o, set, "other", NULL);
}

static void
give(struct old_node *o)
{
	trace(&o->trace, TRACE_INFO, "give up %s HA resources (standby).",
	    old_resources_word(o->standby_set));
	o->standby_until = moment_add(o->now, span_from_ms(WORK_MS));
	o->i_hold &= ~o->standby_set;
	old_resources_send(o, false, "standby");
	old_scripts_give_set(o, JOB_STANDBY_GIVE, o->standby_set);
}

static void
take(struct old_node *o)
{
	unsigned set = old_standby_counterpart(o->standby_set);

	trace(&o->trace, TRACE_INFO, "acquire %s HA resources (standby).", old_resources_word(set));
	o->standby = STANDBY_DONE;
	old_scripts_take_set(o, JOB_STANDBY_TAKE, set);
}

static void
done(struct old_node *o, bool own)
{
	if (own && o->standby == STANDBY_ME) {
		o->standby = STANDBY_DONE;
	} else if (!own && o->standby == STANDBY_OTHER) {
		take(o);
	} else if (o->standby == STANDBY_DONE) {
		if (own)
			o->i_hold |= old_standby_counterpart(o->standby_set);
		finish(o);
		old_resources_send(o, true, NULL);
	} else {
		trace(&o->trace, TRACE_ERROR, "Ignored standby message 'done'");
	}
}

void
old_standby_message(struct old_node *o, bool own, const struct msg *m)
{
	const char *info = msg_get(m, "info");
	unsigned set = HOLD_ALL;

	old_resources_set(msg_get(m, "rsc_hold"), &set);
	if (g_strcmp0(info, "me") == 0)
		begin(o, own, set);
	else if (g_strcmp0(info, "other") == 0 && !own && o->standby == STANDBY_ME)
		give(o);
	else if (g_strcmp0(info, "done") == 0)
		done(o, own);
}

void
old_standby_inherit(struct old_node *o)
{
	unsigned missing = HOLD_ALL & ~o->i_hold;

	o->standby = STANDBY_DONE;
	o->standby_until = moment_add(o->now, span_from_ms(WORK_MS));
	old_scripts_take_set(o, JOB_STANDBY_TAKE, missing);
}

void
old_standby_forget(struct old_node *o)
{
	if (o->standby == STANDBY_NOT)
		return;
	trace(&o->trace, TRACE_INFO, "Cancelling pending standby operation");
	finish(o);
	if (o->i_hold == HOLD_ALL)
		o->other_stable = true;
}
