/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The programs of a 3.0.6 node. What it does in a conversation of its own, or when it leaves, runs at
 * once; what scripts of rc.d do for others (ip-request and its answer, hb_takeover, the end of a
 * node), and the question whether to fail back, waits until nothing runs, and then one after the other. A job handles its groups in the
 * order of the file, and a group's scripts run like this:
 *
 *   take: left to right  status -- not running --> start -- fails --> the group is given
 *   give: right to left  stop -- fails, 11 times --> status -- running --> reboot
 *
 * The acquisition of the own groups is a job, too, that only asks which of them run.
 * There is no time limit: what hangs keeps the others waiting for good.
 *
 * Source: compat config.md 5.3 to 5.5, resources.md sections 2, 4, 7, 8, 10, commands.md 8.
 */
#include "sim/old_state.h"

#include <string.h>

#define STOP_ATTEMPTS 11
#define STOP_PAUSE_MS 1000
#define STANDBY_AFTER_FAILURE_MS 30000
#define FOR_EVER_MS (INT64_C(365) * 86400 * 1000)

static void job_go_on(struct old_node *o, struct old_job *j);
static void requests_go_on(struct old_node *o);

static void
job_free(gpointer data)
{
	struct old_job *j = data;

	g_array_unref(j->groups);
	g_free(j->who);
	g_free(j);
}

static struct old_job *
job_new(enum old_job_kind kind, bool take)
{
	struct old_job *j = g_new0(struct old_job, 1);

	j->kind = kind;
	j->take = take;
	j->groups = g_array_new(FALSE, FALSE, sizeof(unsigned));
	j->pause_until = OLD_NEVER;
	return j;
}

void
old_scripts_begin(struct old_node *o)
{
	o->jobs = g_ptr_array_new_with_free_func(job_free);
	o->requests = g_queue_new();
	o->finishing = false;
	o->failed_starts = g_array_new(FALSE, FALSE, sizeof(struct moment));
	o->acquisitions = 0;
	o->acquire_child = 0;
}

void
old_scripts_clear(struct old_node *o)
{
	g_clear_pointer(&o->jobs, g_ptr_array_unref);
	if (o->requests != NULL)
		g_queue_free_full(g_steal_pointer(&o->requests), job_free);
	g_clear_pointer(&o->failed_starts, g_array_unref);
}

unsigned
old_scripts_count(const struct old_node *o)
{
	return o->jobs->len + g_queue_get_length(o->requests) + o->acquisitions;
}

static uint64_t
run(struct old_node *o, enum resource_op op, unsigned group, unsigned resource)
{
	struct action *a = actions_add(o->out, ACTION_RUN);

	a->job = ++o->last_child;
	a->op = op;
	a->group = group;
	a->resource = resource;
	a->timeout = span_from_ms(FOR_EVER_MS);
	return a->job;
}

/* Only what status prints counts. */
static bool
says_running(const struct event_child *child)
{
	const char *text = child->output != NULL ? child->output : "";
	g_autofree char *lower = g_ascii_strdown(text, -1);
	const char *not = strstr(lower, "not ");

	if (not != NULL &&
	    (strstr(text + (not - lower), "running") != NULL ||
		strstr(text + (not - lower), "Running") != NULL))
		return false;
	return strstr(text, "running") != NULL || strstr(text, "Running") != NULL ||
	    strstr(text, "OK") != NULL;
}

static bool
succeeded(const struct event_child *child)
{
	return child->end == CHILD_EXITED && child->code == 0;
}

/* -- a job -- */

static unsigned
group_at_hand(const struct old_job *j)
{
	return g_array_index(j->groups, unsigned, j->next);
}

static const struct conf_group *
conf_at_hand(const struct old_node *o, const struct old_job *j)
{
	return &o->conf->groups[group_at_hand(j)];
}

