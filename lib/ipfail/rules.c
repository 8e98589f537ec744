/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipfail/rules.h"

#include <glib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "core/snapshot.h"

#define NUM_PING_MAX 1000
/* Two nodes that lose the same ping node do not notice it at the same moment, and a 3.0.6 is
 * slow to tell: with a short keepalive twice that is over before the other has said that it sees
 * no more than we do. */
#define GIVE_UP_MIN_MS 2000

struct ping_node {
	char *name;
	bool up;
};

struct ipfail {
	struct ipfail_world world;
	char *peer;
	GArray *pings; /* struct ping_node */
	bool failback; /* auto_failback on */
	bool settled;
	bool holds_foreign;
	struct span delay; /* before we give up: twice keepalive, or GIVE_UP_MIN_MS */

	struct moment give_up_at; /* MOMENT_NEVER: nothing to be given up */
	const char *give_up_set;
	unsigned give_up_tag;  /* numbers the give-ups, for the log */
	bool ask_when_settled; /* we ought to have given up, but the cluster was in flux */
	struct moment ask_at; /* MOMENT_NEVER: nothing to be asked */
};

static void
ping_node_clear(void *data)
{
	g_free(((struct ping_node *)data)->name);
}

static void
nodes_learn(struct ipfail *f, const cJSON *nodes)
{
	const cJSON *node;

	cJSON_ArrayForEach(node, nodes)
	{
		const char *name = snapshot_text(node, "name", "");

		if (strcmp(snapshot_text(node, "type", "normal"), "ping") == 0) {
			struct ping_node p = {g_strdup(name),
			    strcmp(snapshot_text(node, "status", ""), "ping") == 0};

			g_array_append_val(f->pings, p);
		} else if (!snapshot_is_true(node, "self") && f->peer == NULL) {
			f->peer = g_strdup(name);
		}
	}
}

static bool
set_has_foreign(const char *holds)
{
	return strcmp(holds, "foreign") == 0 || strcmp(holds, "all") == 0;
}

enum ipfail_fault
ipfail_new(const char *state_json, const struct ipfail_world *world, struct ipfail **out)
{
	cJSON *state = cJSON_Parse(state_json);
	enum ipfail_fault fault = IPFAIL_FINE;

	*out = NULL;
	if (!cJSON_IsObject(state)) {
		cJSON_Delete(state);
		return IPFAIL_NO_STATE;
	}

	struct ipfail *f = g_new0(struct ipfail, 1);
	const char *failback = snapshot_text(state, "auto_failback", "legacy");
	f->world = *world;
	f->pings = g_array_new(FALSE, FALSE, sizeof(struct ping_node));
	g_array_set_clear_func(f->pings, ping_node_clear);
	f->failback = strcmp(failback, "on") == 0;
	f->settled = snapshot_is_true(state, "settled");
	f->holds_foreign = set_has_foreign(snapshot_text(state, "holds", "none"));
	f->delay = span_from_ms(MAX(
	    GIVE_UP_MIN_MS, (int64_t)(2 * snapshot_number(state, "keepalive_ms", 2000))));
	f->give_up_at = MOMENT_NEVER;
	f->ask_at = MOMENT_NEVER;
	nodes_learn(f, snapshot_list(state, "nodes"));
	if (strcmp(failback, "legacy") == 0)
		fault = IPFAIL_LEGACY;
	else if (f->peer == NULL)
		fault = IPFAIL_NO_PEER;
	cJSON_Delete(state);
	if (fault != IPFAIL_FINE)
		ipfail_free(f);
	else
		*out = f;
	return fault;
}

void
ipfail_free(struct ipfail *f)
{
	if (f == NULL)
		return;
	g_array_unref(f->pings);
	g_free(f->peer);
	g_free(f);
}

static struct ping_node *
ping_find(const struct ipfail *f, const char *name)
{
	for (unsigned i = 0; i < f->pings->len; i++) {
		struct ping_node *p = &g_array_index(f->pings, struct ping_node, i);

		if (strcasecmp(p->name, name) == 0)
			return p;
	}
	return NULL;
}

static int
pings_up(const struct ipfail *f)
{
	int n = 0;

	for (unsigned i = 0; i < f->pings->len; i++)
		n += g_array_index(f->pings, struct ping_node, i).up;
	return n;
}

static void
tell(struct ipfail *f, const char *type, int num_ping)
{
	f->world.tell(f->world.arg, f->peer, type, num_ping);
}

static void
ask(struct ipfail *f)
{
	trace(&f->world.trace, TRACE_INFO, "Asking other side for ping node count.");
	tell(f, "num_ping_nodes", pings_up(f));
}

static void
give_up_later(struct ipfail *f, const char *set, struct moment now)
{
	f->give_up_set = set;
	f->give_up_at = moment_add(now, f->delay);
	f->give_up_tag++;
	trace(&f->world.trace, TRACE_INFO, "Delayed giveup in %g seconds.",
	    span_seconds(f->delay));
}

/* Returns: whether there was anything to abort. */
static bool
give_up_abort(struct ipfail *f)
{
	if (moment_is_never(f->give_up_at))
		return false;
	f->give_up_at = MOMENT_NEVER;
	trace(&f->world.trace, TRACE_INFO, "Aborted delayed giveup (%u)", f->give_up_tag);
	return true;
}

