/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What other nodes say to clients on this machine, and ask about them.
 *
 * Source: doc/protocol.md "Clients".
 */
#ifndef HB_CORE_API_PEERS_H
#define HB_CORE_API_PEERS_H

#include "core/state.h"

/* A message of a client on another node for the client of the same name here. */
void api_deliver(struct core *c, const struct node *from, const struct msg *m);

/* Another node asks whether a client is signed on here. */
void api_query(struct core *c, const struct node *from, const struct msg *m);

#endif
