/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Does a name still stand for the file that is open? It may have been removed, renamed or mounted over.
 */
#ifndef HB_SAME_FILE_H
#define HB_SAME_FILE_H

#include <stdbool.h>

/* Links are followed. False also if either cannot be looked at. */
bool same_file(int fd, const char *path);

#endif
