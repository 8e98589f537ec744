/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a core decided, as text to show and a running number to compare: equal numbers mean that
 * every line and every action so far was the same. Messages to nodes count without their
 * signature, so that a core with other keys decides the same.
 */
#ifndef HB_CORE_DECISIONS_H
#define HB_CORE_DECISIONS_H

#include "base/trace.h"
#include "core/action.h"

struct decisions {
	uint64_t digest;
	GString *text;	/* of the latest step, a line each: "notice ..." said, "> run ..." done;
			 * messages and replies are only in the digest */
};

void decisions_init(struct decisions *d);
void decisions_clear(struct decisions *d);

/* Before a step: the text starts anew, the digest goes on. */
void decisions_next(struct decisions *d);
/* During it: a line of the trace. */
void decisions_line(struct decisions *d, enum trace_level level, const char *line);
/* After it. */
void decisions_actions(struct decisions *d, const struct actions *a);

/* The digest in short. */
uint16_t decisions_check(const struct decisions *d);

#endif
