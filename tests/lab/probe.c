/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a client sees. "probe answer PORT" on a host answers each datagram with the host's
 * name, from the very address that was asked. "probe ask ADDRESS PORT" sends a numbered
 * datagram each millisecond until TERM or INT and then reports, one fact a line, with times
 * in milliseconds since 1970:
 *
 *   gap FROM TO LENGTH   no answer arrived in between, if that is over 3 ms; also from the
 *                        last answer to the end
 *   host NAME FIRST LAST COUNT   who answered, one line for each unbroken reign
 *   double COUNT         datagrams that two hosts answered
 *   asked COUNT answered COUNT
 *
 * An answer counts when it arrives, by the kernel's clock, not when it was asked for: a
 * datagram may have waited for an address to be resolved.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define ASK_MAX (30 * 60 * 1000)
#define HOST_MAX 16
#define GAP_MIN_MS 3

struct question {
	uint64_t number;
};

struct answer {
	uint64_t number;
	char host[64];
};

static volatile sig_atomic_t stopped;
static char hosts[HOST_MAX][64];
static uint8_t answered_by[ASK_MAX];	/* index in hosts + 1 */
static uint64_t asked, answered, doubles;

static void
on_signal(int number)
{
	(void)number;
	stopped = 1;
}

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

static int64_t
wall_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Reply with the destination of the question as our source, whatever other addresses we have. */
static void
answer_one(int fd, const char *host)
{
	struct question q;
	struct answer a = { 0 };
	struct sockaddr_storage from;
	char control[256];
	struct iovec in = { &q, sizeof(q) }, out = { &a, sizeof(a) };
	struct msghdr m = { .msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = &in,
		.msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control) };

	if (recvmsg(fd, &m, 0) != sizeof(q))
		return;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c != NULL; c = CMSG_NXTHDR(&m, c)) {
		if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
			struct in_pktinfo *info = (void *)CMSG_DATA(c);

			info->ipi_spec_dst = info->ipi_addr;
			info->ipi_ifindex = 0;
		}
	}
	a.number = q.number;
	snprintf(a.host, sizeof(a.host), "%s", host);
	m.msg_iov = &out;
	(void)sendmsg(fd, &m, MSG_DONTWAIT);
}

static _Noreturn void
answer(const char *port)
{
	struct sockaddr_in6 here = { .sin6_family = AF_INET6,
		.sin6_port = htons((uint16_t)atoi(port)), .sin6_addr = in6addr_any };
	int on = 1, off = 0;
	char host[64];
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	gethostname(host, sizeof(host));
	host[sizeof(host) - 1] = '\0';
	setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
	setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof(on));
	setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&here, sizeof(here)) < 0)
		die("bind");
	for (;;)
		answer_one(fd, host);
}

static uint8_t
host_number(const char *name)
{
	for (uint8_t i = 0; i < HOST_MAX; i++) {
		if (hosts[i][0] == '\0')
			snprintf(hosts[i], sizeof(hosts[i]), "%s", name);
		if (strcmp(hosts[i], name) == 0)
			return (uint8_t)(i + 1);
	}
	fputs("probe: too many hosts answer\n", stderr);
	exit(1);
}

static int64_t last_us;
static int64_t reign_from_us;
static uint64_t reign_count;
static uint8_t reign;

static void
silence_until(int64_t now_us)
{
	int64_t us = now_us - last_us;

	if (us > GAP_MIN_MS * 1000)
		printf("gap %" PRId64 " %" PRId64 " %" PRId64 "\n", last_us / 1000, now_us / 1000,
		    (us + 500) / 1000);
}

static void
reign_ends(void)
{
	if (reign != 0)
		printf("host %s %" PRId64 " %" PRId64 " %" PRIu64 "\n", hosts[reign - 1],
		    reign_from_us / 1000, last_us / 1000, reign_count);
}

static void
answer_arrived(uint64_t number, uint8_t who, int64_t now_us)
{
	if (answered_by[number] != 0) {
		doubles += answered_by[number] != who;
		return;
	}
	answered_by[number] = who;
	answered++;
	silence_until(now_us);
	if (who != reign) {
		reign_ends();
		reign = who;
		reign_from_us = now_us;
		reign_count = 0;
	}
	reign_count++;
	last_us = now_us;
}

static void
collect(int fd)
{
	struct answer a;
	char control[256];
	struct iovec in = { &a, sizeof(a) };

	for (;;) {
		struct msghdr m = { .msg_iov = &in, .msg_iovlen = 1, .msg_control = control,
			.msg_controllen = sizeof(control) };
		int64_t now_us = wall_us();
		ssize_t n = recvmsg(fd, &m, MSG_DONTWAIT);

		if (n < 0 && errno != EAGAIN && errno != EINTR)
			continue;	/* an ICMP error that waited: nobody is there */
		if (n != sizeof(a))
			return;
		for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c != NULL; c = CMSG_NXTHDR(&m, c)) {
			if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS) {
				struct timespec t;

				memcpy(&t, CMSG_DATA(c), sizeof(t));
				now_us = (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
			}
		}
		a.host[sizeof(a.host) - 1] = '\0';
		if (a.number < asked)
			answer_arrived(a.number, host_number(a.host), now_us);
	}
}

static int
ask(const char *address, const char *port)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_DGRAM };
	struct addrinfo *to;
	struct itimerspec each = { { 0, 1000000 }, { 0, 1000000 } };
	struct sched_param realtime = { .sched_priority = 1 };
	int on = 1;

	if (getaddrinfo(address, port, &hints, &to) != 0) {
		fprintf(stderr, "probe: %s: not an address\n", address);
		return 1;
	}
	int fd = socket(to->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);

	if (fd < 0 || timer < 0 || timerfd_settime(timer, 0, &each, NULL) < 0)
		die("probe");
	setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on));
	sched_setscheduler(0, SCHED_FIFO, &realtime);
	last_us = wall_us();
	struct pollfd fds[2] = { { .fd = timer, .events = POLLIN }, { .fd = fd, .events = POLLIN } };

	while (!stopped && asked < ASK_MAX) {
		uint64_t ticks;

		if (poll(fds, 2, -1) < 0)
			continue;
		collect(fd);
		if (fds[0].revents == 0 || read(timer, &ticks, sizeof(ticks)) != sizeof(ticks))
			continue;
		struct question q = { asked++ };

		/* Unreachable is an answer too: nobody is there. */
		(void)sendto(fd, &q, sizeof(q), MSG_DONTWAIT, to->ai_addr, to->ai_addrlen);
	}
	freeaddrinfo(to);
	usleep(2000);
	int64_t end_us = wall_us();

	collect(fd);
	silence_until(end_us);
	reign_ends();
	printf("double %" PRIu64 "\nasked %" PRIu64 " answered %" PRIu64 "\n", doubles, asked,
	    answered);
	return 0;
}

int
main(int argc, char **argv)
{
	signal(SIGTERM, on_signal);
	signal(SIGINT, on_signal);
	if (argc == 3 && strcmp(argv[1], "answer") == 0) {
		signal(SIGTERM, SIG_DFL);
		answer(argv[2]);
	}
	if (argc == 4 && strcmp(argv[1], "ask") == 0)
		return ask(argv[2], argv[3]);
	fputs("usage: probe answer PORT | probe ask ADDRESS PORT\n", stderr);
	return 2;
}
