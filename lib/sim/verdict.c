/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/verdict.h"

#include <assert.h>
#include <glib.h>
#include <stdarg.h>

static const char *const rule_names[] = {
    [RULE_NONE] = "none",
    [RULE_SCENARIO] = "scenario",
    [RULE_TWO] = "two",
    [RULE_ABSENT] = "absent",
    [RULE_STUCK] = "stuck",
    [RULE_UNASKED] = "unasked",
    [RULE_UNTRUE] = "untrue",
    [RULE_REACH] = "reach",
    [RULE_MESSAGE] = "message",
    [RULE_END] = "end",
    [RULE_TRACE] = "trace",
};
static_assert(G_N_ELEMENTS(rule_names) == RULE_COUNT, "a name for each rule");

const char *
rule_name(enum rule rule)
{
	assert(rule < RULE_COUNT);
	return rule_names[rule];
}

void
verdict_blame(struct verdict *v, enum rule rule, const char *format, ...)
{
	va_list args;

	if (v->violation != NULL)
		return;
	va_start(args, format);
	v->violation = g_strdup_vprintf(format, args);
	va_end(args);
	v->rule = rule;
}

void
verdict_clear(struct verdict *v)
{
	g_clear_pointer(&v->violation, g_free);
	v->rule = RULE_NONE;
}
