/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * haresources: the resource groups, and which node each prefers.
 *
 * logical-line = node { "," node }  resource { blank resource }
 *
 * Source: compat config.md 5.1 and 5.2; the list of nodes is ours.
 */
#ifndef HB_CONF_HARESOURCES_H
#define HB_CONF_HARESOURCES_H

#include "conf/conf.h"
#include "conf/fault.h"

/* Fill groups and digest of c, whose nodes are known (none: names are not judged). */
void haresources_parse(struct conf *c, const char *text, const struct report *report);

void conf_group_clear(struct conf_group *g);

#endif
