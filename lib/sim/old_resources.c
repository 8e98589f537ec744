/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a 3.0.6 node decides what it holds. What is held is none, the local groups, the foreign
 * ones, or all, in the words of the one who speaks; "stable" means that it will not take more
 * by itself.
 *
 *   init -- active --> starting -- starting heard --> bothstarting
 *   starting, bothstarting -- any resource message, own ones too --> rscrcvd
 *   rscrcvd -- the other is stable, or 10 s --> stable;   any -- shutdown --> shutdown
 *
 * Source: compat resources.md sections 2 to 4, 6 to 8.
 */
#include "sim/old_state.h"

#include <string.h>

#define FIRST_ACQUISITION_MS 10000
#define FAILBACK_AGAIN_MS 1000

static const char *const set_words[] = {"none", "local", "foreign", "all"};

const char *
old_resources_word(unsigned set)
{
	return set_words[set & HOLD_ALL];
}

bool
old_resources_set(const char *word, unsigned *set)
{
	for (unsigned i = 0; word != NULL && i < G_N_ELEMENTS(set_words); i++) {
		if (strcmp(word, set_words[i]) == 0) {
			*set = i;
			return true;
		}
	}
	return false;
}

bool
old_resources_are_nice(const struct old_node *o)
{
	return o->conf->auto_failback != FAILBACK_LEGACY;
}

void
old_resources_begin(struct old_node *o)
{
	o->phase = PHASE_INIT;
	o->i_hold = o->keeps ? o->i_hold : 0;
	o->other_holds = 0;
	o->other_known = o->other_stable = o->takeover = o->want_failback = false;
	o->standby = STANDBY_NOT;
	o->standby_until = OLD_NEVER;
	o->standby_set = HOLD_ALL;
	o->failback_at = OLD_NEVER;
	o->first_deadline = OLD_NEVER;
}

bool
old_resources_are_calm(const struct old_node *o)
{
	if (!old_resources_are_nice(o))
		return old_scripts_count(o) == 0;
	return o->other_stable && !o->takeover && o->standby == STANDBY_NOT &&
	    moment_is_never(o->standby_until) && old_scripts_count(o) == 0 &&
	    (o->phase == PHASE_STABLE || o->phase == PHASE_SHUTDOWN || o->phase == PHASE_INIT);
}

/* -- saying -- */

void
old_resources_send(struct old_node *o, bool stable, const char *info)
{
	struct msg *m;

	if (!old_resources_are_nice(o))
		return;
	m = msg_new("resource");
	msg_add(m, "rsc_hold", old_resources_word(o->i_hold));
	msg_add(m, "rtype", "full");
	msg_add(m, "isstable", stable ? "1" : "0");
	if (info != NULL)
		msg_add(m, "info", info);
	old_wire_send(o, m, NULL);
}

static void
send_state(struct old_node *o)
{
	old_resources_send(o, o->phase == PHASE_STABLE, NULL);
}

static void
send_verdict(struct old_node *o, const struct old_peer *dead, const char *result)
{
	struct msg *m = msg_new("stonith");

	msg_add(m, "node", dead->name);
	msg_add(m, "result", result);
	old_wire_send(o, m, NULL);
}

/* -- acquiring -- */

void
old_resources_acquire(struct old_node *o, bool forced)
{
	if (o->leave != LEAVE_NOT)
		return;
	if (!forced && old_resources_are_nice(o) && o->standby == STANDBY_NOT &&
	    ((o->i_hold & HOLD_LOCAL) != 0 || (o->other_holds & HOLD_FOREIGN) != 0))
		return;
	o->i_hold |= HOLD_LOCAL;
	old_scripts_acquire(o);
}

void
old_resources_acquired(struct old_node *o)
{
	old_resources_send(o, true, "req_our_resources()");
}

static bool
failback_is_due(const struct old_node *o)
{
	return o->conf->auto_failback == FAILBACK_ON && o->want_failback &&
	    (o->i_hold & HOLD_FOREIGN) != 0;
}

static void
look_at_failback(struct old_node *o)
{
	if (failback_is_due(o))
		old_scripts_failback(o);
}

