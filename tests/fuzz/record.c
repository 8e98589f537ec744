/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A flight record from anywhere: it is refused, or replayed to its end or to where it differs.
 */
#include "core/replay.h"
#include "fuzz.h"

static void
hear(void *arg, const struct event *e, const char *text)
{
	unsigned *lines = arg;

	CLAIM(e != NULL && e->type < EVENT_TYPE_COUNT && text != NULL);
	++*lines;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	unsigned lines = 0;
	const struct replay_owner owner = {.line = hear, .arg = &lines};
	struct replay r = replay_run(bytes, len, &owner);

	CLAIM((r.result == REPLAY_REFUSED) == (r.why != NULL));
	CLAIM(r.result != REPLAY_REFUSED || lines == 0);
	CLAIM(r.result != REPLAY_DIFFERS || (r.recorded != NULL && r.now != NULL));
	replay_clear(&r);
	return 0;
}
