/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ask.h"

#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "pidfile.h"

/* As long as an answer may take. */
#define ENGINE_PATIENCE_US (5 * G_USEC_PER_SEC)
#define ENGINE_LOOK_US 50000

#define CL_STATUS HB_BINDIR "/cl_status"

enum ask_runs
ask_runs(void)
{
	pid_t pid;

	switch (pidfile_look(HB_PIDFILE, &pid)) {
	case PIDFILE_HELD:
		return ASK_RUNS;
	case PIDFILE_UNKNOWN:
		return ASK_UNKNOWN;
	case PIDFILE_ABSENT:
	case PIDFILE_STALE:
		break;
	}
	return ASK_STOPPED;
}

static bool
is_nobody_there(int result)
{
	return result == -ECONNREFUSED || result == -ENOENT;
}

int
ask_connect(struct hb_client **out)
{
	const gint64 until = g_get_monotonic_time() + ENGINE_PATIENCE_US;
	enum ask_runs runs = ASK_RUNS;
	int result = hb_connect(out);

	while (is_nobody_there(result) && (runs = ask_runs()) != ASK_STOPPED) {
		if (g_get_monotonic_time() > until)
			return runs == ASK_UNKNOWN ? -ENODATA : -ETIMEDOUT;
		g_usleep(ENGINE_LOOK_US);
		result = hb_connect(out);
	}
	return is_nobody_there(result) ? -ECONNREFUSED : result;
}

/* It gets a path of ours, an empty environment and one fixed word: nothing that the user could choose. */
static int
ask_by_cl_status(char **json)
{
	char *argv[] = {CL_STATUS, "json", NULL};
	char *environment[] = {NULL};
	g_autofree char *out = NULL;
	int status;

	if (!g_spawn_sync("/", argv, environment, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out,
		NULL, &status, NULL) ||
	    !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return -EACCES;
	*json = strdup(g_strchomp(out));
	return 0;
}

int
ask_status(char **json)
{
	struct hb_client *client;
	int result = ask_connect(&client);

	*json = NULL;
	if (result == -EACCES)
		return ask_by_cl_status(json);
	if (result != 0)
		return result;
	result = hb_status(client, json);
	hb_disconnect(client);
	return result;
}

const char *
ask_strerror(int error)
{
	if (error == -ENODATA)
		return "cannot tell whether heartbeat runs: " HB_PIDFILE
		       " may not be read: ask as root, or let root do: chmod 644 " HB_PIDFILE;
	return hb_strerror(error);
}

const char *
ask_status_strerror(int error)
{
	if (error == -EACCES)
		return "this user may not ask, because " CL_STATUS " is not set-group-ID: let root do"
		       " chgrp haclient " CL_STATUS " && chmod 2755 " CL_STATUS ", or ask as root";
	if (error == -ETIMEDOUT)
		return "heartbeat runs and does not answer: it is starting, or stuck; its log says more";
	return ask_strerror(error);
}