void
old_resources_failback(struct old_node *o)
{
	if (!failback_is_due(o))
		return;
	if (o->standby != STANDBY_NOT || !o->other_stable || o->phase != PHASE_STABLE) {
		o->failback_at = moment_add(o->now, span_from_ms(FAILBACK_AGAIN_MS));
		return;
	}
	o->failback_at = OLD_NEVER;
	o->want_failback = false;
	old_standby_ask(o, HOLD_FOREIGN, "me", NULL);
}

static void
become_stable(struct old_node *o)
{
	o->phase = PHASE_STABLE;
	o->first_deadline = OLD_NEVER;
	old_resources_acquire(o, false);
	old_resources_send(o, true, NULL);
}

/* -- messages -- */

static void
starting_heard(struct old_node *o)
{
	if (o->phase == PHASE_INIT || o->phase == PHASE_BOTHSTARTING)
		return;
	if (o->phase == PHASE_STARTING)
		o->phase = PHASE_BOTHSTARTING;
	o->other_stable = false;
	send_state(o);
}

/* Full replaces; else none clears, and anything else is added. */
static unsigned
updated(unsigned holds, const struct msg *m)
{
	unsigned told = 0;

	old_resources_set(msg_get(m, "rsc_hold"), &told);
	if (g_strcmp0(msg_get(m, "rtype"), "full") == 0 || told == 0)
		return told;
	return holds | told;
}

/* Conflicts are logged, and nothing else. */
static void
audit(const struct old_node *o)
{
	if ((o->i_hold & HOLD_LOCAL) != 0 && (o->other_holds & HOLD_FOREIGN) != 0)
		trace(&o->trace, TRACE_ERROR, "Both machines own our resources!");
	if ((o->i_hold & HOLD_FOREIGN) != 0 && (o->other_holds & HOLD_LOCAL) != 0)
		trace(&o->trace, TRACE_ERROR, "Both machines own foreign resources!");
	if (o->phase != PHASE_STABLE || !old_resources_are_calm(o))
		return;
	if ((o->i_hold & HOLD_LOCAL) == 0 && (o->other_holds & HOLD_FOREIGN) == 0)
		trace(&o->trace, TRACE_ERROR, "No one owns our local resources!");
	if ((o->i_hold & HOLD_FOREIGN) == 0 && (o->other_holds & HOLD_LOCAL) == 0)
		trace(&o->trace, TRACE_ERROR, "No one owns foreign resources!");
}

static void
resource_of_the_other(struct old_node *o, const struct msg *m)
{
	const char *stable = msg_get(m, "isstable");

	o->other_holds = updated(o->other_holds, m);
	o->other_known = true;
	if (g_strcmp0(stable, "0") == 0)
		o->other_stable = false;
	if (g_strcmp0(stable, "1") == 0 && !o->other_stable) {
		o->other_stable = true;
		trace(&o->trace, TRACE_INFO, "remote resource transition completed.");
		send_state(o);
		look_at_failback(o);
		old_ipfail_stable(o);
	}
	if (!o->other_stable || o->phase == PHASE_STABLE || o->phase == PHASE_SHUTDOWN)
		return;
	become_stable(o);
	look_at_failback(o);
}

static void
resource_of_mine(struct old_node *o, const struct msg *m)
{
	const char *info = msg_get(m, "info");

	o->i_hold = updated(o->i_hold, m);
	if (g_strcmp0(info, "mach_down") == 0) {
		trace(&o->trace, TRACE_INFO, "mach_down takeover complete.");
		o->takeover = false;
		o->want_failback = true;
		o->other_stable = true;
	} else if (g_strcmp0(info, "shutdown") == 0) {
		o->phase = PHASE_SHUTDOWN;
	}
}

static void
resource_heard(struct old_node *o, const struct msg *m, bool own)
{
	if (o->phase == PHASE_STARTING || o->phase == PHASE_BOTHSTARTING) {
		o->phase = PHASE_RSCRCVD;
		o->first_deadline = moment_add(o->now, span_from_ms(FIRST_ACQUISITION_MS));
	}
	if (own)
		resource_of_mine(o, m);
	else
		resource_of_the_other(o, m);
	audit(o);
}

/* Take what the dead or leaving node had. */
static void
take_over(struct old_node *o, const struct old_peer *from)
{
	trace(&o->trace, TRACE_INFO, "Resources being acquired from %s.", from->name);
	o->i_hold |= HOLD_FOREIGN;
	o->other_holds = 0;
	o->other_known = true;
	o->other_stable = true;
	/* What ends it is a word of the script, which legacy has not and which is lost too early. */
	o->takeover = old_resources_are_nice(o) && o->comm == COMM_COMPLETE;
	old_scripts_take_node(o, from->name);
	old_resources_acquire(o, true);
}

