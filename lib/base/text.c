/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/text.h"

#include <glib.h>
#include <inttypes.h>
#include <string.h>

bool
text_to_u64(const char *text, uint64_t min, uint64_t max, uint64_t *out)
{
	guint64 value;

	if (!g_ascii_string_to_unsigned(text, 10, min, max, &value, NULL))
		return false;
	*out = value;
	return true;
}

bool
text_hex_to_u64(const char *text, uint64_t *out)
{
	uint64_t value = 0;
	size_t len = 0;

	for (; text[len] != '\0'; len++) {
		int digit = g_ascii_xdigit_value(text[len]);

		if (digit < 0 || len == 16)
			return false;
		value = value << 4 | (uint64_t)digit;
	}
	if (len == 0)
		return false;
	*out = value;
	return true;
}

static const struct unit {
	const char *name;
	double ms;
} units[] = {
    {"us", 1e-3}, {"usec", 1e-3}, {"ms", 1}, {"msec", 1}, {"s", 1e3}, {"sec", 1e3},
    {"secs", 1e3}, {"second", 1e3}, {"seconds", 1e3}, {"m", 6e4}, {"min", 6e4},
    {"mins", 6e4}, {"minute", 6e4}, {"minutes", 6e4}, {"h", 36e5}, {"hour", 36e5},
    {"hours", 36e5}, {"d", 864e5}, {"day", 864e5}, {"days", 864e5},
};

static bool
unit_factor(const char *name, double *ms)
{
	if (*name == '\0') {
		*ms = 1e3;
		return true;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		if (g_ascii_strcasecmp(name, units[i].name) == 0) {
			*ms = units[i].ms;
			return true;
		}
	}
	return false;
}

bool
text_to_span(const char *text, struct span *out)
{
	const double max_ms = 100 * 365.25 * 864e5;
	size_t number = strspn(text, "0123456789.");
	double factor;

	if (number == 0 || number > 20)
		return false;
	g_autofree char *digits = g_strndup(text, number);
	if (strpbrk(digits, "0123456789") == NULL)
		return false;
	const char *dot = strchr(digits, '.');
	if (dot != NULL && strchr(dot + 1, '.') != NULL)
		return false;
	text += number;
	while (*text == ' ' || *text == '\t')
		text++;
	if (!unit_factor(text, &factor))
		return false;
	double ms = g_ascii_strtod(digits, NULL) * factor;
	if (ms > max_ms)
		return false;
	*out = span_from_ms((int64_t)(ms + 0.5));
	return true;
}

char *
text_from_span(struct span s)
{
	int64_t ms = span_ms(s);

	if (ms == 0)
		return g_strdup("0s");
	if (ms % 86400000 == 0)
		return g_strdup_printf("%" PRId64 "d", ms / 86400000);
	if (ms % 3600000 == 0)
		return g_strdup_printf("%" PRId64 "h", ms / 3600000);
	if (ms >= 120000 && ms % 60000 == 0)
		return g_strdup_printf("%" PRId64 "m", ms / 60000);
	if (ms % 1000 == 0)
		return g_strdup_printf("%" PRId64 "s", ms / 1000);
	if (ms > 1000 && ms % 100 == 0)
		return g_strdup_printf("%" PRId64 ".%" PRId64 "s", ms / 1000, ms % 1000 / 100);
	return g_strdup_printf("%" PRId64 "ms", ms);
}

bool
text_to_bool(const char *text, bool *out)
{
	static const char *const words[][2] = {
	    {"true", "false"}, {"on", "off"}, {"yes", "no"}, {"y", "n"}, {"1", "0"}};

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		for (int no = 0; no < 2; no++) {
			if (g_ascii_strcasecmp(text, words[i][no]) == 0) {
				*out = no == 0;
				return true;
			}
		}
	}
	return false;
}

/* Levenshtein, one row at a time; both words are short. */
static size_t
edit_distance(const char *a, const char *b, size_t b_len)
{
	g_autofree size_t *row = g_new(size_t, b_len + 1);

	for (size_t j = 0; j <= b_len; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1] != '\0'; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			bool same = g_ascii_tolower(a[i - 1]) == g_ascii_tolower(b[j - 1]);
			size_t replaced = diagonal + (same ? 0 : 1);

			diagonal = row[j];
			row[j] = MIN(replaced, MIN(row[j], row[j - 1]) + 1);
		}
	}
	return row[b_len];
}

const char *
text_nearest(const char *word, const char *const *candidates, size_t n)
{
	size_t len = strlen(word);
	size_t best_distance = MAX(len / 3, 1);
	const char *best = NULL;

	if (len > 100)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		size_t candidate_len = strlen(candidates[i]);
		if (candidate_len > 100)
			continue;
		size_t d = edit_distance(word, candidates[i], candidate_len);

		if (d < best_distance || (d == best_distance && best == NULL)) {
			best = candidates[i];
			best_distance = d;
		}
	}
	return best;
}

char *
text_escape(const void *bytes, size_t len, size_t max)
{
	const unsigned char *p = bytes;
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < MIN(len, max); i++) {
		if (p[i] >= 32 && p[i] < 127)
			g_string_append_c(out, (char)p[i]);
		else
			g_string_append_printf(out, "\\x%02x", p[i]);
	}
	if (len > max)
		g_string_append(out, "...");
	return g_string_free(out, FALSE);
}
