/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Resources that get in each other's way, or in that of the nodes: what can be seen from the
 * words of haresources and the paths of ha.cf alone.
 *
 * An error is what cannot work; what 3.0.6 carried out, and somebody may live with, is a hint.
 */
#ifndef HB_CONF_CLASH_H
#define HB_CONF_CLASH_H

#include "conf/conf.h"
#include "conf/fault.h"

/* What a resource takes for itself. */
enum clash_kind {
	CLASH_ADDRESS,	 /* an IP address, in its shortest form */
	CLASH_DEVICE,	 /* that one node at a time may mount: "/dev/sdb1", "-Ldata" */
	CLASH_DIRECTORY, /* a mount point, without a slash at its end */
	CLASH_DRBD,	 /* a resource of DRBD that is made primary; "all" */
	CLASH_KIND_COUNT
};

/* What r takes of that kind, or NULL. Owns: the caller's. */
char *clash_taken(const struct conf_resource *r, enum clash_kind kind);

/* Report on the groups of c: doubled resources, Filesystem before drbddisk, nodes' addresses. */
void clash_check(const struct conf *c, const struct report *report);

#endif
