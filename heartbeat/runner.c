/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Source: compat commands.md sections 7, 8.3 and 10.1, config.md 5.3.
 */
#include "runner.h"

#include <errno.h>
#include <glib.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "address.h"
#include "announcer.h"
#include "base/text.h"
#include "child.h"
#include "job.h"
#include "leftover.h"
#include "log.h"
#include "old_path.h"
#include "picture.h"
#include "probe.h"
#include "script.h"

#define UNIT_STOPPER HB_LIBEXECDIR "/hb-units"

struct runner {
	qb_loop_t *loop;
	const struct conf *conf;
	struct children *children;
	runner_done_fn *done;
	void *arg;
	unsigned epoch;
	uint64_t last_id;
	GPtrArray *running;	/* struct job * */
	GQueue waiting;	/* struct job *: for a group that an older engine is busy with */
	struct announcer *announcer;
	struct probes *probes;	/* of the present engine */
	GHashTable *aliases_said;	/* resources found by alias: said once */
	const char *notes;	/* where operations are noted; NULL: nowhere */
	bool notes_fail_said;
	struct leftovers *leftovers;	/* of earlier masters; NULL: nobody looked */
	struct picture *picture;	/* NULL: none */
};

static struct job *
job_new(struct runner *r, uint64_t engine_job)
{
	struct job *j = g_new0(struct job, 1);

	j->runner = r;
	j->id = ++r->last_id;
	j->engine_job = engine_job;
	j->epoch = r->epoch;
	return j;
}

static void
report(struct runner *r, const struct job *j, enum child_end end, int code, const char *output)
{
	if (j->epoch == r->epoch)
		r->done(r->arg, j->engine_job, j->agent, end, code, output);
}

/* --- operations ------------------------------------------------------------------------- */

static void
run_native(struct runner *r, struct job *j)
{
	g_autoptr(GString) output = g_string_new(NULL);
	const struct address_memory *memory = r->picture != NULL && j->op == OP_START
	    ? picture_memory(r->picture, j->group_index, j->resource_index) : NULL;
	int code;

	/* The name people look for in the log; the command of that name does the same. */
	j->path = g_strdup_printf(HB_HADIR "/resource.d/%s", j->resource.script);
	job_log_begin(j, j->path);
	if (j->op == OP_STOP)
		announcer_cancel(r->announcer, &j->resource);
	if (j->op == OP_ANNOUNCE)
		code = 0;	/* whether it is here is asked at each frame */
	else if (memory != NULL)
		code = address_start(j->resource.script, j->resource.args, memory, output);
	else if (j->op == OP_STATUS)
		code = address_status(j->resource.script, j->resource.args, output);
	else
		code = address_perform(j->resource.script, j->resource.args, j->op, output);
	if (r->picture != NULL && code == 0)
		picture_performed(r->picture, j->group_index, j->resource_index, j->op);
	if (j->op == OP_ANNOUNCE || (j->op == OP_START && code == 0))
		announcer_begin(r->announcer, &j->resource);
	if (j->op != OP_STATUS && code != 0)
		log_about(j->group, TRACE_ERROR, "Return code %d from %s: %s", code, j->path,
		    output->str);
	report(r, j, CHILD_EXITED, code, output->str);
	job_free(j);
}

/* A shutdown of the machine must not hold up the stop of a unit: see hb-units. Owns: the
 * caller's (g_strfreev). */
static char **
argv_of(const struct job *j, const struct script_call *call)
{
	g_autofree char *unit =
	    j->op == OP_STOP && access(UNIT_STOPPER, X_OK) == 0 ? script_unit(call) : NULL;
	GPtrArray *argv = g_ptr_array_new();

	if (unit != NULL) {
		g_ptr_array_add(argv, g_strdup(UNIT_STOPPER));
		g_ptr_array_add(argv, g_strdup("stop"));
		g_ptr_array_add(argv, g_strdup(unit));
	}
	/* An init script may do more than its unit. */
	for (char **word = call->argv; *word != NULL; word++) {
		if (unit == NULL || call->agent != AGENT_SYSTEMD)
			g_ptr_array_add(argv, g_strdup(*word));
	}
	g_ptr_array_add(argv, NULL);
	return (char **)g_ptr_array_free(argv, FALSE);
}

