/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who takes, who gives, and that it is never two: standby, takeover, failback, death, heal.
 *
 * Taking: a node that should run a group first tells the wish (WANT), and starts only when every
 * living node has said that it saw it, none of them runs the group or wants it too, and every dead
 * node is accounted for. Giving: the holder offers (OFFER); the target answers with its wish; the
 * holder stops (GIVING), however long that takes; then the target starts. All of it is told in
 * every status, so a lost message delays but never confuses.
 *
 * Source: doc/protocol.md "Groups"; compat resources.md for the words and the occasions.
 */
#ifndef HB_CORE_HANDOVER_H
#define HB_CORE_HANDOVER_H

#include "core/state.h"

enum handover_set {
	SET_ALL,
	SET_LOCAL,	/* groups whose preferred node is the node at hand */
	SET_FOREIGN,	/* the others */
	SET_COUNT
};

/* Errors: false if the word is no set. `failback` is read as the caller says. */
bool handover_set_from_word(const char *word, enum handover_set failback, enum handover_set *out);
const char *handover_set_name(enum handover_set set);

/* What became of a node: its groups are free, or may still run. */
void handover_node_died(struct core *c, struct node *n);
void handover_node_left(struct core *c, struct node *n);

/* We did not run for so long that our groups may have been taken: hold them, but not for sure. */
void handover_slept(struct core *c, const char *how_long);

/*
 * Give a set away (hb_standby); `to` is the node that asked for it, or NULL for whoever fits.
 *
 * Errors: a sentence why nothing is done; NULL if something is, or nothing was held.
 */
char *handover_standby(struct core *c, enum handover_set set, const struct node *to);

/* Ask the others for a set (hb_takeover). Errors: as above. */
char *handover_takeover(struct core *c, enum handover_set set);
/* Another node asks us for a set of its own. */
void handover_asked(struct core *c, const struct node *from, enum handover_set set);

/* Forget failed starts; group -1: of all groups. Gives: how many marks were taken away. */
unsigned handover_retry(struct core *c, int group);

/* Compare wishes with facts and take the next step of each group. */
void handover_settle(struct core *c);
struct moment handover_deadline(const struct core *c);

/* "none" "local" "foreign" "all": what we answer for, in the words of 3.0.6. */
const char *handover_holds(const struct core *c);
/* No group of ours is on its way, and no other node is between two states. */
bool handover_is_settled(const struct core *c);

#endif
