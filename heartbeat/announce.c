/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "announce.h"

#include <errno.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "proto/neighbour.h"

#define ARP_MAX (8 + 2 * (NETLINK_HW_MAX + 4))

/* Returns the length of the packet. */
static size_t
arp_build(unsigned char *out, const struct netlink_link *link, const unsigned char *ip,
    unsigned operation)
{
	const unsigned char head[8] = {
	    /* InfiniBand and Ethernet say their own number, all else is sent as Ethernet.
	     */
	    0,
	    link->type == ARPHRD_INFINIBAND ? ARPHRD_INFINIBAND : ARPHRD_ETHER,
	    ETH_P_IP >> 8,
	    ETH_P_IP & 0xff,
	    (unsigned char)link->hw_len,
	    4,
	    0,
	    (unsigned char)operation,
	};
	unsigned char *p = out;

	memcpy(p, head, sizeof(head));
	p += sizeof(head);
	memcpy(p, link->hw, link->hw_len);
	p += link->hw_len;
	memcpy(p, ip, 4);
	p += 4;
	/* Nobody is asked: a request has no target there, a reply is for everybody. */
	if (operation == ARPOP_REQUEST)
		memset(p, 0, link->hw_len);
	else
		memcpy(p, link->hw_broadcast, link->hw_len);
	p += link->hw_len;
	memcpy(p, ip, 4);
	p += 4;
	return (size_t)(p - out);
}

/* Nothing is to be received: protocol 0. */
static int
socket_arp(void)
{
	const int fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	return fd < 0 ? -errno : fd;
}

static int
socket_na(void)
{
	const int hops = 255; /* receivers drop any other: it proves a neighbour */
	struct icmp6_filter nothing;
	const int fd =
	    socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_ICMPV6);

	if (fd < 0)
		return -errno;
	/* What comes in is the business of others. */
	ICMP6_FILTER_SETBLOCKALL(&nothing);
	if (setsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, &nothing, sizeof(nothing)) < 0 ||
	    setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &hops, sizeof(hops)) < 0) {
		const int err = -errno;

		close(fd);
		return err;
	}
	return fd;
}

static int
announce_arp(int fd, const struct netlink_link *link, const unsigned char *ip, unsigned form)
{
	/* struct sockaddr_ll has room for 8 bytes of address; InfiniBand has 20. */
	union {
		struct sockaddr any;
		struct sockaddr_ll ll;
		unsigned char room[offsetof(struct sockaddr_ll, sll_addr) + NETLINK_HW_MAX];
	} to = {.ll = {
		    .sll_family = AF_PACKET,
		    .sll_protocol = htons(ETH_P_ARP),
		    .sll_ifindex = (int)link->index,
		    .sll_halen = (unsigned char)link->hw_len,
		}};
	unsigned char packet[ARP_MAX];
	const size_t len = arp_build(packet, link, ip, form == 0 ? ARPOP_REQUEST : ARPOP_REPLY);

	memcpy(to.room + offsetof(struct sockaddr_ll, sll_addr), link->hw_broadcast,
	    link->hw_len);
	if (sendto(fd, packet, len, 0, &to.any,
		(socklen_t)MAX(sizeof(to.ll),
		    offsetof(struct sockaddr_ll, sll_addr) + link->hw_len)) < 0)
		return -errno;
	return 0;
}

