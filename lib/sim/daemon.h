/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What runs on a simulated host: our core, or the model of a Heartbeat 3.0.6. Both take the same
 * events and ask for the same actions, so the rest of the world need not know which it is.
 */
#ifndef HB_SIM_DAEMON_H
#define HB_SIM_DAEMON_H

#include "sim/world_state.h"

struct daemon_kind {
	/* A daemon before its EVENT_START, with random numbers of its own. */
	void (*boot)(struct host *h, uint64_t seed);
	void (*step)(struct host *h, const struct event *e, struct actions *out);
	struct moment (*deadline)(const struct host *h);
	bool (*is_settled)(const struct host *h);
	void (*end)(struct host *h);
};

extern const struct daemon_kind daemon_ours, daemon_old;

/* Only our engine dies: its master keeps the flight record for the next one. */
void daemon_engine_gone(struct host *h);

static inline bool
daemon_runs(const struct host *h)
{
	return h->core != NULL || h->old != NULL;
}

#endif
