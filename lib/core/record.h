/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The flight record: what a core was told from its start on, so that the same can be told to
 * another core later, and what it decided, to compare. It holds no key: of a packet it keeps
 * whether it was accepted, and the message, not the signature.
 *
 * Source: doc/design.md "Flight record".
 */
#ifndef HB_CORE_RECORD_H
#define HB_CORE_RECORD_H

#include "core/core.h"
#include "core/decisions.h"

/* What a core is made of. All strings are borrowed. */
struct record_header {
	const char *version;	/* of the program that decided */
	const char *node_name;
	const char *hacf, *haresources;	/* texts of the files */
	uint64_t seed;
};

/* -- writing -- */

/* Told each piece as it is made. Returns: false if it cannot be kept; that is the end of it. */
typedef bool record_sink(void *arg, const void *bytes, size_t len);

struct record_writer;

/*
 * conf: borrowed, of the core that is recorded; its keys open the packets.
 * limit: bytes that the sink is given at most. When they are used up the record says so and ends.
 * Owns: arg is borrowed.
 */
struct record_writer *record_writer_new(const struct record_header *h, const struct conf *conf,
    size_t limit, record_sink *sink, void *arg);
void record_writer_free(struct record_writer *w);

/* Where the core to be recorded must say things; they are passed on to sink. */
struct trace record_writer_trace(struct record_writer *w, struct trace sink);

/*
 * core_step(), recorded. The event is given to the sink before the step, so that the event on
 * which a core dies is the last one in the record. w may be NULL.
 */
void record_step(
    struct record_writer *w, struct core *c, const struct event *e, struct actions *out);

/* -- reading -- */

enum record_kind {
	RECORD_EVENT,
	RECORD_RESULT,	/* of the event before */
	RECORD_FULL,	/* the writer's limit was reached; the last one */
	RECORD_END,	/* no more */
	RECORD_BAD,	/* damaged */
};

struct record_item {
	struct event event;	/* EVENT; what it points to lives until the next item is read */
	uint16_t check;	/* RESULT */
	const char *text;	/* RESULT: as decisions.text; BAD: what is wrong */
};

struct record_reader;

/*
 * bytes: borrowed, needed until the reader is freed.
 * Errors: NULL; *why is then a sentence (the caller's, g_free).
 */
struct record_reader *record_reader_new(const void *bytes, size_t len, char **why);
void record_reader_free(struct record_reader *r);
struct record_header record_reader_header(const struct record_reader *r);
/* The configuration, with keys that are no secret; packets of the record are signed with them. */
const struct conf *record_reader_conf(const struct record_reader *r);

/* The next item. After RECORD_END, FULL and BAD the same again. */
enum record_kind record_read(struct record_reader *r, struct record_item *item);

#endif
