/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The clocks of a host, and the times in which it does not run. In a pause its monotonic clock goes on:
 * its core sees the gap. In a suspension, as of a virtual machine, that clock stands still as well.
 */
#include "sim/world_state.h"

struct moment
host_own_time(const struct host *h, struct moment t)
{
	return moment_max((struct moment){t.ns - h->stood_still.ns}, h->stood_at);
}

struct moment
host_world_time(const struct host *h, struct moment own)
{
	return moment_is_never(own) ? own : moment_add(own, h->stood_still);
}

bool
host_was_deaf(const struct host *h, struct moment t)
{
	return !moment_before(t, h->deaf_from) && moment_before(t, h->deaf_until);
}

void
clock_reset(struct host *h)
{
	if (moment_before(h->w->now, h->frozen_until))
		pending_thaw(h->w, h->index);
	h->frozen_until = h->w->now;
	h->deaf_from = h->deaf_until = (struct moment){0};
	h->stood_still = (struct span){0};
	h->stood_at = (struct moment){0};
}

void
world_pause(struct world *w, unsigned host, struct span length)
{
	struct host *h = &w->hosts[host];

	h->frozen_until = moment_max(h->frozen_until, moment_add(w->now, length));
}

void
world_suspend(struct world *w, unsigned host, struct span length)
{
	struct host *h = &w->hosts[host];

	if (!moment_before(w->now, h->deaf_until))
		h->deaf_from = w->now;
	h->stood_at = host_own_time(h, w->now);
	h->stood_still = span_add(h->stood_still, length);
	h->frozen_until = moment_add(moment_max(w->now, h->frozen_until), length);
	h->deaf_until = h->frozen_until;
}

void
world_clock_step(struct world *w, unsigned host, int64_t seconds)
{
	w->hosts[host].clock_off_s += seconds;
}
