/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fifo_reader.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <stdbool.h>
#include <unistd.h>

#include "proto/frames.h"

/* Read in one go; the loop then turns to others first. */
#define PIECE 4096

struct fifo_reader {
	qb_loop_t *loop;
	int fd;
	fifo_message_fn *message;
	void *arg;
	struct trace trace;
	struct frames *frames;
	uint64_t dropped;	/* as told */
	bool over;	/* the loop has let go of it */
};

static void
frame_ready(void *arg, const void *bytes, size_t len)
{
	struct fifo_reader *r = arg;

	r->message(r->arg, bytes, len);
}

static int32_t
fifo_ready(int32_t fd, int32_t revents, void *data)
{
	struct fifo_reader *r = data;
	char piece[PIECE];
	ssize_t n = read(fd, piece, sizeof(piece));

	(void)revents;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	/* The master keeps it open: an end of it is the end of the master. */
	if (n <= 0) {
		trace(&r->trace, TRACE_WARNING, "the FIFO can no longer be read: %s",
		    n < 0 ? g_strerror(errno) : "its other end is closed");
		r->over = true;
		return -1;
	}
	frames_feed(r->frames, piece, (size_t)n, frame_ready, r);
	if (frames_dropped(r->frames) != r->dropped)
		trace(&r->trace, TRACE_WARNING,
		    "%" G_GUINT64_FORMAT " message(s) in the FIFO were cut off: did two scripts write at"
		    " the same time?", frames_dropped(r->frames) - r->dropped);
	r->dropped = frames_dropped(r->frames);
	return 0;
}

struct fifo_reader *
fifo_reader_new(
    qb_loop_t *loop, int fd, fifo_message_fn *message, void *arg, struct trace trace)
{
	struct fifo_reader *r = g_new0(struct fifo_reader, 1);

	r->loop = loop;
	r->fd = fd;
	r->message = message;
	r->arg = arg;
	r->trace = trace;
	r->frames = frames_new();
	qb_loop_poll_add(loop, QB_LOOP_LOW, fd, POLLIN, r, fifo_ready);
	return r;
}

void
fifo_reader_free(struct fifo_reader *r)
{
	if (r == NULL)
		return;
	if (!r->over)
		qb_loop_poll_del(r->loop, r->fd);
	close(r->fd);
	frames_free(r->frames);
	g_free(r);
}
