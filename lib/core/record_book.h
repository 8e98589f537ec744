/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the writer and the reader of a flight record both keep, by the same rules, so that little
 * has to be written: words that came before, the last message of each kind and sender, when each
 * came. Inside lib/core only; see record.h.
 *
 * A segment ends in frames. A frame begins with a tag: its kind, and how far the wall clock went
 * on since the event before. An event ends in one byte of a running sum over the head of the
 * segment and all frames so far.
 */
#ifndef HB_CORE_RECORD_BOOK_H
#define HB_CORE_RECORD_BOOK_H

#include "core/event.h"
#include "core/pack.h"
#include "proto/msg.h"

enum frame_kind {
	/* 0 .. EVENT_TYPE_COUNT-1: that event */
	FRAME_RESULT = EVENT_TYPE_COUNT,	/* check of the decisions; text follows */
	FRAME_RESULT_SILENT,	/* check; nothing was said or done but messages and replies */
	FRAME_FULL,	/* a segment has no room for what comes next: it is not here */
	FRAME_END,	/* behind the last frame, and the sum; the next one takes its place */
	FRAME_KIND_COUNT
};

#define TAG_KIND 0x0f
#define TAG_WALL_SHIFT 4
#define TAG_WALL_MAX 3	/* this many seconds: the number follows */
#define TAG_AS_FORESEEN 0x40	/* packet: nothing but what time brings has changed */

/* In the place of a word. */
#define WORD_NONE 0	/* NULL */
#define WORD_NEW 1	/* bytes follow */
#define WORD_FIRST 2	/* and up: a word that came before */

/* In the place of a pattern. */
#define PATTERN_NEW 0	/* medium, source and the whole message follow */
#define PATTERN_REFUSED 1	/* medium, source and the seal_result follow */
#define PATTERN_FIRST 2	/* and up */

/* How a field that is not as foreseen is written. */
#define CHANGE_VALUE 0
#define CHANGE_NUMBER 1	/* the difference of two hex numbers */

/* When something that comes in a rhythm came last. */
struct beat {
	struct moment at;	/* 0: never yet */
	int64_t gap_ns;	/* between the last two */
};

/* The last message of one type from one sender by one medium. */
struct pattern {
	unsigned medium;
	char *source;	/* may be NULL */
	struct msg *m;
	struct beat beat;
	int64_t wall_s;
};

struct record_book {
	GPtrArray *words;	/* GBytes *, with a NUL behind */
	GHashTable *word_index;	/* GBytes * -> number + 1 */
	GPtrArray *patterns;	/* struct pattern * */
	struct beat timer;
	struct moment now;	/* of the last event */
	int64_t wall_s;
	uint32_t sum;
};

/* head: bytes that the sum begins with. */
void book_init(struct record_book *b, const void *head, size_t len);
void book_clear(struct record_book *b);

/* Take bytes of the record into the sum. */
void book_sum(struct record_book *b, const void *bytes, size_t len);
uint8_t book_sum_byte(const struct record_book *b);

/* Is a word of that length kept, as things stand? */
bool book_keeps(const struct record_book *b, size_t len);
/* Owns: word, with a NUL behind its text, is taken. */
void book_keep(struct record_book *b, GBytes *word);

/* When the next beat is expected; the last event's time if there was none yet. */
struct moment beat_next(const struct beat *beat, const struct record_book *b);
void beat_came(struct beat *beat, struct moment at);

/* The pattern for such a message, or -1. */
int book_find(const struct record_book *b, unsigned medium, const char *source,
    const struct msg *m);
/* Keep it as a pattern, in the place of the one that it belongs to. Owns: m is taken. */
struct pattern *book_learn(
    struct record_book *b, unsigned medium, const char *source, struct msg *m);

/* Have both the same names and types of fields, in the same order? */
bool pattern_fits(const struct pattern *p, const struct msg *m);
/* A copy with a NUL behind, which its size counts too. Owns: the caller's (g_bytes_unref). */
GBytes *text_bytes(const void *bytes, size_t len);

/*
 * The value that a field will have next: numbered and dated messages count on.
 * Owns: the caller's, as text_bytes().
 */
GBytes *pattern_foresee(const struct pattern *p, size_t field, int64_t wall_s);
/* A string field written as we write numbers. */
bool value_is_hex(const char *text, size_t len, uint64_t *out);

#endif
