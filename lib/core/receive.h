/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A datagram from a medium: opened, judged, and handed to the module that it concerns.
 *
 * Source: compat wire.md section 9, whose order is kept; the signature comes first here.
 */
#ifndef HB_CORE_RECEIVE_H
#define HB_CORE_RECEIVE_H

#include "core/state.h"

void receive_packet(struct core *c, const struct event_packet *p);

/* "bad-frame" "unsigned" "no-key" "forged" ...: names of the counters. */
const char *drop_name(enum drop drop);

#endif
