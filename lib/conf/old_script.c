/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * 3.0.6 has its scripts as templates, in which configure puts directories; a distribution adds at
 * most a comment. So one digest of what is left without those knows all of their builds.
 */
#include "conf/old_script.h"

#include <glib.h>
#include <string.h>

#include "conf/old_script_table.h"

/* In this order. tests/lab/old-scripts, which makes the table, has the same. */
static const struct {
	const char *pattern;
	const char *word;
} directories[] = {
    {"/+", "/"},
    {"(?:/[\\w.+-]+)*/ha\\.d(?![\\w.-])", "@hadir@"},
    {"(?:/[\\w.+-]+)*/lib(?:64)?/ocf(?![\\w.-])", "@ocfroot@"},
    {"(?:/[\\w.+-]+)*/(?:lib|lib64|libexec|share)/heartbeat(?![\\w.-])", "@hbdir@"},
    {"(?<![\\w.+-])(?:/usr)?(?:/local)?/s?bin/", "@bindir@/"},
};

static char *
without_directories(const char *text)
{
	char *result = g_strdup(text);

	for (size_t i = 0; i < G_N_ELEMENTS(directories); i++) {
		g_autoptr(GRegex) re =
		    g_regex_new(directories[i].pattern, G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, NULL);
		char *next =
		    g_regex_replace_literal(re, result, -1, 0, directories[i].word, 0, NULL);

		/* Too much backtracking: then it is nothing that was shipped. */
		if (next == NULL)
			break;
		g_free(result);
		result = next;
	}
	return result;
}

char *
old_script_digest(const char *text)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autofree char *plain = without_directories(text);
	g_auto(GStrv) lines = g_strsplit(plain, "\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		const char *begin = *line + strspn(*line, " \t\r");
		size_t len = strlen(begin);

		while (len > 0 && strchr(" \t\r", begin[len - 1]) != NULL)
			len--;
		if (len == 0 || begin[0] == '#')
			continue;
		g_checksum_update(sum, (const guchar *)begin, (gssize)len);
		g_checksum_update(sum, (const guchar *)"\n", 1);
	}
	return g_strdup(g_checksum_get_string(sum));
}

bool
old_script_named(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(old_scripts); i++) {
		if (strcmp(old_scripts[i].name, name) == 0)
			return true;
	}
	return false;
}

bool
old_script_known(const char *name, const char *text)
{
	g_autofree char *digest = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(old_scripts); i++) {
		if (strcmp(old_scripts[i].name, name) != 0)
			continue;
		if (digest == NULL)
			digest = old_script_digest(text);
		if (strcmp(old_scripts[i].digest, digest) == 0)
			return true;
	}
	return false;
}
