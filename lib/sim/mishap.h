/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Faults of machines and people that are not the cluster's own affair, for schedules: clocks that
 * jump, disks that forget, files that differ, addresses that somebody removes, interfaces and ping nodes that
 * come and go, firewalls, machines that are suspended, engines that die in a row, bits that change, orders given
 * on two nodes at once. And what it takes to mend them.
 */
#ifndef HB_SIM_MISHAP_H
#define HB_SIM_MISHAP_H

#include "base/prng.h"
#include "sim/draw.h"

/* Perhaps the cluster has a ping node, or a group of them. Before its first "boot". */
void mishap_setup(struct prng *prng, GPtrArray *setup);

/* Append the statements of one mishap that may happen in d's class, without a pause behind it. */
void mishap_draw(struct prng *prng, struct draw *d);

/*
 * In all classes but harsh: engines do not die so often that their master gives up. What it then
 * stops it stops in silence, while the others take it for dead.
 */
void mishap_spare_masters(struct draw *d);

/* Mend what the faults did, when the network works again; and what takes a restart, in the end. */
void mishap_mend(const struct draw *d, GPtrArray *healing);
void mishap_mend_last(const struct draw *d, GPtrArray *healing);

#endif
