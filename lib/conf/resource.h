/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One word of haresources -> what kind of resource it is, its script and arguments. Judged
 * by the text alone; whether the script exists is found out later.
 *
 * Source: compat config.md 5.2.
 */
#ifndef HB_CONF_RESOURCE_H
#define HB_CONF_RESOURCE_H

#include "conf/conf.h"
#include "conf/fault.h"

/*
 * Errors: false, and a fault on that line; *out is then unchanged.
 * Owns:   *out is the caller's (conf_resource_clear).
 */
bool resource_parse(const char *word, unsigned line, const struct report *report,
    struct conf_resource *out);
void conf_resource_clear(struct conf_resource *r);

#endif
