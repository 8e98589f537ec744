/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A flight record (record.h) told to a core of this program: does it decide the same?
 */
#ifndef HB_CORE_REPLAY_H
#define HB_CORE_REPLAY_H

#include "core/record.h"

/* What a record is about. */
struct record_span {
	uint64_t events;
	unsigned lives;	/* of cores; the first may have begun before the record */
	bool begins_within;	/* it did */
	struct moment first, last;	/* of the events */
	int64_t first_wall_s, last_wall_s;
};

enum replay_result {
	REPLAY_SAME,
	REPLAY_DIFFERS,
	REPLAY_DAMAGED,	/* the same, as far as it could be read */
	REPLAY_REFUSED,	/* no event in it can be used */
};

/* Told what happens in the order of the record. Each may be NULL; what is given is borrowed. */
struct replay_owner {
	/* Before an event of which the record has no result, the last of its core: on it the core
	 * died, or the record was taken. */
	void (*unfinished)(void *arg, const struct event *e);
	/* Each line of text that the replay gives: as decisions.text, without newline. */
	void (*line)(void *arg, const struct event *e, const char *text);
	/* Something is missing here, a sentence: it goes on, if at all, with a later event. */
	void (*gap)(void *arg, const char *why);
	void *arg;
};

struct replay {
	enum replay_result result;
	char *version;	/* of the program that wrote the newest part; NULL if that is not known */
	char *why;	/* DAMAGED, REFUSED: a sentence, of the first damage */
	bool full;	/* there was no room for some events */
	struct record_span span;	/* of what was replayed, the event that differs included */
	enum event_type type;	/* of the last event */
	bool memory;	/* DIFFERS: the core remembers something else, and the rest is the same */
	char *recorded, *now;	/* DIFFERS: what the last event led to then, and now; where both are
				 * equal the messages or replies differ, or what is remembered */
};

/* Owns: the result is the caller's (replay_clear). */
struct replay replay_run(const void *bytes, size_t len, const struct replay_owner *owner);
void replay_clear(struct replay *r);

/*
 * What a record is about, without telling it to a core.
 *
 * Errors: false if something in it cannot be read; *why is then a sentence (the caller's, g_free)
 * and *span is about the rest.
 */
bool replay_span(const void *bytes, size_t len, struct record_span *span, char **why);

#endif
