/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

#define NOW 1795314967

static void
test_first_start(void **state)
{
	g_autofree char *path = scratch_file(state, "hb_generation", NULL);
	g_autofree char *text = NULL;
	uint64_t generation;
	bool started_over;

	assert_int_equal(
	    store_generation_next(*state, false, NOW, 0, &generation, &started_over), 0);
	assert_int_equal(generation, NOW + 1);
	assert_true(started_over);
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	assert_string_equal(text, "     1795314968\n");
	assert_int_equal(
	    store_generation_next(*state, false, NOW, 0, &generation, &started_over), 0);
	assert_int_equal(generation, NOW + 2);
	assert_false(started_over);
}

static void
test_what_is_found(void **state)
{
	static const struct {
		const char *content;
		uint64_t next;
		bool started_over;
	} cases[] = {
	    {"             41\n", 42, false},
	    {"41", 42, false},
	    {"", NOW + 1, true},
	    {"garbage\n", NOW + 1, true},
	    {"0\n", NOW + 1, true},
	    {"-5\n", NOW + 1, true},
	    {"12 13\n", NOW + 1, true},
	    {"999999999999997\n", 999999999999998, false},
	    /* None could follow. */
	    {"999999999999998\n", NOW + 1, true},
	    {"999999999999999\n", NOW + 1, true},
	    {"99999999999999999999999\n", NOW + 1, true},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_free(scratch_file(state, "hb_generation", cases[i].content));
		uint64_t generation;
		bool started_over;

		assert_int_equal(
		    store_generation_next(*state, false, NOW, 0, &generation, &started_over),
		    0);
		assert_int_equal(generation, cases[i].next);
		assert_int_equal(started_over, cases[i].started_over);
	}
}

/* Also with a clock that was set back, and with another method from one start to the next. */
static void
test_by_time(void **state)
{
	static const struct {
		bool by_time;
		int64_t wall_s;
		uint64_t next;
	} starts[] = {
	    {true, NOW, NOW},
	    {true, NOW, NOW + 1},
	    {true, NOW + 100, NOW + 100},
	    {true, 1000, NOW + 101},
	    {false, NOW + 200, NOW + 102},
	    {true, NOW + 200, NOW + 200},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++) {
		uint64_t generation;
		bool started_over;

		assert_int_equal(store_generation_next(*state, starts[i].by_time,
				     starts[i].wall_s, 0, &generation, &started_over), 0);
		assert_int_equal(generation, starts[i].next);
		assert_false(started_over);
	}
}

/* What the peers know counts as much as what the disk says. */
static void
test_above(void **state)
{
	static const struct {
		bool by_time;
		uint64_t above, next;
	} cases[] = {
	    {false, 40, 42},
	    {false, 41, 42},
	    {false, 77, 78},
	    {true, 77, NOW},
	    {true, NOW, NOW + 1},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = scratch_file(state, "hb_generation", "             41\n");
		g_autofree char *text = NULL;
		uint64_t generation, stored;
		bool started_over;

		assert_int_equal(store_generation_next(*state, cases[i].by_time, NOW,
				     cases[i].above, &generation, &started_over), 0);
		assert_int_equal(generation, cases[i].next);
		assert_true(g_file_get_contents(path, &text, NULL, NULL));
		stored = g_ascii_strtoull(g_strstrip(text), NULL, 10);
		assert_int_equal(stored, cases[i].next);
	}
}

static void
test_no_place(void **state)
{
	g_autofree char *file = scratch_file(state, "file", "x");
	g_autofree char *below = g_build_filename(file, "state", NULL);
	uint64_t generation = 17;
	unsigned char uuid[STORE_UUID_SIZE];
	bool flag;

	assert_true(store_generation_next(below, false, NOW, 0, &generation, &flag) < 0);
	assert_int_equal(generation, NOW + 1);
	assert_true(store_uuid(below, uuid, &flag) < 0);
}

/* The disk is full, and the clock behind what it has: the peers have heard that. */
static void
test_no_room(void **state)
{
	g_autofree char *path = scratch_file(state, "hb_generation", "     1800000000\n");
	g_autofree char *in_the_way = g_build_filename(*state, "hb_generation.new", NULL);
	uint64_t generation = 0;
	bool flag;

	assert_int_equal(mkdir(in_the_way, 0755), 0);
	assert_true(store_generation_next(*state, false, NOW, 0, &generation, &flag) < 0);
	assert_int_equal(generation, 1800000001);
	assert_int_equal(rmdir(in_the_way), 0);
}

static void
test_uuid(void **state)
{
	g_autofree char *path = scratch_file(state, "hb_uuid", NULL);
	unsigned char first[STORE_UUID_SIZE], again[STORE_UUID_SIZE];
	bool made;

	assert_int_equal(store_uuid(*state, first, &made), 0);
	assert_true(made);
	assert_int_equal(store_uuid(*state, again, &made), 0);
	assert_false(made);
	assert_memory_equal(first, again, sizeof(first));
	/* One that is cut short is no uuid. */
	assert_true(g_file_set_contents(path, "short", 5, NULL));
	assert_int_equal(store_uuid(*state, again, &made), 0);
	assert_true(made);
	assert_memory_not_equal(first, again, sizeof(first));
}

static void
test_uuid_of_name(void **state)
{
	unsigned char a[STORE_UUID_SIZE], again[STORE_UUID_SIZE], b[STORE_UUID_SIZE];

	(void)state;
	store_uuid_of_name("alpha", a);
	store_uuid_of_name("alpha", again);
	store_uuid_of_name("beta", b);
	assert_memory_equal(a, again, sizeof(a));
	assert_memory_not_equal(a, b, sizeof(a));
}

static void
store_text(void **state, const char *text, size_t size_max, int expected)
{
	g_autofree char *path = scratch_file(state, "memory", text);
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(store_record(*state, fd, size_max), expected);
	close(fd);
}

static void
assert_record(void **state, const char *name, const char *expected)
{
	g_autofree char *path = scratch_file(state, name, NULL);
	g_autofree char *text = NULL;
	struct stat st;

	if (expected == NULL) {
		assert_int_equal(stat(path, &st), -1);
		return;
	}
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	assert_string_equal(text, expected);
}

/* The newest is number 1, three are kept, each as far as the limit goes. */
static void
test_records(void **state)
{
	store_text(state, "first", 100, 0);
	assert_record(state, "record.1", "first");
	assert_record(state, "record.2", NULL);
	store_text(state, "second", 100, 0);
	store_text(state, "third", 100, 0);
	store_text(state, "too long for it", 8, 0);
	assert_record(state, "record.1", "too long");
	assert_record(state, "record.2", "third");
	assert_record(state, "record.3", "second");
	assert_record(state, "record.4", NULL);
	store_text(state, "", 100, -ENODATA);
	assert_record(state, "record.1", "too long");
	assert_record(state, "record.new", NULL);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, scratch_new, scratch_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_first_start),
	    CASE(test_what_is_found),
	    CASE(test_by_time),
	    CASE(test_above),
	    CASE(test_no_place),
	    CASE(test_no_room),
	    CASE(test_uuid),
	    CASE(test_records),
	    cmocka_unit_test(test_uuid_of_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
