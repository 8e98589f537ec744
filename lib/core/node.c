/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/node.h"

#include <assert.h>
#include <string.h>

#include "core/api.h"
#include "core/dialect.h"
#include "core/hook.h"

static const char *const status_names[] = {
    [NODE_INIT] = "init",
    [NODE_UP] = "up",
    [NODE_ACTIVE] = "active",
    [NODE_DEAD] = "dead",
};
static_assert(G_N_ELEMENTS(status_names) == NODE_STATUS_COUNT, "a name for each status");

const char *
node_status_name(enum node_status status)
{
	assert(status < NODE_STATUS_COUNT);
	return status_names[status];
}

bool
node_status_from_word(const char *word, enum node_status *out)
{
	for (unsigned i = 0; i < NODE_DEAD; i++) {
		if (strcmp(word, status_names[i]) == 0) {
			*out = i;
			return true;
		}
	}
	return false;
}

static void
links_init(struct core *c)
{
	c->links = g_ptr_array_new();
	for (unsigned i = 0; i < c->conf->media_count; i++) {
		const struct conf_medium *m = &c->conf->media[i];

		if (medium_is_ping(m->kind))
			c->ping_count++;
		else if (!g_ptr_array_find_with_equal_func(c->links, m->name, g_str_equal, NULL))
			g_ptr_array_add(c->links, m->name);
	}
}

void
nodes_init(struct core *c)
{
	unsigned next_ping = 0;

	links_init(c);
	c->nodes = g_new0(struct node, c->conf->node_count);
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		struct node *n = &c->nodes[i];

		n->index = i;
		n->name = c->conf->nodes[i];
		n->why = g_strdup("not heard yet");
		n->dead_after = c->conf->initdead;
		n->paths = g_new0(struct path, MAX(c->links->len, 1));
		inbox_init(&n->inbox, &c->prng);
		facts_init(&n->facts, c->conf);
		dialect_init(c, &n->dialect);
	}
	c->self = &c->nodes[c->conf->self];
	c->pings = g_new0(struct ping, MAX(c->ping_count, 1));
	for (unsigned i = 0; i < c->conf->media_count; i++) {
		if (!medium_is_ping(c->conf->media[i].kind))
			continue;
		c->pings[next_ping].medium = i;
		c->pings[next_ping].name = c->conf->media[i].name;
		next_ping++;
	}
}

void
nodes_clear(struct core *c)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		struct node *n = &c->nodes[i];

		g_free(n->why);
		g_free(n->paths);
		inbox_clear(&n->inbox);
		facts_clear(&n->facts);
		dialect_clear(&n->dialect);
	}
	g_free(c->nodes);
	g_free(c->pings);
	g_ptr_array_unref(c->links);
}

struct node *
node_find(struct core *c, const char *name)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		if (strcmp(c->nodes[i].name, name) == 0)
			return &c->nodes[i];
	}
	return NULL;
}

void
node_enter(struct core *c, struct node *n, enum node_status next, const char *why, ...)
{
	enum node_status before = n->status;
	va_list args;

	va_start(args, why);
	char *because = g_strdup_vprintf(why, args);
	va_end(args);
	g_free(n->why);
	n->why = because;
	n->status = next;
	n->since = c->now;
	c->changed = true;
	if (n == c->self) {
		trace(&c->trace, TRACE_INFO, "Local status now set to: '%s' (%s -> %s: %s)",
		    node_status_name(next), node_status_name(before), node_status_name(next),
		    n->why);
		core_touch(c);
	} else if (next == NODE_DEAD && !n->left) {
		trace(&c->trace, TRACE_WARNING, "node %s: is dead (%s -> dead: %s)", n->name,
		    node_status_name(before), n->why);
	} else {
		trace(&c->trace, TRACE_INFO, "Status update for node %s: status %s (%s -> %s: %s)",
		    n->name, node_status_name(next), node_status_name(before),
		    node_status_name(next), n->why);
	}
	api_notice_node(c, n->name, node_status_name(next), "normal");
	if (n != c->self)
		hook_node(c, n, before);
}

bool
node_is_alive(const struct node *n)
{
	return n->heard && !n->left && n->status != NODE_DEAD;
}

bool
node_is_fit(const struct node *n)
{
	return node_is_alive(n) && n->status == NODE_ACTIVE && n->facts.known &&
	    n->facts.leave == LEAVE_NOT && !n->facts.orphaned;
}

unsigned
node_link_index(const struct core *c, unsigned medium)
{
	guint index = 0;
	bool found = g_ptr_array_find_with_equal_func(
	    c->links, c->conf->media[medium].name, g_str_equal, &index);

	assert(found);
	return index;
}

bool
node_link_heard(struct core *c, struct node *n, unsigned medium, struct moment when)
{
	unsigned index = node_link_index(c, medium);
	struct path *p = &n->paths[index];

	p->heard = p->up ? moment_max(p->heard, when) : when;
	if (p->up)
		return false;
	p->up = true;
	trace(&c->trace, TRACE_INFO, "Link %s:%s up.", n->name, c->conf->media[medium].name);
	api_notice_link(c, n->name, c->conf->media[medium].name, true);
	hook_link(c, n->name, c->conf->media[medium].name, true);
	return true;
}

bool
node_link_carries(const struct core *c, unsigned medium)
{
	const unsigned index = node_link_index(c, medium);

	for (unsigned i = 0; i < c->conf->node_count; i++) {
		if (&c->nodes[i] != c->self && c->nodes[i].paths[index].up)
			return true;
	}
	return false;
}

struct ping *
ping_by_medium(struct core *c, unsigned medium)
{
	for (unsigned i = 0; i < c->ping_count; i++) {
		if (c->pings[i].medium == medium)
			return &c->pings[i];
	}
	return NULL;
}

bool
node_has_other_groups(const struct core *c, const struct node *n)
{
	return node_is_alive(n) && n->facts.digest[0] != '\0' &&
	    strcmp(n->facts.digest, c->self->facts.digest) != 0;
}

bool
node_has_group(const struct core *c, const struct node *n, unsigned group)
{
	return n == c->self || !n->facts.full || n->facts.claims[group].listed ||
	    !node_has_other_groups(c, n);
}
