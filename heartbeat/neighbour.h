/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The neighbour entries of the other ends of ucast paths. When a peer does not answer, the kernel forgets its
 * link-layer address, keeps what is sent in a queue and asks once a second: when the path works again,
 * contact would wait for that. So the last address that the kernel knew is given back to it as soon as it asks;
 * what waits goes out, and so does everything for some eight seconds. Then the kernel asks again, by a broadcast:
 * one whose network card was replaced answers that, or asks for us first.
 *
 * All of it comes from the kernel, and nothing from the network is read.
 */
#ifndef HB_NEIGHBOUR_H
#define HB_NEIGHBOUR_H

#include <qb/qbloop.h>

#include "conf/conf.h"
#include "netlink.h"
#include "sockets.h"

/* How often one is looked at: as a rule, and when the kernel doubts it. */
#define NEIGHBOUR_MS 1000
#define NEIGHBOUR_DOUBT_MS 100

struct neighbours;

/*
 * Look after them from now on. Without netlink nothing is done, and that is logged.
 *
 * Owns: the caller's (neighbours_free); all are borrowed until then.
 */
struct neighbours *neighbours_new(
    qb_loop_t *loop, const struct conf *conf, const struct sockets *sockets);
void neighbours_free(struct neighbours *n);

/*
 * The kernel has an entry (now); known is the last one with an address that was good, hw_len 0: none.
 *
 * Returns: true if known is to be given to the kernel; *again_ms: when to look again.
 */
bool neighbour_judge(const struct netlink_neighbour *now, struct netlink_neighbour *known,
    unsigned *again_ms);

#endif