/* For the next master, should this one be killed meanwhile. */
static void
job_note(struct runner *r, struct job *j, pid_t pid)
{
	const struct leftover_note note = {
	    .pid = pid,
	    .op = j->op,
	    .group = j->group,
	    .resource = j->resource.text,
	    /* systemd carries it out, whether systemctl waits or not. */
	    .waits_only = j->agent == AGENT_SYSTEMD,
	};
	const int err = r->notes != NULL ? leftover_note(r->notes, &note) : 0;

	j->pid = pid;
	if (err < 0 && !r->notes_fail_said)
		log_write(TRACE_WARNING, "operations cannot be noted in %s: %s: should heartbeat be"
		    " killed, the next one does not know what still runs; make room or mount it",
		    r->notes, g_strerror(-err));
	r->notes_fail_said = err < 0;
}

/* One that is still there, although killed, may yet do something. */
static void
job_forget(const struct runner *r, const struct job *j, const struct child_result *result)
{
	if (r->notes != NULL && !result->stuck)
		leftover_forget(r->notes, j->pid);
}

static void
run_program(struct runner *r, struct job *j, const struct script_call *call)
{
	g_auto(GStrv) argv = argv_of(j, call);
	const struct child_spec spec = {
	    .argv = (const char *const *)argv,
	    .environment = (const char *const *)call->environment,
	    .timeout = j->timeout,
	    .capture = true,
	};
	int result;

	g_free(j->path);
	j->path = g_strdup(call->argv[0]);
	job_log_begin(j, call->agent == AGENT_SYSTEMD ? call->found : call->argv[0]);
	g_ptr_array_add(r->running, j);
	result = child_start(r->children, j->id, &spec);
	if (result >= 0) {
		job_note(r, j, result);
		return;
	}
	g_ptr_array_remove_fast(r->running, j);
	log_write(TRACE_ERROR, "%s: cannot be run: %s", call->argv[0], g_strerror(-result));
	/* What a shell says: 126 found but no program, 127 not there. */
	report(r, j, CHILD_EXITED, result == -ENOENT ? 127 : 126, g_strerror(-result));
	job_free(j);
}

static void
job_begin(struct runner *r, struct job *j)
{
	struct script_call call = {0};
	g_autofree char *why = NULL;

	if (leftovers_state(r->leftovers, j->group, j->resource.text) == LEFTOVER_STUCK) {
		log_about(j->group, TRACE_ERROR, "%s %s: not run beside what an earlier heartbeat left",
		    j->resource.text, resource_op_name(j->op));
		report(r, j, CHILD_TIMED_OUT, 0, "");
		job_free(j);
		return;
	}
	if (script_resolve(r->conf, &j->resource, j->op, &call, &why) < 0) {
		log_about(j->group, TRACE_ERROR, "%s %s: %s", j->resource.text,
		    resource_op_name(j->op), why);
		report(r, j, CHILD_NOT_FOUND, 0, why);
		job_free(j);
		return;
	}
	if (call.by_alias && g_hash_table_add(r->aliases_said, g_strdup(j->resource.text)))
		log_write(TRACE_NOTICE, "%s: using %s", j->resource.text, call.found);
	j->agent = call.agent;
	if (call.agent == AGENT_NATIVE)
		run_native(r, j);
	else
		run_program(r, j, &call);
	script_call_clear(&call);
}

static bool
group_busy(const struct runner *r, const char *group, unsigned before_epoch)
{
	for (guint i = 0; i < r->running->len; i++) {
		const struct job *j = g_ptr_array_index(r->running, i);

		if (j->epoch < before_epoch && j->group != NULL && strcmp(j->group, group) == 0)
			return true;
	}
	return false;
}

void
runner_hold(struct runner *r, unsigned group)
{
	const struct conf_group *g = &r->conf->groups[group];

	for (unsigned i = 0; i < g->resource_count; i++) {
		struct script_call call = {0};
		g_autofree char *why = NULL;

		if (g->resources[i].kind != RESOURCE_ADDRESS)
			continue;
		/* A script of that name announces in its own way. */
		if (script_resolve(r->conf, &g->resources[i], OP_ANNOUNCE, &call, &why) < 0)
			continue;
		if (call.agent == AGENT_NATIVE)
			announcer_hold(r->announcer, &g->resources[i]);
		script_call_clear(&call);
	}
}

