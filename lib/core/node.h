/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The nodes and the paths to them.
 */
#ifndef HB_CORE_NODE_H
#define HB_CORE_NODE_H

#include "core/state.h"

void nodes_init(struct core *c);
void nodes_clear(struct core *c);

/* By the name in a message, exactly as it stands; NULL if it is none of ours. */
struct node *node_find(struct core *c, const char *name);

/* The one place that changes a node's status and says so. */
void node_enter(struct core *c, struct node *n, enum node_status next, const char *why, ...)
    __attribute__((format(printf, 4, 5)));

/* "init" "up" "active" "dead", as on the wire and in cl_status. */
const char *node_status_name(enum node_status status);
/* Errors: false if the word is none of those a node may send ("init" "up" "active"). */
bool node_status_from_word(const char *word, enum node_status *out);

/* It was heard in this life and is neither dead nor gone. Ourselves: true. */
bool node_is_alive(const struct node *n);
/* Alive, active, speaks our dialect, and is not leaving: may be given groups. */
bool node_is_fit(const struct node *n);

/* Alive, and its haresources is not ours. */
bool node_has_other_groups(const struct core *c, const struct node *n);
/* It has such a group, or we do not know better. */
bool node_has_group(const struct core *c, const struct node *n, unsigned group);

/* Something came over a link of this node. Returns: whether it was down before. */
bool node_link_heard(struct core *c, struct node *n, unsigned medium, struct moment when);

/* Is another node heard on the link of that medium? Not for those of ping nodes. */
bool node_link_carries(const struct core *c, unsigned medium);

/* Index in core.links of a medium's link; ping media have none (asserted). */
unsigned node_link_index(const struct core *c, unsigned medium);

struct ping *ping_by_medium(struct core *c, unsigned medium);

#endif
