/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What hears who has our addresses: opened by the master, read by the engine.
 */
#ifndef HB_CONFLICT_SOCKET_H
#define HB_CONFLICT_SOCKET_H

#include <stdbool.h>

#include "conf/conf.h"

/*
 * A packet socket on all interfaces with a filter, which cannot be taken off again: ARP packets, or
 * IPv6 neighbour advertisements, that claim an address of the configuration (by its last four bytes).
 *
 * Errors: -ENOENT the configuration has no such address; other -errno. Owns: the caller's.
 */
int conflict_socket(const struct conf *c, bool ipv6);

#endif
