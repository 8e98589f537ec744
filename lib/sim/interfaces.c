/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The interfaces of a host, one for each link of ha.cf. On the first of them its service addresses are,
 * and behind that one its clients.
 */
#include "sim/daemon.h"

#include <string.h>

static bool
is_network(const struct conf_medium *m)
{
	return !medium_is_ping(m->kind) && m->kind != MEDIUM_SERIAL;
}

void
interfaces_init(struct host *h)
{
	const struct conf *conf = h->conf;

	h->interfaces = g_new0(struct interface, conf->media_count + 1);
	for (h->service = 0; h->service < conf->media_count; h->service++) {
		if (is_network(&conf->media[h->service]))
			break;
	}
}

void
interfaces_clear(struct host *h)
{
	g_free(h->interfaces);
}

void
interfaces_power_cut(struct host *h)
{
	for (unsigned m = 0; m <= h->conf->media_count; m++)
		h->interfaces[m].down = h->interfaces[m].refuses = h->interfaces[m].told = false;
}

void
interfaces_new_engine(struct host *h)
{
	for (unsigned m = 0; m <= h->conf->media_count; m++)
		h->interfaces[m].told = false;
}

bool
interface_is_up(const struct host *h)
{
	return h->powered && !h->interfaces[h->service].down;
}

const char *
interface_name(const struct host *h)
{
	return h->service < h->conf->media_count ? h->conf->media[h->service].name : "eth0";
}

bool
interface_carries(const struct host *h, unsigned medium)
{
	return !h->interfaces[medium].down && !h->interfaces[medium].unplugged;
}

/* -- sending -- */

static void
tell(struct host *h, unsigned medium, bool fails)
{
	struct pending *p = pending_new(h->w, h->index, h->w->now);

	p->what = PENDING_MEDIUM;
	p->medium = medium;
	p->daemon_life = h->daemon_life;
	p->fresh = !fails;
	pending_add(h->w, p);
	h->interfaces[medium].told = fails;
}

bool
interface_sends(struct host *h, unsigned medium)
{
	const struct interface *i = &h->interfaces[medium];
	const bool fails = i->down || i->refuses;

	if (fails != i->told)
		tell(h, medium, fails);
	return !fails;
}

void
interface_happen(struct host *h, const struct pending *p)
{
	struct event e = {.type = EVENT_MEDIUM};

	if (p->daemon_life != h->daemon_life || !host_is_awake(h->w, h))
		return;
	e.u.medium.medium = p->medium;
	e.u.medium.up = p->fresh;
	e.u.medium.reason = p->fresh ? NULL
	    : h->interfaces[p->medium].down ? "Network is down" : "Operation not permitted";
	host_step(h->w, h, &e);
}

/* -- what happens to them -- */

static bool
is_meant(const struct host *h, unsigned medium, const char *link, enum interface_change change)
{
	if (medium == h->conf->media_count)
		return link == NULL;
	const struct conf_medium *m = &h->conf->media[medium];
	bool sends = change == INTERFACE_REFUSES || change == INTERFACE_SENDS;

	return (is_network(m) || (sends && m->kind == MEDIUM_SERIAL)) &&
	    (link == NULL || strcmp(m->name, link) == 0);
}

/* It may be another card now, or on another port of the switch. */
static bool
is_back(const struct interface *before, const struct interface *now)
{
	return !now->down && !now->unplugged && (before->down || before->unplugged);
}

/* Addresses of IPv4 stay where they are, those of IPv6 only while the interface is up. */
static void
addresses_follow(struct host *h, const struct interface *before, const struct interface *now)
{
	if (now->down && !before->down) {
		programs_flush(h, true);
	} else if (is_back(before, now)) {
		neighbours_lose(h);
		picture_shake(h);
	}
	picture_wake(h);
}

static void
change_one(struct host *h, unsigned medium, enum interface_change change)
{
	struct interface *i = &h->interfaces[medium];
	const struct interface before = *i;

	switch (change) {
	case INTERFACE_FLUSHED_DOWN:
		if (medium == h->service)
			programs_flush(h, false);
		i->down = h->powered;
		break;
	case INTERFACE_DOWN:
		i->down = h->powered;
		break;
	case INTERFACE_UP:
		i->down = false;
		break;
	case INTERFACE_UNPLUGGED:
		i->unplugged = true;
		break;
	case INTERFACE_PLUGGED:
		i->unplugged = false;
		break;
	case INTERFACE_REFUSES:
		i->refuses = h->powered;
		break;
	case INTERFACE_SENDS:
		i->refuses = false;
		break;
	}
	if (medium == h->service)
		addresses_follow(h, &before, i);
}

void
world_interface(struct world *w, unsigned host, const char *link, enum interface_change change)
{
	struct host *h = &w->hosts[host];

	for (unsigned m = 0; m <= h->conf->media_count; m++) {
		if (is_meant(h, m, link, change))
			change_one(h, m, change);
	}
}

void
world_flush(struct world *w, unsigned host)
{
	programs_flush(&w->hosts[host], false);
}

bool
world_can_have_addresses(const struct world *w, unsigned host)
{
	return interface_is_up(&w->hosts[host]);
}

/* -- looking -- */

bool
world_is_whole(const struct world *w)
{
	for (unsigned a = 0; a < w->host_count; a++) {
		const struct host *h = &w->hosts[a];

		for (unsigned m = 0; m <= h->conf->media_count; m++) {
			if (!interface_carries(h, m) || h->interfaces[m].refuses)
				return false;
			for (unsigned b = 0; b < w->host_count; b++) {
				if (!h->reach[b][m])
					return false;
			}
		}
	}
	return true;
}
