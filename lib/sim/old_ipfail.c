/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The client ipfail of a 3.0.6 node: the one that sees fewer ping nodes gives up.
 *
 * Source: compat commands.md 11.2, wire.md section 13.
 */
#include "sim/old_state.h"

#include <string.h>

#define NAME "ipfail"

static void
message_free(gpointer data)
{
	msg_free(data);
}

void
old_ipfail_begin(struct old_node *o)
{
	struct old_ipfail *f = &o->ipfail;

	memset(f, 0, sizeof(*f));
	f->sayings = g_queue_new();
	f->say_at = f->give_up_at = OLD_NEVER;
}

void
old_ipfail_clear(struct old_node *o)
{
	if (o->ipfail.sayings != NULL)
		g_queue_free_full(g_steal_pointer(&o->ipfail.sayings), message_free);
}

/* It gets round to it within a beat. Owns: takes m. */
static void
say(struct old_node *o, struct msg *m)
{
	struct old_ipfail *f = &o->ipfail;
	uint64_t wait = prng_between(&o->prng, 0, (uint64_t)o->conf->keepalive.ns);

	msg_add(m, "from_id", NAME);
	msg_add(m, "to_id", NAME);
	msg_add(m, "client_gen", "1");
	g_queue_push_tail(f->sayings, m);
	if (moment_is_never(f->say_at))
		f->say_at = moment_add(o->now, (struct span){(int64_t)wait});
}

static const char *
other_name(const struct old_node *o)
{
	for (unsigned i = 0; i < o->peers->len; i++) {
		const struct old_peer *p = g_ptr_array_index(o->peers, i);

		if (old_members_is_other(o, p))
			return p->name;
	}
	return NULL;
}

static void
say_count(struct old_node *o)
{
	struct msg *m = msg_new("num_ping_nodes");

	msg_add_format(m, "num_ping", "%u", o->ipfail.pings_up);
	say(o, m);
}

void
old_ipfail_signon(struct old_node *o)
{
	struct msg *m;

	for (unsigned i = 0; i < o->conf->client_count; i++)
		o->ipfail.runs |= strstr(o->conf->clients[i].command, NAME) != NULL;
	if (!old_resources_are_nice(o))
		o->ipfail.runs = false;
	if (!o->ipfail.runs)
		return;
	m = msg_new("hbapi-clstat");
	msg_add(m, "st", "join");
	msg_add(m, "info", "signon");
	say(o, m);
}

void
old_ipfail_ping(struct old_node *o, bool up)
{
	struct old_ipfail *f = &o->ipfail;

	if (up)
		f->pings_up++;
	else if (f->pings_up > 0)
		f->pings_up--;
	if (f->runs)
		say_count(o);
}

static void
give_up_later(struct old_node *o, unsigned set)
{
	o->ipfail.give_up_set = set;
	o->ipfail.give_up_at =
	    moment_add(o->now, (struct span){2 * o->conf->keepalive.ns});
}

static void
count_heard(struct old_node *o, uint64_t theirs)
{
	struct old_ipfail *f = &o->ipfail;

	if (f->pings_up > theirs) {
		say(o, msg_new("you_are_dead"));
	} else if (f->pings_up < theirs) {
		give_up_later(o, HOLD_ALL);
	} else {
		bool waiting = !moment_is_never(f->give_up_at);

		say(o, msg_new("abort_giveup"));
		f->give_up_at = OLD_NEVER;
		if (!waiting && o->conf->auto_failback == FAILBACK_ON && old_resources_are_calm(o))
			give_up_later(o, HOLD_FOREIGN);
	}
}

void
old_ipfail_message(struct old_node *o, const struct old_peer *p, const struct msg *m)
{
	const char *type = msg_type(m);
	uint64_t theirs;

	if (!o->ipfail.runs || p->is_ping)
		return;
	if (strcmp(type, "hbapi-clstat") == 0) {
		if (g_strcmp0(msg_get(m, "from_id"), NAME) == 0 &&
		    g_strcmp0(msg_get(m, "st"), "join") == 0)
			say_count(o);
	} else if (strcmp(type, "num_ping_nodes") == 0) {
		if (msg_get_decimal(m, "num_ping", &theirs))
			count_heard(o, theirs);
	} else if (strcmp(type, "you_are_dead") == 0) {
		give_up_later(o, HOLD_ALL);
	} else if (strcmp(type, "abort_giveup") == 0) {
		o->ipfail.give_up_at = OLD_NEVER;
	}
}

void
old_ipfail_stable(struct old_node *o)
{
	struct old_ipfail *f = &o->ipfail;

	if (!f->owed)
		return;
	f->owed = false;
	say_count(o);
	f->say_at = moment_add(o->now, span_from_ms(10000));
}

static void
say_all(struct old_node *o)
{
	struct old_ipfail *f = &o->ipfail;
	struct msg *m;

	f->say_at = OLD_NEVER;
	while ((m = g_queue_pop_head(f->sayings)) != NULL) {
		const char *to = other_name(o);

		if (strcmp(msg_type(m), "hbapi-clstat") == 0)
			to = NULL;
		old_wire_send(o, m, to);
	}
}

void
old_ipfail_tick(struct old_node *o)
{
	struct old_ipfail *f = &o->ipfail;

	if (moment_reached(o->now, f->say_at))
		say_all(o);
	if (!moment_reached(o->now, f->give_up_at))
		return;
	f->give_up_at = OLD_NEVER;
	if (old_resources_are_calm(o))
		old_standby_ask(o, f->give_up_set, "me", NAME);
	else
		f->owed = true;
}

struct moment
old_ipfail_deadline(const struct old_node *o)
{
	return moment_min(o->ipfail.say_at, o->ipfail.give_up_at);
}
