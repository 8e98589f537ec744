/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A model of a Heartbeat 3.0.6 node in haresources mode, for the simulator: how the real one
 * behaves on the wire and towards its scripts, faults included. It takes the events and asks for
 * the actions of our own core, so that a simulated host may run either, and it is as pure; but
 * it shares none of the core's protocol code, so that the two check each other.
 *
 * What it understands: EVENT_START, EVENT_PACKET, EVENT_TIMER, EVENT_CHILD, EVENT_LEAVE
 * (heartbeat -k), and EVENT_REQUEST for the commands standby and takeover (with set=), reload
 * and addnode (with node=). Others are ignored.
 * Not in the model: fencing devices, the choice of the wrong key for netstring signatures,
 * compression, serial framing, the renaming of a node by its uuid.
 *
 * Source: compat wire.md, resources.md, config.md 5.3 to 5.5, commands.md 11.2.
 */
#ifndef HB_SIM_OLD_NODE_H
#define HB_SIM_OLD_NODE_H

#include "base/trace.h"
#include "core/action.h"
#include "core/event.h"

struct old_node;

/* Owns: conf is borrowed and outlives the node. Seed: drives its reaction times. */
struct old_node *old_node_new(const struct conf *conf, uint64_t seed, struct trace trace);
void old_node_free(struct old_node *o);

/* Like core_step(). */
void old_node_step(struct old_node *o, const struct event *e, struct actions *out);

/* When the next EVENT_TIMER is due; MOMENT_NEVER once it has ended. */
struct moment old_node_deadline(const struct old_node *o);

/* It restarts itself now and then; the next life of this machine begins above this number. */
uint64_t old_node_generation(const struct old_node *o);

/* Every other node is active or dead, nothing is under way: cl_status rscstatus says a word. */
bool old_node_is_settled(const struct old_node *o);

/* It answers for that group, whether it runs or not; in auto_failback legacy nobody does. */
bool old_node_holds(const struct old_node *o, unsigned group);

#endif
