/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The protocol as a function: an event and its time go in, a list of actions comes out.
 * The core has no clock, socket, file, process or random source of its own. The same
 * configuration, seed and events give the same actions and the same trace.
 */
#ifndef HB_CORE_CORE_H
#define HB_CORE_CORE_H

#include "base/trace.h"
#include "core/action.h"
#include "core/event.h"

struct core;

/*
 * A core before its first event, which must be EVENT_START.
 *
 * Owns: conf is borrowed and outlives the core; trace is copied.
 * Seed: drives jitter, and where the version of our facts begins.
 */
struct core *core_new(const struct conf *conf, uint64_t seed, struct trace trace);
void core_free(struct core *c);

/*
 * Absorb one event, settle, and append what is to be done to out.
 *
 * The caller performs the actions in order. Range: e->now never goes back (asserted).
 * Owns: whatever e points to is only read during the call.
 */
void core_step(struct core *c, const struct event *e, struct actions *out);

/*
 * Is it news if a machine on the wire that is not ours says that it has this address? Else there is
 * no need for an EVENT_CONFLICT: nothing would come of it.
 */
bool core_minds_conflict(const struct core *c, unsigned group, unsigned resource);

/* When the next EVENT_TIMER is due; MOMENT_NEVER if nothing is awaited. */
struct moment core_deadline(const struct core *c);

/*
 * Between two steps: send our last status again wherever that is due (seek.h). It is no event. The caller
 * carries it out when its deadline has come and core_deadline() has not; now never goes back.
 */
struct moment core_seek_deadline(const struct core *c);
void core_seek(struct core *c, struct moment now, struct actions *out);

#endif
