/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages that scripts on this machine write to the FIFO: a frame of the classic form without a
 * signature. The FIFO is root's, but what stands in it was often put together by a shell, so it is
 * believed no more than a packet.
 *
 * Source: compat commands.md section 9, wire.md section 8.
 */
#ifndef HB_CORE_LOCAL_H
#define HB_CORE_LOCAL_H

#include "core/state.h"

/* A line of the FIFO, its newline not counted. */
#define LOCAL_LINE_MAX 511

/*
 * Act on one frame, ">>>" to "<<<". Requests of the old scripts (ask_resources, hb_takeover) are
 * carried out; a type of somebody's own goes to all nodes, and to the scripts of rc.d everywhere.
 * The rest is counted and dropped.
 */
void local_message(struct core *c, const void *bytes, size_t len);

#endif
