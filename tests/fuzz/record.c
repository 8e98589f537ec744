/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A flight record from anywhere: it is refused, or replayed to its end or to where it differs. Its
 * sums are put right first, or nearly every change would be refused because of them; an odd first
 * byte leaves them as they are.
 */
#include "core/replay.h"
#include "fuzz.h"

struct heard {
	unsigned lines, gaps;
};

static void
hear_line(void *arg, const struct event *e, const char *text)
{
	struct heard *h = arg;

	CLAIM(e != NULL && e->type < EVENT_TYPE_COUNT && text != NULL);
	h->lines++;
}

static void
hear_gap(void *arg, const char *why)
{
	struct heard *h = arg;

	CLAIM(why != NULL && why[0] != '\0');
	h->gaps++;
}

static void
replay(const uint8_t *bytes, size_t len)
{
	struct heard heard = {0, 0};
	const struct replay_owner owner = {.line = hear_line, .gap = hear_gap, .arg = &heard};
	struct record_span span;
	char *why;
	bool whole = replay_span(bytes, len, &span, &why);
	struct replay r = replay_run(bytes, len, &owner);

	CLAIM(whole == (why == NULL));
	CLAIM(r.span.events <= span.events);
	CLAIM((r.result == REPLAY_REFUSED || r.result == REPLAY_DAMAGED) <= (r.why != NULL));
	CLAIM(r.result != REPLAY_REFUSED || (heard.lines == 0 && r.span.events == 0));
	CLAIM(r.result != REPLAY_SAME || (r.why == NULL && whole));
	CLAIM(r.result != REPLAY_DIFFERS || (r.recorded != NULL && r.now != NULL));
	replay_clear(&r);
	g_free(why);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	if (len == 0)
		return 0;
	g_autofree uint8_t *copy = g_malloc(len);

	memcpy(copy, bytes + 1, len - 1);

	if ((bytes[0] & 1) == 0)
		record_mend(copy, len - 1);
	replay(copy, len - 1);
	return 0;
}
