/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "socket_address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#include "netlink.h"

int
socket_address_family(const struct conf_medium *m)
{
	if (m->ipv6)
		return AF_INET6;
	return m->hosts != NULL && m->hosts[0] != NULL && strchr(m->hosts[0], ':') != NULL ?
	    AF_INET6 :
	    AF_INET;
}

static void
set_port(struct socket_address *a, unsigned port)
{
	if (a->addr.ss_family == AF_INET6)
		((struct sockaddr_in6 *)&a->addr)->sin6_port = htons((uint16_t)port);
	else
		((struct sockaddr_in *)&a->addr)->sin_port = htons((uint16_t)port);
}

struct socket_address
socket_address_any(int family, unsigned port)
{
	struct socket_address a = {.addr.ss_family = (sa_family_t)family};

	/* The wildcard address is zero in both families. */
	a.len = family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
	set_port(&a, port);
	return a;
}

bool
socket_address_broadcast(const GArray *addresses, unsigned index, struct socket_address *out)
{
	struct sockaddr_in *in = (struct sockaddr_in *)&out->addr;
	bool any = false;

	*out = socket_address_any(AF_INET, 0);
	in->sin_addr.s_addr = htonl(INADDR_BROADCAST);
	for (guint i = 0; i < addresses->len; i++) {
		const struct netlink_address *a = &g_array_index(addresses, struct netlink_address, i);
		uint32_t set, ip;

		if (a->index != index || a->family != AF_INET)
			continue;
		any = true;
		memcpy(&set, a->broadcast, sizeof(set));
		memcpy(&ip, a->ip, sizeof(ip));
		if (a->has_broadcast && set != INADDR_ANY) {
			in->sin_addr.s_addr = set;
			return true;
		}
		/* The kernel takes in what is sent to this one, set or not. */
		if (a->prefix_len < 31) {
			in->sin_addr.s_addr = ip | htonl(UINT32_MAX >> a->prefix_len);
			return true;
		}
	}
	return any;
}

/* NULL: there is none of that name. */
static const struct netlink_link *
link_of(const GArray *links, const char *device)
{
	for (guint i = 0; i < links->len; i++) {
		const struct netlink_link *l = &g_array_index(links, struct netlink_link, i);

		if (strcmp(l->name, device) == 0)
			return l;
	}
	return NULL;
}

/* getifaddrs() would give the interface's own address where no broadcast address is set. */
static int
broadcast_of(const char *device, struct socket_address *out, char **why)
{
	g_autoptr(GArray) links = NULL, addresses = NULL;
	struct netlink *n = netlink_open();
	const struct netlink_link *l;
	int err = n == NULL ? -errno : netlink_links(n, &links);

	if (err == 0)
		err = netlink_addresses(n, &addresses);
	netlink_close(n);
	if (err < 0)
		return err;
	l = link_of(links, device);
	if (l == NULL) {
		err = -ENODEV;
		*why = g_strdup_printf("there is no interface %s", device);
	} else if ((l->flags & IFF_BROADCAST) == 0) {
		err = -EOPNOTSUPP;
		*why = g_strdup_printf("interface %s cannot broadcast: use ucast", device);
	} else if (!socket_address_broadcast(addresses, l->index, out)) {
		err = -EADDRNOTAVAIL;
		*why = g_strdup_printf("interface %s has no IPv4 address", device);
	}
	return err;
}

/* fe80:: addresses are only good together with an interface: it is on the same line. */
static void
set_scope(struct socket_address *a, const char *device)
{
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)&a->addr;

	if (a->addr.ss_family != AF_INET6 || device == NULL || six->sin6_scope_id != 0)
		return;
	if (IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr) || IN6_IS_ADDR_MC_LINKLOCAL(&six->sin6_addr))
		six->sin6_scope_id = if_nametoindex(device);
}

int
socket_address_of_broadcast(const struct conf_medium *m, struct socket_address *out, char **why)
{
	const int err = broadcast_of(m->device, out, why);

	if (err == 0)
		set_port(out, m->port);
	return err;
}

void
socket_address_complete(const struct conf_medium *m, struct socket_address *a)
{
	set_scope(a, m->device);
	/* The kernel refuses a port on ICMP sockets for IPv6. */
	if (!medium_is_ping(m->kind))
		set_port(a, m->port);
}

bool
socket_address_shared(const struct conf_medium *a, const struct conf_medium *b)
{
	return (a->kind == MEDIUM_UCAST || a->kind == MEDIUM_BCAST) &&
	    (b->kind == MEDIUM_UCAST || b->kind == MEDIUM_BCAST) && a->port == b->port &&
	    strcmp(a->device, b->device) == 0 &&
	    socket_address_family(a) == socket_address_family(b);
}
