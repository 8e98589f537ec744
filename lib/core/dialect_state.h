/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of the dialect share: listening (dialect.c), what is heard as facts (dialect_facts.c),
 * speaking (dialect_speak.c), conversations that outlive our engine (dialect_memory.c), and the old way
 * of asking for each group (dialect_legacy.c).
 */
#ifndef HB_CORE_DIALECT_STATE_H
#define HB_CORE_DIALECT_STATE_H

#include "core/dialect.h"

/* A question for a set that is not answered by then is refused. Source: resources.md 10. */
#define TALK_ANSWER_MS 10000
/* It says that it gives as soon as it has our word, unless its 10 s for that are over. */
#define TALK_BEGIN_MS (2 * TALK_ANSWER_MS)
/* What was agreed on has happened by then, or never will. Source: resources.md 10. */
#define TALK_END_MS 3600000
/* Its takeover ends with a word, unless its programs fail. */
#define TAKEOVER_MS 600000

enum side dialect_side(const struct core *c, const struct group *g);

/* none local foreign all, in our mouth or in theirs. */
const char *dialect_word(unsigned sides, bool ours);
/* Errors: false if it is none of these words. */
bool dialect_sides(const char *word, bool ours, unsigned *out);

/* Its stand on a group is that now. */
void dialect_claim(struct core *c, struct node *n, const struct group *g, enum claim_state state,
    int target);

/* Is it starting what is ours, as from the dead? */
bool dialect_takes_over(const struct dialect *d);

/* Does it take us for dead? */
bool dialect_is_verdict(const struct core *c, const struct msg *m);

/* The conversation about these sets has come so far; each phase has its limit. */
void dialect_talk(struct core *c, struct dialect *d, enum talk talk, unsigned sides);

/* Does it say that it has what we give? Then its "done" follows at once, or was lost for good. */
void dialect_confirm(struct core *c, struct dialect *d);
/* It has what we gave it, and the conversation is over. */
void dialect_given(struct core *c, struct dialect *d);

/* Go on where the engine before us was: the node is heard for the first time. */
void dialect_recall(struct core *c, struct node *n);

bool dialect_is_legacy(const struct core *c);

/* Does it live, and speak as a 3.0.6? */
bool dialect_is_beside(const struct core *c, const struct node *n);

/* Is there, besides us, only this node? */
bool dialect_is_pair(const struct core *c);

/* It is heard for the first time; or again, in the same life, after we took it for dead. */
void dialect_legacy_begin(struct core *c, struct node *n, bool again);
/* Make claims, of one node in auto_failback legacy. */
void dialect_legacy_translate(struct core *c, struct node *n);
/* ip-request, ip-request-resp. Returns false if it is neither. */
bool dialect_legacy_message(struct core *c, struct node *n, const struct msg *m);
void dialect_legacy_overheard(struct core *c, struct node *n, const struct msg *m);
void dialect_legacy_speak(struct core *c, struct node *n);

#endif
