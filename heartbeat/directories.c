/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "directories.h"

#include <errno.h>
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "privs.h"

static void
make_directory(const char *path, mode_t mode, bool for_engine)
{
	uint32_t uid = 0, gid = 0;

	/* Where it cannot be made, what needs it says so. */
	if (g_mkdir_with_parents(path, mode) < 0 ||
	    (for_engine && privs_engine_user(&uid, &gid) < 0))
		return;
	/* Also one that was there: 3.0.6 may have left it to another owner. */
	if (chown(path, uid, gid) < 0 || chmod(path, mode) < 0)
		fprintf(stderr, "WARN: %s: %s\n", path, g_strerror(errno));
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
