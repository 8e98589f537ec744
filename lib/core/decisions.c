/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/decisions.h"

#include <string.h>

#include "proto/wire.h"

/* FNV-1a, 64 bits. */
#define DIGEST_START UINT64_C(0xcbf29ce484222325)
#define DIGEST_PRIME UINT64_C(0x100000001b3)

static void
absorb(struct decisions *d, const void *bytes, size_t len)
{
	const unsigned char *at = bytes;

	for (size_t i = 0; i < len; i++)
		d->digest = (d->digest ^ at[i]) * DIGEST_PRIME;
}

static void
absorb_number(struct decisions *d, uint64_t number)
{
	unsigned char bytes[8];

	for (unsigned i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(number >> 8 * i);
	absorb(d, bytes, sizeof(bytes));
}

/* Also between what was said and what is done: the ends of both count. */
static void
absorb_text(struct decisions *d, const char *text)
{
	absorb(d, text, strlen(text) + 1);
}

void
decisions_init(struct decisions *d)
{
	d->digest = DIGEST_START;
	d->text = g_string_new(NULL);
}

void
decisions_clear(struct decisions *d)
{
	g_string_free(d->text, TRUE);
}

void
decisions_next(struct decisions *d)
{
	g_string_truncate(d->text, 0);
}

void
decisions_line(struct decisions *d, enum trace_level level, const char *line)
{
	absorb_number(d, level);
	absorb_text(d, line);
	g_string_append_printf(d->text, "%s %s\n", trace_level_name(level), line);
}

static void
absorb_message(struct decisions *d, GBytes *bytes)
{
	struct wire_frame frame;
	size_t len;
	const void *at = g_bytes_get_data(bytes, &len);

	if (wire_frame(at, len, &frame) != WIRE_OK) {
		absorb(d, at, len);
		return;
	}
	g_autoptr(GByteArray) covered = wire_frame_signed_part(&frame);

	absorb_number(d, covered->len);
	absorb(d, covered->data, covered->len);
}

static void
absorb_action(struct decisions *d, const struct action *a)
{
	absorb_number(d, a->type);
	if (a->type == ACTION_SEND) {
		absorb_number(d, a->medium);
		absorb_message(d, a->bytes);
	} else if (a->type == ACTION_REPLY) {
		size_t len;
		const void *at = g_bytes_get_data(a->bytes, &len);

		absorb_number(d, a->client);
		absorb_number(d, len);
		absorb(d, at, len);
	} else {
		g_autofree char *text = action_text(a);

		absorb_text(d, text);
		absorb_number(d, (uint64_t)a->timeout.ns);
		g_string_append_printf(d->text, "> %s\n", text);
	}
}

void
decisions_actions(struct decisions *d, const struct actions *a)
{
	absorb_number(d, actions_count(a));
	for (size_t i = 0; i < actions_count(a); i++)
		absorb_action(d, actions_get(a, i));
}

uint16_t
decisions_check(const struct decisions *d)
{
	return (uint16_t)(d->digest ^ d->digest >> 16 ^ d->digest >> 32 ^ d->digest >> 48);
}
