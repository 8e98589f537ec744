/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/hints.h"

#include <string.h>

/* The group of c that is the same as that one of another configuration, or -1. */
static int
same_group(const struct conf *c, const struct conf_group *wanted, const struct conf *of)
{
	const int i = conf_group_index(c, wanted->key);

	if (i < 0 || strcmp(c->groups[i].text, wanted->text) != 0 ||
	    strcmp(c->nodes[c->groups[i].preferred], of->nodes[wanted->preferred]) != 0)
		return -1;
	return i;
}

bool
hints_let_go(const struct conf *now, const enum group_hint *hints, unsigned group,
    const struct conf *next)
{
	return !hint_may_run(hints[group]) || same_group(next, &now->groups[group], now) >= 0;
}

enum group_hint *
hints_carry(const struct conf *now, const enum group_hint *hints, const struct conf *next)
{
	enum group_hint *out = g_new0(enum group_hint, next->group_count + 1);

	for (unsigned i = 0; i < next->group_count; i++) {
		const int before = same_group(now, &next->groups[i], next);

		out[i] = before >= 0 ? hints[before] : HINT_UNKNOWN;
	}
	return out;
}
