/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What administrators ask for: hb_standby, hb_takeover, hbctl retry, in the words of 3.0.6 for
 * sets of groups.
 *
 * Source: compat resources.md section 5, commands.md section 5.
 */
#ifndef HB_CORE_STANDBY_H
#define HB_CORE_STANDBY_H

#include "core/state.h"

enum standby_set {
	SET_ALL,
	SET_LOCAL,	/* groups whose preferred node is the node at hand */
	SET_FOREIGN,	/* the others */
	SET_COUNT
};

/* Errors: false if the word is no set. `failback` is read as the caller says. */
bool standby_set_from_word(const char *word, enum standby_set failback, enum standby_set *out);
const char *standby_set_name(enum standby_set set);

/*
 * Give a set away (hb_standby); `to` is the node that asked for it, or NULL for whoever fits.
 *
 * Errors: a sentence why nothing is done; NULL if something is, or nothing was held.
 */
char *standby_give(struct core *c, enum standby_set set, const struct node *to);

/* Ask the others for a set (hb_takeover). Errors: as above. */
char *standby_ask(struct core *c, enum standby_set set);
/* Another node asks us for a set of its own. */
void standby_asked(struct core *c, const struct node *from, enum standby_set set);

/*
 * Forget failed starts, stop leftovers that did not stop again; group -1: of all groups.
 *
 * Gives: how many groups that concerned.
 */
unsigned standby_retry(struct core *c, int group);

/* "none" "local" "foreign" "all": what we answer for, in the words of 3.0.6. */
const char *standby_holds(const struct core *c);
/* The very string that it gives; NULL: it is none of them, or NULL. */
const char *standby_holds_word(const char *text);

#endif
