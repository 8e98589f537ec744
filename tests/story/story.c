/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plays the stories: a scenario above the line "----", the trace it must give below. Prints TAP.
 * With --update the traces are written anew: read the difference before you commit it.
 * In every story each core is saved and loaded every few steps, and its flight record is replayed: both
 * must lead to the same.
 *
 * What statements there are: sim/scenario.h.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "sim/retell.h"
#include "sim/scenario.h"

/* In a long story a record this small is overwritten. */
#define RECORD_SIZE (64 * 1024)
/* It goes through each step of the core all the same. */
#define TWIN_EVERY 4

static void
print_difference(const char *expected, const char *got)
{
	g_auto(GStrv) a = g_strsplit(expected, "\n", -1);
	g_auto(GStrv) b = g_strsplit(got, "\n", -1);
	unsigned i = 0;

	while (a[i] != NULL && b[i] != NULL && strcmp(a[i], b[i]) == 0)
		i++;
	printf("# first difference in line %u of the trace\n", i + 1);
	for (unsigned k = i; k < i + 5 && k < g_strv_length(a); k++)
		printf("#   expected: %s\n", a[k]);
	for (unsigned k = i; k < i + 5 && k < g_strv_length(b); k++)
		printf("#   got:      %s\n", b[k]);
}

static void
add_line(void *arg, const char *line)
{
	g_string_append_printf(arg, "%s\n", line);
}

/* Errors: "line 3: no such node"; NULL if all was carried out. */
static char *
tell(const char *text, GString *trace)
{
	struct retell retell;
	struct scenario *s = scenario_new(1, TRACE_NOTICE, add_line, trace);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	char *wrong = NULL;

	retell_init(&retell);
	const struct world_recording recording = retell_recording(&retell, RECORD_SIZE, TWIN_EVERY);

	scenario_record(s, &recording);
	for (unsigned i = 0; lines[i] != NULL && wrong == NULL; i++) {
		g_autofree char *why = scenario_do(s, lines[i]);

		if (why != NULL)
			wrong = g_strdup_printf("line %u: %s", i + 1, why);
	}
	scenario_free(s);
	if (wrong == NULL && retell.wrong->len > 0)
		wrong = g_strdup_printf("told again it is another story: %s", retell.wrong->str);
	retell_clear(&retell);
	return wrong;
}

static bool
play(const char *path, bool update)
{
	g_autoptr(GString) trace = g_string_new(NULL);
	g_autofree char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL)) {
		printf("# cannot read %s\n", path);
		return false;
	}
	char *line = strstr(text, "\n----\n");
	g_autofree char *expected = line != NULL ? g_strdup(line + 6) : g_strdup("");

	if (line != NULL)
		line[1] = '\0';
	g_autofree char *wrong = tell(text, trace);
	if (wrong != NULL) {
		printf("# %s: %s\n%s", path, wrong, trace->str);
		return false;
	}
	if (update) {
		g_autofree char *whole = g_strconcat(text, "----\n", trace->str, NULL);
		return g_file_set_contents(path, whole, -1, NULL);
	}
	if (strcmp(expected, trace->str) == 0)
		return true;
	print_difference(expected, trace->str);
	return false;
}

static int
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
stories_of(const char *folder, GPtrArray *paths)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		if (g_str_has_suffix(name, ".story"))
			g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
	}
	if (dir != NULL)
		g_dir_close(dir);
	g_ptr_array_sort(paths, by_name);
}

int
main(int argc, char **argv)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	bool update = argc > 1 && strcmp(argv[1], "--update") == 0;
	unsigned failed = 0;

	for (int i = update ? 2 : 1; i < argc; i++)
		g_ptr_array_add(paths, g_strdup(argv[i]));
	if (paths->len == 0)
		stories_of(STORY_DIR, paths);
	printf("1..%u\n", paths->len);
	for (unsigned i = 0; i < paths->len; i++) {
		const char *path = g_ptr_array_index(paths, i);
		bool good = play(path, update);
		g_autofree char *name = g_path_get_basename(path);

		printf("%s %u - %s\n", good ? "ok" : "not ok", i + 1, name);
		failed += good ? 0 : 1;
	}
	return failed == 0 && paths->len > 0 ? 0 : 1;
}
