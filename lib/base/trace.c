/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/trace.h"

#include <assert.h>
#include <glib.h>
#include <stdarg.h>

static const char *const level_names[] = {
    [TRACE_CRITICAL] = "CRIT",
    [TRACE_ERROR] = "ERROR",
    [TRACE_WARNING] = "WARN",
    [TRACE_NOTICE] = "notice",
    [TRACE_INFO] = "info",
    [TRACE_DEBUG] = "debug",
};
static_assert(G_N_ELEMENTS(level_names) == TRACE_LEVEL_COUNT, "a name for each level");

const char *
trace_level_name(enum trace_level level)
{
	assert(level < TRACE_LEVEL_COUNT);
	return level_names[level];
}

void
trace(const struct trace *t, enum trace_level level, const char *format, ...)
{
	va_list args;

	if (t == NULL || t->emit == NULL)
		return;
	va_start(args, format);
	g_autofree char *line = g_strdup_vprintf(format, args);
	va_end(args);
	t->emit(t->arg, level, line);
}
