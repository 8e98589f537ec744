/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What ha.cf comes to: each value that is in force, with the line that gives it, the directive
 * that it follows from, or neither: a default.
 */
#ifndef HB_CONF_VALUES_H
#define HB_CONF_VALUES_H

#include "conf/hacf.h"

/* A line whose words are kept as written: nodes, clients, environment. */
void values_note(struct hacf *h, const struct directive *d, unsigned line, char **words);

/*
 * Fill conf->values once all is read: the given ones by line, then what follows from others,
 * then defaults. Links and ping nodes are left to conf->media.
 *
 * Range: n directives, in the order in which their defaults are shown.
 */
void values_finish(struct hacf *h, const struct directive *all, size_t n);

void conf_values_clear(struct conf *c);

#endif
