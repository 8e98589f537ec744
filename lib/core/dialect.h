/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A 3.0.6 beside us. It knows two nodes and two sets of groups, and says none, local,
 * foreign or all where we tell facts. Here its words are made into the facts of that node, and
 * our facts into words for it, so that the rest of the core need not know who speaks how.
 *
 * The words are weaker than facts, so some things are only possible one way:
 *   - whole sets move, and only by a conversation, a death or a farewell;
 *   - it never yields: where both hold something, we do;
 *   - it cannot say that it saw our wish. But it takes nothing by itself while we are alive, so
 *     once it has told what it holds, our wish is as good as seen. When it may have thought us
 *     dead, that no longer holds, and it is asked again.
 * With three nodes or more a 3.0.6 decides as if there were two; then we take nothing.
 *
 * Source: compat resources.md; doc/protocol.md "Beside 3.0.6".
 */
#ifndef HB_CORE_DIALECT_H
#define HB_CORE_DIALECT_H

#include "core/state.h"

void dialect_init(const struct core *c, struct dialect *d);
void dialect_clear(struct dialect *d);
/* Its words count no more: it restarted or left. */
void dialect_reset(struct core *c, struct node *n);
/* The same: it is dead, as far as we can tell. */
void dialect_died(struct core *c, struct node *n);

/* It began a new life, and was neither dead nor gone: what it held may still run there. */
void dialect_restarted(struct core *c, struct node *n);

/* A status came, with facts or without. */
void dialect_status(struct core *c, struct node *n, bool has_facts);

/* A numbered message for us. Returns false if it is no word of the dialect. */
bool dialect_message(struct core *c, struct node *n, uint64_t seq, const struct msg *m);
/* A message that the node sent to itself: with some it says what it does. */
void dialect_overheard(struct core *c, struct node *n, const struct msg *m);
/*
 * A message of ours is sent to it once more. It takes words in the order in which they arrive, an old one
 * for the youngest: so it gets the youngest.
 * Owns: the caller's. Returns NULL if the message is sent as it is.
 */
struct msg *dialect_renewed(const struct node *n, const struct msg *m);

/* We did not run for long: it may have taken what it did not hold. */
void dialect_doubt(struct core *c);

/* Make the facts of such nodes from what they said. */
void dialect_translate(struct core *c);

/* Say what there is to say, now that all is decided. */
void dialect_speak(struct core *c);

/*
 * A conversation with a 3.0.6 is under way: a set is on its way, or about to be. It does not
 * bear another, nor that we leave it in the middle: then two of its jobs run at the same time.
 * Source: compat resources.md 5, 6.
 */
bool dialect_is_talking(const struct core *c);

/* Tell the master what the next engine must know of a conversation, should this one die. */
void dialect_remember(struct core *c);

/* Is there one that starts, and so is deaf to a farewell: it would wait for us ever after? */
bool dialect_is_deaf(const struct core *c);

/*
 * When our last word is due, for its sake; MOMENT_NEVER: not now. It reads each medium by a process of its
 * own, so that a word behind that may come after the first of our next life, and look like a replay.
 * Source: resources.md 10.
 */
struct moment dialect_hush_at(const struct core *c);

/* What people should know of a node's speech: "runs 3.0.6: ..."; NULL: nothing. Static. */
const char *dialect_remark(const struct core *c, const struct node *n);

struct moment dialect_deadline(const struct core *c);

#endif