bool
runner_group_busy(const struct runner *r, unsigned group)
{
	const char *key = r->conf->groups[group].key;

	return group_busy(r, key, r->epoch + 1) ||
	    leftovers_state(r->leftovers, key, NULL) != LEFTOVER_NONE;
}

static bool
is_of_resource(const struct job *j, const struct job *other)
{
	return other != j && other->group != NULL && strcmp(other->group, j->group) == 0 &&
	    strcmp(other->resource.text, j->resource.text) == 0;
}

/* An address is taken away without a script, at once, whatever an older engine does to the rest of its group. */
static bool
goes_beside(const struct runner *r, const struct job *j)
{
	if (j->op != OP_STOP || j->resource.kind != RESOURCE_ADDRESS)
		return false;
	for (guint i = 0; i < r->running->len; i++) {
		if (is_of_resource(j, g_ptr_array_index(r->running, i)))
			return false;
	}
	for (const GList *l = r->waiting.head; l != NULL; l = l->next) {
		if (is_of_resource(j, l->data))
			return false;
	}
	return true;
}

static bool
must_wait(const struct runner *r, const struct job *j)
{
	return (group_busy(r, j->group, j->epoch) && !goes_beside(r, j)) ||
	    leftovers_state(r->leftovers, j->group, j->resource.text) == LEFTOVER_ENDING;
}

static void
waiting_begin(struct runner *r)
{
	for (GList *l = r->waiting.head, *next; l != NULL; l = next) {
		struct job *j = l->data;

		next = l->next;
		if (must_wait(r, j))
			continue;
		g_queue_delete_link(&r->waiting, l);
		job_begin(r, j);
	}
}

int
runner_run(struct runner *r, uint64_t job, enum resource_op op, unsigned group,
    unsigned resource, struct span timeout)
{
	struct job *j;

	if (group >= r->conf->group_count || resource >= r->conf->groups[group].resource_count)
		return -EINVAL;
	if (op == OP_PROBE) {
		const struct conf_resource *address = &r->conf->groups[group].resources[resource];

		return address->kind == RESOURCE_ADDRESS ? probes_add(r->probes, job, address, timeout) : -EINVAL;
	}
	if (r->running->len + r->waiting.length >= RUNNER_JOBS_MAX)
		return -EAGAIN;
	j = job_new(r, job);
	j->op = op;
	j->timeout = timeout;
	j->group = g_strdup(r->conf->groups[group].key);
	j->group_index = group;
	j->resource_index = resource;
	job_resource_copy(&j->resource, &r->conf->groups[group].resources[resource]);
	if (must_wait(r, j))
		g_queue_push_tail(&r->waiting, j);
	else
		job_begin(r, j);
	return 0;
}

/* --- clients ---------------------------------------------------------------------------- */

static bool
is_client(const struct job *j, const struct conf_client *client)
{
	return j->group == NULL && strcmp(j->command, client->command) == 0 &&
	    strcmp(j->user, client->user) == 0;
}

/* One that outlived its engine and was not taken over yet. */
static struct job *
client_left_over(const struct runner *r, const struct conf_client *client)
{
	for (guint i = 0; i < r->running->len; i++) {
		struct job *j = g_ptr_array_index(r->running, i);

		if (is_client(j, client) && j->epoch != r->epoch)
			return j;
	}
	return NULL;
}

/* The present engine has it: whoever asks again and again must not get as many. */
static bool
client_is_ours(const struct runner *r, const struct conf_client *client)
{
	for (guint i = 0; i < r->running->len; i++) {
		const struct job *j = g_ptr_array_index(r->running, i);

		if (is_client(j, client) && j->epoch == r->epoch && j->line == client->line)
			return true;
	}
	return false;
}

static int
client_exec(struct runner *r, struct job *j, const struct passwd *user)
{
	g_autofree char *command = old_path_command(j->command);
	g_autofree char *line = g_strconcat("exec ", command, NULL);
	const char *const argv[] = {"/bin/sh", "-c", line, NULL};
	/* A client has never had the one that says how scripts move groups. */
	g_auto(GStrv) environment =
	    g_environ_unsetenv(script_environment(r->conf), "HA_NICEFAILBACK");
	const struct child_spec spec = {
	    .argv = argv,
	    .environment = (const char *const *)environment,
	    .uid = user->pw_uid,
	    .gid = user->pw_gid,
	    .user = user->pw_name,
	};

	log_write(TRACE_INFO, "Starting child client \"%s\" (%u,%u)", j->command,
	    (unsigned)user->pw_uid, (unsigned)user->pw_gid);
	return child_start(r->children, j->id, &spec);
}

