/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records on their way to the master. What does not fit into the pipe waits here, in order;
 * log lines do not wait: they are counted and the number is said when there is room again.
 */
#ifndef HB_CHANNEL_QUEUE_H
#define HB_CHANNEL_QUEUE_H

#include <stdbool.h>

#include "base/monotime.h"
#include "base/trace.h"
#include "channel.h"

/* More than this many records waiting means the master is lost; see channel_queue_send(). */
#define CHANNEL_QUEUE_MAX 10000
/* The longest line that is passed on; the rest of it is cut off. */
#define CHANNEL_LOG_MAX 8192

struct channel_queue;

struct channel_queue *channel_queue_new(int end);
void channel_queue_free(struct channel_queue *q);

/*
 * Send, or keep until the pipe has room. r and tail are copied.
 *
 * Errors: -EPIPE the master is gone; -ENOSPC the limit is reached; other -errno. Nothing is
 *         kept then.
 */
int channel_queue_send(
    struct channel_queue *q, const struct channel_record *r, const void *tail, size_t len);

/* Pass a line on, or count it. */
void channel_queue_log(struct channel_queue *q, enum trace_level level, const char *line);

/* Is anything waiting for the pipe to have room? */
bool channel_queue_waiting(const struct channel_queue *q);

/* Is there room for what can be left out? Half of it is for what cannot. */
bool channel_queue_has_room(const struct channel_queue *q);

/* Send what waits, as far as there is room. Returns: 0 or -errno of the pipe. */
int channel_queue_flush(struct channel_queue *q);

/* The same, waiting for room at most that long: before the process ends. */
void channel_queue_finish(struct channel_queue *q, struct span patience);

#endif
