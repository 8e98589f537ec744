/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Source: the kernel's inet_del_ifa(), fib_del_ifaddr(), fib_disable_ip() and ipv6_del_addr(), and what
 * was seen: a route that has the removed address as its source goes with it, on whatever interface;
 * with the last IPv4 address of an interface go all its routes, in all tables; with an IPv6 address
 * goes the route to its network, also one that was there before. None of these is told to anybody.
 */
#include "bystanders.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

/* A route by way of another that is put back, and so on. */
#define PASSES_MAX 3

struct bystanders {
	struct netlink *netlink;
	struct netlink_address gone;
	const GArray *addresses;	/* only while looking */
	bool is_last;
	GPtrArray *kept_addresses, *kept_routes;	/* struct nlmsghdr *, as the kernel told them */
};

static size_t
ip_size(int family)
{
	return family == AF_INET ? 4 : 16;
}

static bool
same_network(const unsigned char *a, const unsigned char *b, unsigned prefix_len)
{
	const unsigned whole = prefix_len / 8;
	const unsigned mask = 0xff00u >> prefix_len % 8 & 0xff;

	return memcmp(a, b, whole) == 0 &&
	    (prefix_len % 8 == 0 || ((a[whole] ^ b[whole]) & mask) == 0);
}

bool
address_leads(const struct netlink_address *a, const struct netlink_address *other)
{
	return a->family == AF_INET && other->family == AF_INET && a->index == other->index &&
	    (a->flags & IFA_F_SECONDARY) == 0 && (other->flags & IFA_F_SECONDARY) != 0 &&
	    a->prefix_len == other->prefix_len && same_network(a->ip, other->ip, a->prefix_len);
}

static const struct nlattr *
attr_find(const struct nlmsghdr *h, size_t head_size, unsigned type)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, h, head_size)
	{
		if (mnl_attr_get_type(attr) == type)
			return attr;
	}
	return NULL;
}

static bool
attr_is(const struct nlattr *attr, const void *bytes, size_t len)
{
	return attr != NULL && mnl_attr_get_payload_len(attr) == len &&
	    memcmp(mnl_attr_get_payload(attr), bytes, len) == 0;
}

/* --- looking ------------------------------------------------------------------------------ */

/* The address itself, or one that may go with it. */
static bool
source_at_risk(const struct bystanders *b, const struct nlattr *source)
{
	const size_t size = ip_size(b->gone.family);

	if (attr_is(source, b->gone.ip, size))
		return true;
	for (guint i = 0; i < b->addresses->len; i++) {
		const struct netlink_address *other =
		    &g_array_index(b->addresses, struct netlink_address, i);

		if (address_leads(&b->gone, other) && attr_is(source, other->ip, size))
			return true;
	}
	return false;
}

/* RTNH_NEXT() without its cast: next hops are aligned. */
static void *
hop_next(const struct rtnexthop *hop, int *left)
{
	const int len = RTNH_ALIGN(hop->rtnh_len);

	*left -= len;
	return (char *)(uintptr_t)hop + len;
}

static bool
leads_over(const struct nlmsghdr *h, unsigned index)
{
	const struct nlattr *many = attr_find(h, sizeof(struct rtmsg), RTA_MULTIPATH);
	const uint32_t number = index;

	if (attr_is(attr_find(h, sizeof(struct rtmsg), RTA_OIF), &number, sizeof(number)))
		return true;
	if (many == NULL)
		return false;
	const struct rtnexthop *hop = mnl_attr_get_payload(many);
	for (int left = mnl_attr_get_payload_len(many); RTNH_OK(hop, left); hop = hop_next(hop, &left))
		if (hop->rtnh_ifindex == (int)index)
			return true;
	return false;
}

static bool
route_at_risk(const struct bystanders *b, const struct nlmsghdr *h)
{
	const struct rtmsg *route = mnl_nlmsg_get_payload(h);
	const struct nlattr *to = attr_find(h, sizeof(*route), RTA_DST);

	/* Those that come with an address come back with it. */
	if (h->nlmsg_type != RTM_NEWROUTE || route->rtm_family != b->gone.family ||
	    route->rtm_type != RTN_UNICAST || route->rtm_protocol == RTPROT_KERNEL ||
	    (route->rtm_flags & RTM_F_CLONED) != 0)
		return false;
	if (b->gone.family == AF_INET)
		return source_at_risk(b, attr_find(h, sizeof(*route), RTA_PREFSRC)) ||
		    (b->is_last && leads_over(h, b->gone.index));
	return route->rtm_dst_len == b->gone.prefix_len && to != NULL &&
	    mnl_attr_get_payload_len(to) == ip_size(AF_INET6) &&
	    same_network(mnl_attr_get_payload(to), b->gone.ip, b->gone.prefix_len) &&
	    leads_over(h, b->gone.index) && attr_find(h, sizeof(*route), RTA_GATEWAY) == NULL;
}

static bool
address_beside(const struct bystanders *b, const struct nlmsghdr *h)
{
	const struct ifaddrmsg *info = mnl_nlmsg_get_payload(h);

	return h->nlmsg_type == RTM_NEWADDR && info->ifa_family == b->gone.family &&
	    info->ifa_index == b->gone.index &&
	    !attr_is(attr_find(h, sizeof(*info), IFA_LOCAL), b->gone.ip,
		ip_size(b->gone.family));
}

static GPtrArray *
keep(struct bystanders *b, uint16_t type, const void *head, size_t head_size,
    bool (*at_risk)(const struct bystanders *b, const struct nlmsghdr *h))
{
	GPtrArray *all = NULL;

	if (netlink_messages(b->netlink, type, head, head_size, &all) < 0)
		return g_ptr_array_new_with_free_func(g_free);
	for (guint i = all->len; i-- > 0;)
		if (!at_risk(b, g_ptr_array_index(all, i)))
			g_ptr_array_remove_index(all, i);
	return all;
}

