/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

GByteArray *
sample_read(const char *file)
{
	g_autofree char *path = g_build_filename(TEST_SRCDIR, "vectors", file, NULL);
	char *bytes;
	gsize len;

	if (!g_file_get_contents(path, &bytes, &len, NULL))
		fail_msg("cannot read %s", path);
	return g_byte_array_new_take((guint8 *)bytes, len);
}

const char *
sample_find(const GByteArray *bytes, const char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0; i + len <= bytes->len; i++) {
		if (memcmp(bytes->data + i, text, len) == 0)
			return (const char *)bytes->data + i;
	}
	return NULL;
}

void
sample_key(struct keyring *ring, const char *line)
{
	g_auto(GStrv) words = g_strsplit(line, " ", 3);
	int index = atoi(words[0]);
	struct auth_key *key = &ring->keys[index];

	key->method = auth_method_from_name(words[1]);
	assert_int_not_equal(key->method, AUTH_NONE);
	g_free(key->secret);
	key->secret = g_strdup(words[2]);
	key->secret_len = words[2] != NULL ? strlen(words[2]) : 0;
	ring->signing = index;
}

bool
sample_same(const struct msg *a, const struct msg *b)
{
	if (msg_count(a) != msg_count(b))
		return false;
	for (size_t i = 0; i < msg_count(a); i++) {
		const struct field *f = msg_field(a, i);
		const struct field *g = msg_field(b, i);

		if (strcmp(f->name, g->name) != 0 || f->type != g->type)
			return false;
		if (f->len != g->len || memcmp(f->value, g->value, f->len) != 0)
			return false;
	}
	return true;
}
