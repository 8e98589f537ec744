/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "script_owner.h"

#include <glib.h>
#include <string.h>
#include <sys/stat.h>

#include "conf/old_script.h"

/* Verdicts by path. */
static GHashTable *kept;

/* Owns: the caller's (g_free); NULL if it cannot be read or is no text. */
static char *
read_text(const char *path, const struct stat *st)
{
	char *text;
	gsize len;

	if (st->st_size > OLD_SCRIPT_MAX || !g_file_get_contents(path, &text, &len, NULL))
		return NULL;
	if (memchr(text, '\0', len) == NULL)
		return text;
	g_free(text);
	return NULL;
}

enum script_owner
script_owner(const char *path, const char *name, const char *ours)
{
	g_autofree char *text = NULL, *our_text = NULL;
	struct stat st, our_st;

	if (stat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return SCRIPT_OWNER_NONE;
	const bool ours_exists = stat(ours, &our_st) == 0;

	if (ours_exists && st.st_dev == our_st.st_dev && st.st_ino == our_st.st_ino)
		return SCRIPT_OWNER_HEARTBEAT;
	text = read_text(path, &st);
	if (text == NULL)
		return SCRIPT_OWNER_ADMIN;
	if (old_script_known(name, text))
		return SCRIPT_OWNER_OLD;
	our_text = ours_exists ? read_text(ours, &our_st) : NULL;
	return our_text != NULL && strcmp(text, our_text) == 0 ? SCRIPT_OWNER_HEARTBEAT
							       : SCRIPT_OWNER_ADMIN;
}

enum script_owner
script_owner_kept(const char *path, const char *name, const char *ours)
{
	gpointer verdict;

	if (kept == NULL)
		kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (!g_hash_table_lookup_extended(kept, path, NULL, &verdict)) {
		verdict = GINT_TO_POINTER((int)script_owner(path, name, ours));
		g_hash_table_insert(kept, g_strdup(path), verdict);
	}
	return (enum script_owner)GPOINTER_TO_INT(verdict);
}

void
script_owner_renew(void)
{
	g_clear_pointer(&kept, g_hash_table_destroy);
}
