/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What makes a configuration wrong on this machine only: its own addresses, the programs that
 * it lacks, the services that it starts by itself.
 */
#ifndef HB_MACHINE_H
#define HB_MACHINE_H

#include <glib.h>
#include <stdbool.h>

#include "conf/conf.h"
#include "files.h"

/* An address that an interface has. */
struct machine_address {
	char *interface;
	char *address; /* in its shortest form: ip_shortest() */
};

/*
 * Look at this machine; faults are appended. Needs no privilege. running: a daemon has the
 * groups, so that their addresses may be here rightly.
 */
void machine_check(
    const struct conf *c, const struct files *f, bool running, GPtrArray *faults);

/* The same for the addresses given (struct machine_address), for tests. */
void machine_check_addresses(const struct conf *c, const struct files *f,
    const GArray *addresses, bool running, GPtrArray *faults);

#endif
