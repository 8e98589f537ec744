/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where an address is on this machine, and where it could be: a function of what the kernel tells and of
 * where the address was. So it can go back to where it was, although the node's own address, and with it the
 * way to find that place, is gone as well.
 */
#ifndef HB_ADDRESS_PLACE_H
#define HB_ADDRESS_PLACE_H

#include <glib.h>

#include "address_words.h"
#include "core/event.h"
#include "netlink.h"

/* What this machine has, made ready for many questions. */
struct place_map;

/* Owns: the lists are borrowed as long as it lives. */
struct place_map *place_map_new(const GArray *links, const GArray *addresses);
void place_map_free(struct place_map *m);

const struct netlink_link *place_map_link(const struct place_map *m, const char *name);
const struct netlink_link *place_map_link_by_index(const struct place_map *m, unsigned index);

/* What is remembered of one address. All zero: nothing. */
struct address_memory {
	char interface[IFNAMSIZ];	/* where it is, was, or would go; empty: not known */
	unsigned index;	/* of that interface, which may have been renamed since */
	unsigned prefix_len;	/* there; 0: not known */
	bool ours;	/* it was started, and not stopped since */
	bool known;	/* ours, and these are its interface, prefix and label: */
	char label[IFNAMSIZ];
	char label_now[IFNAMSIZ];	/* as it is HERE now */
	GHashTable *up_once;	/* names of interfaces that were up: char *; borrowed; NULL: none was */
};

/*
 * Where it is now; the memory learns from it.
 *
 * An interface that was never up counts as if it were: a start sets it up. One with neither carrier nor an
 * address is none to put something on.
 * IPv4 only: an entry of ours that has another prefix now is GONE, since ours can stand beside it.
 * IPv6 only: one that duplicate detection keeps off is GONE; a start renews it.
 *
 * Owns: *reason (for people; NULL if HERE) is the caller's.
 */
enum address_state address_where(const struct place_map *m, const struct address_words *words,
    struct address_memory *memory, char **reason);

/* The interface that it can be put on, as far as is known: it exists, and is up or was never. NULL: none. */
const struct netlink_link *address_place(const struct place_map *m,
    const struct address_words *words, const struct address_memory *memory);

/* Is it down, and was it up before? Then somebody set it down, and we do not set it up. */
bool address_link_was_set_down(
    const struct netlink_link *link, const struct address_memory *memory);

#endif
