/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scripts of the administrator that are told what happens in the cluster: rc.d/TYPE is run for a
 * message of that type, with its fields in the environment.
 *
 * What nodes say to each other is not for scripts, with three exceptions: `status` when a node
 * changed, `ifstat` when a link did, `stonith` as a peer tells it. The stock scripts of 3.0.6
 * behind ip-request, ip-request-resp, hb_takeover and ask_resources moved groups; here the core
 * does that.
 *
 * Source: compat commands.md section 8.
 */
#ifndef HB_CORE_HOOK_H
#define HB_CORE_HOOK_H

#include "core/state.h"

/* Fields of one message that are passed on, and the longest value, at most. */
#define HOOK_FIELDS_MAX 64
#define HOOK_VALUE_MAX 4096

/* A type that rc.d can have a script for: 1 to 31 letters, digits, '-' and '_'. */
bool hook_type_is_name(const char *type);

/* A type by which nodes talk to each other: nobody but the core acts on it. */
bool hook_type_is_ours(const char *type);

/* A node has changed its status, from before to what it has now; a ping node. */
void hook_node(struct core *c, const struct node *n, enum node_status before);
void hook_ping(struct core *c, const char *ping, const char *status, const char *before);

/* A link of a node went "up" or "dead". */
void hook_link(struct core *c, const char *node, const char *link, bool up);

/* A message that is for scripts, from a peer or from ourselves. */
void hook_message(struct core *c, const struct msg *m);

#endif
