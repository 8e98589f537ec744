/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The life of a 3.0.6 node: its main loop, which comes round at every beat at the latest, how it
 * leaves, and how it starts anew by itself.
 *
 *   not -- heartbeat -k, or healed partition --> wanted -- calm --> releasing -- shutdone -->
 *   said -- 1 s --> last -- 1 s --> gone, or silent -- deadtime + 1 s --> a new life
 *
 * Source: compat resources.md sections 6, 10; wire.md sections 12, 17.
 */
#include "sim/old_state.h"

#include <assert.h>
#include <string.h>

#include "proto/request.h"

#define START_ADDITION_MS 2000
#define START_LENGTH_MS 5000
#define RESTART_ADDITION_MS 30000
#define RELOAD_MS 1000
#define LEAVE_STEP_MS 1000
#define EMERGENCY_MS 3600000

static void
input_free(gpointer data)
{
	struct old_input *i = data;

	g_clear_pointer(&i->packet, g_bytes_unref);
	msg_free(i->command);
	g_free(i);
}

struct old_node *
old_node_new(const struct conf *conf, uint64_t seed, struct trace trace)
{
	struct old_node *o = g_new0(struct old_node, 1);

	o->conf = conf;
	o->trace = trace;
	o->leave = LEAVE_SILENT;
	o->leave_at = o->tick_at = o->react_at = OLD_NEVER;
	prng_seed(&o->prng, seed);
	return o;
}

/* What a process loses when it ends. */
static void
life_end(struct old_node *o)
{
	old_wire_clear(o);
	old_members_clear(o);
	old_scripts_clear(o);
	old_ipfail_clear(o);
	if (o->inputs != NULL)
		g_queue_free_full(g_steal_pointer(&o->inputs), input_free);
	o->tick_at = o->react_at = OLD_NEVER;
}

void
old_node_free(struct old_node *o)
{
	if (o == NULL)
		return;
	life_end(o);
	g_free(o);
}

static struct moment
in_ms(const struct old_node *o, int64_t ms)
{
	return moment_add(o->now, span_from_ms(ms));
}

/* Drawn once a beat, so that one packet more changes nothing far away. */
static void
draw_reaction(struct old_node *o)
{
	o->reaction.ns = (int64_t)prng_between(&o->prng, 0, (uint64_t)o->conf->keepalive.ns);
}

static void
life_begin(struct old_node *o)
{
	/* The programs of an earlier life are nobody's. */
	o->last_child = o->generation << 20;
	o->inputs = g_queue_new();
	o->comm = COMM_WAITING;
	o->no_protocol = false;
	o->leave = LEAVE_NOT;
	o->leave_at = o->restart_at = o->reload_at = o->react_at = OLD_NEVER;
	o->will_restart = false;
	o->told_deadtime = span_add(o->conf->deadtime, span_from_ms(START_ADDITION_MS));
	o->calm_dt_at = in_ms(o, START_LENGTH_MS);
	o->tick_at = moment_add(o->now, o->conf->keepalive);
	draw_reaction(o);
	old_wire_begin(o);
	old_members_begin(o);
	old_scripts_begin(o);
	old_ipfail_begin(o);
	old_resources_begin(o);
	old_members_send_status(o);
	old_members_send_status(o);
	old_members_send_status(o);
}

/* -- reacting -- */

void
old_node_wake(struct old_node *o)
{
	if (moment_is_never(o->react_at))
		o->react_at = moment_min(moment_add(o->now, o->reaction), o->tick_at);
}

static void
command(struct old_node *o, const struct msg *m)
{
	const char *type = msg_type(m), *word = msg_get(m, "set");
	unsigned set = HOLD_ALL;
	struct msg *said;

	if (strcmp(type, "standby") == 0) {
		if (!old_resources_set(word, &set) && g_strcmp0(word, "failback") == 0)
			set = HOLD_FOREIGN;
		old_standby_ask(o, set, "me", NULL);
	} else if (strcmp(type, "takeover") == 0) {
		said = msg_new("hb_takeover");
		msg_add(said, "rsc_hold", word != NULL ? word : "all");
		old_wire_send(o, said, NULL);
	} else if (strcmp(type, "addnode") == 0 && msg_get(m, "node") != NULL) {
		said = msg_new("addnode");
		msg_add(said, "nodelist", msg_get(m, "node"));
		old_wire_send(o, said, NULL);
	}
}

