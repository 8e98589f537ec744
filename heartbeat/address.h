/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Addresses by netlink: what IPaddr, IPaddr2 and IPv6addr stand for, in the master and behind
 * the commands resource.d/IPaddr, IPaddr2 and IPv6addr alike.
 *
 * Forms (compat agents.md 2.1): ADDRESS[/bits|/netmask[/interface[:label][/broadcast]]].
 */
#ifndef HB_ADDRESS_H
#define HB_ADDRESS_H

#include <glib.h>
#include <stdbool.h>

#include "address_place.h"
#include "core/action.h"

/*
 * Carry out one operation at once; nothing here waits.
 *
 * start: find the interface (named, or by the route to the address), add the address with its
 *        label (IPaddr: first free ethN:M; IPaddr2: only a label that is given). One that is
 *        there already: success. The caller announces it.
 * stop:  remove it; one that is not there: success.
 * status: is it there?
 * announce: gratuitous ARP or unsolicited neighbour advertisement, once. (The caller repeats.)
 *
 * script: "IPaddr", "IPaddr2" or "IPv6addr"; args as in conf_resource.
 * Returns: an OCF code: 0 done or running, 7 not running, 6 the words or the interface are
 *         wrong, 1 the kernel refused. A sentence is appended to output in each case but 0
 *         ("Running OK" / "Resource is stopped" for status, as 3.0.6's wrappers print).
 */
int address_perform(const char *script, char *const *args, enum resource_op op, GString *output);

/*
 * A status for somebody who must know whether it is gone: on an interface that is down it does not run, but
 * it would as soon as that is up.
 *
 * Returns: as address_perform(), but 7 only for what is not there or kept off; 4: on an interface that is down.
 */
int address_status(const char *script, char *const *args, GString *output);

/*
 * A start by somebody who remembers where the address was: see address_place.h. It goes back there although
 * nothing else leads there any more; an interface that was set down stays so (code 1).
 */
int address_start(
    const char *script, char *const *args, const struct address_memory *memory, GString *output);

/*
 * The node's own address came back behind ours, which were put back before: ours go behind it, for an
 * instant, since the first one of a network is the sender of what the node says itself, and takes the others
 * along when it is removed.
 *
 * ours: tells of an entry whether it is. Returns: whether something was done; then look anew.
 */
bool address_step_back(struct netlink *n, const GArray *links, const GArray *addresses,
    bool (*ours)(void *arg, const struct netlink_address *a), void *arg);

/* Addresses and interfaces of this machine at one moment. Errors: NULL, and errno. */
struct address_world;
struct address_words;
struct announce_sockets;
struct netlink_link;
struct address_world *address_world_new(void);
void address_world_free(struct address_world *w);
/* The interface that has the address; NULL: none. Borrowed. */
const struct netlink_link *address_here(
    const struct address_world *w, const struct address_words *words);

/*
 * Ask the wire, once, who has the address: on the interface that has it or would get it. Who answers
 * is not looked at here.
 *
 * Returns: as address_perform(), to which it belongs.
 */
int address_probe(const struct address_world *w, struct announce_sockets *sockets, const char *script,
    char *const *args, GString *output);

/*
 * Somebody said on the interface with that index that he has the address. Is that another machine,
 * and a wire on which the address is or would be? Then interface is its name (IFNAMSIZ bytes).
 */
bool address_is_anothers(const struct address_world *w, const char *script, char *const *args,
    unsigned index, const unsigned char *hw, size_t hw_len, char *interface);

/* The address alone. Returns: its family, 0 if the words are wrong. */
int address_ip(const char *script, char *const *args, unsigned char ip[16]);

/*
 * Are the words of an address well formed? Nothing of this machine is looked at.
 *
 * Errors: false, and *why is a sentence for people. Owns: *why is the caller's (g_free).
 */
bool address_check(const char *script, char *const *args, char **why);

#endif
