/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A serial line: frames one after the other, in the classic form. Whole frames go into a
 * buffer of bounded size that drains at the pace of the line; one that does not fit is
 * dropped and counted, because an old heartbeat is worth less than the next one.
 *
 * Source: compat wire.md 14 (serial).
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "medium_kind.h"
#include "proto/frames.h"

/* Some twenty heartbeats: about eight seconds of a line of 19200 baud. */
#define OUTPUT_MAX (16 * 1024)
#define READ_CHUNK 4096

struct serial {
	struct frames *frames;
	char output[OUTPUT_MAX];
	size_t output_len;
};

static void
serial_open(struct medium *m)
{
	struct serial *s = g_new0(struct serial, 1);

	s->frames = frames_new();
	m->state = s;
}

static void
serial_close(struct medium *m)
{
	struct serial *s = m->state;

	frames_free(s->frames);
	g_free(s);
}

/* Half a frame of the old descriptor would spoil the first one of the new. */
static void
serial_attached(struct medium *m, int fd)
{
	struct serial *s = m->state;

	(void)fd;
	frames_reset(s->frames);
	s->output_len = 0;
}

static bool
serial_pending(const struct medium *m)
{
	const struct serial *s = m->state;

	return s->output_len > 0;
}

static int
serial_writable(struct medium *m)
{
	struct serial *s = m->state;

	while (s->output_len > 0) {
		ssize_t n = write(m->receive[0].fd, s->output, s->output_len);

		if (n < 0) {
			if (errno == EINTR)
				continue;
			return errno == EAGAIN ? 0 : -errno;
		}
		s->output_len -= (size_t)n;
		memmove(s->output, s->output + n, s->output_len);
	}
	return 0;
}

static int
serial_send(struct medium *m, const void *bytes, size_t len)
{
	struct serial *s = m->state;

	if (m->receive[0].fd < 0)
		return -ENODEV;
	if (len > sizeof(s->output) - s->output_len)
		return -ENOBUFS;
	memcpy(s->output + s->output_len, bytes, len);
	s->output_len += len;
	return serial_writable(m);
}

/* What frames_feed() calls back with. */
struct intake {
	struct medium *medium;
	medium_sink_fn *sink;
	int count;
};

static void
frame_in(void *arg, const void *bytes, size_t len)
{
	struct intake *in = arg;

	in->count++;
	in->sink(in->medium, in->medium->conf->name, bytes, len, 0);
}

static int
serial_receive(struct medium *m, struct medium_socket *line, int max, medium_sink_fn *sink)
{
	struct serial *s = m->state;
	struct intake in = {.medium = m, .sink = sink};
	char chunk[READ_CHUNK];

	/* A frame may lead to the end of this descriptor. */
	while (in.count < max && line->fd >= 0) {
		ssize_t n = read(line->fd, chunk, sizeof(chunk));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			break;
		if (n < 0)
			return -errno;
		/* Raw, with VMIN 1: nothing at all means that the line was hung up. */
		if (n == 0)
			return -EIO;
		frames_feed(s->frames, chunk, (size_t)n, frame_in, &in);
	}
	return in.count;
}

const struct medium_class medium_serial = {
    .one_descriptor = true,
    .open = serial_open,
    .close = serial_close,
    .attached = serial_attached,
    .send = serial_send,
    .receive = serial_receive,
    .pending = serial_pending,
    .writable = serial_writable,
};
