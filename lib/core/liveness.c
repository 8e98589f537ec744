/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/liveness.h"

#include "base/text.h"
#include "core/api.h"
#include "core/handover.h"
#include "core/hook.h"
#include "core/node.h"

void
liveness_heard(struct core *c, struct node *n, struct moment when)
{
	if (n->heard && n->status != NODE_DEAD && n != c->self) {
		struct span interval = moment_since(when, n->heard_at);

		if (span_exceeds(interval, c->conf->warntime)) {
			n->late++;
			bool deadly = span_exceeds(interval, c->conf->deadtime);

			trace(&c->trace, deadly ? TRACE_CRITICAL : TRACE_WARNING,
			    "Late heartbeat: Node %s: interval %lld ms%s", n->name,
			    (long long)span_ms(interval), deadly ? " (> deadtime)" : "");
		}
	}
	n->heard_at = n->heard ? moment_max(n->heard_at, when) : when;
	n->heard = true;
	n->credit = span_from_ms(0);
}

/* -- patience -- */

/* The n-th false death in a row makes us wait four times as long as the one before, but that much longer
 * than the node asked for at most. */
#define PATIENCE_FACTOR 4
#define PATIENCE_MORE_MS 30000

/* So long after a false death another one counts as in a row. */
static struct span
false_death_memory(const struct node *n)
{
	return span_from_ms(60000 + 10 * span_ms(n->dead_after));
}

static bool
path_is_steady(const struct node *n, struct moment when)
{
	return n->false_deaths == 0 ||
	    span_exceeds(moment_since(when, n->false_at), false_death_memory(n));
}

/* How long a silence of a node that was heard has to be. */
static struct span
node_patience(const struct node *n)
{
	const int64_t asked = span_ms(n->dead_after), most = asked + PATIENCE_MORE_MS;
	int64_t patience = asked;

	if (path_is_steady(n, n->heard_at))
		return n->dead_after;
	for (unsigned i = 1; i < n->false_deaths && patience < most; i++)
		patience *= PATIENCE_FACTOR;
	return span_from_ms(MIN(patience, most));
}

void
liveness_returned(struct core *c, struct node *n)
{
	n->false_deaths = path_is_steady(n, c->now) ? 1 : MIN(n->false_deaths + 1, FALSE_DEATHS_MAX);
	n->false_at = c->now;
	trace(&c->trace, TRACE_CRITICAL, "Cluster node %s returning after partition.", n->name);
	trace(&c->trace, TRACE_WARNING, "Deadtime value may be too small.");
	if (n->false_deaths < 2)
		return;
	g_autofree char *patience = text_from_span(node_patience(n));

	trace(&c->trace, TRACE_WARNING, "node %s was taken for dead %u times in a row and lived: its next silence"
	    " may last %s", n->name, n->false_deaths, patience);
}

/* -- hearing -- */

void
liveness_ping_heard(struct core *c, struct ping *p, struct moment when)
{
	p->heard_at = p->ever ? moment_max(p->heard_at, when) : when;
	p->ever = true;
	if (p->status == NODE_ACTIVE)
		return;
	trace(&c->trace, TRACE_INFO, "Link %s:%s up.", p->name, p->name);
	trace(&c->trace, TRACE_INFO, "Status update for node %s: status ping (%s -> ping: it answers)",
	    p->name, p->status == NODE_INIT ? "init" : "dead");
	hook_ping(c, p->name, "ping", p->status == NODE_INIT ? "init" : "dead");
	p->status = NODE_ACTIVE;
	p->since = c->now;
	api_notice_link(c, p->name, p->name, true);
	api_notice_node(c, p->name, "ping", "ping");
	hook_link(c, p->name, p->name, true);
}

void
liveness_grant(struct core *c, struct span late)
{
	for (unsigned i = 0; i < c->conf->node_count; i++)
		c->nodes[i].credit = span_add(c->nodes[i].credit, late);
	for (unsigned i = 0; i < c->ping_count; i++)
		c->pings[i].heard_at = moment_min(c->now, moment_add(c->pings[i].heard_at, late));
}

bool
liveness_without_path(const struct core *c)
{
	unsigned paths = 0, missing = 0;

	for (unsigned i = 0; i < c->conf->media_count; i++) {
		if (medium_is_ping(c->conf->media[i].kind))
			continue;
		paths++;
		missing += c->medium_missing[i] ? 1 : 0;
	}
	return paths > 0 && missing == paths;
}