static void
job_run(struct old_node *o, struct old_job *j, enum old_script script)
{
	static const enum resource_op ops[] = {
	    [SCRIPT_ASK] = OP_STATUS,
	    [SCRIPT_START] = OP_START,
	    [SCRIPT_STOP] = OP_STOP,
	    [SCRIPT_PAUSE] = OP_STATUS,
	    [SCRIPT_DOUBT] = OP_STATUS,
	    [SCRIPT_OWNED] = OP_STATUS,
	};

	j->script = script;
	j->child = run(o, ops[script], group_at_hand(j), j->resource);
}

/* What it says at its end. */
static void
job_say(struct old_node *o, const struct old_job *j)
{
	struct msg *m;

	switch (j->kind) {
	case JOB_TAKE_GROUP:
		break;
	case JOB_MACH_DOWN:
		if (!old_resources_are_nice(o))
			break;
		m = msg_new("resource");
		msg_add(m, "rsc_hold", "foreign");
		msg_add(m, "info", "mach_down");
		old_wire_send(o, m, NULL);
		break;
	case JOB_STANDBY_TAKE:
	case JOB_STANDBY_GIVE:
		old_standby_ask(o, o->standby_set, "done", NULL);
		break;
	case JOB_GIVE_ALL:
		old_node_released(o);
		break;
	case JOB_IP_REQUEST:
		m = msg_new("ip-request-resp");
		msg_add(m, "ipaddr", o->conf->groups[g_array_index(j->groups, unsigned, 0)].key);
		msg_add(m, "weown", j->owned ? "yes" : "no");
		msg_add(m, "ok", "OK");
		old_wire_send(o, m, j->who);
		break;
	case JOB_COMMAND:
		old_standby_ask(o, j->set, "me", NULL);
		break;
	case JOB_FAILBACK:
		old_resources_failback(o);
		break;
	}
}

/* Owns: takes j. */
static void
job_finish(struct old_node *o, struct old_job *j)
{
	bool nested = o->finishing;
	guint at;

	g_ptr_array_find(o->jobs, j, &at);
	g_ptr_array_steal_index(o->jobs, at);
	o->finishing = true;
	job_say(o, j);
	o->finishing = nested;
	job_free(j);
	requests_go_on(o);
}

static void
group_begin(struct old_node *o, struct old_job *j)
{
	unsigned last = conf_at_hand(o, j)->resource_count - 1;

	j->undoing = false;
	j->attempts = 0;
	j->resource = j->take || j->kind == JOB_IP_REQUEST ? 0 : last;
	job_run(o, j, j->kind == JOB_IP_REQUEST ? SCRIPT_OWNED : j->take ? SCRIPT_ASK : SCRIPT_STOP);
}

static void
job_go_on(struct old_node *o, struct old_job *j)
{
	j->child = 0;
	if (j->next < j->groups->len)
		group_begin(o, j);
	else
		job_finish(o, j);
}

static void
job_begin(struct old_node *o, struct old_job *j)
{
	g_ptr_array_add(o->jobs, j);
	job_go_on(o, j);
}

static void
requests_go_on(struct old_node *o)
{
	if (o->jobs->len == 0 && o->acquisitions == 0 && !o->finishing &&
	    !g_queue_is_empty(o->requests))
		job_begin(o, g_queue_pop_head(o->requests));
}

static void
request_add(struct old_node *o, struct old_job *j)
{
	g_queue_push_tail(o->requests, j);
	requests_go_on(o);
}

static void
group_finish(struct old_node *o, struct old_job *j)
{
	if (j->undoing) {
		struct moment at = moment_add(o->now, span_from_ms(STANDBY_AFTER_FAILURE_MS));
		g_array_append_val(o->failed_starts, at);
	}
	j->next++;
	job_go_on(o, j);
}

static void
group_stop(struct old_node *o, struct old_job *j)
{
	j->attempts = 0;
	j->resource = conf_at_hand(o, j)->resource_count - 1;
	job_run(o, j, SCRIPT_STOP);
}

static void
after_start(struct old_node *o, struct old_job *j)
{
	if (++j->resource < conf_at_hand(o, j)->resource_count)
		job_run(o, j, SCRIPT_ASK);
	else
		group_finish(o, j);
}