int
runner_client_start(struct runner *r, uint64_t job, unsigned index)
{
	const struct conf_client *client;
	const struct passwd *user;
	struct job *j;
	int result;

	if (index >= r->conf->client_count)
		return -EINVAL;
	client = &r->conf->clients[index];
	if (client_is_ours(r, client))
		return -EALREADY;
	j = client_left_over(r, client);
	if (j != NULL) {
		/* It outlived its engine: the new one is told when it ends. */
		j->epoch = r->epoch;
		j->engine_job = job;
		j->line = client->line;
		return 0;
	}
	j = job_new(r, job);
	j->agent = AGENT_NONE;
	j->user = g_strdup(client->user);
	j->command = g_strdup(client->command);
	j->line = client->line;
	user = getpwnam(client->user);
	result = user == NULL ? -ENOENT : client_exec(r, j, user);
	if (result < 0) {
		log_write(TRACE_ERROR, "Client \"%s\" cannot be started as %s: %s", j->command,
		    j->user, g_strerror(-result));
		report(r, j, CHILD_EXITED, 127, g_strerror(-result));
		job_free(j);
		return 0;
	}
	j->pid = result;
	g_ptr_array_add(r->running, j);
	log_write(TRACE_INFO, "Starting \"%s\" as uid %u  gid %u (pid %ld)", j->command,
	    (unsigned)user->pw_uid, (unsigned)user->pw_gid, (long)j->pid);
	return 0;
}

bool
runner_client_stop_last(struct runner *r)
{
	const struct job *last = NULL;

	for (guint i = 0; i < r->running->len; i++) {
		const struct job *j = g_ptr_array_index(r->running, i);

		if (j->group == NULL && (last == NULL || j->line > last->line))
			last = j;
	}
	if (last != NULL)
		child_kill(r->children, last->id);
	return last != NULL;
}

/* Two equal lines are two clients; of one line, one stays. */
static void
clients_drop(struct runner *r)
{
	g_autofree bool *taken = g_new0(bool, r->conf->client_count + 1);

	for (guint i = 0; i < r->running->len; i++) {
		const struct job *j = g_ptr_array_index(r->running, i);
		bool wanted = j->group != NULL;

		for (unsigned k = 0; k < r->conf->client_count && !wanted; k++) {
			wanted = !taken[k] && is_client(j, &r->conf->clients[k]);
			taken[k] = taken[k] || wanted;
		}
		if (!wanted)
			child_kill(r->children, j->id);
	}
}

static void
probe_done(void *arg, uint64_t job, int code, const char *output)
{
	struct runner *r = arg;

	r->done(r->arg, job, AGENT_NATIVE, CHILD_EXITED, code, output);
}

/* --- both ------------------------------------------------------------------------------- */

static void
child_done(void *arg, uint64_t id, const struct child_result *result)
{
	struct runner *r = arg;
	struct job *j = NULL;

	for (guint i = 0; i < r->running->len && j == NULL; i++) {
		struct job *candidate = g_ptr_array_index(r->running, i);

		if (candidate->id == id)
			j = candidate;
	}
	if (j == NULL)
		return;
	g_ptr_array_remove_fast(r->running, j);
	if (j->group != NULL) {
		job_forget(r, j, result);
		job_log_output(j, result);
		job_log_end(j, result);
	} else {
		job_log_client_end(j, result);
		/* What it left behind in its group would stand beside that of the next one. */
		if (kill(-j->pid, SIGTERM) == 0)
			kill(-j->pid, SIGCONT);
	}
	report(r, j, result->end, result->code, result->output);
	job_free(j);
	waiting_begin(r);
}

void
runner_kill(struct runner *r, uint64_t job)
{
	for (GList *l = r->waiting.head; l != NULL; l = l->next) {
		struct job *j = l->data;

		if (j->engine_job == job && j->epoch == r->epoch) {
			g_queue_delete_link(&r->waiting, l);
			report(r, j, CHILD_KILLED, 0, "");
			job_free(j);
			return;
		}
	}
	for (guint i = 0; i < r->running->len; i++) {
		const struct job *j = g_ptr_array_index(r->running, i);

		if (j->engine_job == job && j->epoch == r->epoch) {
			child_kill(r->children, j->id);
			return;
		}
	}
}

