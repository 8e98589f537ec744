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

/* --- folding ------------------------------------------------------------------------------ */

/* That many things, and lines, are named; the rest is counted. */
#define FOLD_NAMED 3

/* What is said of it: behind the first ": ", if there is one. */
static const char *
fault_cause(const struct fault *f)
{
	const char *colon = strstr(f->text, ": ");

	return colon != NULL ? colon + 2 : f->text;
}

/* "a, b, c and 7 more" of strings. Owns: the caller's. */
static char *
name_some(const GPtrArray *words)
{
	GString *all = g_string_new(NULL);

	for (unsigned i = 0; i < words->len && i < FOLD_NAMED; i++)
		g_string_append_printf(all, "%s%s", i > 0 ? ", " : "",
		    (const char *)g_ptr_array_index(words, i));
	if (words->len > FOLD_NAMED)
		g_string_append_printf(all, " and %u more", words->len - FOLD_NAMED);
	return g_string_free(all, FALSE);
}

/* Repeats are neighbours: one place gives several only at a stretch. */
static void
add_new(GPtrArray *words, char *word)
{
	const char *last =
	    words->len > 0 ? g_ptr_array_index(words, words->len - 1) : NULL;

	if (g_strcmp0(last, word) == 0)
		g_free(word);
	else
		g_ptr_array_add(words, word);
}

/* All of alike, which are at least two, said by the first. */
static void
fold_alike(const GPtrArray *alike)
{
	struct fault *first = g_ptr_array_index(alike, 0);
	const char *cause = fault_cause(first);
	g_autoptr(GPtrArray) things = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

	for (unsigned i = 0; i < alike->len; i++) {
		const struct fault *f = g_ptr_array_index(alike, i);
		const char *end = fault_cause(f);

		if (end > f->text)
			add_new(things, g_strndup(f->text, (size_t)(end - 2 - f->text)));
		add_new(lines, g_strdup_printf("%u", f->line));
	}
	g_autofree char *names = name_some(things);
	g_autofree char *numbers = name_some(lines);
	char *text = g_strdup_printf("%s%s%s%s%s%s", names, things->len > 0 ? ": " : "", cause,
	    lines->len > 1 ? " (lines " : "", lines->len > 1 ? numbers : "",
	    lines->len > 1 ? ")" : "");

	g_free(first->text);
	first->text = text;
}

void
faults_fold(GPtrArray *faults)
{
	g_autoptr(GHashTable) by_cause = g_hash_table_new_full(
	    g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
	g_autoptr(GPtrArray) folded = g_ptr_array_new();

	for (unsigned i = 0; i < faults->len; i++) {
		struct fault *f = g_ptr_array_index(faults, i);
		g_autofree char *key = g_strdup_printf(
		    "%s\n%d\n%s", f->file, f->is_error, fault_cause(f));
		GPtrArray *alike = g_hash_table_lookup(by_cause, key);

		if (alike == NULL) {
			alike = g_ptr_array_new();
			g_hash_table_insert(by_cause, g_steal_pointer(&key), alike);
			g_ptr_array_add(folded, alike);
		}
		g_ptr_array_add(alike, f);
	}
	/* In the order of the first of each, which stay. */
	for (unsigned i = 0; i < folded->len; i++) {
		const GPtrArray *alike = g_ptr_array_index(folded, i);

		if (alike->len > 1)
			fold_alike(alike);
		for (unsigned k = 1; k < alike->len; k++)
			g_ptr_array_remove(faults, g_ptr_array_index(alike, k));
	}
}