static void
react(struct old_node *o)
{
	struct old_input *i;

	o->react_at = OLD_NEVER;
	while (o->inputs != NULL && (i = g_queue_pop_head(o->inputs)) != NULL) {
		if (i->packet != NULL)
			old_wire_packet(o, i->packet);
		else
			command(o, i->command);
		input_free(i);
	}
}

static void
input_add(struct old_node *o, struct old_input i)
{
	g_queue_push_tail(o->inputs, g_memdup2(&i, sizeof(i)));
	old_node_wake(o);
}

/* -- leaving -- */

void
old_node_leave(struct old_node *o, bool restart)
{
	if (o->leave != LEAVE_NOT)
		return;
	o->leave = LEAVE_WANTED;
	o->leave_began = o->now;
	o->will_restart = restart;
	o->restart_at = OLD_NEVER;
	if (o->comm == COMM_COMPLETE)
		old_members_send_status(o);
}

static void
release(struct old_node *o)
{
	trace(&o->trace, TRACE_INFO, "Giving up all HA resources.");
	o->leave = LEAVE_RELEASING;
	o->i_hold = 0;
	o->phase = PHASE_SHUTDOWN;
	old_resources_send(o, false, "shutdown");
	old_scripts_give_set(o, JOB_GIVE_ALL, HOLD_ALL);
}

void
old_node_released(struct old_node *o)
{
	struct msg *m = msg_new("shutdone");

	trace(&o->trace, TRACE_INFO, "All HA resources relinquished.");
	msg_add(m, "st", "dead");
	o->leave = LEAVE_SAID;
	o->leave_at = in_ms(o, LEAVE_STEP_MS);
	old_wire_send(o, m, NULL);
}

static void
end(struct old_node *o, const char *why)
{
	struct action *a = actions_add(o->out, ACTION_EXIT);

	a->reason = g_strdup(why);
	life_end(o);
	o->leave = LEAVE_GONE;
	o->leave_at = OLD_NEVER;
}

static void
leave_step(struct old_node *o)
{
	int64_t silence_ms;

	switch (o->leave) {
	case LEAVE_SAID:
		if (o->will_restart)
			o->told_deadtime =
			    span_add(o->conf->deadtime, span_from_ms(RESTART_ADDITION_MS));
		old_members_send_status(o);
		o->leave = LEAVE_LAST;
		o->leave_at = in_ms(o, LEAVE_STEP_MS);
		break;
	case LEAVE_LAST:
		if (!o->will_restart) {
			end(o, "shutdown complete");
			break;
		}
		silence_ms = (span_ms(o->conf->deadtime) + 999) / 1000 * 1000 + 1000;
		life_end(o);
		o->leave = LEAVE_SILENT;
		o->leave_at = in_ms(o, silence_ms);
		break;
	case LEAVE_SILENT:
		o->generation++;
		life_begin(o);
		break;
	case LEAVE_NOT:
	case LEAVE_WANTED:
	case LEAVE_RELEASING:
	case LEAVE_GONE:
		/* Nothing is timed there. */
		break;
	}
}

static void
look_at_leave(struct old_node *o)
{
	if (moment_reached(o->now, o->restart_at))
		old_node_leave(o, true);
	if (o->leave == LEAVE_WANTED && o->comm == COMM_COMPLETE && old_resources_are_calm(o))
		release(o);
	if ((o->leave == LEAVE_WANTED || o->leave == LEAVE_RELEASING) &&
	    span_ms(moment_since(o->now, o->leave_began)) >= EMERGENCY_MS)
		end(o, "EmergencyShutdown");
}

void
old_node_reboot(struct old_node *o, const char *why)
{
	struct action *a = actions_add(o->out, ACTION_REBOOT);

	trace(&o->trace, TRACE_CRITICAL, "Resource STOP failure. Reboot required!");
	a->reason = g_strdup(why);
	o->leave = LEAVE_GONE;
	o->leave_at = OLD_NEVER;
}

/* -- a reload: the daemon executes itself and keeps what it holds -- */

static void
reload(struct old_node *o)
{
	if (o->leave != LEAVE_NOT || o->comm != COMM_COMPLETE)
		return;
	o->told_deadtime = span_add(o->conf->deadtime, span_from_ms(RESTART_ADDITION_MS));
	o->calm_dt_at = OLD_NEVER;
	old_members_send_status(o);
	o->reload_at = in_ms(o, RELOAD_MS);
}

static void
reload_execute(struct old_node *o)
{
	/* Programs under way would lose their parent. */
	if (old_scripts_count(o) > 0) {
		o->reload_at = in_ms(o, RELOAD_MS);
		return;
	}
	life_end(o);
	o->keeps = true;
	o->generation++;
	life_begin(o);
}

