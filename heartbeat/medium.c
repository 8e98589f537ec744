/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "medium.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "medium_kind.h"

/* The master is asked for new sockets at most this often. */
#define REOPEN_INTERVAL_MS 1000
/* A failure so soon after the last is counted with it. */
#define CALM_MS 1000

struct media {
	qb_loop_t *loop;
	const struct conf *conf;
	struct media_owner owner;
	struct medium *list;
	unsigned count;
	bool started;
};

static const struct medium_class *const classes[] = {
    [MEDIUM_UCAST] = &medium_udp,
    [MEDIUM_BCAST] = &medium_udp,
    [MEDIUM_MCAST] = &medium_udp,
    [MEDIUM_SERIAL] = &medium_serial,
    [MEDIUM_PING] = &medium_ping,
    [MEDIUM_PING_GROUP] = &medium_ping,
};
static_assert(G_N_ELEMENTS(classes) == MEDIUM_KIND_COUNT, "a class for each kind");

static unsigned
host_count(const struct conf_medium *c)
{
	unsigned n = c->kind == MEDIUM_PING_GROUP ? g_strv_length(c->hosts) : 1;

	return MIN(n, MEDIUM_HOSTS_MAX);
}

struct media *
media_new(qb_loop_t *loop, const struct conf *conf, const struct media_owner *owner)
{
	struct media *all = g_new0(struct media, 1);

	all->loop = loop;
	all->conf = conf;
	all->owner = *owner;
	all->count = conf->media_count;
	all->list = g_new0(struct medium, all->count);
	for (unsigned i = 0; i < all->count; i++) {
		struct medium *m = &all->list[i];

		m->conf = &conf->media[i];
		m->class = classes[m->conf->kind];
		m->all = all;
		m->index = i;
		m->host_count = host_count(m->conf);
		m->reopen_asked = (struct moment){INT64_MIN};
		m->send = (struct medium_socket){.medium = m, .fd = -1};
		for (unsigned h = 0; h < MEDIUM_HOSTS_MAX; h++)
			m->receive[h] = m->send;
		if (m->class->open != NULL)
			m->class->open(m);
	}
	return all;
}

static void
socket_close(struct media *all, struct medium_socket *s)
{
	if (s->polled)
		qb_loop_poll_del(all->loop, s->fd);
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
	s->polled = false;
}

void
media_free(struct media *all)
{
	if (all == NULL)
		return;
	for (unsigned i = 0; i < all->count; i++) {
		struct medium *m = &all->list[i];

		socket_close(all, &m->send);
		for (unsigned h = 0; h < m->host_count; h++)
			socket_close(all, &m->receive[h]);
		if (m->class->close != NULL)
			m->class->close(m);
	}
	g_free(all->list);
	g_free(all);
}

static void
medium_packet(
    struct medium *m, const char *source, const void *bytes, size_t len, int64_t stamp_ns)
{
	struct clock_reading c = clock_read();
	struct event_packet p = {
	    .medium = m->index,
	    .source = source,
	    .bytes = bytes,
	    .len = len,
	    .received = clock_received(&c, stamp_ns),
	};

	m->received++;
	m->all->owner.packet(m->all->owner.arg, &p, &c);
}

/* Whoever cannot be read is opened anew; it leaves the loop so that it does not spin. */
static void
socket_broken(struct medium_socket *s, int error)
{
	struct medium *m = s->medium;

	trace(&m->all->owner.trace, TRACE_ERROR, "read failure on %s %s.: %s",
	    medium_kind_name(m->conf->kind), m->conf->name, g_strerror(error));
	socket_close(m->all, s);
	m->all->owner.reopen(m->all->owner.arg, m->index);
}

static int socket_watch(struct medium_socket *s);

static int32_t
socket_ready(int32_t fd, int32_t revents, void *data)
{
	struct medium_socket *s = data;
	struct medium *m = s->medium;

	if (fd != s->fd)
		return -ENOENT;
	if ((revents & POLLOUT) != 0 && m->class->writable != NULL) {
		m->class->writable(m);
		socket_watch(s);
	}
	if ((revents & ~POLLOUT) == 0)
		return 0;

	int n = m->class->receive(m, s, MEDIUM_BATCH, medium_packet);
	if (n < 0) {
		socket_broken(s, -n);
		return 0;
	}
	/* A terminal whose other end has gone reports a hangup for ever: look again later.
	 */
	if (n == 0 && (revents & (POLLHUP | POLLNVAL)) != 0)
		socket_broken(s, ENXIO);
	return 0;
}

