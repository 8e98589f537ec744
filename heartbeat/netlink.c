/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "netlink.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* The kernel packs a dump into datagrams of up to 32 KiB if the reader's buffer allows. */
#define BUFFER_MAX 32768
/* A dump that changed while it was read is read again, this often: where somebody else adds and removes thousands,
 * most of them are, and an address must not fail for it. */
#define DUMP_TRIES 50

struct netlink {
	struct mnl_socket *socket;
	unsigned seq;
	union {
		struct nlmsghdr align;
		char bytes[BUFFER_MAX];
	} buffer;
};

struct netlink *
netlink_open(void)
{
	struct netlink *n = g_new0(struct netlink, 1);

	n->socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	if (n->socket == NULL) {
		g_free(n);
		return NULL;
	}
	const struct timeval patience = {.tv_sec = 1};
	if (mnl_socket_bind(n->socket, 0, MNL_SOCKET_AUTOPID) < 0 ||
	    setsockopt(mnl_socket_get_fd(n->socket), SOL_SOCKET, SO_RCVTIMEO, &patience,
		sizeof(patience)) < 0) {
		const int error = errno;
		netlink_close(n);
		errno = error;
		return NULL;
	}
	return n;
}

void
netlink_close(struct netlink *n)
{
	if (n == NULL)
		return;
	mnl_socket_close(n->socket);
	g_free(n);
}

/* More than the smallest buffer that the kernel grants can hold. */
#define DRAIN_MAX 64

int
netlink_watch(void)
{
	/* An event is a wake-up, and so is one that found no room. */
	const int smallest = 1;
	const struct sockaddr_nl all = {.nl_family = AF_NETLINK,
	    .nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR};
	const int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);

	if (fd < 0)
		return -errno;
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &smallest, sizeof(smallest)) < 0 ||
	    bind(fd, (const struct sockaddr *)&all, sizeof(all)) < 0) {
		const int error = errno;
		close(fd);
		return -error;
	}
	return fd;
}

void
netlink_drain(int watch)
{
	char byte;

	for (int i = 0; i < DRAIN_MAX; i++) {
		if (recv(watch, &byte, sizeof(byte), MSG_DONTWAIT | MSG_TRUNC) < 0 &&
		    errno != ENOBUFS && errno != EINTR)
			return;
	}
}

static struct nlmsghdr *
request_begin(struct netlink *n, uint16_t type, uint16_t flags)
{
	struct nlmsghdr *h = mnl_nlmsg_put_header(n->buffer.bytes);

	h->nlmsg_type = type;
	h->nlmsg_flags = NLM_F_REQUEST | flags;
	h->nlmsg_seq = ++n->seq;
	return h;
}

/* Is the end of a dump in it? */
static bool
ends_dump(const void *bytes, size_t len)
{
	const struct nlmsghdr *h = bytes;
	int left = (int)len;

	for (; mnl_nlmsg_ok(h, left); h = mnl_nlmsg_next(h, &left)) {
		if (h->nlmsg_type == NLMSG_DONE || h->nlmsg_type == NLMSG_ERROR)
			return true;
	}
	return false;
}

/* What changed while it was dumped is dumped to its end all the same: before that the kernel takes no other
 * request for one. */
static int
dump_skip(struct netlink *n, ssize_t len)
{
	while (!ends_dump(n->buffer.bytes, (size_t)len)) {
		len = mnl_socket_recvfrom(n->socket, n->buffer.bytes, sizeof(n->buffer.bytes));
		if (len < 0)
			return -errno;
	}
	return -EINTR;
}

