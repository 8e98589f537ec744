/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * New files in a directory: all of them or none, and never in the place of others.
 */
#ifndef HB_CTL_SETUP_FILES_H
#define HB_CTL_SETUP_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct setup_file {
	const char *name, *text;
	mode_t mode; /* it has from its first byte on no more than this */
};

/*
 * Which of the files are there already, even as links that lead nowhere: "ha.cf, authkeys".
 * Owns: the caller's (g_free); NULL: none.
 */
char *setup_files_there(const char *directory, const struct setup_file *files, size_t n);

/* Can files be made there, as far as can be known before? Errors: why not, as a sentence, the
 * caller's. */
char *setup_files_place_fault(const char *directory);

/*
 * Write them to the disk, in that order: who looks for the last one finds all. The directory
 * is made if it is missing. A signal that would end the process waits meanwhile; if one came,
 * nothing is written.
 *
 * Errors: why not, as a sentence, the caller's; nothing is left behind then.
 */
char *setup_files_write(const char *directory, const struct setup_file *files, size_t n);

#endif
