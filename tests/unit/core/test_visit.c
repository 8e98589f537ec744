/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/visit.h"

#include "fixture.h"

struct thing {
	bool flag;
	uint64_t big;
	int64_t wall;
	struct moment at, never;
	struct span length;
	char *text, *none;
	char **list, **nothing;
	enum node_status status;
	int index, no_index;
	unsigned count;
	unsigned char uuid[4];
	char digest[9];
	const char *word, *no_word;
	const void *blob;
	size_t blob_len;
};

static const char *
known(const char *text)
{
	return g_strcmp0(text, "all") == 0 ? "all" : NULL;
}

static void
thing_visit(struct visit *v, struct thing *t)
{
	VISIT(v, t->flag);
	VISIT(v, t->big);
	VISIT(v, t->wall);
	VISIT(v, t->at);
	VISIT(v, t->never);
	VISIT(v, t->length);
	VISIT(v, t->text);
	VISIT(v, t->none);
	VISIT(v, t->list);
	VISIT(v, t->nothing);
	VISIT_UPTO(v, t->status, NODE_DEAD);
	visit_index(v, &t->index, 3);
	visit_index(v, &t->no_index, 3);
	t->count = visit_count(v, t->count, 5);
	visit_bytes(v, t->uuid, sizeof(t->uuid));
	visit_buffer(v, t->digest, sizeof(t->digest));
	visit_word(v, &t->word, known);
	visit_word(v, &t->no_word, known);
	visit_blob(v, &t->blob, &t->blob_len);
}

static char *three[] = {(char *)"a", (char *)"", (char *)"b", NULL};
static const struct thing example = {
    .flag = true,
    .big = UINT64_MAX,
    .wall = -5,
    .at = {1234567890123},
    .never = {INT64_MAX},
    .length = {-7},
    .text = (char *)"text",
    .list = three,
    .status = NODE_DEAD,
    .index = 2,
    .no_index = -1,
    .count = 5,
    .uuid = {1, 0, 255, 3},
    .digest = "12345678",
    .word = "all",
    .blob = "\0\1",
    .blob_len = 2,
};

static GByteArray *
saved(const struct thing *t)
{
	struct visit v = {.out = g_byte_array_new()};
	struct thing copy = *t;

	thing_visit(&v, &copy);
	return v.out;
}

static void
thing_clear(struct thing *t)
{
	g_free(t->text);
	g_free(t->none);
	g_strfreev(t->list);
	g_strfreev(t->nothing);
}

/* Returns: whether it could be read to its end. */
static bool
load(const void *bytes, size_t len, struct thing *t)
{
	struct visit v = {.in = {.at = bytes, .end = (const uint8_t *)bytes + len}};

	*t = (struct thing){.flag = false};
	thing_visit(&v, t);
	return !v.in.bad && v.in.at == v.in.end;
}

static void
test_every_kind_comes_back(void **state)
{
	g_autoptr(GByteArray) bytes = saved(&example);
	struct thing t;

	(void)state;
	assert_true(load(bytes->data, bytes->len, &t));
	assert_true(t.flag && t.big == UINT64_MAX && t.wall == -5);
	assert_true(t.at.ns == example.at.ns && moment_is_never(t.never) && t.length.ns == -7);
	assert_string_equal(t.text, "text");
	assert_null(t.none);
	assert_int_equal(g_strv_length(t.list), 3);
	assert_string_equal(t.list[2], "b");
	assert_null(t.nothing);
	assert_true(t.status == NODE_DEAD && t.index == 2 && t.no_index == -1 && t.count == 5);
	assert_memory_equal(t.uuid, example.uuid, 4);
	assert_string_equal(t.digest, "12345678");
	assert_string_equal(t.word, "all");
	assert_null(t.no_word);
	assert_int_equal(t.blob_len, 2);
	assert_memory_equal(t.blob, "\0\1", 2);
	thing_clear(&t);
}

static void
test_cut_off(void **state)
{
	g_autoptr(GByteArray) bytes = saved(&example);

	(void)state;
	for (size_t len = 0; len < bytes->len; len++) {
		g_autofree void *part = g_memdup2(bytes->data, len + (len == 0));
		struct thing t;

		assert_false(load(part, len, &t));
		thing_clear(&t);
	}
}

/* Nothing beyond its range gets in. */
static void
test_ranges(void **state)
{
	struct thing cases[] = {example, example, example, example, example, example};

	(void)state;
	cases[0].status = NODE_DEAD + 1;
	cases[1].index = 3;
	cases[2].count = 6;
	cases[3].at.ns = INT64_MAX - 1;
	cases[4].length.ns = INT64_MIN;
	cases[5].word = "none of them";
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GByteArray) bytes = saved(&cases[i]);
		struct thing t;

		assert_false(load(bytes->data, bytes->len, &t));
		thing_clear(&t);
	}
}

/* The number over the kinds is the same for both ways, and another for other fields. */
static void
test_form(void **state)
{
	g_autoptr(GByteArray) out = g_byte_array_new();
	struct visit save = {.out = out}, load = {.out = NULL}, other = {.out = NULL};
	struct thing t = example;
	bool flag = false;

	(void)state;
	thing_visit(&save, &t);
	load.in = (struct unpack){.at = out->data, .end = out->data + out->len};
	t = (struct thing){.flag = false};
	thing_visit(&load, &t);
	thing_clear(&t);
	assert_int_equal(save.form, load.form);
	other.in = (struct unpack){.at = out->data, .end = out->data + out->len};
	t = (struct thing){.flag = false};
	thing_visit(&other, &t);
	VISIT(&other, flag);
	thing_clear(&t);
	assert_int_not_equal(other.form, load.form);
	visit_expect(&load, true);
	assert_false(load.in.bad);
	visit_expect(&load, false);
	assert_true(load.in.bad);
	visit_expect(&save, false);
	assert_false(save.in.bad);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_kind_comes_back),
	    cmocka_unit_test(test_cut_off),
	    cmocka_unit_test(test_ranges),
	    cmocka_unit_test(test_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
