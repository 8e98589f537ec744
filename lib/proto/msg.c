/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/msg.h"

#include <assert.h>
#include <glib.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/text.h"

struct msg {
	GArray *fields; /* of struct field, in the order of the wire */
};

static void
field_clear(void *data)
{
	struct field *f = data;

	g_free(f->name);
	g_free(f->value);
}

struct msg *
msg_new(const char *type)
{
	struct msg *m = g_new0(struct msg, 1);

	m->fields = g_array_new(FALSE, FALSE, sizeof(struct field));
	g_array_set_clear_func(m->fields, field_clear);
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
	g_free(m);
}

/* What both forms can carry, and what no reader mistakes for the start of something. */
static bool
name_fits(const char *name)
{
	size_t len = strnlen(name, MSG_NAME_MAX + 1);

	if (len == 0 || len > MSG_NAME_MAX || strchr("(<>", name[0]) != NULL)
		return false;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)name[i];

		if (c < ' ' || c == 127 || c == '=')
			return false;
	}
	return true;
}

/* A copy with a NUL behind it. value may be NULL if len is 0. */
static char *
value_dup(const void *value, size_t len)
{
	char *copy = g_malloc(len + 1);

	if (len > 0)
		memcpy(copy, value, len);
	copy[len] = '\0';
	return copy;
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
	    .name = g_strdup(name),
	    .type = type,
	    .value = value_dup(value, len),
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
	msg_add_format(m, name, "%" PRIx64, value);
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

		if (strcmp(f->name, name) == 0)
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
	/* The new value may be part of the old one. */
	char *old = f->value;

	f->type = FIELD_STRING;
	f->len = strlen(value);
	f->value = g_strdup(value);
	g_free(old);
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