/*
 * The peer does not see it come at the same moment, and would take itself for the node that sees less: it
 * gets as long as we take to give up. Who is about to give up asks at once, and need not go.
 */
static void
came_up(struct ipfail *f, struct moment now)
{
	trace(&f->world.trace, TRACE_INFO, "A ping node just came up.");
	if (moment_is_never(f->give_up_at))
		f->ask_at = moment_add(now, f->delay);
	else
		ask(f);
}

void
ipfail_node(struct ipfail *f, const char *node, const char *status, struct moment now)
{
	struct ping_node *p = ping_find(f, node);

	trace(&f->world.trace, TRACE_INFO, "Status update: Node %s now has status %s", node,
	    status);
	if (p == NULL)
		return;
	p->up = strcmp(status, "ping") == 0;
	if (p->up)
		came_up(f, now);
	else
		trace(&f->world.trace, TRACE_INFO, "%s",
		    pings_up(f) > 0 ? "NS: We are still alive!" : "NS: We are dead. :<");
}

/* The only link of a ping node is the node: whichever notice comes first, it counts. */
void
ipfail_link(struct ipfail *f, const char *node, const char *link, const char *status)
{
	struct ping_node *p = ping_find(f, node);

	trace(&f->world.trace, TRACE_INFO,
	    "Link Status update: Link %s/%s now has status %s", node, link, status);
	if (strcmp(status, "dead") != 0)
		return;
	if (p != NULL)
		p->up = false;
	ask(f);
	trace(&f->world.trace, TRACE_INFO, "%s",
	    pings_up(f) > 0 ? "Checking remote count of ping nodes." : "We are dead. :<");
}

void
ipfail_client(struct ipfail *f, const char *node, const char *client, const char *status)
{
	if (strcasecmp(node, f->peer) == 0 && strcmp(client, "ipfail") == 0 &&
	    strcmp(status, "online") == 0)
		ask(f);
}

void
ipfail_resources(struct ipfail *f, const char *holds, bool settled, struct moment now)
{
	f->holds_foreign = set_has_foreign(holds);
	f->settled = settled;
	if (settled && f->ask_when_settled) {
		f->ask_when_settled = false;
		f->ask_at = moment_add(now, span_from_ms(IPFAIL_ASK_AGAIN_MS));
	}
}

/* Both see the same: nobody has a reason to go, and what is foreign may go home. */
static void
balanced(struct ipfail *f, struct moment now)
{
	trace(&f->world.trace, TRACE_INFO, "Ping node count is balanced.");
	tell(f, "abort_giveup", -1);
	if (give_up_abort(f))
		return;
	if (f->failback && f->settled && f->holds_foreign) {
		trace(&f->world.trace, TRACE_INFO,
		    "Giving up foreign resources (auto_failback).");
		give_up_later(f, "foreign", now);
	}
}

static void
compare(struct ipfail *f, const char *num_ping, struct moment now)
{
	const int ours = pings_up(f);
	uint64_t theirs;

	if (num_ping == NULL || !text_to_u64(num_ping, 0, NUM_PING_MAX, &theirs)) {
		trace(&f->world.trace, TRACE_WARNING,
		    "A ping node count that is no number was ignored.");
		return;
	}
	if (ours > (int)theirs) {
		trace(&f->world.trace, TRACE_INFO,
		    "Telling other node that we have more visible ping nodes.");
		tell(f, "you_are_dead", -1);
	} else if (ours < (int)theirs) {
		trace(&f->world.trace, TRACE_INFO,
		    "Giving up because we have less visible ping nodes.");
		give_up_later(f, "all", now);
	} else {
		balanced(f, now);
	}
}

void
ipfail_message(struct ipfail *f, const char *from, const char *type, const char *num_ping,
    struct moment now)
{
	if (strcasecmp(from, f->peer) != 0)
		return;
	if (strcmp(type, "num_ping_nodes") == 0) {
		compare(f, num_ping, now);
	} else if (strcmp(type, "you_are_dead") == 0) {
		trace(&f->world.trace, TRACE_INFO,
		    "Giving up because we were told that we have less ping nodes.");
		give_up_later(f, "all", now);
	} else if (strcmp(type, "abort_giveup") == 0) {
		if (!give_up_abort(f))
			trace(&f->world.trace, TRACE_INFO, "No giveup timer to abort.");
	}
}

struct moment
ipfail_deadline(const struct ipfail *f)
{
	return moment_min(f->give_up_at, f->ask_at);
}

void
ipfail_timer(struct ipfail *f, struct moment now)
{
	if (moment_reached(now, f->ask_at)) {
		f->ask_at = MOMENT_NEVER;
		ask(f);
	}
	if (!moment_reached(now, f->give_up_at))
		return;
	f->give_up_at = MOMENT_NEVER;
	trace(&f->world.trace, TRACE_INFO, "giveup() called (timeout worked)");
	if (f->settled)
		f->world.standby(f->world.arg, f->give_up_set);
	else
		f->ask_when_settled = true;
}
