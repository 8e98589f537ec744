/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A scenario: statements about a simulated cluster, carried out one after the other. Stories are
 * written in it, schedules of faults are drawn in it, and a schedule that failed is a story.
 *
 * Statements, one a line or separated by ";"; # begins a comment:
 *   nodes A B ...             the cluster (first)
 *   conf DIRECTIVE ...        a line of ha.cf; keepalive, links and the like have defaults
 *   group NODE RESOURCE ...   a line of haresources
 *   show info                 lines of level info too (default: notice and graver)
 *   old A|all   new A|all     a Heartbeat 3.0.6 is installed, or ours (default), while none runs
 *   boot A|all   stop A|all   kill-engine A   kill-daemons A   kill-master A
 *   power-off A [losing]      losing: its disk lost what it was given since the power came
 *   haresources A|all NODE RESOURCE ... | NODE RESOURCE ...      its file on the disk is that now
 *   reload A|all
 *   pause A TIME   run TIME   clock A +TIME   clock A -TIME
 *   suspend A TIME            a pause that its monotonic clock does not show; what arrives is lost
 *   cut A B [LINK]   mend A B [LINK]      both ways;   cut-from A B [LINK]   one way
 *   mend-from A B [LINK]   loss PERCENT   duplicate PERCENT   delay TIME TIME
 *   ifdown A|all [LINK]       its interface goes down, and the addresses on it are gone
 *   linkdown A|all [LINK]     it goes down, and only those of IPv6 are gone
 *   ifup A|all [LINK]         it is up again; nobody puts addresses back
 *   unplug A|all [LINK]   plug A|all [LINK]       its cable: addresses stay
 *   sends-fail A|all [LINK]   sends-work A|all [LINK]
 *   flush A|all               all service addresses are removed
 *   corrupt PERCENT           bits change on the way
 *   ping-lost A PING   ping-back A PING   inject A TEXT
 *   script A RESOURCE OP exit N | hangs | missing | silent | ok [takes TIME]
 *   running A RESOURCE   gone A RESOURCE      started, removed behind our back
 *   restore A|all             what was removed there so, and is still believed to run, runs again
 *   ask A standby|takeover SET   ask A retry   ask A reload (old ones)
 *   message A TEXT            a client on A sends TEXT (one word) to the clients on all others
 *   holders                   a line that says what runs where
 *   clients                   a line that says to which node the clients beside each node go, by address
 */
#ifndef HB_SIM_SCENARIO_H
#define HB_SIM_SCENARIO_H

#include "sim/world.h"

struct scenario;

/* line is told each line of the trace, up to the level, and each statement; borrowed. */
struct scenario *scenario_new(
    uint64_t seed, enum trace_level verbosity, world_line_fn *line, void *arg);
void scenario_free(struct scenario *s);

/*
 * The cluster is one of these files, in place of the statements nodes, conf and group.
 *
 * hacf has no node lines; nodes: NULL-ended. takes: see world_takes(); 0 as it is by default.
 */
void scenario_cluster(struct scenario *s, char *const *nodes, const char *hacf,
    const char *haresources, struct span takes);

/* Record its cores; before the first statement that acts. */
void scenario_record(struct scenario *s, const struct world_recording *recording);

/*
 * Carry out a statement, or several.
 *
 * Errors: why it cannot be. Owns: the caller's; NULL if all is well.
 */
char *scenario_do(struct scenario *s, const char *text);

/* The cluster; NULL as long as only its configuration was told. */
struct world *scenario_world(struct scenario *s);

#endif
