/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The flight record: what a core was told, so that the same can be told to another core later, and
 * what it decided, to compare. It is a ring: what is oldest goes when there is no room, and what
 * the core remembered at that time stands at the beginning of each segment. Lives of several cores
 * follow each other in it. It holds no key: of a packet it keeps whether it was accepted, and the
 * message, not the signature.
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

/*
 * Told each piece as it is made, and its place, which may have been used before.
 *
 * Returns: false if it cannot be kept; that is the end of it.
 */
typedef bool record_sink(void *arg, uint64_t at, const void *bytes, size_t len);
/* Returns: false if there are not so many bytes at that place. */
typedef bool record_source(void *arg, uint64_t at, void *bytes, size_t len);

/* Where a record goes on. Of a new one everything but the size is 0. */
struct record_place {
	size_t size;	/* bytes that it has room for, altogether */
	uint64_t serial, life;	/* of the newest segment in it */
};

/* Look for a record of that size that another core left. Errors: false; *place is a new one. */
bool record_place_find(
    size_t size, record_source *source, void *arg, struct record_place *place);

struct record_writer;

/*
 * A record of a core that is about to begin its life.
 *
 * conf: of that core; its keys open the packets.
 * Owns: conf and arg are borrowed.
 */
struct record_writer *record_writer_new(const struct record_header *h, const struct conf *conf,
    const struct record_place *place, record_sink *sink, void *arg);
void record_writer_free(struct record_writer *w);

/* The number of the segment that is written to: when it changes old bytes have given way to new. */
uint64_t record_writer_serial(const struct record_writer *w);

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
	RECORD_BEGIN,	/* of a segment: a new core, or what it remembers by now */
	RECORD_EVENT,
	RECORD_RESULT,	/* of the event before; first in a segment: of the last one before it */
	RECORD_FULL,	/* there was no room for what came next; another segment may follow */
	RECORD_BAD,	/* damaged; another segment may follow */
	RECORD_END,	/* no more */
};

/* What an item points to lives until the next one is read. */
struct record_item {
	struct {
		uint64_t life;	/* of which core: another number, another core */
		uint64_t events;	/* that it was told before */
		const void *checkpoint;	/* core_load(); NULL: the core is new */
		size_t checkpoint_len;
		uint64_t digest;	/* of its decisions so far */
		struct moment now;	/* of its last step */
		int64_t wall_s;
	} begin;
	struct event event;
	uint16_t check;	/* RESULT */
	const char *text;	/* RESULT: as decisions.text; BAD: what is wrong */
};

struct record_reader;

/*
 * Reads from the oldest segment behind which none is missing.
 *
 * bytes: borrowed, needed until the reader is freed.
 * Errors: NULL; *why is then a sentence (the caller's, g_free).
 */
struct record_reader *record_reader_new(const void *bytes, size_t len, char **why);
void record_reader_free(struct record_reader *r);
/* Of the segment at hand, from its RECORD_BEGIN on. */
struct record_header record_reader_header(const struct record_reader *r);
/*
 * The same, with keys that are no secret; packets of the record are signed with them. It is
 * another one only if the texts are, and lives as long as the reader.
 */
const struct conf *record_reader_conf(const struct record_reader *r);

/* The next item. After RECORD_END the same again. */
enum record_kind record_read(struct record_reader *r, struct record_item *item);

/* Put the sums right in a record that was changed on purpose, as far as it can be read. */
void record_mend(uint8_t *bytes, size_t len);

#endif
