/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "directories.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "privs.h"

/* A link leads where its owner wants: ours to follow only if root made it, where nobody else could. */
static bool
link_is_roots(int parent, const char *name)
{
	struct stat directory, link;

	return fstat(parent, &directory) == 0 && directory.st_uid == 0 &&
	    (directory.st_mode & 022) == 0 &&
	    fstatat(parent, name, &link, AT_SYMLINK_NOFOLLOW) == 0 && link.st_uid == 0;
}

/* Open a directory, and make it if it is missing. Returns -errno. */
static int
enter(int parent, const char *name, mode_t mode)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC |
	    (link_is_roots(parent, name) ? 0 : O_NOFOLLOW);
	int fd = openat(parent, name, flags);

	if (fd < 0 && errno == ENOENT && mkdirat(parent, name, mode) == 0)
		fd = openat(parent, name, flags);
	return fd < 0 ? -errno : fd;
}

/* Step by step: the engine's user may have had one of them, and left a link to elsewhere there. */
static int
enter_path(const char *path, mode_t mode)
{
	g_auto(GStrv) names = g_strsplit(path, "/", -1);
	int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	for (char **name = names; *name != NULL && fd >= 0; name++) {
		const int parent = fd;

		if (**name == '\0')
			continue;
		fd = enter(parent, *name, mode);
		close(parent);
	}
	return fd;
}

static void
make_directory(const char *path, mode_t mode, bool for_engine)
{
	uint32_t uid = 0, gid = 0;
	int fd, err = 0;

	if (for_engine && privs_engine_user(&uid, &gid) < 0)
		return;
	fd = enter_path(path, mode);
	/* Also one that was there: 3.0.6 may have left it to another owner. */
	if (fd < 0 || fchown(fd, uid, gid) < 0 || fchmod(fd, mode) < 0)
		err = fd < 0 ? fd : -errno;
	if (fd >= 0)
		close(fd);
	/* What needs it says so, too. */
	if (err < 0)
		fprintf(stderr, "WARN: %s: %s%s\n", path, g_strerror(-err),
		    err == -ELOOP || err == -ENOTDIR ? ": a link or file is in its place, or above it: look"
			" who made it, and remove it" : "");
}

void
directories_make(const struct conf *c)
{
	g_autofree char *root = g_build_filename(c->coreroot, "root", NULL);
	g_autofree char *engine = g_build_filename(c->coreroot, PRIVS_USER, NULL);

	/* Root's own: whoever owns it could put another rsctmp in the place of ours. */
	make_directory(HB_RUNDIR, 0755, false);
	make_directory(HB_RUNDIR "/rsctmp", 01755, false);
	make_directory("/run/resource-agents", 01755, false);
	make_directory(HB_STATEDIR, 0755, false);
	make_directory(root, 0700, false);
	make_directory(engine, 0700, true);
}
