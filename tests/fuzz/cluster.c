/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cluster.h"

#include "core/hook.h"
#include "proto/envelope.h"
#include "proto/request.h"
#include "proto/seal.h"

/* More than this in one step means that a message makes many out of one. */
#define ACTIONS_MAX 4096

static void
sum(struct cluster *k, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < len; i++)
		k->trace_sum = (k->trace_sum ^ at[i]) * UINT64_C(1099511628211);
}

/* What others send must not write lines of its own into our log, nor move a terminal's
 * cursor. */
static void
hear(void *arg, enum trace_level level, const char *line)
{
	CLAIM(level < TRACE_LEVEL_COUNT);
	for (const char *at = line; *at != '\0'; at++)
		CLAIM((unsigned char)*at >= ' ' && *at != 127);
	sum(arg, line, strlen(line) + 1);
}

void
cluster_begin(
    struct cluster *k, const struct conf *conf, uint64_t seed, const enum group_hint *hints)
{
	struct event e = {.type = EVENT_START};

	*k = (struct cluster){.conf = conf, .now = {INT64_C(5000000000000)}};
	k->out = actions_new();
	k->jobs = g_array_new(FALSE, FALSE, sizeof(struct cluster_job));
	k->clients = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	k->core = core_new(conf, seed, (struct trace){hear, k});
	e.u.start.generation = CLUSTER_GENERATION;
	memcpy(e.u.start.uuid, "uuid of node1...", 16);
	e.u.start.hints = hints;
	cluster_step(k, e);
}

void
cluster_end(struct cluster *k)
{
	core_free(k->core);
	actions_free(k->out);
	g_array_unref(k->jobs);
	g_array_unref(k->clients);
}

static struct cluster_job *
job_at(const struct cluster *k, guint i)
{
	return &g_array_index(k->jobs, struct cluster_job, i);
}

static int
job_index(const struct cluster *k, uint64_t job)
{
	for (guint i = 0; i < k->jobs->len; i++) {
		if (job_at(k, i)->job == job)
			return (int)i;
	}
	return -1;
}

static void
job_begins(struct cluster *k, struct cluster_job j)
{
	CLAIM(j.job > k->job_last);
	k->job_last = j.job;
	/* Operations on one group follow each other; an address may be set or taken away beside them. */
	for (guint i = 0; j.group >= 0 && i < k->jobs->len; i++) {
		const struct cluster_job *other = job_at(k, i);

		CLAIM(other->group != j.group ||
		      (other->resource != j.resource && (other->sets || j.sets)));
	}
	g_array_append_val(k->jobs, j);
}

static void
judge_send(struct cluster *k, const struct action *a, const struct action *before)
{
	AUTO_MSG struct msg *m = NULL;
	size_t len;
	const void *bytes = g_bytes_get_data(a->bytes, &len);

	CLAIM(a->medium < k->conf->media_count);
	/* The same by the next medium. */
	if (before != NULL && before->type == ACTION_SEND &&
	    g_bytes_equal(a->bytes, before->bytes))
		return;
	CLAIM(seal_open(&k->conf->keys, bytes, len, &m) == SEAL_OK);
	if (strcmp(msg_type(m), "status") == 0)
		msg_get_hex(m, "facts", &k->version);
	sum(k, bytes, len);
}

static bool
connected(const struct cluster *k, uint32_t client)
{
	for (guint i = 0; i < k->clients->len; i++) {
		if (g_array_index(k->clients, uint32_t, i) == client)
			return true;
	}
	return false;
}

static void
judge_reply(struct cluster *k, const struct action *a)
{
	AUTO_MSG struct msg *m = NULL;
	size_t len;
	const void *bytes = g_bytes_get_data(a->bytes, &len);

	CLAIM(connected(k, a->client));
	m = request_decode(bytes, len);
	CLAIM(m != NULL);
	CLAIM(strcmp(msg_type(m), "reply") == 0 || strcmp(msg_type(m), "notice") == 0);
	sum(k, bytes, len);
}

/* A type, then names and values, each with its end. */
static void
judge_hook(const struct action *a)
{
	size_t len, strings = 0;
	const char *bytes = g_bytes_get_data(a->bytes, &len);

	CLAIM(len > 0 && bytes[len - 1] == '\0');
	CLAIM(hook_type_is_name(bytes));
	for (size_t i = 0; i < len; i++)
		strings += bytes[i] == '\0';
	CLAIM(strings % 2 == 1 && strings <= 1 + 2 * HOOK_FIELDS_MAX);
}

