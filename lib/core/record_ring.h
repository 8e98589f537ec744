/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where things stand in a flight record. A head, then segments of one size, used in turn: when the
 * last is full the first is overwritten. A segment has a head of its own, what the core was made
 * of, what it remembered when the segment began, and frames (record_book.h).
 *
 * Source: doc/design.md "Flight record".
 */
#ifndef HB_CORE_RECORD_RING_H
#define HB_CORE_RECORD_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RECORD_MAGIC "HBRECORD"
#define RECORD_FORMAT 5
#define RECORD_SEGMENTS 8
#define RECORD_HEAD_SIZE 32
#define SEGMENT_MAGIC "HBSEGMNT"
#define SEGMENT_HEAD_SIZE 44

struct record_ring {
	uint64_t segment_size;
	unsigned segments;
};

/* A ring of so many bytes altogether. */
struct record_ring record_ring_of_size(size_t size);
/* Where the segment of that number is; numbers go up from 1. */
uint64_t record_ring_place(const struct record_ring *ring, uint64_t serial);

void record_ring_write(const struct record_ring *ring, uint8_t out[RECORD_HEAD_SIZE]);
/* Errors: a sentence; NULL if *ring is one. */
const char *record_ring_read(struct record_ring *ring, const void *bytes, size_t len);

struct segment_head {
	uint64_t serial;
	uint64_t life;	/* of the core: goes up by one with each */
	uint64_t events;	/* that this core was told before */
	uint32_t body_len;	/* of what stands between this head and the frames */
	uint32_t body_sum;
};

void segment_head_write(const struct segment_head *h, uint8_t out[SEGMENT_HEAD_SIZE]);
/* Errors: false; there is no such head. */
bool segment_head_read(struct segment_head *h, const void *bytes, size_t len);

/* A sum that a change of any byte changes. since: of the bytes before, or RECORD_SUM_START. */
#define RECORD_SUM_START UINT32_C(0x811c9dc5)
uint32_t record_sum(uint32_t since, const void *bytes, size_t len);

/* For tests that change heads on purpose. */
void record_ring_mend(uint8_t *bytes, size_t len);
void segment_head_mend(uint8_t *bytes, size_t len);

#endif
