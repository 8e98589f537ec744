/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/record_ring.h"

#include <string.h>

/* FNV-1a, 32 bits. */
#define SUM_PRIME UINT32_C(0x01000193)
#define MAGIC_LEN 8
#define SUM_LEN 4
/* More than anybody makes. */
#define SEGMENTS_MAX 4096

struct record_ring
record_ring_of_size(size_t size)
{
	return (struct record_ring){
	    .segment_size =
		size > RECORD_HEAD_SIZE ? (size - RECORD_HEAD_SIZE) / RECORD_SEGMENTS : 0,
	    .segments = RECORD_SEGMENTS,
	};
}

uint64_t
record_ring_place(const struct record_ring *ring, uint64_t serial)
{
	return RECORD_HEAD_SIZE + (serial - 1) % ring->segments * ring->segment_size;
}

uint32_t
record_sum(uint32_t since, const void *bytes, size_t len)
{
	const unsigned char *at = bytes;

	for (size_t i = 0; i < len; i++)
		since = (since ^ at[i]) * SUM_PRIME;
	return since;
}

/* The low bytes first. */
static uint8_t *
put_number(uint8_t *at, uint64_t number, unsigned len)
{
	for (unsigned i = 0; i < len; i++)
		*at++ = (uint8_t)(number >> 8 * i);
	return at;
}

static uint64_t
take_number(const uint8_t **at, unsigned len)
{
	uint64_t number = 0;

	for (unsigned i = 0; i < len; i++)
		number |= (uint64_t)*(*at)++ << 8 * i;
	return number;
}

static void
sum_write(uint8_t *head, size_t size)
{
	put_number(
	    head + size - SUM_LEN, record_sum(RECORD_SUM_START, head, size - SUM_LEN), SUM_LEN);
}

static bool
sum_is_right(const uint8_t *head, size_t size)
{
	const uint8_t *at = head + size - SUM_LEN;

	return take_number(&at, SUM_LEN) == record_sum(RECORD_SUM_START, head, size - SUM_LEN);
}

void
record_ring_write(const struct record_ring *ring, uint8_t out[RECORD_HEAD_SIZE])
{
	uint8_t *at = out + MAGIC_LEN;

	memset(out, 0, RECORD_HEAD_SIZE);
	memcpy(out, RECORD_MAGIC, MAGIC_LEN);
	at = put_number(at, RECORD_FORMAT, 4);
	at = put_number(at, ring->segments, 4);
	put_number(at, ring->segment_size, 8);
	sum_write(out, RECORD_HEAD_SIZE);
}

const char *
record_ring_read(struct record_ring *ring, const void *bytes, size_t len)
{
	const uint8_t *at = (const uint8_t *)bytes + MAGIC_LEN;

	if (len < MAGIC_LEN || memcmp(bytes, RECORD_MAGIC, MAGIC_LEN) != 0)
		return "this is no flight record";
	if (len < RECORD_HEAD_SIZE)
		return "it ends within its first part";
	if (take_number(&at, 4) != RECORD_FORMAT)
		return "it is written in a form that this version does not know";
	if (!sum_is_right(bytes, RECORD_HEAD_SIZE))
		return "its first part is damaged";
	ring->segments = (unsigned)take_number(&at, 4);
	ring->segment_size = take_number(&at, 8);
	if (ring->segments == 0 || ring->segments > SEGMENTS_MAX ||
	    ring->segment_size < SEGMENT_HEAD_SIZE ||
	    ring->segment_size > (UINT64_MAX - RECORD_HEAD_SIZE) / ring->segments)
		return "its first part says what cannot be";
	return NULL;
}

void
segment_head_write(const struct segment_head *h, uint8_t out[SEGMENT_HEAD_SIZE])
{
	uint8_t *at = out + MAGIC_LEN;

	memcpy(out, SEGMENT_MAGIC, MAGIC_LEN);
	at = put_number(at, h->serial, 8);
	at = put_number(at, h->life, 8);
	at = put_number(at, h->events, 8);
	at = put_number(at, h->body_len, 4);
	put_number(at, h->body_sum, 4);
	sum_write(out, SEGMENT_HEAD_SIZE);
}

bool
segment_head_read(struct segment_head *h, const void *bytes, size_t len)
{
	const uint8_t *at = (const uint8_t *)bytes + MAGIC_LEN;

	if (len < SEGMENT_HEAD_SIZE || memcmp(bytes, SEGMENT_MAGIC, MAGIC_LEN) != 0 ||
	    !sum_is_right(bytes, SEGMENT_HEAD_SIZE))
		return false;
	h->serial = take_number(&at, 8);
	h->life = take_number(&at, 8);
	h->events = take_number(&at, 8);
	h->body_len = (uint32_t)take_number(&at, 4);
	h->body_sum = (uint32_t)take_number(&at, 4);
	return h->serial > 0;
}

void
record_ring_mend(uint8_t *bytes, size_t len)
{
	if (len >= RECORD_HEAD_SIZE)
		sum_write(bytes, RECORD_HEAD_SIZE);
}

void
segment_head_mend(uint8_t *bytes, size_t len)
{
	struct segment_head h;

	if (len < SEGMENT_HEAD_SIZE)
		return;
	sum_write(bytes, SEGMENT_HEAD_SIZE);
	if (!segment_head_read(&h, bytes, len) || h.body_len > len - SEGMENT_HEAD_SIZE)
		return;
	h.body_sum = record_sum(RECORD_SUM_START, bytes + SEGMENT_HEAD_SIZE, h.body_len);
	segment_head_write(&h, bytes);
}
