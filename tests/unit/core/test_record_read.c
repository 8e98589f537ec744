/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/record.h"

#include "core/record_book.h"
#include "core/record_ring.h"

#include "recorded.h"

/* How reading ends; *text says what is wrong, for the caller to free. */
static enum record_kind
read_all(const void *bytes, size_t len, char **text)
{
	struct record_reader *r = record_reader_new(bytes, len, text);
	struct record_item item = {.text = ""};
	enum record_kind kind;

	if (r == NULL)
		return RECORD_BAD;
	do
		kind = record_read(r, &item);
	while (kind == RECORD_BEGIN || kind == RECORD_EVENT || kind == RECORD_RESULT);
	*text = kind == RECORD_BAD ? g_strdup(item.text) : NULL;
	record_reader_free(r);
	return kind;
}

static void
test_every_cut_is_noticed(void **state)
{
	struct bench *b = *state;

	give_every_type(b);
	for (size_t len = 0; len < b->f->record->len; len++) {
		/* Its own memory, so that reading too far is noticed. */
		g_autofree void *part = g_memdup2(b->f->record->data, len + (len == 0));
		g_autofree char *text = NULL;
		enum record_kind kind = read_all(part, len, &text);

		assert_int_equal(kind, RECORD_BAD);
		assert_true(text != NULL && text[0] != '\0');
	}
}

/* A daemon that dies leaves whole frames, and what stood behind them before. */
static void
test_every_end_between_frames(void **state)
{
	struct bench *b = *state;
	unsigned ends = 0;

	give_every_type(b);
	for (size_t len = RECORD_HEAD_SIZE; len + 1 < b->f->record->len; len++) {
		g_autofree guint8 *part = g_memdup2(b->f->record->data, b->f->record->len);

		g_autofree char *text = NULL;

		part[len] = FRAME_END;
		record_mend(part, len + 2);
		ends += read_all(part, len + 2, &text) == RECORD_END;
	}
	/* After the head, each event and each result. */
	assert_int_equal(ends, 2 * b->given->len + 1);
}

/* Changed, but with sums that are right: read to its end, or to where it makes no sense. */
static void
test_mended(void **state)
{
	struct bench *b = *state;
	unsigned read = 0, refused = 0;

	give_every_type(b);
	for (size_t i = RECORD_HEAD_SIZE; i < b->f->record->len; i++) {
		g_autofree guint8 *copy = g_memdup2(b->f->record->data, b->f->record->len);
		g_autofree char *text = NULL;

		copy[i] ^= 0x15;
		record_mend(copy, b->f->record->len);
		if (read_all(copy, b->f->record->len, &text) == RECORD_END)
			read++;
		else
			refused++;
	}
	assert_true(read > 100);
	assert_true(refused > 100);
}

static void
test_damage_is_noticed(void **state)
{
	struct bench *b = *state;
	unsigned unnoticed = 0, tried = 0;

	give_every_type(b);
	for (size_t i = 0; i < b->f->record->len; i++) {
		for (unsigned bit = 1; bit < 256; bit <<= 1) {
			g_autofree guint8 *copy =
			    g_memdup2(b->f->record->data, b->f->record->len);
			g_autofree char *text = NULL;

			copy[i] ^= (guint8)bit;
			tried++;
			if (read_all(copy, b->f->record->len, &text) != RECORD_BAD)
				unnoticed++;
			else
				assert_true(text != NULL && text[0] != '\0');
		}
	}
	assert_true(tried > 8000);
	/* A sum of one byte lets through each 256th length that is wrong, and here are some hundred bits
	 * of lengths: one or two, depending on what the record has in it, never many. */
	assert_in_range(unnoticed, 0, 4);
}

static void
test_other_files(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *why;
	} cases[] = {
	    {"", 0, "no flight record"},
	    {"root:x:0:0:root:/root:/bin/bash\n", 32, "no flight record"},
	    {"HBRECORD", 8, "first part"},
	    {"HBRECORD\x01\x05" "1234567890123456789012", 32, "form"},
	    {"HBRECORD\x05\0\0\0" "12345678901234567890", 32, "first part"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		char *why;

		assert_null(record_reader_new(cases[i].bytes, cases[i].len, &why));
		assert_non_null(strstr(why, cases[i].why));
		g_free(why);
	}
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, bench_new, bench_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_every_cut_is_noticed),
	    CASE(test_every_end_between_frames),
	    CASE(test_mended),
	    CASE(test_damage_is_noticed),
	    CASE(test_other_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
