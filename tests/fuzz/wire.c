/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A datagram of anybody: its frame, its message, and that message written and read again in
 * both forms.
 */
#include "fuzz.h"
#include "proto/wire.h"

static bool
travels(const struct field *f, enum wire_form form)
{
	return form == WIRE_NETSTRING || f->type == FIELD_STRING || f->type == FIELD_BINARY;
}

/* The fields of a that travel in that form are those of b. */
static bool
same_fields(const struct msg *a, const struct msg *b, enum wire_form form)
{
	size_t k = 0;

	for (size_t i = 0; i < msg_count(a); i++) {
		const struct field *f = msg_field(a, i);

		if (!travels(f, form))
			continue;
		const struct field *g = k < msg_count(b) ? msg_field(b, k++) : NULL;
		if (g == NULL || strcmp(f->name, g->name) != 0 || f->type != g->type)
			return false;
		/* The classic form cannot tell its newline from the byte that stands for
		 * it. */
		if (f->len != g->len ||
		    (memcmp(f->value, g->value, f->len) != 0 &&
			(form == WIRE_NETSTRING || memchr(f->value, 0x13, f->len) == NULL)))
			return false;
	}
	return k == msg_count(b);
}

static void
write_and_read(const struct msg *m, enum wire_form form)
{
	g_autoptr(GByteArray) bytes = wire_encode(m, form, "1 0123456789abcdef");
	g_autoptr(GByteArray) covered = wire_signed_part(m, form);
	struct wire_frame frame;
	AUTO_MSG struct msg *again = NULL;

	if (bytes->len > WIRE_MAX)
		return;
	CLAIM(wire_frame(bytes->data, bytes->len, &frame) == WIRE_OK);
	CLAIM(frame.form == form && frame.total == bytes->len);
	CLAIM(frame.trailer_len == 18 &&
	      memcmp(frame.trailer, "1 0123456789abcdef", 18) == 0);
	g_autoptr(GByteArray) seen = wire_frame_signed_part(&frame);
	CLAIM(same_bytes(seen, covered));
	CLAIM(wire_decode(&frame, &again) == WIRE_OK);
	CLAIM(same_fields(m, again, form));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct wire_frame frame;
	AUTO_MSG struct msg *m = NULL;
	const char *begin = (const char *)bytes;

	enum wire_result result = wire_frame(bytes, len, &frame);
	CLAIM(wire_result_text(result) != NULL);
	if (result != WIRE_OK)
		return 0;
	CLAIM(frame.total <= len && frame.body >= begin);
	CLAIM(frame.body + frame.body_len <= begin + frame.total);
	CLAIM(frame.trailer == NULL ||
	      (frame.trailer >= begin &&
		  frame.trailer + frame.trailer_len <= begin + frame.total));
	g_autoptr(GByteArray) covered = wire_frame_signed_part(&frame);
	CLAIM(covered->len <= len);
	result = wire_decode(&frame, &m);
	CLAIM((result == WIRE_OK) == (m != NULL));
	if (m == NULL)
		return 0;
	CLAIM(msg_count(m) <= MSG_FIELDS_MAX);
	for (size_t i = 0; i < msg_count(m); i++) {
		const struct field *f = msg_field(m, i);

		CLAIM(f->value[f->len] == '\0' && strlen(f->name) <= MSG_NAME_MAX);
		CLAIM(f->type != FIELD_STRING || strlen(f->value) == f->len);
		CLAIM(strcmp(f->name, "auth") != 0);
	}
	write_and_read(m, WIRE_NETSTRING);
	write_and_read(m, WIRE_CLASSIC);
	return 0;
}