static void
judge(struct cluster *k, const struct action *a, const struct action *before)
{
	g_autofree char *text = action_text(a);
	int job;

	CLAIM(!k->over);
	sum(k, text, strlen(text) + 1);
	switch (a->type) {
	case ACTION_SEND:
		judge_send(k, a, before);
		break;
	case ACTION_REPLY:
		judge_reply(k, a);
		break;
	case ACTION_RUN:
		CLAIM(a->group < k->conf->group_count && a->op < OP_COUNT);
		CLAIM(a->resource < k->conf->groups[a->group].resource_count);
		CLAIM(a->timeout.ns > 0);
		const bool address = k->conf->groups[a->group].resources[a->resource].kind == RESOURCE_ADDRESS;

		job_begins(k, (struct cluster_job){
		    .job = a->job,
		    .group = a->op == OP_ANNOUNCE || a->op == OP_PROBE || (a->op == OP_STOP && address)
			? -1 : (int)a->group,
		    .resource = a->resource,
		    .sets = a->op == OP_START && address,
		});
		break;
	case ACTION_KILL:
		job = job_index(k, a->job);
		CLAIM(job >= 0);
		job_at(k, (guint)job)->killed = true;
		break;
	case ACTION_CLIENT_START:
		CLAIM(a->index < k->conf->client_count);
		job_begins(k, (struct cluster_job){.job = a->job, .group = -1});
		break;
	case ACTION_GROUP:
		CLAIM(a->group < k->conf->group_count);
		CLAIM(a->hint >= 0 && a->hint < HINT_COUNT);
		break;
	case ACTION_TALK:
		CLAIM(a->talk < TALK_MEMORY_COUNT);
		break;
	case ACTION_ACTIVE:
		break;
	case ACTION_REBOOT:
		/* It takes a moment; until then the peers are told the truth. */
		CLAIM(a->reason != NULL);
		break;
	case ACTION_EXIT:
		CLAIM(a->reason != NULL);
		k->over = true;
		break;
	case ACTION_RENEW:
		CLAIM(a->generation < GENERATION_MAX - 1);
		k->over = true;
		break;
	case ACTION_HOOK:
		judge_hook(a);
		break;
	case ACTION_TYPE_COUNT:
		CLAIM(a->type != ACTION_TYPE_COUNT);
		break;
	}
}

void
cluster_step(struct cluster *k, struct event e)
{
	if (k->over)
		return;
	e.now = k->now;
	e.wall_s = 1700000000 + k->now.ns / 1000000000;
	actions_clear(k->out);
	core_step(k->core, &e, k->out);
	CLAIM(actions_count(k->out) <= ACTIONS_MAX);
	for (size_t i = 0; i < actions_count(k->out); i++)
		judge(k, actions_get(k->out, i), i > 0 ? actions_get(k->out, i - 1) : NULL);
	CLAIM(k->over || !moment_is_never(core_deadline(k->core)));
}

void
cluster_sleep(struct cluster *k, int64_t ms)
{
	k->now = moment_add(k->now, span_from_ms(ms));
}

void
cluster_timer(struct cluster *k, int64_t late_ms)
{
	if (k->over)
		return;
	k->now = moment_max(k->now, core_deadline(k->core));
	cluster_sleep(k, late_ms);
	cluster_step(k, (struct event){.type = EVENT_TIMER});
}

void
cluster_run(struct cluster *k, int64_t ms, unsigned timers_max)
{
	struct moment end = moment_add(k->now, span_from_ms(ms));

	while (!k->over && timers_max-- > 0 && !moment_before(end, core_deadline(k->core)))
		cluster_timer(k, 0);
	k->now = moment_max(k->now, end);
}

void
cluster_packet(
    struct cluster *k, unsigned medium, const void *bytes, size_t len, int64_t age_ms)
{
	struct event e = {.type = EVENT_PACKET};

	e.u.packet = (struct event_packet){.medium = medium % k->conf->media_count,
	    .source = "10.0.0.2",
	    .bytes = bytes,
	    .len = len,
	    .received = {k->now.ns - span_from_ms(age_ms).ns}};
	cluster_step(k, e);
}

void
cluster_message(struct cluster *k, unsigned medium, struct msg *m, int64_t age_ms)
{
	g_autoptr(GByteArray) bytes = seal_close(&k->conf->keys, m, WIRE_NETSTRING, true);

	msg_free(m);
	cluster_packet(k, medium, bytes->data, bytes->len, age_ms);
}

void
cluster_child(struct cluster *k, unsigned index, enum agent_class agent, enum child_end end,
    int code, const char *output)
{
	struct event e = {.type = EVENT_CHILD};

	if (k->jobs->len == 0)
		return;
	index %= k->jobs->len;
	const struct cluster_job j = *job_at(k, index);

	g_array_remove_index(k->jobs, index);
	if (j.killed && end != CHILD_EXITED)
		end = CHILD_KILLED;
	e.u.child = (struct event_child){j.job, agent, end, code, output};
	cluster_step(k, e);
}

void
cluster_client(struct cluster *k, uint32_t client, bool connects, const char *user,
    uint32_t uid, const char *group)
{
	const char *const groups[] = {group, NULL};
	struct event e = {.type = EVENT_CLIENT};

	/* A number is never given twice at a time. */
	if (connects == connected(k, client))
		return;
	if (connects) {
		g_array_append_val(k->clients, client);
	} else {
		for (guint i = 0; i < k->clients->len; i++) {
			if (g_array_index(k->clients, uint32_t, i) == client) {
				g_array_remove_index(k->clients, i);
				break;
			}
		}
	}
	e.u.client = (struct event_client){client, connects, uid, uid, user, groups};
	cluster_step(k, e);
}

void
cluster_request(struct cluster *k, uint32_t client, const void *bytes, size_t len)
{
	struct event e = {.type = EVENT_REQUEST};

	e.u.request = (struct event_request){client, bytes, len};
	cluster_step(k, e);
}
