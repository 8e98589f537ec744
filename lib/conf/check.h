/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules between lines and between files.
 *
 * Source: compat config.md 2.3, 3.1, 3.2, 5.2.
 */
#ifndef HB_CONF_CHECK_H
#define HB_CONF_CHECK_H

#include "conf/hacf.h"

/* Times, nodes and which of them we are (sets conf->self), links, fencing. */
void check_hacf(struct hacf *h);

/* Keys of groups must be unique, and no other group may contain one. */
void check_groups(const struct conf *c, const struct report *report);

/* "web1" of "web1.example.com". Owns: the caller's. */
char *node_short_name(const char *name);

#endif