static void
after_stop(struct old_node *o, struct old_job *j)
{
	j->attempts = 0;
	if (j->resource-- > 0)
		job_run(o, j, SCRIPT_STOP);
	else
		group_finish(o, j);
}

static const char *
resource_at_hand(const struct old_node *o, const struct old_job *j)
{
	return conf_at_hand(o, j)->resources[j->resource].text;
}

static void
start_ended(struct old_node *o, struct old_job *j, bool well)
{
	if (well) {
		after_start(o, j);
		return;
	}
	trace(&o->trace, TRACE_CRITICAL, "Giving up resources due to failure of %s",
	    resource_at_hand(o, j));
	j->undoing = true;
	group_stop(o, j);
}

static void
stop_ended(struct old_node *o, struct old_job *j, bool well)
{
	if (well) {
		after_stop(o, j);
	} else if (++j->attempts < STOP_ATTEMPTS) {
		j->script = SCRIPT_PAUSE;
		j->pause_until = moment_add(o->now, span_from_ms(STOP_PAUSE_MS));
	} else {
		job_run(o, j, SCRIPT_DOUBT);
	}
}

static void
job_child(struct old_node *o, struct old_job *j, const struct event_child *child)
{
	j->child = 0;
	switch (j->script) {
	case SCRIPT_ASK:
		if (says_running(child))
			after_start(o, j);
		else
			job_run(o, j, SCRIPT_START);
		break;
	case SCRIPT_START:
		start_ended(o, j, succeeded(child));
		break;
	case SCRIPT_STOP:
		stop_ended(o, j, succeeded(child));
		break;
	case SCRIPT_DOUBT:
		if (says_running(child))
			old_node_reboot(o, resource_at_hand(o, j));
		else
			after_stop(o, j);
		break;
	case SCRIPT_OWNED:
		j->owned = says_running(child);
		if (j->owned)
			group_stop(o, j);
		else
			group_finish(o, j);
		break;
	case SCRIPT_PAUSE:
		/* Nothing runs in a pause. */
		break;
	}
}

/* -- the acquisition of the own groups -- */

static bool
is_local(const struct old_node *o, unsigned group)
{
	return o->conf->groups[group].preferred == o->conf->self;
}

/* A local group that does not run: in legacy mode the others are asked to give it first. */
static void
claim(struct old_node *o, unsigned group)
{
	bool ask = !old_resources_are_nice(o) && old_members_other_is_active(o);
	struct msg *m = msg_new(ask ? "ip-request" : "ip-request-resp");

	msg_add(m, "ipaddr", o->conf->groups[group].key);
	if (!ask) {
		msg_add(m, "weown", "yes");
		msg_add(m, "ok", "OK");
	}
	old_wire_send(o, m, ask ? NULL : o->self->name);
}

static void
acquire_go_on(struct old_node *o)
{
	o->acquire_child = 0;
	while (o->acquire_next < o->conf->group_count && !is_local(o, o->acquire_next))
		o->acquire_next++;
	if (o->acquire_next < o->conf->group_count) {
		o->acquire_child = run(o, OP_STATUS, o->acquire_next, 0);
		return;
	}
	o->acquire_next = 0;
	o->acquisitions--;
	old_resources_acquired(o);
	if (o->acquisitions > 0 && o->acquire_child == 0)
		acquire_go_on(o);
	requests_go_on(o);
}

void
old_scripts_acquire(struct old_node *o)
{
	o->acquisitions++;
	if (o->acquisitions == 1)
		acquire_go_on(o);
}

/* -- what others ask for -- */

void
old_scripts_take_set(struct old_node *o, enum old_job_kind kind, unsigned set)
{
	struct old_job *j = job_new(kind, true);

	for (unsigned g = 0; g < o->conf->group_count; g++) {
		if ((set & (is_local(o, g) ? HOLD_LOCAL : HOLD_FOREIGN)) != 0)
			g_array_append_val(j->groups, g);
	}
	job_begin(o, j);
}