void
runner_renew(struct runner *r, const struct conf *c)
{
	/* What has not begun was the wish of an engine that is gone. */
	g_queue_clear_full(&r->waiting, job_free);
	probes_drop(r->probes);
	r->epoch++;
	r->conf = c;
	announcer_set_refresh(r->announcer, c->announce);
	clients_drop(r);
}

static const struct job *
operation_under_way(const struct runner *r)
{
	for (guint i = 0; i < r->running->len; i++) {
		const struct job *j = g_ptr_array_index(r->running, i);

		if (j->group != NULL)
			return j;
	}
	return g_queue_peek_head((GQueue *)&r->waiting);
}

bool
runner_quiet(const struct runner *r, char **why)
{
	const struct job *j = operation_under_way(r);

	*why = NULL;
	if (j != NULL)
		*why = g_strdup_printf("the %s of %s", resource_op_name(j->op), j->resource.text);
	else if (announcer_busy(r->announcer))
		*why = g_strdup("the announcement of an address");
	else if (children_ending(r->children))
		*why = g_strdup("the end of a client");
	return *why == NULL;
}

void
runner_end_operations(struct runner *r)
{
	g_queue_clear_full(&r->waiting, job_free);
	for (guint i = 0; i < r->running->len; i++) {
		const struct job *j = g_ptr_array_index(r->running, i);

		if (j->group != NULL)
			child_kill(r->children, j->id);
	}
}

void
runner_hand_over(const struct runner *r, struct handoff *h)
{
	for (guint i = 0; i < r->running->len; i++) {
		const struct job *j = g_ptr_array_index(r->running, i);
		struct handoff_client client = {
		    .user = j->user, .command = j->command, .line = j->line, .pid = j->pid};

		if (j->group != NULL)
			continue;
		child_streams(r->children, j->id, &client.out, &client.err);
		handoff_add_client(h, &client);
	}
}

static void
leftovers_changed(void *arg)
{
	waiting_begin(arg);
}

void
runner_look_back(struct runner *r, const char *notes)
{
	r->notes = notes;
	r->leftovers =
	    leftovers_new(r->loop, notes, r->conf->resource_timeout, leftovers_changed, r);
}

void
runner_take_over(struct runner *r, const struct handoff *h)
{
	g_autoptr(GArray) being_ended = leftovers_processes(r->leftovers);

	for (guint i = 0; i < h->clients->len; i++) {
		const struct handoff_client *client = g_ptr_array_index(h->clients, i);
		struct job *j = job_new(r, 0);

		j->agent = AGENT_NONE;
		j->user = g_strdup(client->user);
		j->command = g_strdup(client->command);
		j->line = client->line;
		j->pid = client->pid;
		child_adopt(r->children, j->id, j->pid, client->out, client->err);
		g_ptr_array_add(r->running, j);
	}
	children_adopt_the_rest(r->children, being_ended);
}

void
runner_watch(struct runner *r, struct picture *picture)
{
	r->picture = picture;
}

struct runner *
runner_new(qb_loop_t *loop, const struct conf *c, runner_done_fn *done, void *arg)
{
	struct runner *r = g_new0(struct runner, 1);

	r->loop = loop;
	r->conf = c;
	r->done = done;
	r->arg = arg;
	r->children = children_new(loop, child_done, r);
	r->running = g_ptr_array_new();
	g_queue_init(&r->waiting);
	r->announcer = announcer_new(loop);
	announcer_set_refresh(r->announcer, c->announce);
	r->probes = probes_new(loop, probe_done, r);
	r->aliases_said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return r;
}

void
runner_free(struct runner *r)
{
	if (r == NULL)
		return;
	children_free(r->children);
	probes_free(r->probes);
	leftovers_free(r->leftovers);
	for (guint i = 0; i < r->running->len; i++)
		job_free(g_ptr_array_index(r->running, i));
	g_ptr_array_free(r->running, TRUE);
	g_queue_clear_full(&r->waiting, job_free);
	announcer_free(r->announcer);
	g_hash_table_destroy(r->aliases_said);
	g_free(r);
}
