/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The engine's end of the FIFO: what scripts write, cut into messages. A frame begins with a line
 * ">>>" and ends with a line "<<<"; whatever stands between frames is skipped.
 *
 * Source: compat commands.md section 9.
 */
#ifndef HB_FIFO_READER_H
#define HB_FIFO_READER_H

#include <qb/qbloop.h>
#include <stddef.h>

#include "base/trace.h"

/* One frame, its markers included; borrowed. */
typedef void fifo_message_fn(void *arg, const void *bytes, size_t len);

struct fifo_reader;

/* Owns: takes the descriptor. */
struct fifo_reader *fifo_reader_new(
    qb_loop_t *loop, int fd, fifo_message_fn *message, void *arg, struct trace trace);
void fifo_reader_free(struct fifo_reader *r);

#endif
