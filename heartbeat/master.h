/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The privileged process: starts the engine and starts it again when it dies, runs what it asks
 * for, keeps the memory of what is held from one engine to the next.
 *
 *   RUNNING --TERM--> LEAVING --the engine is done--> CLIENTS --none is left--> end
 *      |                 |                               ^
 *      +--- the engine died three times in a minute --> RELEASING (stop what is held)
 */
#ifndef HB_MASTER_H
#define HB_MASTER_H

#include <stdbool.h>

#include "conf/conf.h"
#include "files.h"
#include "sockets.h"
#include "upgrade.h"

/* That many deaths of the engine within that time, and we give up. */
#define MASTER_DEATHS_MAX 3
#define MASTER_DEATHS_MS (60 * 1000)

struct master_start {
	struct conf *conf;
	struct files *files;
	struct sockets *sockets;
	const GPtrArray *hints;	/* struct fault: found on the way, for the log; borrowed */
	bool foreground;	/* INT ends us too */
	bool to_stderr;	/* the log goes there too */
	unsigned debug_more;	/* levels above that of ha.cf */
	int pidfile;	/* its lock; borrowed, -1: none */
	const struct upgrade_origin *origin;	/* executed in the place of another master; NULL: not */
	int ready;	/* a byte is written here and it is closed once the engine runs; -1: none */
};

/*
 * Run until told to stop.
 *
 * Owns: conf, files, sockets and the handoff of origin are taken.
 * Returns: the exit code of the process.
 */
int master_run(const struct master_start *start);

#endif
