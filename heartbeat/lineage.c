/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lineage.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

/* Deeper than any: the table may change while it is read, so that it seems to go in circles. */
#define DEPTH_MAX 1000
/* The thread of the kernel that starts all others, and by way of them its helpers. */
#define KERNEL_THREADS 2

/* The text behind "PID (NAME) STATE ", where NAME may hold anything. */
static bool
stat_read(pid_t pid, char **name, int *parent)
{
	g_autofree char *path = g_strdup_printf("/proc/%ld/stat", (long)pid);
	g_autofree char *text = NULL;
	char *open, *close, state;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return false;
	open = strchr(text, '(');
	close = strrchr(text, ')');
	if (open == NULL || close == NULL || close < open ||
	    sscanf(close + 1, " %c %d", &state, parent) != 2)
		return false;
	*name = g_strndup(open + 1, (gsize)(close - open - 1));
	return true;
}

pid_t
lineage_parent(pid_t pid)
{
	g_autofree char *name = NULL;
	int parent;

	return stat_read(pid, &name, &parent) ? parent : 0;
}

bool
lineage_descends_from(pid_t pid, pid_t ancestor)
{
	for (int depth = 0; pid > 0 && depth < DEPTH_MAX; depth++) {
		pid = lineage_parent(pid);
		if (pid == ancestor)
			return ancestor > 0;
	}
	return false;
}

bool
lineage_of_kernel(pid_t pid)
{
	g_autofree char *name = NULL;
	int parent;

	/* In a container number 2 is somebody else. */
	return stat_read(KERNEL_THREADS, &name, &parent) && parent == 0 &&
	    strcmp(name, "kthreadd") == 0 && lineage_descends_from(pid, KERNEL_THREADS);
}