/* Send the request and pass each message of the answer to each, up to the end of it. */
static int
request_run(struct netlink *n, const struct nlmsghdr *h, mnl_cb_t each, void *arg)
{
	const unsigned port = mnl_socket_get_portid(n->socket);
	/* The answer without a dump and without an acknowledgement is a single message. */
	const bool single = (h->nlmsg_flags & (NLM_F_DUMP | NLM_F_ACK)) == 0;

	if (mnl_socket_sendto(n->socket, h, h->nlmsg_len) < 0)
		return -errno;
	for (;;) {
		const ssize_t len = mnl_socket_recvfrom(
		    n->socket, n->buffer.bytes, sizeof(n->buffer.bytes));
		if (len < 0)
			return -errno;
		const int rc =
		    mnl_cb_run(n->buffer.bytes, (size_t)len, n->seq, port, each, arg);
		if (rc < 0)
			return errno == EINTR && !single ? dump_skip(n, len) : -errno;
		if (rc == MNL_CB_STOP || single)
			return 0;
	}
}

static void
copy_name(char out[IFNAMSIZ], const struct nlattr *attr)
{
	if (mnl_attr_validate(attr, MNL_TYPE_STRING) < 0)
		return;
	const char *text = mnl_attr_get_payload(attr);
	const size_t len = strnlen(text, mnl_attr_get_payload_len(attr));
	if (len < IFNAMSIZ)
		memcpy(out, text, len);
}

/* The state of a port of a bridge that forwards. Source: linux/if_bridge.h BR_STATE_FORWARDING. */
#define PORT_FORWARDS 3

/* What kinds of links tell beyond what all do: a bond's member in use, a port's state. */
static void
link_read_kind(const struct nlattr *info, struct netlink_link *l)
{
	const char *kind = "", *member_kind = "";
	const struct nlattr *data = NULL, *member_data = NULL;
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, info)
	{
		switch (mnl_attr_get_type(attr)) {
		case IFLA_INFO_KIND:
			kind = mnl_attr_get_payload(attr);
			break;
		case IFLA_INFO_DATA:
			data = attr;
			break;
		case IFLA_INFO_SLAVE_KIND:
			member_kind = mnl_attr_get_payload(attr);
			break;
		case IFLA_INFO_SLAVE_DATA:
			member_data = attr;
			break;
		}
	}
	l->bridge = strcmp(kind, "bridge") == 0;
	if (data != NULL && strcmp(kind, "bond") == 0) {
		mnl_attr_for_each_nested(attr, data)
		{
			if (mnl_attr_get_type(attr) == IFLA_BOND_ACTIVE_SLAVE &&
			    mnl_attr_get_payload_len(attr) == sizeof(uint32_t))
				l->active = mnl_attr_get_u32(attr);
		}
	}
	l->member = strcmp(member_kind, "bridge") == 0 || strcmp(member_kind, "bond") == 0 ||
	    strcmp(member_kind, "team") == 0;
	if (member_data != NULL && strcmp(member_kind, "bridge") == 0) {
		mnl_attr_for_each_nested(attr, member_data)
		{
			if (mnl_attr_get_type(attr) == IFLA_BRPORT_STATE &&
			    mnl_attr_get_payload_len(attr) == sizeof(uint8_t))
				l->blocked = mnl_attr_get_u8(attr) != PORT_FORWARDS;
		}
	}
}

