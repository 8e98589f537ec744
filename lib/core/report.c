/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/report.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "core/api.h"
#include "core/conflict.h"
#include "core/dialect.h"
#include "core/group.h"
#include "core/liveness.h"
#include "core/node.h"
#include "core/receive.h"
#include "core/standby.h"
#include "core/view.h"

static void
add_ms(cJSON *o, const char *name, struct span s)
{
	cJSON_AddNumberToObject(o, name, (double)span_ms(s));
}

static void
add_age(cJSON *o, const char *name, const struct core *c, struct moment since)
{
	cJSON_AddNumberToObject(o, name, (double)span_ms(moment_since(c->now, since)) / 1000.0);
}

static cJSON *
node_json(const struct core *c, const struct node *n)
{
	cJSON *o = cJSON_CreateObject();
	cJSON *links = cJSON_AddArrayToObject(o, "links");

	cJSON_AddStringToObject(o, "name", n->name);
	cJSON_AddStringToObject(o, "type", "normal");
	cJSON_AddBoolToObject(o, "self", n == c->self);
	cJSON_AddStringToObject(o, "status", node_status_name(n->status));
	cJSON_AddBoolToObject(o, "leaving", n->facts.leave != LEAVE_NOT);
	cJSON_AddStringToObject(o, "reason", n->why);
	add_age(o, "since_s", c, n->since);
	cJSON_AddNumberToObject(o, "generation", (double)n->generation);
	cJSON_AddNumberToObject(o, "lost", (double)n->inbox.lost);
	cJSON_AddNumberToObject(o, "late", (double)n->late);
	for (unsigned i = 0; i < c->links->len; i++) {
		cJSON *l = cJSON_CreateObject();

		cJSON_AddStringToObject(l, "name", g_ptr_array_index(c->links, i));
		cJSON_AddStringToObject(l, "status", n->paths[i].up ? "up" : "dead");
		cJSON_AddItemToArray(links, l);
	}
	return o;
}

static cJSON *
ping_json(const struct core *c, const struct ping *p)
{
	cJSON *o = cJSON_CreateObject();
	cJSON *links = cJSON_AddArrayToObject(o, "links");
	cJSON *l = cJSON_CreateObject();
	bool up = p->status == NODE_ACTIVE;

	cJSON_AddStringToObject(o, "name", p->name);
	cJSON_AddStringToObject(o, "type", "ping");
	cJSON_AddBoolToObject(o, "self", false);
	cJSON_AddStringToObject(o, "status", up ? "ping" : node_status_name(p->status));
	cJSON_AddStringToObject(o, "reason", up ? "it answers" : "no answer");
	add_age(o, "since_s", c, p->since);
	cJSON_AddStringToObject(l, "name", p->name);
	cJSON_AddStringToObject(l, "status", up ? "up" : "dead");
	cJSON_AddItemToArray(links, l);
	return o;
}

static void
add_conflict(cJSON *resource, const struct core *c, const struct stranger *s)
{
	cJSON *o;

	if (s == NULL)
		return;
	o = cJSON_AddObjectToObject(resource, "conflict");
	cJSON_AddStringToObject(o, "mac", s->mac);
	cJSON_AddStringToObject(o, "interface", s->interface);
	add_age(o, "heard_s", c, s->heard);
}

