/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The flight record of an engine: in a file in memory that the master made, so that it outlives
 * the engine. Clients may fetch it.
 */
#ifndef HB_FLIGHT_H
#define HB_FLIGHT_H

#include <glib.h>

#include "core/record.h"

/* Bytes of it in one reply. */
#define FLIGHT_PIECE_MAX (128 * 1024)

struct flight;

/* Nothing is recorded before flight_begin(), and nothing at all without flight_keep_in(). */
struct flight *flight_new(void);
void flight_free(struct flight *f);

/* A file to be written to: empty, or with what earlier engines left in it. Owns: fd is taken. */
void flight_keep_in(struct flight *f, int fd);

/* A core of conf is about to be made. Returns: where it must say things. conf is borrowed. */
struct trace flight_begin(struct flight *f, const struct record_header *h,
    const struct conf *conf, struct trace sink);

/* core_step(), recorded if a record is kept. */
void flight_step(
    struct flight *f, struct core *c, const struct event *e, struct actions *out);

/* A client came or went: root and our own user may have the record. */
void flight_client(struct flight *f, const struct event_client *c);

/*
 * Answer a request if it is for the record; such a request is no event.
 *
 * Returns: the reply, or NULL if it asks for something else. Owns: the caller's.
 */
GByteArray *flight_answer(struct flight *f, const struct event_request *r);

#endif
