/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything that can be known before the daemon goes into the background: the files parse,
 * and what they name is there. All faults are found in one go.
 */
#ifndef HB_PREFLIGHT_H
#define HB_PREFLIGHT_H

#include <stdbool.h>

#include "conf/conf.h"
#include "files.h"

/*
 * Parse the files, and look for the scripts, interfaces, serial lines, users and programs they
 * name, for our own user and group, whether the log files can be written, and for what root may
 * not do here.
 *
 * Errors: NULL if any fault is an error; all are appended.
 * Owns:   the result is the caller's (conf_free).
 */
struct conf *preflight(const struct files *f, GPtrArray *faults);

#endif
