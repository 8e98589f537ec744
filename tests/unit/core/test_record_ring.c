/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/record_ring.h"

#include "fixture.h"

static void
test_places(void **state)
{
	const struct record_ring ring = record_ring_of_size(RECORD_HEAD_SIZE + RECORD_SEGMENTS * 1000);
	const struct record_ring endless = record_ring_of_size(SIZE_MAX);

	(void)state;
	assert_int_equal(ring.segment_size, 1000);
	assert_int_equal(record_ring_place(&ring, 1), RECORD_HEAD_SIZE);
	assert_int_equal(record_ring_place(&ring, 2), RECORD_HEAD_SIZE + 1000);
	assert_int_equal(record_ring_place(&ring, RECORD_SEGMENTS + 1), RECORD_HEAD_SIZE);
	assert_int_equal(record_ring_of_size(10).segment_size, 0);
	assert_true(record_ring_place(&endless, RECORD_SEGMENTS) + endless.segment_size <= SIZE_MAX);
}

static void
test_head(void **state)
{
	const struct record_ring ring = record_ring_of_size(100000);
	uint8_t head[RECORD_HEAD_SIZE];
	struct record_ring read;

	(void)state;
	record_ring_write(&ring, head);
	assert_null(record_ring_read(&read, head, sizeof(head)));
	assert_int_equal(read.segments, ring.segments);
	assert_int_equal(read.segment_size, ring.segment_size);
	for (size_t i = 0; i < sizeof(head); i++) {
		assert_non_null(record_ring_read(&read, head, i));
		head[i] ^= 4;
		assert_non_null(record_ring_read(&read, head, sizeof(head)));
		head[i] ^= 4;
	}
	/* No segments, and more than any: its sum is right. */
	for (unsigned i = 12; i <= 13; i++) {
		head[12] = i == 12 ? 0 : 8;
		head[14] = i == 12 ? 0 : 1;
		record_ring_mend(head, sizeof(head));
		assert_string_equal(record_ring_read(&read, head, sizeof(head)),
		    "its first part says what cannot be");
	}
}

static void
test_segment_head(void **state)
{
	const struct segment_head h = {UINT64_MAX, 2, 1000000, 77, 0xdeadbeef};
	uint8_t bytes[SEGMENT_HEAD_SIZE + 77] = {0};
	struct segment_head read;

	(void)state;
	segment_head_write(&h, bytes);
	assert_true(segment_head_read(&read, bytes, sizeof(bytes)));
	assert_memory_equal(&read, &h, sizeof(h));
	assert_false(segment_head_read(&read, bytes, SEGMENT_HEAD_SIZE - 1));
	for (size_t i = 0; i < SEGMENT_HEAD_SIZE; i++) {
		bytes[i] ^= 1;
		assert_false(segment_head_read(&read, bytes, sizeof(bytes)));
		bytes[i] ^= 1;
	}
	segment_head_mend(bytes, sizeof(bytes));
	assert_true(segment_head_read(&read, bytes, sizeof(bytes)));
	assert_int_equal(
	    read.body_sum, record_sum(RECORD_SUM_START, bytes + SEGMENT_HEAD_SIZE, 77));
	assert_true(read.body_sum != h.body_sum);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_places),
	    cmocka_unit_test(test_head),
	    cmocka_unit_test(test_segment_head),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
