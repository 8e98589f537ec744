/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/msg.h"

#include <assert.h>
#include <glib.h>
#include <stdarg.h>
#include <string.h>

#include "base/text.h"

struct msg {
	GArray *fields; /* of struct field, in the order of the wire */
	GStringChunk *bytes; /* their names and values, which only go all at once */
};

/* What the fields of a usual message need together. Units: fields; bytes. */
#define FIELDS_USUAL 24
#define BYTES_USUAL 512

struct msg *
msg_new(const char *type)
{
	struct msg *m = g_new0(struct msg, 1);

	m->fields = g_array_sized_new(FALSE, FALSE, sizeof(struct field), FIELDS_USUAL);
	m->bytes = g_string_chunk_new(BYTES_USUAL);
	if (type != NULL)
		msg_add(m, "t", type);
	return m;
}

struct msg *
msg_copy(const struct msg *m)
{
	struct msg *copy = msg_new(NULL);

	for (size_t i = 0; i < msg_count(m); i++) {
		const struct field *f = msg_field(m, i);

		msg_add_bytes(copy, f->name, f->type, f->value, f->len);
	}
	return copy;
}

void
msg_free(struct msg *m)
{
	if (m == NULL)
		return;
	g_array_unref(m->fields);
	g_string_chunk_free(m->bytes);
	g_free(m);
}

/* What both forms can carry, and what no reader mistakes for the start of something. */
static bool
name_fits(const char *name)
{
	size_t len = 0;

	if (name[0] == '(' || name[0] == '<' || name[0] == '>')
		return false;
	for (; name[len] != '\0'; len++) {
		unsigned char c = (unsigned char)name[len];

		if (len == MSG_NAME_MAX || c < ' ' || c == 127 || c == '=')
			return false;
	}
	return len > 0;
}

/* A copy with a NUL behind it. value may be NULL if len is 0. */
static char *
value_keep(struct msg *m, const void *value, size_t len)
{
	return g_string_chunk_insert_len(m->bytes, len > 0 ? value : "", (gssize)len);
}

bool
msg_add_bytes(
    struct msg *m, const char *name, enum field_type type, const void *value, size_t len)
{
	if (m->fields->len >= MSG_FIELDS_MAX || !name_fits(name))
		return false;
	if (type == FIELD_STRING && len > 0 && memchr(value, '\0', len) != NULL)
		return false;
	struct field f = {
	    .name = g_string_chunk_insert(m->bytes, name),
	    .type = type,
	    .value = value_keep(m, value, len),
	    .len = len,
	};
	g_array_append_val(m->fields, f);
	return true;
}

void
msg_add(struct msg *m, const char *name, const char *value)
{
	bool added = msg_add_bytes(m, name, FIELD_STRING, value, strlen(value));

	assert(added);
	(void)added;
}

void
msg_add_format(struct msg *m, const char *name, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *value = g_strdup_vprintf(format, args);
	va_end(args);
	msg_add(m, name, value);
}

void
msg_add_hex(struct msg *m, const char *name, uint64_t value)
{
	char digits[2 * sizeof(value) + 1];
	char *at = digits + sizeof(digits) - 1;

	*at = '\0';
	do {
		*--at = "0123456789abcdef"[value & 15];
		value >>= 4;
	} while (value != 0);
	msg_add(m, name, at);
}

void
msg_add_binary(struct msg *m, const char *name, const void *value, size_t len)
{
	bool added = msg_add_bytes(m, name, FIELD_BINARY, value, len);

	assert(added);
	(void)added;
}

static struct field *
field_find(const struct msg *m, const char *name)
{
	for (size_t i = 0; i < m->fields->len; i++) {
		struct field *f = &g_array_index(m->fields, struct field, i);

		/* Most names differ in their first letter, and this is done for every packet. */
		if (f->name[0] == name[0] && strcmp(f->name, name) == 0)
			return f;
	}
	return NULL;
}

void
msg_set(struct msg *m, const char *name, const char *value)
{
	struct field *f = field_find(m, name);

	if (f == NULL) {
		msg_add(m, name, value);
		return;
	}
	f->type = FIELD_STRING;
	f->len = strlen(value);
	f->value = value_keep(m, value, f->len);
}

size_t
msg_count(const struct msg *m)
{
	return m->fields->len;
}

const struct field *
msg_field(const struct msg *m, size_t i)
{
	assert(i < m->fields->len);
	return &g_array_index(m->fields, struct field, i);
}

const struct field *
msg_find(const struct msg *m, const char *name)
{
	return field_find(m, name);
}

const char *
msg_get(const struct msg *m, const char *name)
{
	const struct field *f = field_find(m, name);

	return f != NULL && f->type == FIELD_STRING ? f->value : NULL;
}

bool
msg_get_hex(const struct msg *m, const char *name, uint64_t *out)
{
	const char *value = msg_get(m, name);

	return value != NULL && text_hex_to_u64(value, out);
}

bool
msg_get_decimal(const struct msg *m, const char *name, uint64_t *out)
{
	const char *value = msg_get(m, name);

	return value != NULL && text_to_u64(value, 0, UINT64_MAX, out);
}

const char *
msg_type(const struct msg *m)
{
	const char *type = msg_get(m, "t");

	return type != NULL ? type : "";
}