static cJSON *
group_json(const struct core *c, const struct group *g)
{
	cJSON *o = cJSON_CreateObject();
	cJSON *holders = cJSON_AddArrayToObject(o, "holders");
	cJSON *resources = cJSON_AddArrayToObject(o, "resources");
	cJSON *nodes = cJSON_AddObjectToObject(o, "nodes");
	const struct node *holder = NULL;

	cJSON_AddStringToObject(o, "key", g->conf->key);
	cJSON_AddStringToObject(o, "line", g->conf->text);
	cJSON_AddStringToObject(o, "preferred", c->conf->nodes[g->conf->preferred]);
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];
		enum claim_state state = n->facts.claims[g->index].state;

		if (n != c->self && !node_is_alive(n))
			continue;
		cJSON_AddStringToObject(nodes, n->name, claim_state_name(state));
		if (!claim_may_run(state))
			continue;
		cJSON_AddItemToArray(holders, cJSON_CreateString(n->name));
		if (holder == NULL || state == CLAIM_RUNNING)
			holder = n;
	}
	/* The holder knows best why it holds; without one, we say why we do not. */
	const struct claim *claim =
	    holder != NULL ? &holder->facts.claims[g->index] : g->claim;

	if (holder != NULL)
		cJSON_AddStringToObject(o, "holder", holder->name);
	else
		cJSON_AddNullToObject(o, "holder");
	cJSON_AddStringToObject(o, "holder_state", claim_state_name(claim->state));
	add_age(o, "since_s", c, claim->since);
	cJSON_AddStringToObject(o, "because", claim->why != NULL ? claim->why : "");
	cJSON_AddStringToObject(o, "state", claim_state_name(g->claim->state));
	cJSON_AddNumberToObject(o, "failures", g->failures);
	cJSON_AddNumberToObject(o, "epoch", (double)g->claim->epoch);
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		cJSON *r = cJSON_CreateObject();

		cJSON_AddStringToObject(r, "text", g->conf->resources[i].text);
		cJSON_AddStringToObject(r, "state", resource_state_name(g->resources[i].state));
		if (g->conf->resources[i].kind == RESOURCE_ADDRESS) {
			cJSON_AddStringToObject(r, "place", address_state_name(g->resources[i].place));
			cJSON_AddNumberToObject(r, "put_back", g->resources[i].put_back);
		}
		add_conflict(r, c, conflict_stranger(g, i));
		cJSON_AddItemToArray(resources, r);
	}
	return o;
}

/* Something comes in, of somebody else. */
static bool
medium_hears(const struct core *c, unsigned medium)
{
	for (unsigned i = 0; i < c->ping_count; i++) {
		if (c->pings[i].medium == medium)
			return c->pings[i].status == NODE_ACTIVE;
	}
	return node_link_carries(c, medium);
}

static cJSON *
media_json(const struct core *c)
{
	cJSON *list = cJSON_CreateArray();

	for (unsigned i = 0; i < c->conf->media_count; i++) {
		const struct conf_medium *m = &c->conf->media[i];
		cJSON *o = cJSON_CreateObject();

		cJSON_AddStringToObject(o, "kind", medium_kind_name(m->kind));
		cJSON_AddStringToObject(o, "name", m->name);
		if (m->hosts != NULL) {
			g_autofree char *hosts = g_strjoinv(" ", m->hosts);
			cJSON_AddStringToObject(o, "to", hosts);
		}
		cJSON_AddBoolToObject(o, "up", !c->medium_down[i] && medium_hears(c, i));
		cJSON_AddBoolToObject(o, "sends", !c->medium_down[i]);
		cJSON_AddNumberToObject(o, "sent", (double)c->medium_sent[i]);
		cJSON_AddNumberToObject(o, "received", (double)c->medium_received[i]);
		cJSON_AddItemToArray(list, o);
	}
	return list;
}

static void
warn(cJSON *list, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
warn(cJSON *list, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	cJSON_AddItemToArray(list, cJSON_CreateString(text));
}

static void
warn_of_groups(const struct core *c, cJSON *list)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		const struct group *g = &c->groups[i];
		unsigned holders = 0, failed = 0;

		for (unsigned k = 0; k < c->conf->node_count; k++) {
			const struct node *n = &c->nodes[k];

			if (n != c->self && !node_is_alive(n))
				continue;
			holders += claim_may_run(n->facts.claims[i].state) ? 1 : 0;
			failed += n->facts.claims[i].state == CLAIM_FAILED ? 1 : 0;
		}
		if (g->claim->state == CLAIM_BROKEN)
			warn(list, "group %s cannot be stopped here: stop it by hand, then: hbctl retry",
			    g->conf->key);
		if (holders > 1)
			warn(list, "group %s may run on %u nodes", g->conf->key, holders);
		else if (g->claim->state == CLAIM_FAILED && g->unplaced)
			warn(list, "group %s cannot run here: %s", g->conf->key, g->claim->why);
		else if (holders == 0 && failed > 0)
			warn(list, "group %s could not be started; mend it, then: hbctl retry", g->conf->key);
		else if (g->claim->state == CLAIM_FAILED)
			warn(list, "group %s could not be started here: %s", g->conf->key, g->claim->why);
		for (unsigned k = 0; k < g->conf->resource_count; k++) {
			const struct stranger *s = conflict_stranger(g, k);

			if (s != NULL && claim_may_run(g->claim->state))
				warn(list, "%s is answered by another machine too: %s on %s; take the address"
				    " from it", g->conf->resources[k].text, s->mac, s->interface);
		}
	}
}