static int
link_read(const struct nlmsghdr *h, void *arg)
{
	GArray *list = arg;
	struct netlink_link l = {0};

	if (h->nlmsg_type != RTM_NEWLINK)
		return MNL_CB_OK;
	const struct ifinfomsg *info = mnl_nlmsg_get_payload(h);
	l.index = (unsigned)info->ifi_index;
	l.flags = info->ifi_flags;
	l.type = info->ifi_type;
	/* The other end of a veth, say: its index is one of another namespace. */
	bool elsewhere = false;
	const struct nlattr *attr;
	mnl_attr_for_each(attr, h, sizeof(*info))
	{
		const size_t len = mnl_attr_get_payload_len(attr);
		switch (mnl_attr_get_type(attr)) {
		case IFLA_IFNAME:
			copy_name(l.name, attr);
			break;
		case IFLA_ADDRESS:
			if (len <= NETLINK_HW_MAX) {
				memcpy(l.hw, mnl_attr_get_payload(attr), len);
				l.hw_len = (unsigned)len;
			}
			break;
		case IFLA_BROADCAST:
			if (len <= NETLINK_HW_MAX)
				memcpy(l.hw_broadcast, mnl_attr_get_payload(attr), len);
			break;
		case IFLA_MASTER:
			if (len == sizeof(uint32_t))
				l.master = mnl_attr_get_u32(attr);
			break;
		case IFLA_LINK:
			if (len == sizeof(uint32_t))
				l.below = mnl_attr_get_u32(attr);
			break;
		case IFLA_LINK_NETNSID:
			elsewhere = true;
			break;
		case IFLA_CARRIER_UP_COUNT:
			if (len == sizeof(uint32_t))
				l.ups = mnl_attr_get_u32(attr);
			break;
		case IFLA_LINKINFO:
			link_read_kind(attr, &l);
			break;
		}
	}
	if (elsewhere)
		l.below = 0;
	if (l.name[0] != '\0')
		g_array_append_val(list, l);
	return MNL_CB_OK;
}

static int
address_read(const struct nlmsghdr *h, void *arg)
{
	GArray *list = arg;
	struct netlink_address a = {0};

	if (h->nlmsg_type != RTM_NEWADDR)
		return MNL_CB_OK;
	const struct ifaddrmsg *info = mnl_nlmsg_get_payload(h);
	if (info->ifa_family != AF_INET && info->ifa_family != AF_INET6)
		return MNL_CB_OK;
	a.index = info->ifa_index;
	a.family = info->ifa_family;
	a.prefix_len = info->ifa_prefixlen;
	a.flags = info->ifa_flags;
	a.scope = info->ifa_scope;
	const size_t size = a.family == AF_INET ? 4 : 16;
	/* On a point-to-point interface IFA_ADDRESS is the peer and IFA_LOCAL is us. */
	bool has_local = false;
	const struct nlattr *attr;
	mnl_attr_for_each(attr, h, sizeof(*info))
	{
		const bool sized = mnl_attr_get_payload_len(attr) == size;
		switch (mnl_attr_get_type(attr)) {
		case IFA_LOCAL:
			if (sized) {
				memcpy(a.ip, mnl_attr_get_payload(attr), size);
				has_local = true;
			}
			break;
		case IFA_ADDRESS:
			if (sized && !has_local)
				memcpy(a.ip, mnl_attr_get_payload(attr), size);
			break;
		case IFA_BROADCAST:
			if (mnl_attr_get_payload_len(attr) == 4) {
				memcpy(a.broadcast, mnl_attr_get_payload(attr), 4);
				a.has_broadcast = true;
			}
			break;
		case IFA_LABEL:
			copy_name(a.label, attr);
			break;
		case IFA_FLAGS:
			if (mnl_attr_get_payload_len(attr) == sizeof(uint32_t))
				a.flags = mnl_attr_get_u32(attr);
			break;
		}
	}
	g_array_append_val(list, a);
	return MNL_CB_OK;
}

static int
dump(struct netlink *n, uint16_t type, size_t head_size, size_t item_size, mnl_cb_t each,
    GArray **out)
{
	int rc = -EINTR;

	for (int i = 0; i < DUMP_TRIES && rc == -EINTR; i++) {
		GArray *list = g_array_new(FALSE, FALSE, (guint)item_size);
		struct nlmsghdr *h = request_begin(n, type, NLM_F_DUMP);
		mnl_nlmsg_put_extra_header(h, head_size);
		rc = request_run(n, h, each, list);
		if (rc == 0)
			*out = list;
		else
			g_array_unref(list);
	}
	return rc;
}

int
netlink_links(struct netlink *n, GArray **out)
{
	return dump(n, RTM_GETLINK, sizeof(struct ifinfomsg), sizeof(struct netlink_link),
	    link_read, out);
}

