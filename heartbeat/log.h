/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where all lines come out: syslog or the journal, the log file, the debug file, in the formats
 * of 3.0.6. One log a process, the master's. Before each line the names of the files are compared
 * with what is open.
 *
 * Source: compat commands.md section 15.
 */
#ifndef HB_LOG_H
#define HB_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/trace.h"
#include "conf/conf.h"

/* A line that comes again is counted; the count is said when another comes, or this late. */
#define LOG_REPEAT_MS (60 * 1000)

/*
 * Write to where the configuration says; called again after a reload. Before the first call
 * lines go to standard error.
 */
void log_open(const struct conf *c, bool to_stderr);
void log_close(void);

void log_line(enum trace_level level, const char *line);
void log_write(enum trace_level level, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same, about a group (its key; NULL: what the line itself says). */
void log_about(const char *group, enum trace_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Where the log is, for people (log_place()); NULL before log_open(). Owned by the log. */
const char *log_where(void);

/* For tests: sockets are looked for below this directory. Borrowed. */
void log_root(const char *root);

/* Rotated, perhaps: open the files again. */
void log_reopen(void);

/* USR1, USR2: one debug level more or less than now, never below 0. Returns: the level. */
unsigned log_debug_step(int step);

/* One line as it stands in a file, newline included. Owns: the caller's (g_free). */
char *log_format(bool syslog_form, int64_t wall_s, const char *host, long pid,
    enum trace_level level, const char *line);

#endif