static int
announce_na(int fd, const struct netlink_link *link, const unsigned char *ip)
{
	/* The option's length is counted in units of eight bytes. */
	unsigned char packet[sizeof(struct nd_neighbor_advert) + 2 + NETLINK_HW_MAX + 8] = {
	    0};
	const size_t option_len = (2 + link->hw_len + 7) / 8 * 8;
	struct nd_neighbor_advert advert = {
	    .nd_na_type = ND_NEIGHBOR_ADVERT,
	    .nd_na_flags_reserved = ND_NA_FLAG_OVERRIDE,
	};
	struct sockaddr_in6 to = {.sin6_family = AF_INET6, .sin6_scope_id = link->index};
	struct iovec part = {packet, sizeof(struct nd_neighbor_advert) + option_len};
	/* From the address itself, on that interface. */
	struct in6_pktinfo from = {.ipi6_ifindex = link->index};
	union {
		struct cmsghdr align;
		unsigned char bytes[CMSG_SPACE(sizeof(from))];
	} control = {.bytes = {0}};
	struct msghdr message = {
	    .msg_name = &to,
	    .msg_namelen = sizeof(to),
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = control.bytes,
	    .msg_controllen = sizeof(control.bytes),
	};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	const unsigned char all_nodes[16] = {0xff, 0x02, [15] = 1};

	memcpy(&advert.nd_na_target, ip, 16);
	/* The kernel fills in the checksum of ICMPv6. */
	memcpy(packet, &advert, sizeof(advert));
	packet[sizeof(advert)] = ND_OPT_TARGET_LINKADDR;
	packet[sizeof(advert) + 1] = (unsigned char)(option_len / 8);
	memcpy(packet + sizeof(advert) + 2, link->hw, link->hw_len);
	memcpy(&to.sin6_addr, all_nodes, 16);
	memcpy(&from.ipi6_addr, ip, 16);
	head->cmsg_level = IPPROTO_IPV6;
	head->cmsg_type = IPV6_PKTINFO;
	head->cmsg_len = CMSG_LEN(sizeof(from));
	memcpy(CMSG_DATA(head), &from, sizeof(from));
	return sendmsg(fd, &message, 0) < 0 ? -errno : 0;
}

unsigned
announce_forms(int family)
{
	return family == AF_INET ? 2 : 1;
}

int
announce_send(struct announce_sockets *s, const struct netlink_link *link, int family,
    const unsigned char *ip, unsigned form)
{
	int *fd = family == AF_INET ? &s->arp : &s->na;

	if (link->hw_len == 0 || (link->flags & (IFF_LOOPBACK | IFF_NOARP)) != 0)
		return 0;
	if (*fd < 0) {
		const int opened = family == AF_INET ? socket_arp() : socket_na();

		if (opened < 0)
			return opened;
		*fd = opened;
	}
	return family == AF_INET ? announce_arp(*fd, link, ip, form) : announce_na(*fd, link, ip);
}

void
announce_sockets_close(struct announce_sockets *s)
{
	if (s->arp >= 0)
		close(s->arp);
	if (s->na >= 0)
		close(s->na);
	s->arp = s->na = -1;
}

int
announce_probe(struct announce_sockets *s, const struct netlink_link *link, int family,
    const unsigned char *ip)
{
	union {
		struct sockaddr any;
		struct sockaddr_ll ll;
		unsigned char room[offsetof(struct sockaddr_ll, sll_addr) + NETLINK_HW_MAX];
	} to = {.ll = {
		    .sll_family = AF_PACKET,
		    .sll_protocol = htons(family == AF_INET ? ETH_P_ARP : ETH_P_IPV6),
		    .sll_ifindex = (int)link->index,
		    .sll_halen = (unsigned char)link->hw_len,
		}};
	unsigned char *hw = to.room + offsetof(struct sockaddr_ll, sll_addr);
	unsigned char packet[NEIGHBOUR_PROBE_MAX];

	if (link->hw_len == 0 || (link->flags & (IFF_LOOPBACK | IFF_NOARP)) != 0)
		return 0;
	if (s->arp < 0)
		s->arp = socket_arp();
	if (s->arp < 0)
		return s->arp;
	memcpy(hw, link->hw_broadcast, link->hw_len);
	if (family == AF_INET6 && link->hw_len == 6) {
		hw[0] = hw[1] = 0x33;
		neighbour_nd_group(ip, hw + 2);
	}
	const size_t len = family == AF_INET
			       ? neighbour_arp_probe(packet, link->type, link->hw, link->hw_len, ip)
			       : neighbour_nd_probe(packet, ip);
	if (sendto(s->arp, packet, len, 0, &to.any,
		(socklen_t)MAX(sizeof(to.ll),
		    offsetof(struct sockaddr_ll, sll_addr) + link->hw_len)) < 0)
		return -errno;
	return 0;
}
