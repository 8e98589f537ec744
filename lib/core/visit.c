/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/visit.h"

#include <string.h>

/* FNV-1a, 32 bits. */
#define FORM_PRIME UINT32_C(0x01000193)
/* Times beyond this do not occur: 18 years of uptime. Sums of some of them still fit. */
#define NS_MAX (INT64_MAX / 16)

enum visit_kind {
	KIND_BOOL = 1,
	KIND_U64,
	KIND_I64,
	KIND_MOMENT,
	KIND_SPAN,
	KIND_TEXT,
	KIND_TEXTS,
	KIND_UNSIGNED,
	KIND_INDEX,
	KIND_COUNT,
	KIND_BYTES,
	KIND_BLOB,
	KIND_WORD,
};

static bool
visit_saves(struct visit *v, enum visit_kind kind)
{
	v->form = (v->form ^ kind) * FORM_PRIME;
	return v->out != NULL;
}

void
visit_expect(struct visit *v, bool holds)
{
	if (v->out == NULL && !holds)
		v->in.bad = true;
}

static unsigned
number(struct visit *v, unsigned value, unsigned max)
{
	uint64_t read;

	if (v->out != NULL) {
		pack_u64(v->out, value);
		return value;
	}
	read = unpack_u64(&v->in);
	visit_expect(v, read <= max);
	return v->in.bad ? 0 : (unsigned)read;
}

void
visit_bool(struct visit *v, bool *value)
{
	visit_saves(v, KIND_BOOL);
	*value = number(v, *value, 1) == 1;
}

void
visit_u64(struct visit *v, uint64_t *value)
{
	if (visit_saves(v, KIND_U64))
		pack_u64(v->out, *value);
	else
		*value = unpack_u64(&v->in);
}

void
visit_i64(struct visit *v, int64_t *value)
{
	if (visit_saves(v, KIND_I64))
		pack_i64(v->out, *value);
	else
		*value = unpack_i64(&v->in);
}

static int64_t
time_read(struct visit *v)
{
	int64_t ns = unpack_i64(&v->in);

	visit_expect(v, ns >= -NS_MAX && ns <= NS_MAX);
	return v->in.bad ? 0 : ns;
}

/* NEVER is written as one byte: as 0, and others up one. */
void
visit_moment(struct visit *v, struct moment *value)
{
	if (visit_saves(v, KIND_MOMENT)) {
		pack_u64(v->out, moment_is_never(*value) ? 0 : 1);
		if (!moment_is_never(*value))
			pack_i64(v->out, value->ns);
		return;
	}
	*value = number(v, 0, 1) == 0 ? MOMENT_NEVER : (struct moment){time_read(v)};
}

void
visit_span(struct visit *v, struct span *value)
{
	if (visit_saves(v, KIND_SPAN))
		pack_i64(v->out, value->ns);
	else
		value->ns = time_read(v);
}

/* NULL is 0, others are one byte longer than they are. */
static void
text_write(GByteArray *out, const char *text)
{
	size_t len = text != NULL ? strlen(text) : 0;

	pack_u64(out, text != NULL ? len + 1 : 0);
	if (len > 0)
		g_byte_array_append(out, (const guint8 *)text, (guint)len);
}

static char *
text_read(struct visit *v)
{
	uint64_t size = unpack_u64(&v->in);

	if (v->in.bad || size == 0)
		return NULL;
	if (size - 1 > (uint64_t)(v->in.end - v->in.at) || memchr(v->in.at, 0, size - 1) != NULL) {
		v->in.bad = true;
		return NULL;
	}
	char *text = g_strndup((const char *)v->in.at, size - 1);

	v->in.at += size - 1;
	return text;
}

void
visit_text(struct visit *v, char **value)
{
	if (visit_saves(v, KIND_TEXT)) {
		text_write(v->out, *value);
		return;
	}
	g_free(*value);
	*value = text_read(v);
}

void
visit_texts(struct visit *v, char ***value)
{
	if (visit_saves(v, KIND_TEXTS)) {
		for (char **text = *value; text != NULL && *text != NULL; text++)
			text_write(v->out, *text);
		text_write(v->out, NULL);
		pack_u64(v->out, *value != NULL);
		return;
	}
	GPtrArray *texts = g_ptr_array_new();

	for (char *text; (text = text_read(v)) != NULL;)
		g_ptr_array_add(texts, text);
	g_ptr_array_add(texts, NULL);
	g_strfreev(*value);
	*value = (char **)g_ptr_array_free(texts, FALSE);
	if (number(v, 0, 1) == 0)
		g_clear_pointer(value, g_strfreev);
}

unsigned
visit_unsigned(struct visit *v, unsigned value, unsigned max)
{
	visit_saves(v, KIND_UNSIGNED);
	return number(v, value, max);
}

void
visit_index(struct visit *v, int *value, unsigned count)
{
	visit_saves(v, KIND_INDEX);
	*value = (int)number(v, (unsigned)(*value + 1), count) - 1;
}

unsigned
visit_count(struct visit *v, unsigned count, unsigned max)
{
	visit_saves(v, KIND_COUNT);
	return number(v, count, max);
}

void
visit_bytes(struct visit *v, unsigned char *bytes, size_t len)
{
	if (visit_saves(v, KIND_BYTES)) {
		g_byte_array_append(v->out, bytes, (guint)len);
		return;
	}
	for (size_t i = 0; i < len; i++)
		bytes[i] = unpack_byte(&v->in);
}

void
visit_blob(struct visit *v, const void **bytes, size_t *len)
{
	if (visit_saves(v, KIND_BLOB))
		pack_bytes(v->out, *bytes, *len);
	else
		*bytes = unpack_bytes(&v->in, len);
}

void
visit_buffer(struct visit *v, char *text, size_t size)
{
	if (visit_saves(v, KIND_TEXT)) {
		text_write(v->out, text);
		return;
	}
	g_autofree char *read = text_read(v);

	visit_expect(v, read != NULL && strlen(read) < size);
	g_strlcpy(text, v->in.bad ? "" : read, size);
}

void
visit_word(struct visit *v, const char **word, visit_known *known)
{
	if (visit_saves(v, KIND_WORD)) {
		text_write(v->out, *word);
		return;
	}
	g_autofree char *read = text_read(v);

	*word = known(read);
	visit_expect(v, read == NULL || *word != NULL);
}
