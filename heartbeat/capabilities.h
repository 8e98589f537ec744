/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What root may do here: a container leaves it few capabilities.
 */
#ifndef HB_CAPABILITIES_H
#define HB_CAPABILITIES_H

#include <glib.h>

#include "conf/conf.h"

/*
 * A fault, at the path of ha.cf, for each capability that this configuration needs and root lacks: an
 * error where the cluster cannot work without, else a hint. Nothing where we are not root.
 */
void capabilities_check(const struct conf *c, const char *path, GPtrArray *faults);

#endif
