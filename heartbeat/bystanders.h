/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel may take along when an address is removed, kept to be put back: secondary addresses
 * of its network, routes that have it as their source, all routes of an interface whose last IPv4
 * address it was, an IPv6 route to its network that somebody made by hand. Rules stay by themselves.
 */
#ifndef HB_BYSTANDERS_H
#define HB_BYSTANDERS_H

#include <glib.h>
#include <stdbool.h>

#include "netlink.h"

struct bystanders;

/* Look around before the removal; addresses: all of this machine. Errors: NULL: nothing is known. */
struct bystanders *bystanders_look(const struct netlink_address *a, const GArray *addresses);
/*
 * After it: what is gone is put back, routes without the source that is no more. What the kernel refuses
 * had no other leg to stand on.
 */
void bystanders_put_back(struct bystanders *b);
void bystanders_free(struct bystanders *b);

/* Is the second one a secondary of the first one's network? */
bool address_leads(const struct netlink_address *a, const struct netlink_address *other);

#endif
