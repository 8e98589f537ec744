/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the packets of a medium go, as the kernel wants it. Names are looked up here, once,
 * while the master starts or opens a medium again; nothing else waits for a name server.
 */
#ifndef HB_SOCKET_ADDRESS_H
#define HB_SOCKET_ADDRESS_H

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
 * The destination of a medium (bcast: the interface's broadcast address).
 *
 * host:   index in m->hosts, 0 but for ping groups.
 * Errors: -errno, and *why is a sentence (g_free).
 */
int socket_address_of(
    const struct conf_medium *m, unsigned host, struct socket_address *out, char **why);

/* Would both receive with the very same socket (device, port, family)? */
bool socket_address_shared(const struct conf_medium *a, const struct conf_medium *b);

#endif