/* Put the descriptor into the loop, or change what it is watched for. */
static int
socket_watch(struct medium_socket *s)
{
	struct medium *m = s->medium;
	int events = POLLIN;

	if (!m->all->started || s->fd < 0)
		return 0;
	if (m->class->pending != NULL && m->class->pending(m))
		events |= POLLOUT;
	if (s->polled)
		return qb_loop_poll_mod(
		    m->all->loop, QB_LOOP_HIGH, s->fd, events, s, socket_ready);

	int result =
	    qb_loop_poll_add(m->all->loop, QB_LOOP_HIGH, s->fd, events, s, socket_ready);
	s->polled = result == 0;
	return result;
}

int
media_start(struct media *all)
{
	all->started = true;
	for (unsigned i = 0; i < all->count; i++) {
		for (unsigned h = 0; h < all->list[i].host_count; h++) {
			int result = socket_watch(&all->list[i].receive[h]);

			if (result != 0)
				return result;
		}
	}
	return 0;
}

/* Which descriptor of the medium plays this role; NULL if none does. */
static struct medium_socket *
medium_role(struct medium *m, enum socket_role role, unsigned host)
{
	if (host >= m->host_count || (role == SOCKET_BOTH) != m->class->one_descriptor)
		return NULL;
	return role == SOCKET_SEND ? &m->send : &m->receive[host];
}

int
media_attach(
    struct media *all, unsigned medium, enum socket_role role, unsigned host, int fd)
{
	struct medium *m = medium < all->count ? &all->list[medium] : NULL;
	struct medium_socket *s = m == NULL ? NULL : medium_role(m, role, host);

	if (s == NULL) {
		close(fd);
		return -EINVAL;
	}
	/* What waits in the old one is not lost. */
	if (all->started && s != &m->send && s->fd >= 0)
		m->class->receive(m, s, MEDIUM_DRAIN, medium_packet);
	socket_close(all, s);
	s->fd = fd;
	m->calm_at = (struct moment){INT64_MIN};
	medium_socket_setup(fd);
	if (m->class->attached != NULL)
		m->class->attached(m, fd);
	if (all->started && role != SOCKET_RECEIVE) {
		m->missing = false;
		all->owner.state(all->owner.arg, m->index, !m->failing, false, "opened anew");
	}
	return s == &m->send ? 0 : socket_watch(s);
}

void
media_cannot_open(struct media *all, unsigned medium, bool missing, const char *reason)
{
	assert(medium < all->count);
	struct medium *m = &all->list[medium];

	if (m->failing && m->missing == missing)
		return;
	if (!m->failing)
		m->failed_before = m->failed;
	m->failing = true;
	m->missing = missing;
	all->owner.state(all->owner.arg, m->index, false, missing, reason);
}

/* Errors that no later send on the same descriptor overcomes. */
static bool
error_is_lasting(int error)
{
	switch (error) {
	case ENODEV:
	case ENXIO:
	case EBADF:
	case EIO:
	case EINVAL:
	case ENOTCONN:
	case EDESTADDRREQ:
	case EADDRNOTAVAIL:
		return true;
	default:
		return false;
	}
}

static void
medium_failed(struct medium *m, int error, struct moment now)
{
	const struct media_owner *o = &m->all->owner;
	const char *reason = g_strerror(error);

	m->failed++;
	if (!m->failing) {
		m->failing = true;
		/* One that loses every other message is told of as one failure. */
		if (moment_reached(now, m->calm_at))
			m->failed_before = m->failed - 1;
		o->state(o->arg, m->index, false, false, reason);
	}
	if (!error_is_lasting(error))
		return;
	if (m->reopen_asked.ns == INT64_MIN ||
	    moment_reached(
		now, moment_add(m->reopen_asked, span_from_ms(REOPEN_INTERVAL_MS)))) {
		m->reopen_asked = now;
		o->reopen(o->arg, m->index);
	}
}

static void
medium_worked(struct medium *m, struct moment now)
{
	const struct media_owner *o = &m->all->owner;

	m->sent++;
	if (!m->failing)
		return;
	m->failing = false;
	m->calm_at = moment_add(now, span_from_ms(CALM_MS));
	g_autofree char *reason = g_strdup_printf(
	    "%" G_GUINT64_FORMAT " failed attempts", m->failed - m->failed_before);
	o->state(o->arg, m->index, true, false, reason);
}

