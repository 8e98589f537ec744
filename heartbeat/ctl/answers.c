/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "answers.h"

#include <string.h>
#include <strings.h>

#include "core/snapshot.h"

static const char *const managed_by = "haresources";

static bool
is_ping(const cJSON *node)
{
	return strcmp(snapshot_text(node, "type", "normal"), "ping") == 0;
}

static const cJSON *
node_of(const struct question *q, const cJSON *state)
{
	return snapshot_named(snapshot_list(state, "nodes"), q->words[0]);
}

static enum answer_code
too_few(struct answer *a, const char *sentence)
{
	g_string_append_printf(a->errors, "%s\n", sentence);
	return ANSWER_USAGE;
}

static enum answer_code
no_such_node(struct answer *a)
{
	return too_few(a, "Error. May be due to incorrect node name");
}

/* "ERROR: what failed", then the reason, as 3.0.6's cl_status reports trouble. */
static enum answer_code failed(struct answer *a, enum answer_code code, const char *reason,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

static enum answer_code
failed(struct answer *a, enum answer_code code, const char *reason, const char *format, ...)
{
	va_list args;

	g_string_append(a->errors, "ERROR: ");
	va_start(args, format);
	g_string_append_vprintf(a->errors, format, args);
	va_end(args);
	g_string_append_printf(a->errors, "\nERROR: REASON: %s\n", reason);
	return code;
}

static void
put_node(const struct question *q, const cJSON *node, struct answer *a)
{
	const char *name = snapshot_text(node, "name", "");
	const cJSON *link;

	if (!q->verbose) {
		g_string_append_printf(a->out, "%s\n", name);
		return;
	}
	g_string_append_printf(a->out, "\n%s\t%s\t(nodetype: %s)\n", name,
	    snapshot_text(node, "status", "?"), is_ping(node) ? "ping" : "normal");
	cJSON_ArrayForEach(link, snapshot_list(node, "links"))
	    g_string_append_printf(a->out, "\t%s\t%s\n", snapshot_text(link, "name", ""),
		snapshot_text(link, "status", "?"));
}

/* The order of 3.0.6: ping nodes first, and each kind in the reverse order of ha.cf. */
static void
put_nodes_of_kind(const struct question *q, const cJSON *nodes, bool ping, struct answer *a)
{
	for (int i = cJSON_GetArraySize(nodes) - 1; i >= 0; i--) {
		const cJSON *node = cJSON_GetArrayItem(nodes, i);

		if (is_ping(node) == ping)
			put_node(q, node, a);
	}
}

static enum answer_code
listnodes(const struct question *q, const cJSON *state, struct answer *a)
{
	const cJSON *nodes = snapshot_list(state, "nodes");

	if (q->for_people)
		g_string_append(a->out, "The nodes are as follow:\n");
	if (!q->normal_only)
		put_nodes_of_kind(q, nodes, true, a);
	if (!q->ping_only)
		put_nodes_of_kind(q, nodes, false, a);
	return ANSWER_OK;
}

static enum answer_code
hbstatus(const struct question *q, const cJSON *state, struct answer *a)
{
	const char *version = snapshot_text(state, "version", "?");

	if (!q->verbose) {
		g_string_append(a->out, "Heartbeat is running on this machine.\n");
		return ANSWER_OK;
	}
	g_string_append(a->out, "Heartbeat is running on this machine.\n");
	if (q->for_people)
		g_string_append_printf(a->out,
		    "Heartbeat version %s\nResources controlled by \"%s\"\n", version,
		    managed_by);
	else
		g_string_append_printf(
		    a->out, "version:\t%s\nmanaged by:\t\"%s\"\n", version, managed_by);
	return listnodes(q, state, a);
}

static enum answer_code
nodestatus(const struct question *q, const cJSON *state, struct answer *a)
{
	if (q->words[0] == NULL)
		return too_few(a, "Not enough parameters.");

	const cJSON *node = node_of(q, state);
	if (node == NULL)
		return no_such_node(a);

	const char *status = snapshot_text(node, "status", "?");
	if (q->for_people)
		g_string_append_printf(
		    a->out, "The cluster node %s is %s\n", q->words[0], status);
	else
		g_string_append_printf(a->out, "%s\n", status);
	return strcmp(status, "active") == 0 || strcmp(status, "up") == 0 ||
		       strcmp(status, "ping") == 0
		   ? ANSWER_OK
		   : ANSWER_NO;
}

/* Every node weighs the same, and is of no site: nothing in this mode looks at either. */
static enum answer_code
nodeweight(const struct question *q, const cJSON *state, struct answer *a)
{
	if (q->words[0] == NULL)
		return too_few(a, "No enough parameter.");
	if (node_of(q, state) == NULL)
		return no_such_node(a);
	if (q->for_people)
		g_string_append_printf(
		    a->out, "The weight of the cluster node %s is ", q->words[0]);
	g_string_append(a->out, "100\n");
	return ANSWER_OK;
}

static enum answer_code
nodesite(const struct question *q, const cJSON *state, struct answer *a)
{
	if (q->words[0] == NULL)
		return too_few(a, "No enough parameter.");
	if (node_of(q, state) == NULL)
		return no_such_node(a);
	if (q->for_people)
		g_string_append_printf(
		    a->out, "The site of the cluster node %s is ", q->words[0]);
	g_string_append_c(a->out, '\n');
	return ANSWER_OK;
}

static enum answer_code
nodetype(const struct question *q, const cJSON *state, struct answer *a)
{
	if (q->words[0] == NULL)
		return too_few(a, "No enough parameter.");

	const cJSON *node = node_of(q, state);
	if (node == NULL)
		return no_such_node(a);
	if (q->for_people)
		g_string_append_printf(a->out, "The node %s's type: ", q->words[0]);
	g_string_append_printf(a->out, "%s\n", is_ping(node) ? "ping" : "normal");
	return ANSWER_OK;
}

static enum answer_code
listhblinks(const struct question *q, const cJSON *state, struct answer *a)
{
	const cJSON *link;

	if (q->words[0] == NULL)
		return too_few(a, "No enough parameter.");

	const cJSON *node = node_of(q, state);
	if (node == NULL)
		return failed(
		    a, ANSWER_API, "EINVAL", "Cannot start heartbeat link interface walk.");
	if (q->for_people)
		g_string_append(a->out, "\tthis node has the following heartbeat links:\n");
	cJSON_ArrayForEach(link, snapshot_list(node, "links"))
	{
		g_string_append_printf(a->out, "\t%s", snapshot_text(link, "name", ""));
		if (q->verbose)
			g_string_append_printf(
			    a->out, "\t%s", snapshot_text(link, "status", "?"));
		g_string_append_c(a->out, '\n');
	}
	return ANSWER_OK;
}

static enum answer_code
hblinkstatus(const struct question *q, const cJSON *state, struct answer *a)
{
	if (q->words[0] == NULL || q->words[1] == NULL)
		return too_few(a, "No enough parameter.");

	const cJSON *node = node_of(q, state);
	const cJSON *link = snapshot_named(snapshot_list(node, "links"), q->words[1]);
	if (link == NULL)
		return failed(a, ANSWER_API, "", "Cannot get heartbeat link status");

	const char *status = snapshot_text(link, "status", "?");
	if (q->for_people)
		g_string_append_printf(a->out, "The node %s's heartbeat link %s is %s\n",
		    q->words[0], q->words[1], status);
	else
		g_string_append_printf(a->out, "%s\n", status);
	return strcmp(status, "up") == 0 ? ANSWER_OK : ANSWER_NO;
}

/* The report says who is signed on here; another node was asked, and may have been silent. */
static enum answer_code
clientstatus(const struct question *q, const cJSON *state, struct answer *a)
{
	bool online;

	if (q->words[0] == NULL || q->words[1] == NULL)
		return too_few(a, "No enough parameter.");
	if (strcasecmp(q->words[0], snapshot_text(state, "node", "")) == 0)
		online = snapshot_named(snapshot_list(state, "clients"), q->words[1]) != NULL;
	else if (q->remote >= 0)
		online = q->remote > 0;
	else
		return failed(a, ANSWER_API, "No timely response.",
		    "Cannot get heartbeat client %s's status", q->words[1]);
	g_string_append(a->out, online ? "online\n" : "offline\n");
	return online ? ANSWER_OK : ANSWER_NO;
}

/* Whatever the daemon can be asked without an argument, as a trial of the connection. */
static enum answer_code
test(const struct question *q, const cJSON *state, struct answer *a)
{
	(void)q;
	g_string_append_printf(a->out,
	    "deadtime: %.0f ms\nkeeplive: %.0f ms\nnode: %s\nresources: %s\n",
	    snapshot_number(state, "deadtime_ms", 0), snapshot_number(state, "keepalive_ms", 0),
	    snapshot_text(state, "node", "?"), snapshot_text(state, "holds", "none"));
	return ANSWER_OK;
}

static enum answer_code
rscstatus(const struct question *q, const cJSON *state, struct answer *a)
{
	const char *holds = snapshot_is_true(state, "transition")
				? "transition"
				: snapshot_text(state, "holds", "none");

	if (q->for_people)
		g_string_append_printf(
		    a->out, "This node is holding %s resources.\n", holds);
	else
		g_string_append_printf(a->out, "%s\n", holds);
	return ANSWER_OK;
}

/* For hbctl, run by a user who may not ask himself. */
static enum answer_code
json(const struct question *q, const cJSON *state, struct answer *a)
{
	char *text = cJSON_PrintUnformatted(state);

	(void)q;
	g_string_append_printf(a->out, "%s\n", text);
	cJSON_free(text);
	return ANSWER_OK;
}

static enum answer_code
hbparameter(const struct question *q, const cJSON *state, struct answer *a)
{
	if (q->parameter == NULL) {
		g_string_append(a->errors, "ERROR: parameter name required\n");
		return ANSWER_USAGE;
	}

	const char *value =
	    strcmp(q->parameter, "hbversion") == 0
		? snapshot_text(state, "version", NULL)
		: snapshot_text(snapshot_list(state, "parameters"), q->parameter, NULL);
	if (value == NULL)
		return failed(
		    a, ANSWER_NO, "", "Cannot get parameter %s's value", q->parameter);
	if (q->for_people)
		g_string_append_printf(
		    a->out, "Heartbeat parameter %s's value: ", q->parameter);
	g_string_append_printf(a->out, "%s\n", value);
	return ANSWER_OK;
}

typedef enum answer_code answer_fn(const struct question *, const cJSON *, struct answer *);

#define WORDS_MAX 2

static const struct subcommand {
	const char *name;
	answer_fn *answer;
	enum word_kind words[WORDS_MAX]; /* what follows, and may be left out at the end */
} subcommands[] = {
    {"hbstatus", hbstatus, {WORD_NONE}},
    {"listnodes", listnodes, {WORD_NONE}},
    {"nodestatus", nodestatus, {WORD_ANY_NODE}},
    {"nodeweight", nodeweight, {WORD_ANY_NODE}},
    {"nodesite", nodesite, {WORD_ANY_NODE}},
    {"nodetype", nodetype, {WORD_ANY_NODE}},
    {"listhblinks", listhblinks, {WORD_ANY_NODE}},
    {"hblinkstatus", hblinkstatus, {WORD_ANY_NODE, WORD_LINK}},
    {"clientstatus", clientstatus, {WORD_NODE, WORD_TEXT}},
    {"rscstatus", rscstatus, {WORD_NONE}},
    {"hbparameter", hbparameter, {WORD_NONE}},
    {"test", test, {WORD_NONE}},
    {"json", json, {WORD_NONE}},
};

static const struct subcommand *
subcommand_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(subcommands); i++) {
		if (strcmp(subcommands[i].name, name) == 0)
			return &subcommands[i];
	}
	return NULL;
}