/* When a node counts as dead if it stays silent. */
static struct moment
node_deadline(const struct core *c, const struct node *n)
{
	if (n == c->self || n->status == NODE_DEAD)
		return MOMENT_NEVER;
	if (!n->heard)
		return liveness_without_path(c) ? MOMENT_NEVER :
		    moment_add(c->path_at, span_add(c->conf->initdead, n->credit));
	return moment_add(n->heard_at, span_add(node_patience(n), n->credit));
}

static struct moment
path_deadline(const struct core *c, const struct node *n, unsigned link)
{
	const struct path *p = &n->paths[link];

	if (!p->up)
		return MOMENT_NEVER;
	return moment_add(p->heard, span_add(n->heard ? n->dead_after : c->conf->deadtime, n->credit));
}

static struct moment
ping_deadline(const struct core *c, const struct ping *p)
{
	if (p->status == NODE_DEAD)
		return MOMENT_NEVER;
	return moment_add(p->ever ? p->heard_at : c->started_at, c->conf->deadping);
}

static void
node_judge(struct core *c, struct node *n)
{
	for (unsigned link = 0; link < c->links->len; link++) {
		if (!moment_reached(c->now, path_deadline(c, n, link)))
			continue;
		n->paths[link].up = false;
		const char *name = g_ptr_array_index(c->links, link);
		trace(&c->trace, TRACE_INFO, "Link %s:%s dead. (up -> dead: silent %.1fs)", n->name,
		    name, span_seconds(moment_since(c->now, n->paths[link].heard)));
		api_notice_link(c, n->name, name, false);
		hook_link(c, n->name, name, false);
	}
	if (!moment_reached(c->now, node_deadline(c, n)))
		return;
	g_autofree char *limit = text_from_span(n->heard ? node_patience(n) : c->conf->initdead);
	struct moment from = n->heard ? n->heard_at : c->path_at;

	node_enter(c, n, NODE_DEAD, "silent %.1fs, %s %s",
	    span_seconds(moment_since(c->now, from)), n->heard ? "deadtime" : "initdead", limit);
	inbox_reset(&n->inbox, n->generation, &c->prng);
	handover_node_died(c, n);
}

static void
ping_judge(struct core *c, struct ping *p)
{
	if (!moment_reached(c->now, ping_deadline(c, p)))
		return;
	bool was_up = p->status == NODE_ACTIVE;

	p->status = NODE_DEAD;
	p->since = c->now;
	trace(&c->trace, TRACE_WARNING, "node %s: is dead (%s -> dead: no answer for %.1fs)", p->name,
	    was_up ? "ping" : "init",
	    span_seconds(moment_since(c->now, p->ever ? p->heard_at : c->started_at)));
	if (was_up) {
		trace(&c->trace, TRACE_INFO, "Link %s:%s dead.", p->name, p->name);
		api_notice_link(c, p->name, p->name, false);
		hook_link(c, p->name, p->name, false);
	}
	api_notice_node(c, p->name, "dead", "ping");
	hook_ping(c, p->name, "dead", was_up ? "ping" : "init");
}

void
liveness_judge(struct core *c)
{
	for (unsigned i = 0; i < c->conf->node_count; i++)
		node_judge(c, &c->nodes[i]);
	for (unsigned i = 0; i < c->ping_count; i++)
		ping_judge(c, &c->pings[i]);
}

void
liveness_settle(struct core *c)
{
	if (c->self->status != NODE_UP)
		return;
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];

		if (n != c->self && !n->heard && n->status != NODE_DEAD)
			return;
	}
	trace(&c->trace, TRACE_INFO, "Comm_now_up(): updating status to active");
	node_enter(c, c->self, NODE_ACTIVE, "every node was heard or given up");
	actions_add(c->out, ACTION_ACTIVE);
}

struct moment
liveness_deadline(const struct core *c)
{
	struct moment soonest = MOMENT_NEVER;

	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];

		soonest = moment_min(soonest, node_deadline(c, n));
		for (unsigned link = 0; link < c->links->len; link++)
			soonest = moment_min(soonest, path_deadline(c, n, link));
	}
	for (unsigned i = 0; i < c->ping_count; i++)
		soonest = moment_min(soonest, ping_deadline(c, &c->pings[i]));
	return soonest;
}