int
media_send(
    struct media *all, unsigned medium, const void *bytes, size_t len, struct moment now)
{
	assert(medium < all->count);
	struct medium *m = &all->list[medium];
	int result = m->class->send(m, bytes, len);

	if (result == 0)
		medium_worked(m, now);
	else
		medium_failed(m, -result, now);
	if (m->class->pending != NULL && m->class->pending(m))
		socket_watch(&m->receive[0]);
	return result;
}

void
media_drain(struct media *all)
{
	if (!all->started)
		return;
	for (unsigned i = 0; i < all->count; i++) {
		struct medium *m = &all->list[i];

		for (unsigned h = 0; h < m->host_count; h++) {
			struct medium_socket *s = &m->receive[h];
			int n = s->fd < 0
				    ? 0
				    : m->class->receive(m, s, MEDIUM_DRAIN, medium_packet);

			if (n < 0)
				socket_broken(s, -n);
		}
	}
}

void
media_flush(struct media *all, struct span patience)
{
	const struct moment until = moment_add(clock_read().now, patience);

	for (unsigned i = 0; i < all->count; i++) {
		struct medium *m = &all->list[i];

		while (m->class->pending != NULL && m->class->pending(m)) {
			struct pollfd p = {.fd = m->receive[0].fd, .events = POLLOUT};
			int64_t left_ms = span_ms(moment_since(until, clock_read().now));

			if (left_ms <= 0 || poll(&p, 1, (int)left_ms) != 1 ||
			    m->class->writable(m) != 0)
				break;
		}
	}
}

static int64_t
datagram_stamp(struct msghdr *m)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c != NULL; c = CMSG_NXTHDR(m, c)) {
		struct timespec t;

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_TIMESTAMPNS)
			continue;
		memcpy(&t, CMSG_DATA(c), sizeof(t));
		return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
	}
	return 0;
}

static void
datagram_source(const struct sockaddr_storage *from, char *out, size_t size)
{
	char address[INET6_ADDRSTRLEN] = "?";
	char zone[16] = "";

	if (from->ss_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)from;

		inet_ntop(AF_INET, &in->sin_addr, address, sizeof(address));
		snprintf(out, size, "%s:%u", address, ntohs(in->sin_port));
		return;
	}
	if (from->ss_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const void *)from;

		inet_ntop(AF_INET6, &in6->sin6_addr, address, sizeof(address));
		if (in6->sin6_scope_id != 0)
			snprintf(zone, sizeof(zone), "%%%u", in6->sin6_scope_id);
		snprintf(out, size, "[%s%s]:%u", address, zone, ntohs(in6->sin6_port));
		return;
	}
	snprintf(out, size, "unknown");
}

int
medium_datagram_receive(int fd, void *buffer, size_t size, struct medium_datagram *out)
{
	struct sockaddr_storage from = {0};
	union {
		struct cmsghdr align;
		char room[CMSG_SPACE(sizeof(struct timespec)) + 64];
	} control;
	struct iovec part = {.iov_base = buffer, .iov_len = size};
	struct msghdr h = {
	    .msg_name = &from,
	    .msg_namelen = sizeof(from),
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = &control,
	    .msg_controllen = sizeof(control),
	};
	ssize_t len = recvmsg(fd, &h, MSG_DONTWAIT);

	if (len < 0) {
		if (errno == EAGAIN || errno == EWOULDBLOCK)
			return -EAGAIN;
		if (errno == EBADF || errno == ENOTSOCK || errno == EINVAL)
			return -errno;
		return -EINTR;
	}
	out->len = (size_t)len;
	out->stamp_ns = datagram_stamp(&h);
	datagram_source(&from, out->source, sizeof(out->source));
	return 0;
}

int
medium_datagram_send(int fd, const void *bytes, size_t len)
{
	if (fd < 0)
		return -ENODEV;
	for (int attempt = 0; attempt < 2; attempt++) {
		if (send(fd, bytes, len, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0)
			return 0;
		if (errno == EAGAIN || errno == EWOULDBLOCK)
			break;
	}
	return -errno;
}

void
medium_socket_setup(int fd)
{
	const int on = 1;
	int flags = fcntl(fd, F_GETFL);

	if (flags >= 0)
		fcntl(fd, F_SETFL, flags | O_NONBLOCK);
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	/* A terminal has no such option; a socket that lacks it counts from when we read.
	 */
	setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on));
}
