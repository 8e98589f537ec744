/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cuts the byte stream of a serial line into classic messages: lines are skipped until
 * one begins with ">>>", then collected up to one that begins with "<<<". What is given
 * out is a frame by its outline only; seal_open() says what it is worth.
 *
 * Source: compat wire.md section 14, "serial".
 */
#ifndef HB_PROTO_FRAMES_H
#define HB_PROTO_FRAMES_H

#include <stddef.h>
#include <stdint.h>

struct frames;

/* A whole frame, both marker lines included. Owns: borrowed for the call. */
typedef void frame_fn(void *arg, const void *bytes, size_t len);

struct frames *frames_new(void);
void frames_free(struct frames *f);

/*
 * Take the next bytes of the line, however they are cut, and call emit for every frame
 * that they complete. NULs are skipped: a break on the line reads as one.
 *
 * Range: a frame is at most WIRE_MAX bytes; what is longer is dropped to its end.
 */
void frames_feed(
    struct frames *f, const void *bytes, size_t len, frame_fn *emit, void *arg);

/* Forget what is half read, as after a timeout or a hangup. */
void frames_reset(struct frames *f);

/* Frames begun and not given out: too long, or another began inside. */
uint64_t frames_dropped(const struct frames *f);

#endif
