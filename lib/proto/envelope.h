/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The fields that every message between nodes carries, read and checked: who sends it,
 * to whom, and where it stands in the sender's sequence. What they mean in the light of
 * earlier messages (unknown node, replay, hole) is for the core.
 *
 * Source: compat wire.md sections 7, 9 (steps 3, 7, 8) and 15.
 */
#ifndef HB_PROTO_ENVELOPE_H
#define HB_PROTO_ENVELOPE_H

#include "proto/msg.h"

#define ENVELOPE_TYPE_MAX 31
#define ENVELOPE_SOURCE_MAX 99
#define ENVELOPE_UUID_LEN 16
/* A generation is below: it fits the 15 columns of its file, and another one can follow. */
#define GENERATION_MAX 999999999999999

enum envelope_result {
	ENVELOPE_OK,
	ENVELOPE_NO_TYPE,
	ENVELOPE_BAD_TYPE,	/* empty, or above ENVELOPE_TYPE_MAX */
	ENVELOPE_NO_SOURCE,
	ENVELOPE_BAD_SOURCE,	/* empty, or above ENVELOPE_SOURCE_MAX */
	ENVELOPE_NO_TIME,
	ENVELOPE_BAD_TIME,	/* no hex number, or 0 */
	ENVELOPE_NO_SEQ,	/* and its type does not begin with NS_ */
	ENVELOPE_BAD_SEQ,	/* no hex number, or 0 */
	ENVELOPE_BAD_GENERATION,	/* there, but no hex number, or no generation that a node can have */
	ENVELOPE_RESULT_COUNT
};

/* The pointers point into the message. */
struct envelope {
	const char *type;
	const char *src;	/* as it stands: names are compared exactly */
	const char *dest;	/* NULL: everybody */
	const unsigned char *srcuuid;	/* ENVELOPE_UUID_LEN bytes; NULL if absent, all zero or
					 * of another length */
	const unsigned char *destuuid;	/* the same */
	bool sequenced;	/* false for NS_ messages: no sequence, no generation, no replay rule */
	uint64_t seq;	/* 1 and up; 0 if not sequenced */
	uint64_t generation;	/* hg; 0 if absent */
	uint64_t time;	/* ts: the sender's clock, seconds since 1970 */
};

/*
 * Read the common fields.
 *
 * Errors: why not; *out is then undefined.
 * Owns:   *out lives as long as the message is unchanged.
 */
enum envelope_result envelope_read(const struct msg *m, struct envelope *out);

/* Short words for counters and logs: "no-type" "bad-seq" ... */
const char *envelope_result_name(enum envelope_result result);

#endif
