/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conflict_socket.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"

/* More than is read at once while nobody floods us. */
#define BUFFER (64 * 1024)
/* Two instructions an address. */
#define FILTER_ADDRESSES_MAX ((BPF_MAXINSNS - 16) / 2)

static void
add(GArray *filter, struct sock_filter instruction)
{
	g_array_append_val(filter, instruction);
}

#define ADD(filter, code, k) add((filter), (struct sock_filter)BPF_STMT((code), (k)))
#define ADD_JUMP(filter, k, yes, no) \
	add((filter), (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (k), (yes), (no)))
#define TAKE(filter) ADD((filter), BPF_RET | BPF_K, 0xffff)
#define DROP(filter) ADD((filter), BPF_RET | BPF_K, 0)

/* The last four bytes of the address claimed, into the accumulator; a short frame is dropped. */
static void
filter_load(GArray *filter, bool ipv6)
{
	if (!ipv6) {
		/* Behind the sender's link-layer address, whose length is in the head. */
		ADD(filter, BPF_LD | BPF_B | BPF_ABS, 4);
		ADD(filter, BPF_MISC | BPF_TAX, 0);
		ADD(filter, BPF_LD | BPF_W | BPF_IND, 8);
		return;
	}
	ADD(filter, BPF_LD | BPF_B | BPF_ABS, 6);
	ADD_JUMP(filter, IPPROTO_ICMPV6, 1, 0);
	DROP(filter);
	ADD(filter, BPF_LD | BPF_B | BPF_ABS, 40);
	ADD_JUMP(filter, ND_NEIGHBOR_ADVERT, 1, 0);
	DROP(filter);
	ADD(filter, BPF_LD | BPF_W | BPF_ABS, 60);
}

/* Returns: the number of addresses. */
static unsigned
filter_make(GArray *filter, const struct conf *c, bool ipv6)
{
	unsigned count = 0;

	filter_load(filter, ipv6);
	for (unsigned g = 0; g < c->group_count; g++) {
		for (unsigned r = 0; r < c->groups[g].resource_count; r++) {
			const struct conf_resource *each = &c->groups[g].resources[r];
			unsigned char ip[16];
			uint32_t last;

			if (each->kind != RESOURCE_ADDRESS ||
			    address_ip(each->script, each->args, ip) != (ipv6 ? AF_INET6 : AF_INET))
				continue;
			memcpy(&last, ipv6 ? ip + 12 : ip, sizeof(last));
			/* Those beyond are told apart by the engine only. */
			if (++count > FILTER_ADDRESSES_MAX)
				continue;
			ADD_JUMP(filter, ntohl(last), 0, 1);
			TAKE(filter);
		}
	}
	if (count > FILTER_ADDRESSES_MAX)
		TAKE(filter);
	else
		DROP(filter);
	return count;
}

int
conflict_socket(const struct conf *c, bool ipv6)
{
	g_autoptr(GArray) filter = g_array_new(FALSE, FALSE, sizeof(struct sock_filter));
	const struct sockaddr_ll all = {
	    .sll_family = AF_PACKET,
	    .sll_protocol = htons(ipv6 ? ETH_P_IPV6 : ETH_P_ARP),
	};
	const int buffer = BUFFER, on = 1;

	if (filter_make(filter, c, ipv6) == 0)
		return -ENOENT;
	const struct sock_fprog program = {
	    .len = (unsigned short)filter->len,
	    .filter = (struct sock_filter *)(void *)filter->data,
	};
	/* Without a protocol nothing comes in before the filter is in place. */
	const int fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof(buffer)) < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)) < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_LOCK_FILTER, &on, sizeof(on)) < 0 ||
	    bind(fd, (const struct sockaddr *)&all, sizeof(all)) < 0) {
		const int error = errno;
		close(fd);
		return -error;
	}
	return fd;
}
