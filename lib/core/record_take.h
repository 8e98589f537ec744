/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The events of a flight record out of their bytes: numbers, words that came before, packets from
 * what a pattern foresees. It knows neither segments nor sums. Inside lib/core only; see record.h.
 */
#ifndef HB_CORE_RECORD_TAKE_H
#define HB_CORE_RECORD_TAKE_H

#include "conf/conf.h"
#include "core/record_book.h"

/* The keys of the replay. They protect nothing: the record itself is what is believed. */
#define REPLAY_KEYS "auth 1\n1 sha1 replay\n"
#define REPLAY_KEY 1

struct take {
	struct unpack in;	/* of the segment at hand; bad after any fault */
	struct record_book book;	/* its now and wall_s are moved on by the caller */
	struct conf *conf;	/* of REPLAY_KEYS; borrowed */
	bool started;	/* the core has had its EVENT_START */
	GPtrArray *held;	/* GBytes * that the event at hand points to */
	GArray *hints;	/* enum group_hint */
	GPtrArray *groups;	/* const char *, and NULL */
};

void take_init(struct take *t);
void take_clear(struct take *t);

/* A copy with a NUL behind. Owns: lives as long as the event at hand. */
GBytes *take_hold(struct take *t, const void *bytes, size_t len);
/* A number below limit. */
unsigned take_below(struct take *t, unsigned limit);
/* A number, written as what it is more than from. */
int64_t take_offset(struct take *t, int64_t from);

/*
 * The event behind its tag. The sum that follows it is not looked at.
 *
 * Owns: what *e points to lives until held is emptied or the book cleared.
 * Errors: false; there is something in it that cannot be.
 */
bool take_event(struct take *t, uint8_t tag, struct event *e);

#endif
