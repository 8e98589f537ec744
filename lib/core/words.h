/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lines of 3.0.6 about moves of whole sets, which operators' scripts look for. The decisions
 * are told group by group elsewhere; here they are told once more, the old way.
 *
 * Source: compat commands.md 15.2.
 */
#ifndef HB_CORE_WORDS_H
#define HB_CORE_WORDS_H

#include "core/state.h"

/* The media and their parameters, at the start. */
void words_media(const struct core *c);

/* Another node offers us groups. */
void words_offered(struct core *c, struct node *n);
/* A node takes the groups that we offered: they are about to be stopped. */
void words_taken_up(struct core *c, const struct node *taker);
/* Called when a step has settled: what is complete by now? */
void words_complete(struct core *c, bool settled);
/* The standby under way came to nothing. */
void words_cancel(struct core *c);

#endif
