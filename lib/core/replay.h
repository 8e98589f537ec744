/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A flight record (record.h) told to a core of this program: does it decide the same?
 */
#ifndef HB_CORE_REPLAY_H
#define HB_CORE_REPLAY_H

#include "core/record.h"

enum replay_result {
	REPLAY_SAME,
	REPLAY_DIFFERS,
	REPLAY_REFUSED,	/* the record cannot be used */
};

struct replay_owner {
	/* Told before an event of which the record has no result, the last: on it the core died, or
	 * the record was taken. Then each line of text that the replay gives, in its order: as
	 * decisions.text, without newline. All borrowed; each may be NULL. */
	void (*unfinished)(void *arg, const struct event *e);
	void (*line)(void *arg, const struct event *e, const char *text);
	void *arg;
};

struct replay {
	enum replay_result result;
	char *version;	/* of the program that wrote the record; NULL if that is not known */
	char *why;	/* REFUSED: a sentence */
	bool full;	/* the record ends because its limit was reached */
	uint64_t events;	/* replayed, the one that differs included */
	struct moment first, last;	/* of them */
	int64_t wall_s;	/* of the last */
	enum event_type type;	/* of the last */
	char *recorded, *now;	/* DIFFERS: what the last event led to then, and now; where both are
				 * equal the messages or replies differ */
};

/*
 * The whole record is read before the first step is taken, so that a damaged one is refused
 * whole.
 *
 * Owns: the result is the caller's (replay_clear).
 */
struct replay replay_run(const void *bytes, size_t len, const struct replay_owner *owner);
void replay_clear(struct replay *r);

#endif
