/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "same_file.h"

#include <sys/stat.h>

bool
same_file(int fd, const char *path)
{
	struct stat named, opened;

	return stat(path, &named) == 0 && fstat(fd, &opened) == 0 &&
	    named.st_ino == opened.st_ino && named.st_dev == opened.st_dev;
}