static void
shutdone_heard(struct old_node *o, const struct old_peer *p)
{
	trace(&o->trace, TRACE_INFO, "Received shutdown notice from '%s'.", p->name);
	o->other_stable = true;
	o->other_holds = 0;
	o->other_known = true;
	if (o->leave != LEAVE_NOT) {
		trace(&o->trace, TRACE_INFO, "Resource takeover cancelled - shutdown in progress.");
		return;
	}
	if (o->i_hold != HOLD_ALL && old_resources_are_nice(o))
		old_standby_inherit(o);
	take_over(o, p);
}

static void
takeover_asked(struct old_node *o, const struct msg *m)
{
	unsigned set = HOLD_ALL;

	/* The script knows no "failback": that becomes all. */
	if (old_resources_set(msg_get(m, "rsc_hold"), &set))
		set = old_standby_counterpart(set);
	old_scripts_command(o, set);
}

void
old_resources_message(struct old_node *o, struct old_peer *p, const struct msg *m)
{
	const char *type = msg_type(m), *key = msg_get(m, "ipaddr");
	bool own = p == o->self;

	if (strcmp(type, "shutdone") == 0) {
		if (!own)
			shutdone_heard(o, p);
		return;
	}
	if (o->comm != COMM_COMPLETE)
		return;
	if (strcmp(type, "starting") == 0 && !own && old_resources_are_nice(o))
		starting_heard(o);
	else if (strcmp(type, "resource") == 0 && old_resources_are_nice(o))
		resource_heard(o, m, own);
	else if (strcmp(type, "ask_resources") == 0 && old_resources_are_nice(o))
		old_standby_message(o, own, m);
	else if (strcmp(type, "hb_takeover") == 0 && !own)
		takeover_asked(o, m);
	else if (strcmp(type, "ip-request") == 0 && !own && key != NULL)
		old_scripts_ip_request(o, key, p->name);
	else if (strcmp(type, "ip-request-resp") == 0 && msg_get(m, "dest") != NULL &&
	    g_strcmp0(msg_get(m, "ok"), "OK") == 0 && key != NULL && o->leave == LEAVE_NOT)
		old_scripts_take_key(o, key);
}

/* -- what happens to us -- */

void
old_resources_start(struct old_node *o)
{
	old_ipfail_signon(o);
	if (!old_resources_are_nice(o)) {
		o->phase = PHASE_STABLE;
		old_resources_acquire(o, false);
		return;
	}
	/* After a reload it goes on where it was. */
	o->phase = o->keeps ? PHASE_STABLE : PHASE_STARTING;
	o->keeps = false;
	old_wire_send(o, msg_new("starting"), NULL);
}

void
old_resources_died(struct old_node *o, struct old_peer *p)
{
	old_standby_forget(o);
	if (o->leave != LEAVE_NOT) {
		/* It takes nothing. That it does not wait for the dead either is our guess. */
		o->other_stable = true;
		return;
	}
	o->want_failback = true;
	if (!o->other_known || o->other_holds != 0) {
		trace(&o->trace, TRACE_WARNING, "No STONITH device configured.");
		send_verdict(o, p, "n_stnth");
		take_over(o, p);
		return;
	}
	trace(&o->trace, TRACE_INFO, "Dead node %s gave up resources.", p->name);
	send_verdict(o, p, "unneeded");
	if (!old_resources_are_nice(o)) {
		take_over(o, p);
		return;
	}
	if (o->i_hold == HOLD_ALL) {
		o->other_stable = true;
		return;
	}
	if ((o->i_hold & HOLD_LOCAL) == 0)
		old_resources_acquire(o, true);
	if ((o->i_hold & HOLD_FOREIGN) == 0)
		take_over(o, p);
}

void
old_resources_tick(struct old_node *o)
{
	if (o->phase == PHASE_RSCRCVD && moment_reached(o->now, o->first_deadline))
		become_stable(o);
	if (!moment_reached(o->now, o->failback_at))
		return;
	o->failback_at = OLD_NEVER;
	look_at_failback(o);
}