static cJSON *
warnings_json(const struct core *c)
{
	cJSON *list = cJSON_CreateArray();

	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];

		if (n == c->self)
			continue;
		if (n->status == NODE_DEAD && !n->left)
			warn(list, "node %s is dead: %s", n->name, n->why);
		if (n->facts.orphaned)
			warn(list, "node %s has lost its master process", n->name);
		if (n->digest_told)
			warn(list, "haresources differs on %s", n->name);
		const char *speech = dialect_remark(c, n);
		if (speech != NULL)
			warn(list, "node %s %s", n->name, speech);
	}
	if (liveness_without_path(c) && c->self->status == NODE_UP)
		warn(list, "no path to other nodes is there: nothing is started here until one is");
	for (unsigned i = 0; i < c->conf->media_count; i++) {
		if (c->medium_missing[i])
			warn(list, "%s %s is not there", medium_kind_name(c->conf->media[i].kind),
			    c->conf->media[i].name);
		else if (c->medium_down[i])
			warn(list, "cannot send on %s %s", medium_kind_name(c->conf->media[i].kind),
			    c->conf->media[i].name);
	}
	warn_of_groups(c, list);
	return list;
}

/* Only those of this machine: another node tells of its own when they come and go, not before. */
static cJSON *
clients_json(const struct core *c)
{
	cJSON *list = cJSON_CreateArray();
	g_autoptr(GPtrArray) names = api_names(c);

	for (unsigned i = 0; i < names->len; i++) {
		cJSON *o = cJSON_CreateObject();

		cJSON_AddStringToObject(o, "name", g_ptr_array_index(names, i));
		cJSON_AddStringToObject(o, "node", c->self->name);
		cJSON_AddItemToArray(list, o);
	}
	return list;
}

char *
report_json(const struct core *c)
{
	cJSON *o = cJSON_CreateObject();
	bool settled = view_is_settled(c);

	cJSON_AddStringToObject(o, "version", CORE_VERSION);
	cJSON_AddStringToObject(o, "node", c->self->name);
	cJSON_AddNumberToObject(o, "now_ms", (double)(c->now.ns / 1000000));
	add_age(o, "uptime_s", c, c->started_at);
	cJSON_AddStringToObject(o, "state",
	    c->self->facts.leave != LEAVE_NOT ? "leaving" : node_status_name(c->self->status));
	cJSON_AddNumberToObject(o, "generation", (double)c->generation);
	cJSON_AddStringToObject(o, "auto_failback", auto_failback_name(c->conf->auto_failback));
	cJSON_AddBoolToObject(o, "settled", settled);
	cJSON_AddStringToObject(o, "holds", standby_holds(c));
	cJSON_AddBoolToObject(o, "transition", !settled);
	add_ms(o, "keepalive_ms", c->conf->keepalive);
	add_ms(o, "warntime_ms", c->conf->warntime);
	add_ms(o, "deadtime_ms", c->conf->deadtime);
	add_ms(o, "initdead_ms", c->conf->initdead);
	cJSON *nodes = cJSON_AddArrayToObject(o, "nodes");

	for (unsigned i = 0; i < c->conf->node_count; i++)
		cJSON_AddItemToArray(nodes, node_json(c, &c->nodes[i]));
	for (unsigned i = 0; i < c->ping_count; i++)
		cJSON_AddItemToArray(nodes, ping_json(c, &c->pings[i]));
	cJSON *groups = cJSON_AddArrayToObject(o, "groups");

	for (unsigned i = 0; i < c->conf->group_count; i++)
		cJSON_AddItemToArray(groups, group_json(c, &c->groups[i]));
	cJSON_AddItemToObject(o, "media", media_json(c));
	cJSON_AddItemToObject(o, "clients", clients_json(c));
	cJSON *counters = cJSON_AddObjectToObject(o, "counters");

	for (unsigned i = 0; i < DROP_COUNT; i++)
		cJSON_AddNumberToObject(counters, drop_name(i), (double)c->drops[i]);
	cJSON_AddItemToObject(o, "warnings", warnings_json(c));
	cJSON *parameters = cJSON_AddObjectToObject(o, "parameters");

	for (char **p = c->conf->parameters; p != NULL && p[0] != NULL; p += 2)
		cJSON_AddStringToObject(parameters, p[0], p[1]);
	char *text = cJSON_PrintUnformatted(o);

	cJSON_Delete(o);
	return text;
}
