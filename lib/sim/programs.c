/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What runs on a host, and the programs that start, stop and look at it. */
#include "sim/daemon.h"

#include <string.h>

void
programs_init(struct host *h)
{
	h->running = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	h->removed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	h->behaviours = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

void
programs_clear(struct host *h)
{
	g_hash_table_unref(h->running);
	g_hash_table_unref(h->removed);
	g_hash_table_unref(h->behaviours);
}

void
programs_power_cut(struct host *h)
{
	h->power_life++;
	g_hash_table_remove_all(h->running);
	g_hash_table_remove_all(h->removed);
}

bool
programs_runs(const struct host *h, const char *resource)
{
	return g_hash_table_contains(h->running, resource);
}

static void
set_runs(struct host *h, const char *resource, bool runs)
{
	if (runs)
		g_hash_table_add(h->running, g_strdup(resource));
	else
		g_hash_table_remove(h->running, resource);
	g_hash_table_remove(h->removed, resource);
}

bool
resource_is_address(const struct conf_resource *r)
{
	return r->kind == RESOURCE_ADDRESS;
}

void
programs_flush(struct host *h, bool ipv6)
{
	for (unsigned g = 0; g < h->conf->group_count; g++) {
		for (unsigned i = 0; i < h->conf->groups[g].resource_count; i++) {
			const struct conf_resource *r = &h->conf->groups[g].resources[i];

			if (resource_is_address(r) && (!ipv6 || strchr(r->args[0], ':') != NULL))
				g_hash_table_remove(h->running, r->text);
		}
	}
	picture_wake(h);
}

static struct behaviour
behaviour_of(const struct host *h, const struct conf_resource *r, enum resource_op op)
{
	g_autofree char *name = g_strdup_printf("%s %s", r->text, resource_op_name(op));
	const struct behaviour *told = g_hash_table_lookup(h->behaviours, name);
	struct behaviour b = told != NULL ? *told : (struct behaviour){0};
	bool slow = !resource_is_address(r) && (op == OP_START || op == OP_STOP);

	if (b.takes.ns == 0)
		b.takes = slow ? h->w->takes : span_from_ms(1);
	return b;
}

/* What of the group runs on that host: the resource itself rather than another; or NULL. */
static const char *
runs_of(const struct host *h, const struct conf_group *g, const char *resource)
{
	const char *some = NULL;

	if (programs_runs(h, resource))
		return resource;
	for (unsigned i = 0; i < g->resource_count && some == NULL; i++) {
		if (programs_runs(h, g->resources[i].text))
			some = g->resources[i].text;
	}
	return some;
}

/* A group is one thing: no part of it may start as long as another part runs elsewhere. */
static void
note_start(struct world *w, struct host *h, const struct conf_group *g, const char *resource)
{
	for (unsigned i = 0; i < w->host_count && !programs_runs(h, resource); i++) {
		const struct host *other = &w->hosts[i];
		const char *runs = other != h && other->powered ? runs_of(other, g, resource) : NULL;

		if (runs == NULL)
			continue;
		w->doubles++;
		g_autofree char *text = g_strdup_printf("!! %s starts while %s runs on %s", resource,
		    strcmp(runs, resource) == 0 ? "it" : runs, h->conf->nodes[i]);
		world_say(w, h->conf->nodes[h->index], text);
	}
	set_runs(h, resource, true);
}

/* An address needs its interface. */
static bool
can_have(const struct host *h, const struct conf_resource *r)
{
	return !resource_is_address(r) || interface_is_up(h);
}

/*
 * Operations on one group queue up in the master, also over the life of an engine. An address is taken away at
 * once: that waits only for what an earlier engine began with the same address.
 */
static struct moment
group_is_free_at(const struct world *w, const struct host *h, const char *key, const char *resource)
{
	struct moment free_at = w->now;

	for (GSequenceIter *i = g_sequence_get_begin_iter(w->pending); !g_sequence_iter_is_end(i);
	    i = g_sequence_iter_next(i)) {
		const struct pending *p = g_sequence_get(i);

		if (p->what == PENDING_CHILD && p->op != OP_PROBE && p->host == h->index &&
		    p->life == h->power_life && strcmp(p->group->key, key) == 0 &&
		    (resource == NULL || (p->job >> 24 != h->generation &&
			strcmp(p->resource->text, resource) == 0)))
			free_at = moment_max(free_at, p->at);
	}
	return free_at;
}

bool
world_address_is_busy(const struct world *w, unsigned host, unsigned group)
{
	const char *key = w->conf->groups[group].key;

	for (GSequenceIter *i = g_sequence_get_begin_iter(w->pending); !g_sequence_iter_is_end(i);
	    i = g_sequence_iter_next(i)) {
		const struct pending *p = g_sequence_get(i);

		if (p->what == PENDING_CHILD && p->host == host && (p->op == OP_START || p->op == OP_STOP) &&
		    resource_is_address(p->resource) && strcmp(p->group->key, key) == 0 &&
		    p->life == w->hosts[host].power_life)
			return true;
	}
	return false;
}

bool
programs_group_is_busy(const struct world *w, const struct host *h, unsigned group)
{
	return moment_before(w->now, group_is_free_at(w, h, h->conf->groups[group].key, NULL));
}

/* Begin an operation, not before that time. Returns: the end of it, already under way. */
static struct pending *
run(struct world *w, struct host *h, const struct conf_group *g, unsigned resource,
    enum resource_op op, struct span timeout, struct moment earliest)
{
	const struct conf_resource *r = &g->resources[resource];
	struct behaviour b = behaviour_of(h, r, op);
	struct span takes = b.hangs || span_exceeds(b.takes, timeout) ? timeout : b.takes;
	const char *alone = op == OP_STOP && r->kind == RESOURCE_ADDRESS ? r->text : NULL;
	struct moment begin = op == OP_PROBE ? earliest
	    : moment_max(earliest, group_is_free_at(w, h, g->key, alone));
	struct pending *p = pending_new(w, h->index, moment_add(begin, takes));

	p->what = PENDING_CHILD;
	p->op = op;
	p->group = g;
	p->resource = r;
	p->timeout = timeout;
	p->behaviour = b;
	p->master_life = h->master_life;
	p->fresh = !programs_runs(h, r->text);
	pending_add(w, p);
	if (op == OP_STOP)
		neighbours_cease(h, r->text);
	return p;
}

void
programs_run(struct world *w, struct host *h, const struct action *a)
{
	const struct conf_group *g = &h->conf->groups[a->group];
	struct pending *p = run(w, h, g, a->resource, a->op, a->timeout, w->now);

	p->job = a->job;
	/* From its first moment on a start may have begun to use the data. */
	if (a->op == OP_START && !can_have(h, p->resource))
		p->behaviour.exit_code = 1;
	else if (a->op == OP_START && !p->behaviour.missing)
		note_start(w, h, g, p->resource->text);
}

struct moment
programs_release(struct world *w, struct host *h)
{
	struct moment all_done = w->now;

	for (unsigned i = 0; i < h->conf->group_count; i++) {
		const struct conf_group *g = &h->conf->groups[i];
		struct moment done = w->now;

		for (unsigned r = g->resource_count; r-- > 0 && hint_may_run(h->hints[i]);) {
			struct pending *p = run(w, h, g, r, OP_STOP, h->conf->resource_timeout, done);

			p->by_master = true;
			done = p->at;
		}
		all_done = moment_max(all_done, done);
	}
	return all_done;
}

bool
programs_left_over(const struct host *h)
{
	for (unsigned i = 0; i < h->conf->group_count; i++) {
		const struct conf_group *g = &h->conf->groups[i];

		if (!hint_may_run(h->hints[i]) || h->hints[i] == HINT_UNKNOWN)
			continue;
		for (unsigned r = 0; r < g->resource_count; r++) {
			if (programs_runs(h, g->resources[r].text))
				return true;
		}
	}
	return false;
}

static const char *
status_output(bool runs)
{
	return runs ? "running" : "stopped";
}

/* Its probe ends with an exit code: a machine beside the cluster has the address. */
static void
answer_of_a_stranger(struct world *w, struct host *h, const struct pending *p)
{
	struct event e = {.type = EVENT_CONFLICT};

	for (unsigned i = 0; i < h->conf->group_count; i++) {
		/* Of a configuration that is no longer in use. */
		if (&h->conf->groups[i] != p->group)
			continue;
		e.u.conflict.group = i;
		e.u.conflict.resource = (unsigned)(p->resource - p->group->resources);
		e.u.conflict.mac = "52:54:00:aa:bb:cc";
		e.u.conflict.interface = "eth0";
		host_step(w, h, &e);
		return;
	}
}

void
programs_end(struct world *w, struct host *h, const struct pending *p)
{
	struct event e = {.type = EVENT_CHILD};
	const char *resource = p->resource->text;
	bool runs = programs_runs(h, resource);
	bool native = resource_is_address(p->resource);

	/* A master that is gone stops nothing more. */
	if (p->by_master && p->master_life != h->master_life)
		return;
	if (p->op == OP_PROBE && p->behaviour.exit_code != 0 && daemon_runs(h) && !h->orphaned)
		answer_of_a_stranger(w, h, p);
	e.u.child.job = p->job;
	e.u.child.agent = native ? AGENT_NATIVE : AGENT_HEARTBEAT;
	e.u.child.end = CHILD_EXITED;
	e.u.child.code = p->behaviour.exit_code;
	e.u.child.output = "";
	if (p->behaviour.missing) {
		e.u.child.end = CHILD_NOT_FOUND;
	} else if (p->behaviour.hangs || span_exceeds(p->behaviour.takes, p->timeout)) {
		e.u.child.end = CHILD_TIMED_OUT;
	} else if (p->op == OP_STATUS && p->behaviour.silent) {
		e.u.child.output = "Usage: start|stop";
		e.u.child.code = 1;
	} else if (p->op == OP_STATUS) {
		e.u.child.output = status_output(runs);
		e.u.child.code = runs ? 0 : native ? 7 : 3;
	} else if (p->op == OP_STOP && p->behaviour.exit_code == 0) {
		set_runs(h, resource, false);
	} else if (p->op == OP_START && p->behaviour.exit_code != 0) {
		set_runs(h, resource, false);
	}
	if (native && p->behaviour.exit_code == 0 && (p->op == OP_START || p->op == OP_ANNOUNCE))
		neighbours_announce(h, resource);
	if (native && (p->op == OP_START || p->op == OP_STOP))
		picture_forget(h, resource);
	if (!p->by_master && daemon_runs(h) && !h->orphaned)
		host_step(w, h, &e);
}

void
world_behave(struct world *w, unsigned host, const char *resource, enum resource_op op,
    struct behaviour b)
{
	char *name = g_strdup_printf("%s %s", resource, resource_op_name(op));

	g_hash_table_replace(w->hosts[host].behaviours, name, g_memdup2(&b, sizeof(b)));
}

void
world_set_running(struct world *w, unsigned host, const char *resource, bool running)
{
	struct host *h = &w->hosts[host];
	/* Or it was removed before, and nobody noticed. */
	bool removed = !running &&
	    (programs_runs(h, resource) || g_hash_table_contains(h->removed, resource));

	set_runs(h, resource, running);
	if (removed)
		g_hash_table_add(h->removed, g_strdup(resource));
	picture_wake(h);
}

static gboolean
put_back(gpointer resource, gpointer value, gpointer host)
{
	struct host *h = host;

	(void)value;
	g_hash_table_add(h->running, g_strdup(resource));
	return TRUE;
}

void
world_restore(struct world *w, unsigned host)
{
	struct host *h = &w->hosts[host];

	g_hash_table_foreach_remove(h->removed, put_back, h);
}

void
world_takes(struct world *w, struct span takes)
{
	w->takes = takes;
}
