/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where programs of 3.0.6 and older were: configurations name them by path, and distributions had
 * four directories for them.
 */
#ifndef HB_OLD_PATH_H
#define HB_OLD_PATH_H

/*
 * A command line as it is run: a program of ours, in any of the directories that 3.0.6 and
 * older had, is the one that is installed. Owns: the caller's (g_free).
 */
char *old_path_command(const char *command);

/* What an administrator does instead of a program that 3.0.6 or older had there and this version
 * has not; NULL if path is none of them. */
const char *old_path_replacement(const char *path);

#endif
