/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ping_socket.h"

#include <linux/icmp.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <stdint.h>
#include <sys/socket.h>

int
ping_socket(int family)
{
	const struct icmp_filter four = {.data = ~(1U << ICMP_ECHOREPLY)};
	const int yes = 1;
	struct icmp6_filter six;
	const int fd = socket(family, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
	    family == AF_INET6 ? (int)IPPROTO_ICMPV6 : (int)IPPROTO_ICMP);

	if (fd < 0)
		return -1;
	ICMP6_FILTER_SETBLOCKALL(&six);
	ICMP6_FILTER_SETPASS(ICMP6_ECHO_REPLY, &six);
	/* Without its filter it works too: the engine looks at each packet. */
	if (family == AF_INET6)
		setsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, &six, sizeof(six));
	else
		setsockopt(fd, SOL_RAW, ICMP_FILTER, &four, sizeof(four));
	setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof(yes));
	return fd;
}
