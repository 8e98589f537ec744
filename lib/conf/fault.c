/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/fault.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"

/* A message that quotes a whole line of a file must still be readable. */
#define FAULT_TEXT_MAX 1000

static void
fault_free(void *p)
{
	struct fault *f = p;

	g_free(f->file);
	g_free(f->text);
	g_free(f);
}

GPtrArray *
conf_faults_new(void)
{
	return g_ptr_array_new_with_free_func(fault_free);
}

char *
fault_text(const struct fault *f)
{
	const char *level = f->is_error ? "error" : "hint";

	if (f->line == 0)
		return g_strdup_printf("%s: %s: %s", f->file, level, f->text);
	return g_strdup_printf("%s:%u: %s: %s", f->file, f->line, level, f->text);
}

static void G_GNUC_PRINTF(4, 0) report_add(
    const struct report *r, unsigned line, bool is_error, const char *format, va_list args)
{
	g_autofree char *raw = g_strdup_vprintf(format, args);
	struct fault *f = g_new0(struct fault, 1);

	f->file = g_strdup(r->file);
	f->line = line;
	f->is_error = is_error;
	f->text = text_escape(raw, strlen(raw), FAULT_TEXT_MAX);
	g_ptr_array_add(r->faults, f);
}

void
report_error(const struct report *r, unsigned line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report_add(r, line, true, format, args);
	va_end(args);
}

void
report_hint(const struct report *r, unsigned line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report_add(r, line, false, format, args);
	va_end(args);
}