/* The others of its interface. */
static GPtrArray *
addresses_beside(struct bystanders *b)
{
	const struct ifaddrmsg head = {
	    .ifa_family = (unsigned char)b->gone.family, .ifa_index = b->gone.index};

	return keep(b, RTM_GETADDR, &head, sizeof(head), address_beside);
}

/* Others on the same interface count, but for what may go too: secondaries, the same with another prefix. */
static bool
is_last(const struct netlink_address *a, const GArray *addresses)
{
	for (guint i = 0; i < addresses->len; i++) {
		const struct netlink_address *other =
		    &g_array_index(addresses, struct netlink_address, i);

		if (other->index == a->index && other->family == a->family &&
		    !address_leads(a, other) &&
		    memcmp(other->ip, a->ip, ip_size(a->family)) != 0)
			return false;
	}
	return true;
}

struct bystanders *
bystanders_look(const struct netlink_address *a, const GArray *addresses)
{
	struct bystanders *b = g_new0(struct bystanders, 1);
	const struct rtmsg routes = {
	    .rtm_family = (unsigned char)a->family, .rtm_type = RTN_UNICAST};
	bool leads = false;

	b->netlink = netlink_open();
	if (b->netlink == NULL) {
		g_free(b);
		return NULL;
	}
	netlink_strict(b->netlink);
	b->gone = *a;
	b->addresses = addresses;
	b->is_last = is_last(a, addresses);
	for (guint i = 0; i < addresses->len && !leads; i++)
		leads = address_leads(a, &g_array_index(addresses, struct netlink_address, i));
	b->kept_routes = keep(b, RTM_GETROUTE, &routes, sizeof(routes), route_at_risk);
	b->kept_addresses = leads ? addresses_beside(b) : g_ptr_array_new_with_free_func(g_free);
	b->addresses = NULL;
	return b;
}

void
bystanders_free(struct bystanders *b)
{
	if (b == NULL)
		return;
	netlink_close(b->netlink);
	g_ptr_array_free(b->kept_addresses, TRUE);
	g_ptr_array_free(b->kept_routes, TRUE);
	g_free(b);
}

/* --- putting back ------------------------------------------------------------------------- */

/* How the next hops are now is not for us to say. */
static void
hops_clear(struct nlattr *many)
{
	struct rtnexthop *hop = mnl_attr_get_payload(many);

	for (int left = mnl_attr_get_payload_len(many); RTNH_OK(hop, left); hop = hop_next(hop, &left))
		hop->rtnh_flags &= RTNH_F_ONLINK;
}

static bool
attr_is_told_only(const struct bystanders *b, const struct nlattr *attr, bool by_number)
{
	switch (mnl_attr_get_type(attr)) {
	case RTA_CACHEINFO:
		return true;
	case RTA_PREFSRC:
		return attr_is(attr, b->gone.ip, ip_size(b->gone.family));
	case RTA_OIF:
	case RTA_GATEWAY:
	case RTA_VIA:
	case RTA_MULTIPATH:
		return by_number;
	default:
		return false;
	}
}

/* The order that makes what such a message tells. Owns: the caller's (g_free). */
static struct nlmsghdr *
order_for_route(const struct bystanders *b, const struct nlmsghdr *told)
{
	struct nlmsghdr *h = g_malloc0(told->nlmsg_len);
	const bool by_number = attr_find(told, sizeof(struct rtmsg), RTA_NH_ID) != NULL;
	struct rtmsg *route;
	const struct nlattr *attr;

	mnl_nlmsg_put_header(h);
	route = mnl_nlmsg_put_extra_header(h, sizeof(*route));
	memcpy(route, mnl_nlmsg_get_payload(told), sizeof(*route));
	route->rtm_flags &= RTNH_F_ONLINK;
	mnl_attr_for_each(attr, told, sizeof(*route))
	{
		struct nlattr *copy = mnl_nlmsg_get_payload_tail(h);

		if (attr_is_told_only(b, attr, by_number))
			continue;
		memcpy(copy, attr, MNL_ALIGN(attr->nla_len));
		h->nlmsg_len += MNL_ALIGN(attr->nla_len);
		if (mnl_attr_get_type(copy) == RTA_MULTIPATH)
			hops_clear(copy);
	}
	h->nlmsg_type = RTM_NEWROUTE;
	return h;
}

/* Asking is less work than trying each of a thousand. */
static bool
some_address_went(struct bystanders *b)
{
	if (b->kept_addresses->len == 0)
		return false;
	GPtrArray *left = addresses_beside(b);
	const bool went = left->len < b->kept_addresses->len;

	g_ptr_array_unref(left);
	return went;
}

static void
make(gpointer message, gpointer netlink)
{
	netlink_make(netlink, message);
}

void
bystanders_put_back(struct bystanders *b)
{
	if (b == NULL)
		return;
	/* What is still there is refused: -EEXIST. */
	if (some_address_went(b))
		g_ptr_array_foreach(b->kept_addresses, make, b->netlink);
	for (int pass = 0; pass < PASSES_MAX && b->kept_routes->len > 0; pass++) {
		for (guint i = b->kept_routes->len; i-- > 0;) {
			g_autofree struct nlmsghdr *order =
			    order_for_route(b, g_ptr_array_index(b->kept_routes, i));
			const int rc = netlink_make(b->netlink, order);

			if (rc == 0 || rc == -EEXIST)
				g_ptr_array_remove_index(b->kept_routes, i);
		}
	}
}