bool
answer_knows(const char *subcommand)
{
	return subcommand_find(subcommand) != NULL;
}

const char *const *
answer_names(void)
{
	static const char *names[G_N_ELEMENTS(subcommands) + 1];

	for (size_t i = 0; i < G_N_ELEMENTS(subcommands); i++)
		names[i] = subcommands[i].name;
	return names;
}

enum word_kind
answer_word(const char *subcommand, unsigned place)
{
	const struct subcommand *s = subcommand_find(subcommand);

	return s != NULL && place < WORDS_MAX ? s->words[place] : WORD_NONE;
}

enum answer_code
answer_give(const struct question *q, const cJSON *state, struct answer *a)
{
	return subcommand_find(q->subcommand)->answer(q, state, a);
}

enum answer_code
answer_stopped(const struct question *q, struct answer *a)
{
	static const char reason[] =
	    "hb_api_signon: Can't initiate connection to heartbeat";

	if (strcmp(q->subcommand, "hbstatus") != 0)
		return failed(a, ANSWER_NO, reason, "Cannot signon with heartbeat");
	g_string_append(a->out, "Heartbeat is stopped on this machine.\n");
	if (q->verbose)
		g_string_append_printf(a->out, "(%s)\n", reason);
	return ANSWER_NO;
}

enum answer_code
answer_denied(const struct question *q, bool runs, const char *why, struct answer *a)
{
	if (!runs || q->verbose || strcmp(q->subcommand, "hbstatus") != 0)
		return failed(a, ANSWER_API, why, "Cannot signon with heartbeat");
	g_string_append(a->out, "Heartbeat is running on this machine.\n");
	return ANSWER_OK;
}
