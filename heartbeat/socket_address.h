/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the packets of a medium go, as the kernel wants it.
 */
#ifndef HB_SOCKET_ADDRESS_H
#define HB_SOCKET_ADDRESS_H

#include <glib.h>
#include <stdbool.h>
#include <sys/socket.h>

#include "conf/conf.h"

struct socket_address {
	struct sockaddr_storage addr;
	socklen_t len;
};

/* AF_INET6 for ucast6, mcast6, ping6 and IPv6 addresses written out, else AF_INET. */
int socket_address_family(const struct conf_medium *m);

/* The wildcard address with a port. */
struct socket_address socket_address_any(int family, unsigned port);

/*
 * Where a broadcast goes from the interface of that index, given all addresses of the machine (struct
 * netlink_address): the broadcast address of its first one; if none is set, the one that follows from the
 * prefix; where a prefix has none (/31, /32), 255.255.255.255, which every host on the wire takes in.
 *
 * Returns: false if the interface has no IPv4 address.
 */
bool socket_address_broadcast(const GArray *addresses, unsigned index, struct socket_address *out);

/*
 * The destination of a bcast medium: as the machine is now.
 *
 * Errors: -errno, and *why is a sentence (g_free). -ENODEV: there is no such interface.
 */
int socket_address_of_broadcast(
    const struct conf_medium *m, struct socket_address *out, char **why);

/* What the address of a host lacks to be the destination of that medium: the port, or the interface. */
void socket_address_complete(const struct conf_medium *m, struct socket_address *a);

/* Would both receive with the very same socket (device, port, family)? */
bool socket_address_shared(const struct conf_medium *a, const struct conf_medium *b);

#endif
