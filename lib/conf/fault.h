/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the parsers put what they find wrong. Messages are made safe to log: what was
 * read appears in them with control characters escaped.
 */
#ifndef HB_CONF_FAULT_H
#define HB_CONF_FAULT_H

#include <glib.h>

#include "conf/conf.h"

/* One file that is being read. Both are borrowed. */
struct report {
	GPtrArray *faults;
	const char *file;
};

/* Line 0: the file as a whole. */
void report_error(const struct report *r, unsigned line, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
void report_hint(const struct report *r, unsigned line, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/*
 * Faults of one file and level that say the same of several things, as "X: there is no such
 * interface" does, become one: the things, the first few by name, then the cause; with the lines
 * if there are several. It stands where the first one was.
 */
void faults_fold(GPtrArray *faults);

#endif
