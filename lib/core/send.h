/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Our own messages: the fields that every one carries, signed, to every medium.
 *
 * Source: compat wire.md section 7.
 */
#ifndef HB_CORE_SEND_H
#define HB_CORE_SEND_H

#include <stdbool.h>

#include "core/state.h"
#include "proto/msg.h"

/* Number, complete, sign, keep and send a message. Owns: takes m; dest is NULL for everybody. */
void send_message(struct core *c, struct msg *m, const struct node *dest);

/*
 * Will what a client or a script wants to say still fit into one datagram, with what is added to it?
 * Nobody would ever get it otherwise, and everybody would ask for it again.
 */
bool send_fits(const struct msg *m);

/* Our status with our facts, and an echo to each ping node. */
void send_status(struct core *c);

/* A message that we sent before, again, with its old number; signed anew. */
void send_again(struct core *c, const struct msg *m);

/* Ask for what is missing of a node, acknowledge what is there. */
void send_requests(struct core *c);
void send_acknowledgement(struct core *c, const struct node *to, uint64_t seq);

#endif
