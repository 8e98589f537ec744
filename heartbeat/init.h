/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * heartbeat -f as process 1 of a container: a small process stays number 1, the daemon is its
 * child. Number 1 collects what scripts leave behind, hands on signals, and ends with the exit
 * code of the daemon; with it the kernel ends everything in the container.
 */
#ifndef HB_INIT_H
#define HB_INIT_H

#include <stdbool.h>

/*
 * As process 1: returns in the child that is to be the daemon, and never in process 1. As any
 * other process it does nothing.
 *
 * Errors: -errno: no child could be made.
 */
int init_begin(const char *title);

/* Are we that child? When we end, all of the container does. */
bool init_is_parent(void);

#endif
