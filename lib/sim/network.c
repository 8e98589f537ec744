/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who reaches whom, and what happens to packets on their way. */
#include "sim/world_state.h"

#include <string.h>

void
network_init(struct host *h)
{
	unsigned hosts = h->w->host_count, media = h->conf->media_count;

	h->reach = g_new0(bool *, hosts + 1);
	for (unsigned i = 0; i < hosts; i++) {
		h->reach[i] = g_new(bool, media + 1);
		memset(h->reach[i], true, media + 1);
	}
	h->ping_reach = g_new(bool, media + 1);
	memset(h->ping_reach, true, media + 1);
}

void
network_clear(struct host *h)
{
	for (unsigned i = 0; i < h->w->host_count; i++)
		g_free(h->reach[i]);
	g_free(h->reach);
	g_free(h->ping_reach);
}

static struct span
network_delay(struct world *w)
{
	return (struct span){(int64_t)prng_between(
	    &w->prng, (uint64_t)w->delay_low.ns, (uint64_t)w->delay_high.ns)};
}

static bool
chance(struct world *w, unsigned percent)
{
	return percent > 0 && prng_between(&w->prng, 1, 100) <= percent;
}

static GBytes *
bytes_corrupt(struct world *w, GBytes *bytes)
{
	gsize len = g_bytes_get_size(bytes);
	unsigned char *copy = g_memdup2(g_bytes_get_data(bytes, NULL), len);

	for (uint64_t flips = prng_between(&w->prng, 1, 3); flips > 0; flips--) {
		uint64_t bit = prng_between(&w->prng, 0, 8 * len - 1);

		copy[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	return g_bytes_new_take(copy, len);
}

static void
packet_to(struct world *w, struct host *from, struct host *to, unsigned medium, GBytes *bytes)
{
	unsigned copies = 1;

	if (!to->powered || !from->reach[to->index][medium] || !interface_carries(to, medium) ||
	    from->interfaces[medium].unplugged || chance(w, w->loss_percent))
		return;
	if (chance(w, w->duplicate_percent))
		copies = 2;
	while (copies-- > 0) {
		struct pending *p =
		    pending_new(w, to->index, moment_add(w->now, network_delay(w)));

		p->what = PENDING_PACKET;
		p->medium = medium;
		p->source = g_strdup(from->conf->nodes[from->index]);
		p->bytes = chance(w, w->corrupt_percent) ? bytes_corrupt(w, bytes)
							 : g_bytes_ref(bytes);
		pending_add(w, p);
	}
}

/* All hosts have the same ha.cf, so a medium has the same index everywhere. */
void
network_send(struct world *w, struct host *h, const struct action *a)
{
	if (medium_is_ping(h->conf->media[a->medium].kind)) {
		struct pending *p;

		if (!h->ping_reach[a->medium])
			return;
		p = pending_new(w, h->index, moment_add(w->now, network_delay(w)));
		p->what = PENDING_PACKET;
		p->medium = a->medium;
		p->bytes = g_bytes_ref(a->bytes);
		pending_add(w, p);
		return;
	}
	if (!interface_sends(h, a->medium))
		return;
	for (unsigned i = 0; i < w->host_count; i++) {
		if (i != h->index)
			packet_to(w, h, &w->hosts[i], a->medium, a->bytes);
	}
}

void
network_deliver(struct world *w, struct host *h, const struct pending *p)
{
	struct event e = {.type = EVENT_PACKET};

	if (host_was_deaf(h, p->at))
		return;
	e.u.packet.medium = p->medium;
	e.u.packet.source = p->source;
	e.u.packet.bytes = g_bytes_get_data(p->bytes, &e.u.packet.len);
	e.u.packet.received = host_own_time(h, p->at);
	host_step(w, h, &e);
}

void
world_cut(struct world *w, unsigned from, unsigned to, const char *link, bool cut)
{
	struct host *h = &w->hosts[from];

	for (unsigned m = 0; m < h->conf->media_count; m++) {
		if (link == NULL || strcmp(h->conf->media[m].name, link) == 0)
			h->reach[to][m] = !cut;
	}
}

void
world_loss(struct world *w, unsigned percent)
{
	w->loss_percent = percent;
}

void
world_duplication(struct world *w, unsigned percent)
{
	w->duplicate_percent = percent;
}

void
world_corruption(struct world *w, unsigned percent)
{
	w->corrupt_percent = percent;
}

void
world_delay(struct world *w, struct span low, struct span high)
{
	w->delay_low = low;
	w->delay_high = high;
}

bool
world_is_cut_off(const struct world *w, unsigned host)
{
	const struct host *h = &w->hosts[host];

	for (unsigned m = 0; m < h->conf->media_count; m++) {
		if (!medium_is_ping(h->conf->media[m].kind) || h->ping_reach[m])
			continue;
		for (unsigned i = 0; i < w->host_count; i++) {
			if (w->hosts[i].powered && w->hosts[i].ping_reach[m])
				return true;
		}
	}
	return false;
}

void
world_ping_reach(struct world *w, unsigned host, const char *ping, bool reached)
{
	struct host *h = &w->hosts[host];

	for (unsigned m = 0; m < h->conf->media_count; m++) {
		if (strcmp(h->conf->media[m].name, ping) == 0)
			h->ping_reach[m] = reached;
	}
}

void
world_inject(struct world *w, unsigned host, const void *bytes, size_t len)
{
	struct pending *p = pending_new(w, host, w->now);

	p->what = PENDING_PACKET;
	p->source = g_strdup("stranger");
	p->bytes = g_bytes_new(bytes, len);
	pending_add(w, p);
}
