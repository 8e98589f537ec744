/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verdict.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "conf/conf.h"

static const char word_good[] = "ok\n", word_bad[] = "refused\n";

void
verdict_forget(const char *path)
{
	unlink(path);
}

int
verdict_give(const char *path, bool good, const GPtrArray *faults)
{
	g_autoptr(GString) text = g_string_new(good ? word_good : word_bad);
	g_autoptr(GError) error = NULL;

	for (guint i = 0; i < faults->len; i++) {
		g_autofree char *line = fault_text(g_ptr_array_index(faults, i));

		g_string_append_printf(text, "%s\n", line);
	}
	/* Renamed into its place: nobody reads half of it. */
	errno = 0;
	if (g_file_set_contents_full(path, text->str, (gssize)text->len,
		G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
		return 0;
	return errno != 0 ? -errno : -EIO;
}

bool
verdict_look(const char *path, bool *good, char **reasons)
{
	g_autofree char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return false;
	*good = g_str_has_prefix(text, word_good);
	if (!*good && !g_str_has_prefix(text, word_bad))
		return false;
	*reasons = g_strdup(text + strlen(*good ? word_good : word_bad));
	return true;
}