int
netlink_addresses(struct netlink *n, GArray **out)
{
	return dump(n, RTM_GETADDR, sizeof(struct ifaddrmsg),
	    sizeof(struct netlink_address), address_read, out);
}

struct route {
	unsigned index;
	unsigned prefix_len;
};

static int
route_read(const struct nlmsghdr *h, void *arg)
{
	struct route *r = arg;

	if (h->nlmsg_type != RTM_NEWROUTE)
		return MNL_CB_OK;
	const struct rtmsg *info = mnl_nlmsg_get_payload(h);
	if (info->rtm_type != RTN_UNICAST)
		return MNL_CB_OK;
	r->prefix_len = info->rtm_dst_len;
	const struct nlattr *attr;
	mnl_attr_for_each(attr, h, sizeof(*info))
	{
		if (mnl_attr_get_type(attr) == RTA_OIF &&
		    mnl_attr_get_payload_len(attr) == sizeof(uint32_t))
			r->index = mnl_attr_get_u32(attr);
	}
	return MNL_CB_OK;
}

int
netlink_route(struct netlink *n, int family, const unsigned char *ip, unsigned *index,
    unsigned *prefix_len)
{
	struct route found = {0};
	const unsigned size = family == AF_INET ? 4 : 16;
	struct nlmsghdr *h = request_begin(n, RTM_GETROUTE, 0);
	struct rtmsg *info = mnl_nlmsg_put_extra_header(h, sizeof(*info));

	info->rtm_family = (unsigned char)family;
	info->rtm_dst_len = (unsigned char)(size * 8);
	/* The table's entry with its own prefix length, not the /32 made of it for one
	 * packet. */
	info->rtm_flags = RTM_F_FIB_MATCH;
	mnl_attr_put(h, RTA_DST, size, ip);
	const int rc = request_run(n, h, route_read, &found);
	if (rc < 0)
		return rc;
	if (found.index == 0)
		return -ENETUNREACH;
	*index = found.index;
	*prefix_len = found.prefix_len;
	return 0;
}

static struct nlmsghdr *
address_request(
    struct netlink *n, uint16_t type, uint16_t flags, const struct netlink_address *a)
{
	const size_t size = a->family == AF_INET ? 4 : 16;
	struct nlmsghdr *h = request_begin(n, type, NLM_F_ACK | flags);
	struct ifaddrmsg *info = mnl_nlmsg_put_extra_header(h, sizeof(*info));

	info->ifa_family = (unsigned char)a->family;
	info->ifa_prefixlen = (unsigned char)a->prefix_len;
	info->ifa_scope = a->scope;
	info->ifa_index = a->index;
	mnl_attr_put(h, IFA_LOCAL, size, a->ip);
	return h;
}

int
netlink_address_add(struct netlink *n, const struct netlink_address *a)
{
	const size_t size = a->family == AF_INET ? 4 : 16;
	struct nlmsghdr *h = address_request(n, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, a);

	mnl_attr_put(h, IFA_ADDRESS, size, a->ip);
	if (a->has_broadcast)
		mnl_attr_put(h, IFA_BROADCAST, sizeof(a->broadcast), a->broadcast);
	if (a->label[0] != '\0')
		mnl_attr_put_strz(h, IFA_LABEL, a->label);
	if (a->flags != 0)
		mnl_attr_put_u32(h, IFA_FLAGS, a->flags);
	return request_run(n, h, NULL, NULL);
}

int
netlink_address_remove(struct netlink *n, const struct netlink_address *a)
{
	return request_run(n, address_request(n, RTM_DELADDR, 0, a), NULL, NULL);
}

