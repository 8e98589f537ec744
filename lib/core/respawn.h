/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clients that ha.cf asks us to keep running (respawn lines).
 *
 * Source: compat commands.md 10.1; one that ends too quickly is slowed down, not given up.
 */
#ifndef HB_CORE_RESPAWN_H
#define HB_CORE_RESPAWN_H

#include "core/state.h"

void respawn_init(struct core *c);
void respawn_clear(struct core *c);

/* Start what is to run and does not. */
void respawn_settle(struct core *c);
/* A job ended. Returns false if it is no client. */
bool respawn_child(struct core *c, const struct event_child *e);
struct moment respawn_deadline(const struct core *c);

#endif
