/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a master sees of the addresses of its groups, and tells its engine: some milliseconds after
 * something happened to them it looks, and tells what changed.
 */
#include "sim/daemon.h"

/* It waits for more of the same. */
#define LOOK_MS 3

void
picture_init(struct host *h)
{
	h->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void
picture_clear(struct host *h)
{
	g_hash_table_unref(h->told);
}

void
picture_wake(struct host *h)
{
	struct pending *p;

	if (h->core == NULL || h->looks)
		return;
	h->looks = true;
	p = pending_new(h->w, h->index, moment_add(h->w->now, span_from_ms(LOOK_MS)));
	p->what = PENDING_PICTURE;
	p->daemon_life = h->daemon_life;
	pending_add(h->w, p);
}

void
picture_new_engine(struct host *h)
{
	g_hash_table_remove_all(h->told);
	h->looks = h->shaken = false;
	picture_wake(h);
}

void
picture_forget(struct host *h, const char *address)
{
	g_hash_table_remove(h->told, address);
	picture_wake(h);
}

void
picture_shake(struct host *h)
{
	h->shaken = true;
	picture_wake(h);
}

static enum address_state
state_of(const struct host *h, const struct conf_resource *r)
{
	if (!interface_is_up(h))
		return ADDRESS_NOWHERE;
	return programs_runs(h, r->text) ? ADDRESS_HERE : ADDRESS_GONE;
}

static void
look_at(struct host *h, unsigned group, unsigned resource, bool shaken)
{
	const struct conf_resource *r = &h->conf->groups[group].resources[resource];
	struct event e = {.type = EVENT_ADDRESS};
	/* One more, so that none is NULL. */
	const enum address_state state = state_of(h, r);
	gpointer told = GUINT_TO_POINTER((unsigned)state + 1);

	shaken = shaken && state == ADDRESS_HERE;
	if (!shaken && g_hash_table_lookup(h->told, r->text) == told)
		return;
	g_hash_table_replace(h->told, g_strdup(r->text), told);
	e.u.address.group = group;
	e.u.address.resource = resource;
	e.u.address.state = state;
	e.u.address.shaken = shaken;
	g_autofree char *reason = state == ADDRESS_NOWHERE
	    ? g_strdup_printf("%s is down", interface_name(h)) : NULL;
	e.u.address.reason = reason;
	host_step(h->w, h, &e);
}

void
picture_happen(struct host *h, const struct pending *p)
{
	const struct conf *conf = h->conf;
	const bool shaken = h->shaken;

	if (p->daemon_life != h->daemon_life)
		return;
	h->looks = h->shaken = false;
	for (unsigned g = 0; g < conf->group_count; g++) {
		for (unsigned r = 0; r < conf->groups[g].resource_count; r++) {
			/* Any event may be its last. */
			if (host_is_awake(h->w, h) && h->conf == conf &&
			    p->daemon_life == h->daemon_life &&
			    resource_is_address(&conf->groups[g].resources[r]))
				look_at(h, g, r, shaken);
		}
	}
}