static int
neighbour_read(const struct nlmsghdr *h, void *arg)
{
	struct netlink_neighbour *entry = arg;

	if (h->nlmsg_type != RTM_NEWNEIGH)
		return MNL_CB_OK;
	const struct ndmsg *info = mnl_nlmsg_get_payload(h);
	const struct nlattr *attr;

	entry->state = info->ndm_state;
	mnl_attr_for_each(attr, h, sizeof(*info))
	{
		const size_t len = mnl_attr_get_payload_len(attr);
		if (mnl_attr_get_type(attr) != NDA_LLADDR || len > sizeof(entry->hw))
			continue;
		entry->hw_len = (unsigned)len;
		memcpy(entry->hw, mnl_attr_get_payload(attr), len);
	}
	return MNL_CB_OK;
}

static struct nlmsghdr *
neighbour_request(
    struct netlink *n, uint16_t type, uint16_t flags, const struct netlink_neighbour *entry)
{
	struct nlmsghdr *h = request_begin(n, type, flags);
	struct ndmsg *info = mnl_nlmsg_put_extra_header(h, sizeof(*info));

	info->ndm_family = (unsigned char)entry->family;
	info->ndm_ifindex = (int)entry->index;
	mnl_attr_put(h, NDA_DST, entry->family == AF_INET ? 4 : 16, entry->ip);
	return h;
}

int
netlink_neighbour_get(struct netlink *n, struct netlink_neighbour *entry)
{
	const struct nlmsghdr *h = neighbour_request(n, RTM_GETNEIGH, 0, entry);

	entry->state = 0;
	entry->hw_len = 0;
	const int rc = request_run(n, h, neighbour_read, entry);
	return rc == -ENOENT ? 0 : rc;
}

int
netlink_neighbour_set(struct netlink *n, const struct netlink_neighbour *entry)
{
	struct nlmsghdr *h = neighbour_request(
	    n, RTM_NEWNEIGH, NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE, entry);
	struct ndmsg *info = mnl_nlmsg_get_payload(h);

	info->ndm_state = (uint16_t)entry->state;
	mnl_attr_put(h, NDA_LLADDR, entry->hw_len, entry->hw);
	return request_run(n, h, NULL, NULL);
}

int
netlink_link_up(struct netlink *n, unsigned index)
{
	struct nlmsghdr *h = request_begin(n, RTM_NEWLINK, NLM_F_ACK);
	struct ifinfomsg *info = mnl_nlmsg_put_extra_header(h, sizeof(*info));

	info->ifi_index = (int)index;
	info->ifi_flags = IFF_UP;
	info->ifi_change = IFF_UP;
	return request_run(n, h, NULL, NULL);
}

void
netlink_strict(struct netlink *n)
{
	int on = 1;

	mnl_socket_setsockopt(n->socket, NETLINK_GET_STRICT_CHK, &on, sizeof(on));
}

static int
message_keep(const struct nlmsghdr *h, void *arg)
{
	g_ptr_array_add(arg, g_memdup2(h, h->nlmsg_len));
	return MNL_CB_OK;
}

int
netlink_messages(struct netlink *n, uint16_t type, const void *head, size_t head_size,
    GPtrArray **out)
{
	int rc = -EINTR;

	for (int i = 0; i < DUMP_TRIES && rc == -EINTR; i++) {
		GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
		struct nlmsghdr *h = request_begin(n, type, NLM_F_DUMP);
		memcpy(mnl_nlmsg_put_extra_header(h, head_size), head, head_size);
		rc = request_run(n, h, message_keep, list);
		if (rc == 0)
			*out = list;
		else
			g_ptr_array_unref(list);
	}
	return rc;
}

int
netlink_make(struct netlink *n, const struct nlmsghdr *message)
{
	struct nlmsghdr *h = request_begin(
	    n, message->nlmsg_type, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL);
	const size_t len = mnl_nlmsg_get_payload_len(message);

	if (len > sizeof(n->buffer) - MNL_NLMSG_HDRLEN)
		return -EMSGSIZE;
	memcpy(mnl_nlmsg_put_extra_header(h, len), mnl_nlmsg_get_payload(message), len);
	return request_run(n, h, NULL, NULL);
}
