/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 *   SKIPPING    in a line that begins no frame: its bytes are forgotten up to the newline
 *   BETWEEN     at the first bytes of a line, outside a frame
 *   INSIDE      in a frame: everything is collected
 */
#include "proto/frames.h"

#include <glib.h>
#include <string.h>

#include "proto/wire.h"

#define FRAME_START ">>>"
#define FRAME_END "<<<"
#define MARK_LEN 3

enum frames_state {
	FRAMES_SKIPPING,
	FRAMES_BETWEEN,
	FRAMES_INSIDE,
};

struct frames {
	enum frames_state state;
	GByteArray *bytes; /* of the frame, or the first ones of a line between frames */
	size_t line;	   /* where in bytes the current line begins */
	uint64_t dropped;
};

struct frames *
frames_new(void)
{
	struct frames *f = g_new0(struct frames, 1);

	f->bytes = g_byte_array_new();
	f->state = FRAMES_BETWEEN;
	return f;
}

void
frames_free(struct frames *f)
{
	if (f == NULL)
		return;
	g_byte_array_unref(f->bytes);
	g_free(f);
}

static void
frames_forget(struct frames *f, enum frames_state next)
{
	g_byte_array_set_size(f->bytes, 0);
	f->line = 0;
	f->state = next;
}

void
frames_reset(struct frames *f)
{
	frames_forget(f, FRAMES_BETWEEN);
}

uint64_t
frames_dropped(const struct frames *f)
{
	return f->dropped;
}

/* Does the current line begin with the mark? */
static bool
line_begins(const struct frames *f, const char *mark)
{
	return f->bytes->len - f->line >= MARK_LEN &&
	       memcmp(f->bytes->data + f->line, mark, MARK_LEN) == 0;
}

/* A line of the frame is complete, its newline included. */
static void
frames_line(struct frames *f, frame_fn *emit, void *arg)
{
	if (line_begins(f, FRAME_END)) {
		emit(arg, f->bytes->data, f->bytes->len);
		frames_forget(f, FRAMES_BETWEEN);
		return;
	}
	if (f->line > 0 && line_begins(f, FRAME_START)) {
		/* The end of the last frame was lost: this one may be whole. */
		f->dropped++;
		g_byte_array_remove_range(f->bytes, 0, (guint)f->line);
	}
	f->line = f->bytes->len;
}

static void
frames_byte(struct frames *f, guint8 byte, frame_fn *emit, void *arg)
{
	if (f->state == FRAMES_SKIPPING) {
		if (byte == '\n')
			f->state = FRAMES_BETWEEN;
		return;
	}
	g_byte_array_append(f->bytes, &byte, 1);
	if (f->state == FRAMES_BETWEEN) {
		if (byte != (guint8)FRAME_START[f->bytes->len - 1])
			frames_forget(f, byte == '\n' ? FRAMES_BETWEEN : FRAMES_SKIPPING);
		else if (f->bytes->len == MARK_LEN)
			f->state = FRAMES_INSIDE;
		return;
	}
	if (byte == '\n')
		frames_line(f, emit, arg);
	if (f->bytes->len >= WIRE_MAX) {
		f->dropped++;
		frames_forget(f, byte == '\n' ? FRAMES_BETWEEN : FRAMES_SKIPPING);
	}
}

void
frames_feed(struct frames *f, const void *bytes, size_t len, frame_fn *emit, void *arg)
{
	const guint8 *at = bytes;

	for (size_t i = 0; i < len; i++) {
		if (at[i] != '\0')
			frames_byte(f, at[i], emit, arg);
	}
}