/* -- the main loop -- */

static bool
is_gone(const struct old_node *o)
{
	return o->leave == LEAVE_GONE || o->leave == LEAVE_SILENT;
}

static void
beat(struct old_node *o)
{
	while (moment_reached(o->now, o->tick_at))
		o->tick_at = moment_add(o->tick_at, o->conf->keepalive);
	draw_reaction(o);
	react(o);
	old_members_send_status(o);
	old_members_judge(o);
	old_resources_tick(o);
}

static void
timer(struct old_node *o)
{
	if (moment_reached(o->now, o->leave_at))
		leave_step(o);
	if (is_gone(o))
		return;
	if (moment_reached(o->now, o->reload_at))
		reload_execute(o);
	if (moment_reached(o->now, o->calm_dt_at)) {
		o->calm_dt_at = OLD_NEVER;
		o->told_deadtime = o->conf->deadtime;
		old_members_send_status(o);
	}
	if (moment_reached(o->now, o->tick_at)) {
		beat(o);
	} else if (moment_reached(o->now, o->react_at)) {
		react(o);
		old_resources_tick(o);
	}
	if (moment_reached(o->now, o->ask_nodes_at))
		old_members_ask_list(o);
	old_scripts_tick(o);
	old_ipfail_tick(o);
	old_wire_ask(o);
}

static void
start(struct old_node *o, const struct event_start *s)
{
	o->generation = s->generation;
	memcpy(o->uuid, s->uuid, sizeof(o->uuid));
	life_begin(o);
}

static void
request(struct old_node *o, const struct event_request *r)
{
	AUTO_MSG struct msg *m = request_decode(r->bytes, r->len);
	AUTO_MSG struct msg *reply = msg_new("reply");

	if (m == NULL)
		return;
	/* The commands of 3.0.6 say nothing, whatever becomes of them. */
	msg_add(reply, "result", "ok");
	g_autoptr(GByteArray) bytes = request_encode(reply);
	struct action *a = actions_add(o->out, ACTION_REPLY);
	a->client = r->client;
	a->bytes = g_bytes_new(bytes->data, bytes->len);
	if (strcmp(msg_type(m), "reload") == 0)
		reload(o);
	else
		input_add(o, (struct old_input){.command = g_steal_pointer(&m)});
}

void
old_node_step(struct old_node *o, const struct event *e, struct actions *out)
{
	assert(e->now.ns >= o->now.ns);
	o->now = e->now;
	o->wall_s = e->wall_s;
	o->out = out;
	if (e->type == EVENT_START)
		start(o, &e->u.start);
	else if (e->type == EVENT_TIMER)
		timer(o);
	else if (is_gone(o))
		return;
	else if (e->type == EVENT_PACKET)
		input_add(o,
		    (struct old_input){
			.packet = g_bytes_new(e->u.packet.bytes, e->u.packet.len),
			.medium = e->u.packet.medium});
	else if (e->type == EVENT_CHILD)
		old_scripts_child(o, &e->u.child);
	else if (e->type == EVENT_REQUEST)
		request(o, &e->u.request);
	else if (e->type == EVENT_LEAVE)
		old_node_leave(o, false);
	if (!is_gone(o))
		look_at_leave(o);
	o->out = NULL;
}

struct moment
old_node_deadline(const struct old_node *o)
{
	struct moment soonest = o->leave_at;

	if (is_gone(o))
		return soonest;
	soonest = moment_min(soonest, moment_min(o->tick_at, o->react_at));
	soonest = moment_min(soonest, o->reload_at);
	soonest = moment_min(soonest, moment_min(o->calm_dt_at, o->ask_nodes_at));
	soonest = moment_min(soonest, moment_min(old_wire_deadline(o), old_scripts_deadline(o)));
	return moment_min(soonest, old_ipfail_deadline(o));
}

uint64_t
old_node_generation(const struct old_node *o)
{
	return o->generation;
}

bool
old_node_is_settled(const struct old_node *o)
{
	return !is_gone(o) && o->leave == LEAVE_NOT && o->comm == COMM_COMPLETE &&
	    moment_is_never(o->restart_at) && old_resources_are_calm(o);
}

bool
old_node_holds(const struct old_node *o, unsigned group)
{
	unsigned set =
	    o->conf->groups[group].preferred == o->conf->self ? HOLD_LOCAL : HOLD_FOREIGN;

	return old_resources_are_nice(o) && (o->i_hold & set) != 0;
}
