/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keepalive, warntime, deadtime, initdead: who is up, late or dead. Deadlines follow from facts
 * (last heard + deadtime), so no timer can be stale.
 *
 * Source: compat wire.md section 12; doc/design.md "Time".
 */
#ifndef HB_CORE_LIVENESS_H
#define HB_CORE_LIVENESS_H

#include "core/state.h"

/* A status of a node came in at `when`: its clock starts anew, lateness is said. */
void liveness_heard(struct core *c, struct node *n, struct moment when);
void liveness_ping_heard(struct core *c, struct ping *p, struct moment when);

/*
 * A node that counted as dead speaks on in the same life: its path failed, not the node. Each time that
 * happens in a row its next silence may last four times as long, up to 30 s more than the node asked for,
 * so that a link that comes and goes does not move groups each time. A minute and ten deadtimes without
 * such an error, or a restart of the node, and it is judged as before.
 */
void liveness_returned(struct core *c, struct node *n);

/* We ourselves were late by that much: nobody is blamed for silence during it. */
void liveness_grant(struct core *c, struct span late);

/* Judge who is silent too long. Only after everything received has been looked at. */
void liveness_judge(struct core *c);

/* Nodes: all heard or given up? Then we are active. */
void liveness_settle(struct core *c);

/*
 * Is none of the interfaces and serial lines there that carry links? We would call everybody dead whom we have not
 * heard since we started, so we wait.
 */
bool liveness_without_path(const struct core *c);

struct moment liveness_deadline(const struct core *c);

#endif
