/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What came of a reload, for the command that asked for it: the signal it sends brings no answer,
 * so the master leaves one in a file.
 */
#ifndef HB_VERDICT_H
#define HB_VERDICT_H

#include <glib.h>
#include <stdbool.h>

#define VERDICT_PATH HB_RUNDIR "/reload"

/* Before asking: an answer to an earlier question is none to this one. */
void verdict_forget(const char *path);

/* The master's answer: "ok" or "refused", then its faults, one a line. Errors: -errno. */
int verdict_give(const char *path, bool good, const GPtrArray *faults);

/* Is there an answer? Then *reasons are its other lines. Owns: the caller's (g_free). */
bool verdict_look(const char *path, bool *good, char **reasons);

#endif
