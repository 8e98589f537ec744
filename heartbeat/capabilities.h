/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What root may do here: a container leaves it few capabilities.
 */
#ifndef HB_CAPABILITIES_H
#define HB_CAPABILITIES_H

#include <glib.h>

#include "conf/conf.h"

/* What a machine lets root do. */
struct capabilities_place {
	bool (*have)(unsigned capability);
	uint64_t memory_limit;	/* bytes that can be locked at most; G_MAXUINT64: all there are */
	unsigned first_free_port;	/* the first that needs no privilege */
	bool has_systemd;	/* as process 1 */
	bool is_container;	/* of docker's kind: its limits are given from outside */
};

/*
 * A fault, at the path of ha.cf, for each capability that this configuration needs and root lacks: an
 * error where the cluster cannot work without, else a hint. Nothing where we are not root.
 */
void capabilities_check(const struct conf *c, const char *path, GPtrArray *faults);

/* The same for a place that is given, whoever we are, for tests. */
void capabilities_judge(const struct conf *c, const char *path, const struct capabilities_place *at,
    GPtrArray *faults);

#endif
