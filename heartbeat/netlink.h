/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The few rtnetlink conversations that addresses need: what is there, add, remove. Each
 * call is one request and its answer from the kernel; an answer that fails to come within a
 * second is -EAGAIN.
 */
#ifndef HB_NETLINK_H
#define HB_NETLINK_H

#include <glib.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

#define NETLINK_HW_MAX 32

struct netlink;

struct netlink_link {
	unsigned index;
	char name[IFNAMSIZ];
	unsigned flags;	     /* IFF_* */
	unsigned short type; /* ARPHRD_* */
	unsigned hw_len;     /* of both addresses; 0: the interface has none */
	unsigned char hw[NETLINK_HW_MAX];
	unsigned char hw_broadcast[NETLINK_HW_MAX];
	unsigned master;     /* index of the bridge or bond that it is a member of; 0: none */
	unsigned below;	     /* index of the link that it is made of, as a VLAN; 0: none */
	unsigned active;     /* a bond: index of the member that it uses; 0: none, or no bond */
	unsigned ups;	     /* how often its carrier came */
	bool member;	     /* of a bridge or bond: what arrives there is not for its own addresses */
	bool blocked;	     /* a port of a bridge that does not forward */
	bool bridge;	     /* a bridge: no carrier says no more than that no port has one */
};

struct netlink_address {
	unsigned index; /* of the interface */
	int family;	/* AF_INET, AF_INET6 */
	unsigned prefix_len;
	uint32_t flags; /* IFA_F_* */
	unsigned char scope;
	unsigned char ip[16]; /* network order; IPv4 in the first four bytes */
	unsigned char broadcast[4];
	bool has_broadcast;
	char label[IFNAMSIZ]; /* empty: none; IPv4 only */
};

/* Errors: NULL, and errno says why. */
struct netlink *netlink_open(void);
void netlink_close(struct netlink *n);

/*
 * A descriptor that becomes readable when a link or an address came, went or changed. What it says
 * does not matter: read it away with netlink_drain() and look at everything anew. It holds few events, so
 * however many there are, that takes no time.
 *
 * Errors: -errno. Owns: the caller's (close).
 */
int netlink_watch(void);
void netlink_drain(int watch);

/* All interfaces (struct netlink_link), or all addresses (struct netlink_address), in the
 * kernel's order. Errors: -EINTR they change faster than they can be read; other -errno; *out is
 * unchanged. Owns: the caller's (g_array_unref). */
int netlink_links(struct netlink *n, GArray **out);
int netlink_addresses(struct netlink *n, GArray **out);

/*
 * The entry of the routing table that a packet to ip would use.
 *
 * Errors: -ENETUNREACH if there is none, or if it leads to no single interface (a local or
 *         refusing route); other -errno.
 */
int netlink_route(struct netlink *n, int family, const unsigned char *ip, unsigned *index,
    unsigned *prefix_len);

/* Errors: -EEXIST it is there, -EADDRNOTAVAIL it is not, other -errno. */
int netlink_address_add(struct netlink *n, const struct netlink_address *a);
int netlink_address_remove(struct netlink *n, const struct netlink_address *a);

/* Set an interface up, as `ip link set NAME up`. */
int netlink_link_up(struct netlink *n, unsigned index);

#endif