void
old_scripts_give_set(struct old_node *o, enum old_job_kind kind, unsigned set)
{
	struct old_job *j = job_new(kind, false);

	for (unsigned g = 0; g < o->conf->group_count; g++) {
		if ((set & (is_local(o, g) ? HOLD_LOCAL : HOLD_FOREIGN)) != 0)
			g_array_append_val(j->groups, g);
	}
	job_begin(o, j);
}

void
old_scripts_take_node(struct old_node *o, const char *name)
{
	struct old_job *j = job_new(JOB_MACH_DOWN, true);

	for (unsigned g = 0; g < o->conf->group_count; g++) {
		if (strcmp(o->conf->nodes[o->conf->groups[g].preferred], name) == 0)
			g_array_append_val(j->groups, g);
	}
	request_add(o, j);
}

static bool
key_group(const struct old_node *o, const char *key, unsigned *group)
{
	for (unsigned g = 0; g < o->conf->group_count; g++) {
		if (strcmp(o->conf->groups[g].key, key) == 0) {
			*group = g;
			return true;
		}
	}
	return false;
}

void
old_scripts_take_key(struct old_node *o, const char *key)
{
	unsigned group;

	if (!key_group(o, key, &group))
		return;
	struct old_job *j = job_new(JOB_TAKE_GROUP, true);
	g_array_append_val(j->groups, group);
	request_add(o, j);
}

void
old_scripts_ip_request(struct old_node *o, const char *key, const char *asker)
{
	unsigned group;

	if (!key_group(o, key, &group))
		return;
	struct old_job *j = job_new(JOB_IP_REQUEST, false);
	j->who = g_strdup(asker);
	g_array_append_val(j->groups, group);
	request_add(o, j);
}

void
old_scripts_command(struct old_node *o, unsigned set)
{
	struct old_job *j = job_new(JOB_COMMAND, false);

	j->set = set;
	request_add(o, j);
}

void
old_scripts_failback(struct old_node *o)
{
	for (GList *l = o->requests->head; l != NULL; l = l->next) {
		if (((struct old_job *)l->data)->kind == JOB_FAILBACK)
			return;
	}
	request_add(o, job_new(JOB_FAILBACK, false));
}

/* -- what happens -- */

static struct old_job *
job_of(const struct old_node *o, uint64_t child)
{
	for (guint i = 0; i < o->jobs->len; i++) {
		struct old_job *j = g_ptr_array_index(o->jobs, i);

		if (j->child == child && child != 0)
			return j;
	}
	return NULL;
}

void
old_scripts_child(struct old_node *o, const struct event_child *child)
{
	struct old_job *j = job_of(o, child->job);
	unsigned group = o->acquire_next;

	if (j != NULL) {
		job_child(o, j, child);
	} else if (child->job == o->acquire_child && o->acquire_child != 0) {
		if (!says_running(child))
			claim(o, group);
		o->acquire_next = group + 1;
		acquire_go_on(o);
	}
}

void
old_scripts_tick(struct old_node *o)
{
	for (guint i = 0; i < o->jobs->len; i++) {
		struct old_job *j = g_ptr_array_index(o->jobs, i);

		if (!moment_reached(o->now, j->pause_until))
			continue;
		j->pause_until = OLD_NEVER;
		job_run(o, j, SCRIPT_STOP);
	}
	/* Whose group it was is never found out, so it is always the foreign ones. */
	for (guint i = o->failed_starts->len; i-- > 0;) {
		if (!moment_reached(o->now, g_array_index(o->failed_starts, struct moment, i)))
			continue;
		g_array_remove_index(o->failed_starts, i);
		old_standby_ask(o, HOLD_FOREIGN, "me", NULL);
	}
}

struct moment
old_scripts_deadline(const struct old_node *o)
{
	struct moment soonest = OLD_NEVER;

	for (guint i = 0; i < o->jobs->len; i++) {
		const struct old_job *j = g_ptr_array_index(o->jobs, i);

		soonest = moment_min(soonest, j->pause_until);
	}
	for (guint i = 0; i < o->failed_starts->len; i++)
		soonest = moment_min(soonest, g_array_index(o->failed_starts, struct moment, i));
	return soonest;
}
