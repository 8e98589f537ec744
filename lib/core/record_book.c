/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/record_book.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "core/record_ring.h"

/* What is kept for shortness' sake; beyond these limits things are written out. */
#define WORDS_MAX 4096
#define WORD_LEN_MAX 512
#define PATTERNS_MAX 1024

static void
pattern_free(gpointer data)
{
	struct pattern *p = data;

	msg_free(p->m);
	g_free(p->source);
	g_free(p);
}

static void
word_free(gpointer data)
{
	g_bytes_unref(data);
}

void
book_init(struct record_book *b, const void *head, size_t len)
{
	*b = (struct record_book){.sum = record_sum(RECORD_SUM_START, head, len)};
	b->words = g_ptr_array_new_with_free_func(word_free);
	b->word_index = g_hash_table_new(g_bytes_hash, g_bytes_equal);
	b->patterns = g_ptr_array_new_with_free_func(pattern_free);
}

void
book_clear(struct record_book *b)
{
	g_clear_pointer(&b->word_index, g_hash_table_unref);
	g_clear_pointer(&b->words, g_ptr_array_unref);
	g_clear_pointer(&b->patterns, g_ptr_array_unref);
}

void
book_sum(struct record_book *b, const void *bytes, size_t len)
{
	b->sum = record_sum(b->sum, bytes, len);
}

uint8_t
book_sum_byte(const struct record_book *b)
{
	return (uint8_t)(b->sum ^ b->sum >> 8 ^ b->sum >> 16 ^ b->sum >> 24);
}

bool
book_keeps(const struct record_book *b, size_t len)
{
	return len <= WORD_LEN_MAX && b->words->len < WORDS_MAX;
}

void
book_keep(struct record_book *b, GBytes *word)
{
	g_ptr_array_add(b->words, word);
	g_hash_table_insert(b->word_index, word, GUINT_TO_POINTER(b->words->len));
}

struct moment
beat_next(const struct beat *beat, const struct record_book *b)
{
	if (beat->at.ns == 0)
		return b->now;
	return moment_add(beat->at, (struct span){beat->gap_ns});
}

void
beat_came(struct beat *beat, struct moment at)
{
	beat->gap_ns = beat->at.ns == 0 ? 0 : at.ns - beat->at.ns;
	beat->at = at;
}

int
book_find(
    const struct record_book *b, unsigned medium, const char *source, const struct msg *m)
{
	for (unsigned i = 0; i < b->patterns->len; i++) {
		const struct pattern *p = g_ptr_array_index(b->patterns, i);

		if (p->medium == medium && g_strcmp0(p->source, source) == 0 &&
		    strcmp(msg_type(p->m), msg_type(m)) == 0)
			return (int)i;
	}
	return -1;
}

struct pattern *
book_learn(struct record_book *b, unsigned medium, const char *source, struct msg *m)
{
	int index = book_find(b, medium, source, m);
	struct pattern *p;

	if (index < 0 && b->patterns->len == PATTERNS_MAX) {
		msg_free(m);
		return NULL;
	}
	if (index >= 0) {
		p = g_ptr_array_index(b->patterns, index);
		msg_free(p->m);
	} else {
		p = g_new0(struct pattern, 1);
		p->medium = medium;
		p->source = g_strdup(source);
		g_ptr_array_add(b->patterns, p);
	}
	p->m = m;
	return p;
}

bool
pattern_fits(const struct pattern *p, const struct msg *m)
{
	if (msg_count(p->m) != msg_count(m))
		return false;
	for (size_t i = 0; i < msg_count(m); i++) {
		const struct field *a = msg_field(p->m, i), *b = msg_field(m, i);

		if (a->type != b->type || strcmp(a->name, b->name) != 0)
			return false;
	}
	return true;
}

bool
value_is_hex(const char *text, size_t len, uint64_t *out)
{
	char again[24];

	if (strlen(text) != len || !text_hex_to_u64(text, out))
		return false;
	g_snprintf(again, sizeof(again), "%" PRIx64, *out);
	return strcmp(again, text) == 0;
}

GBytes *
text_bytes(const void *bytes, size_t len)
{
	char *text = g_malloc0(len + 1);

	if (len > 0)
		memcpy(text, bytes, len);
	return g_bytes_new_take(text, len + 1);
}

GBytes *
pattern_foresee(const struct pattern *p, size_t field, int64_t wall_s)
{
	const struct field *f = msg_field(p->m, field);
	uint64_t number;
	char text[24];

	if (f->type != FIELD_STRING || !value_is_hex(f->value, f->len, &number))
		return text_bytes(f->value, f->len);
	if (strcmp(f->name, "seq") == 0)
		number++;
	else if (strcmp(f->name, "ts") == 0)
		number += (uint64_t)wall_s - (uint64_t)p->wall_s;
	g_snprintf(text, sizeof(text), "%" PRIx64, number);
	return text_bytes(text, strlen(text));
}
