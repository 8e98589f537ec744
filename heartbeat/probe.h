/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Probes for addresses, as jobs of the runner: each is asked for twice, half of its time apart, and
 * ends when its time is up. Many at a time are paced. Answers are for the engine: see
 * conflict_watch.h.
 */
#ifndef HB_PROBE_H
#define HB_PROBE_H

#include <qb/qbloop.h>
#include <stdint.h>

#include "base/monotime.h"
#include "conf/conf.h"

/* Frames at a time, and between one time and the next: 500 a second. */
#define PROBE_FRAMES 25
#define PROBE_PAUSE_MS 50
/* Probes at a time; an engine that wants more is not in its right mind. */
#define PROBES_MAX 8192

/* Its time is up, or it could not be sent (code: not 0). */
typedef void probe_done_fn(void *arg, uint64_t job, int code, const char *output);

struct probes;

struct probes *probes_new(qb_loop_t *loop, probe_done_fn *done, void *arg);
void probes_free(struct probes *p);

/* Errors: -EAGAIN too many. done() is called later, and not then. */
int probes_add(struct probes *p, uint64_t job, const struct conf_resource *address, struct span timeout);

/* Whoever wanted to know is gone. */
void probes_drop(struct probes *p);

#endif
