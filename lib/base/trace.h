/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where pure code says what it decided, and why. The daemon sends the lines to its
 * log, a test collects them as the story it compares.
 */
#ifndef HB_BASE_TRACE_H
#define HB_BASE_TRACE_H

/* The levels of 3.0.6, gravest first; see trace_level_name(). */
enum trace_level {
	TRACE_CRITICAL,	/* we are leaving, or two nodes hold one group */
	TRACE_ERROR,	/* the cluster is hurt */
	TRACE_WARNING,	/* it may be */
	TRACE_NOTICE,	/* something changed */
	TRACE_INFO,	/* help with trouble */
	TRACE_DEBUG,	/* for us */
	TRACE_LEVEL_COUNT
};

typedef void trace_fn(void *arg, enum trace_level level, const char *line);

struct trace {
	trace_fn *emit;
	void *arg;
};

/* One line, without newline; t->emit borrows it. No effect if t or t->emit is NULL. */
void trace(const struct trace *t, enum trace_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The word in log lines: "CRIT" "ERROR" "WARN" "notice" "info" "debug". */
const char *trace_level_name(enum trace_level level);

#endif
