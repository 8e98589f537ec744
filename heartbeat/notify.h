/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the service manager is told: a datagram to the socket that $NOTIFY_SOCKET names, as sd_notify(3)
 * describes it. Without that variable nothing is sent. No call waits; what could not be sent is kept,
 * and notify_tick() tries again.
 *
 * The variables stay in the environment, for a master that executes itself anew; programs that we start
 * get an environment of their own.
 */
#ifndef HB_NOTIFY_H
#define HB_NOTIFY_H

#include <sys/types.h>

#include "base/monotime.h"

void notify_ready(void);
/* The command that was started ends, and that process goes on: readiness of another one. */
void notify_ready_as(pid_t main_pid);
void notify_reloading(void);
void notify_stopping(void);
/* text: one line; what follows a line break is left out. */
void notify_status(const char *text);

/* A sign of life where the manager waits for one, and what could not be sent before. */
void notify_tick(void);

/*
 * How often to call notify_tick(): half of what $WATCHDOG_USEC allows if the watchdog is meant for this
 * process, `most` at most.
 */
struct span notify_interval(struct span most);

#endif
