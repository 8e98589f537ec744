/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Source: compat wire.md section 14.
 */
#include "sockets.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#include "files.h"
#include "ping_socket.h"
#include "serial_line.h"
#include "socket_address.h"

/* IPv6 sockets of 3.0.6 have this much; ours all do. */
#define SOCKET_BUFFER (1024 * 1024)

struct medium_sockets {
	char *key;	/* what it was opened for: same key, same sockets */
	GArray *known;	/* struct socket_address of each host, as first looked up; see address_of() */
	GArray *fds;	/* struct opened_socket */
	bool broken;
};

struct sockets {
	struct medium_sockets *media;
	unsigned count;
};

/* One attempt: the medium, what it holds so far, and the reason if it fails. */
struct opening {
	const struct conf_medium *m;
	bool receives;
	GArray *fds;
	GArray *known;
	char *why;
};

static int
fail(struct opening *o, const char *what)
{
	const int err = errno != 0 ? errno : EIO;

	g_free(o->why);
	o->why = g_strdup_printf("%s: %s", what, g_strerror(err));
	return -err;
}

static int
set(int fd, int level, int option, int value)
{
	return setsockopt(fd, level, option, &value, sizeof(value));
}

static void
keep(struct opening *o, enum socket_role role, unsigned host, int fd)
{
	const struct opened_socket s = {role, host, fd};

	g_array_append_val(o->fds, s);
}

static void
close_all(GArray *fds)
{
	for (guint i = 0; i < fds->len; i++)
		close(g_array_index(fds, struct opened_socket, i).fd);
	g_array_set_size(fds, 0);
}

/* The engine has a copy of each: the lock of a serial line would live on in that one. */
static void
unlock_all(const GArray *fds)
{
	for (guint i = 0; i < fds->len; i++)
		flock(g_array_index(fds, struct opened_socket, i).fd, LOCK_UN);
}

static int
udp_socket(struct opening *o, bool ipv6)
{
	const int fd = socket(
	    ipv6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_UDP);

	if (fd < 0)
		return fail(o, "socket");
	set(fd, SOL_SOCKET, SO_RCVBUF, SOCKET_BUFFER);
	set(fd, SOL_SOCKET, SO_SNDBUF, SOCKET_BUFFER);
	if (ipv6)
		set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
	return fd;
}

static int
bind_device(struct opening *o, int fd)
{
	if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, o->m->device,
		(socklen_t)strlen(o->m->device)) < 0) {
		g_autofree char *what = g_strdup_printf("interface %s", o->m->device);

		return fail(o, what);
	}
	return 0;
}

static int
connect_to(struct opening *o, int fd, const struct socket_address *to)
{
	g_autofree char *text = NULL;

	if (connect(fd, (const struct sockaddr *)&to->addr, to->len) == 0)
		return 0;
	text = g_strdup_printf("no way to %s now", o->m->hosts != NULL && o->m->hosts[0] != NULL ?
		o->m->hosts[0] : o->m->name);
	return fail(o, text);
}

static int
set_multicast(struct opening *o, int fd)
{
	const unsigned index = if_nametoindex(o->m->device);
	const struct ip_mreqn interface = {.imr_ifindex = (int)index};

	if (o->m->ipv6) {
		if (set(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, (int)index) < 0 ||
		    set(fd, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, o->m->loop) < 0 ||
		    set(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, (int)o->m->ttl) < 0)
			return fail(o, "multicast options");
		return 0;
	}
	if (setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &interface, sizeof(interface)) < 0 ||
	    set(fd, IPPROTO_IP, IP_MULTICAST_LOOP, o->m->loop) < 0 ||
	    set(fd, IPPROTO_IP, IP_MULTICAST_TTL, (int)o->m->ttl) < 0)
		return fail(o, "multicast options");
	return 0;
}

static int
join_group(struct opening *o, int fd, const struct socket_address *group)
{
	struct group_req r = {.gr_interface = if_nametoindex(o->m->device)};

	memcpy(&r.gr_group, &group->addr, sizeof(group->addr));
	if (setsockopt(fd, o->m->ipv6 ? IPPROTO_IPV6 : IPPROTO_IP, MCAST_JOIN_GROUP, &r,
		sizeof(r)) < 0)
		return fail(o, "joining the multicast group");
	return 0;
}

static int
setup_sender(struct opening *o, int fd, const struct socket_address *to)
{
	int err;

	if (!o->m->ipv6)
		set(fd, IPPROTO_IP, IP_TOS, IPTOS_LOWDELAY);
	if (o->m->kind == MEDIUM_MCAST) {
		err = set_multicast(o, fd);
	} else {
		err = bind_device(o, fd);
		if (err == 0 && o->m->kind == MEDIUM_BCAST) {
			set(fd, SOL_SOCKET, SO_BROADCAST, 1);
			set(fd, SOL_SOCKET, SO_DONTROUTE, 1);
		}
	}
	return err < 0 ? err : connect_to(o, fd, to);
}

static int
setup_receiver(struct opening *o, int fd, const struct socket_address *to)
{
	const bool multicast = o->m->kind == MEDIUM_MCAST;
	const struct socket_address any = socket_address_any(to->addr.ss_family, o->m->port);
	const struct socket_address *at = multicast ? to : &any;
	int err;

	/* Ours of before may still be open in an engine that is just being replaced. */
	set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
	set(fd, SOL_SOCKET, SO_TIMESTAMPNS, 1);
	err = multicast ? 0 : bind_device(o, fd);
	if (err < 0)
		return err;
	if (bind(fd, (const struct sockaddr *)&at->addr, at->len) < 0) {
		g_autofree char *what = g_strdup_printf("UDP port %u on %s", o->m->port, o->m->device);

		return fail(o, what);
	}
	return multicast ? join_group(o, fd, to) : 0;
}

/*
 * Where a host is. A name is looked up until it is found, and then never again: a name server does
 * not answer when the network is down, and that is when a medium breaks and the time of the master
 * is needed for other things.
 */
static int
address_of(struct opening *o, unsigned host, struct socket_address *to)
{
	struct socket_address *known;
	int err = 0;

	/* It can change, and needs nobody's answer. */
	if (o->m->kind == MEDIUM_BCAST)
		return socket_address_of(o->m, host, to, &o->why);
	if (host >= o->known->len)
		g_array_set_size(o->known, host + 1);
	known = &g_array_index(o->known, struct socket_address, host);
	if (known->len == 0)
		err = socket_address_of(o->m, host, known, &o->why);
	if (err < 0)
		known->len = 0;
	else
		*to = *known;
	return err;
}

static int
open_udp(struct opening *o)
{
	struct socket_address to;
	int fd, err = address_of(o, 0, &to);

	if (err < 0)
		return err;
	if (o->receives) {
		fd = udp_socket(o, to.addr.ss_family == AF_INET6);
		if (fd < 0)
			return fd;
		keep(o, SOCKET_RECEIVE, 0, fd);
		err = setup_receiver(o, fd, &to);
		if (err < 0)
			return err;
	}
	fd = udp_socket(o, to.addr.ss_family == AF_INET6);
	if (fd < 0)
		return fd;
	err = setup_sender(o, fd, &to);
	/* Receiving works without; a sender that leads nowhere is of no use to anybody. */
	if (err < 0)
		close(fd);
	else
		keep(o, SOCKET_SEND, 0, fd);
	return err;
}

static int
open_ping_host(struct opening *o, unsigned host)
{
	struct socket_address to;
	int fd, err = address_of(o, host, &to);

	if (err < 0)
		return err;
	fd = ping_socket(to.addr.ss_family);
	if (fd < 0)
		return fail(o, "raw ICMP socket");
	err = connect_to(o, fd, &to);
	if (err < 0)
		close(fd);
	else
		keep(o, SOCKET_BOTH, host, fd);
	return err;
}

/* Hosts of a group stand for one another: all of them are tried. */
static int
open_ping(struct opening *o)
{
	int err = 0;

	for (unsigned i = 0; o->m->hosts[i] != NULL; i++) {
		int result = open_ping_host(o, i);

		if (result < 0)
			err = result;
	}
	return err;
}

static int
open_serial(struct opening *o)
{
	int fd = serial_line_open(o->m->device, o->m->baud, &o->why);

	if (fd < 0)
		return fd;
	keep(o, SOCKET_BOTH, 0, fd);
	return 0;
}

static int
open_medium(struct opening *o)
{
	switch (o->m->kind) {
	case MEDIUM_UCAST:
	case MEDIUM_BCAST:
	case MEDIUM_MCAST:
		return open_udp(o);
	case MEDIUM_SERIAL:
		return open_serial(o);
	case MEDIUM_PING:
	case MEDIUM_PING_GROUP:
		return open_ping(o);
	case MEDIUM_KIND_COUNT:
		break;
	}
	return -EINVAL;
}

/* The first line that needs the same receiving socket gets it. */
static bool
medium_receives(const struct conf *c, unsigned medium)
{
	const struct conf_medium *m = &c->media[medium];

	for (unsigned i = 0; i < medium; i++) {
		const struct conf_medium *before = &c->media[i];

		if (socket_address_shared(before, m))
			return false;
	}
	return true;
}

static char *
medium_key(const struct conf *c, unsigned medium)
{
	const struct conf_medium *m = &c->media[medium];
	g_autofree char *hosts = m->hosts != NULL ? g_strjoinv(" ", m->hosts) : g_strdup("");

	return g_strdup_printf("%s %s %s %d %u %u %d %u %d", medium_kind_name(m->kind),
	    m->device != NULL ? m->device : "", hosts, m->ipv6, m->port, m->ttl, m->loop, m->baud,
	    medium_receives(c, medium));
}

/* What may be over by itself: then it is tried again until it works. */
static bool
error_passes(int err)
{
	return err == -ENETUNREACH || err == -EHOSTUNREACH || err == -ENETDOWN ||
	    err == -EADDRNOTAVAIL;
}

/* Copies: if something else is wrong with the new configuration, the old one goes on. */
static bool
take_over(struct medium_sockets *to, const struct sockets *old)
{
	for (unsigned i = 0; old != NULL && i < old->count; i++) {
		const struct medium_sockets *from = &old->media[i];

		if (from->broken || strcmp(from->key, to->key) != 0)
			continue;
		for (guint j = 0; j < from->fds->len; j++) {
			struct opened_socket s = g_array_index(from->fds, struct opened_socket, j);

			s.fd = fcntl(s.fd, F_DUPFD_CLOEXEC, 3);
			if (s.fd >= 0)
				g_array_append_val(to->fds, s);
		}
		g_array_append_vals(to->known, from->known->data, from->known->len);
		return true;
	}
	return false;
}

/*
 * Would a program that wants the port for itself get it? Asked before any of ours is open,
 * because with SO_REUSEADDR we would share it with a stranger who also says so.
 */
static void
look_for_strangers(const struct conf *c, const char *path, GPtrArray *faults)
{
	for (unsigned i = 0; i < c->media_count; i++) {
		const struct conf_medium *m = &c->media[i];
		struct opening o = {.m = m};
		const struct socket_address any =
		    socket_address_any(socket_address_family(m), m->port);
		int fd;

		if ((m->kind != MEDIUM_UCAST && m->kind != MEDIUM_BCAST) || !medium_receives(c, i))
			continue;
		fd = udp_socket(&o, any.addr.ss_family == AF_INET6);
		if (fd >= 0 && bind_device(&o, fd) == 0 &&
		    bind(fd, (const struct sockaddr *)&any.addr, any.len) < 0 &&
		    errno == EADDRINUSE)
			files_fault(faults, path, m->line, true,
			    "UDP port %u on %s is in use by another program; `ss -ulpn sport = :%u` shows it",
			    m->port, m->device, m->port);
		if (fd >= 0)
			close(fd);
		g_free(o.why);
	}
}

/* Owns: key is taken. */
static void
medium_init(struct medium_sockets *ms, char *key)
{
	ms->key = key;
	ms->fds = g_array_new(FALSE, FALSE, sizeof(struct opened_socket));
	ms->known = g_array_new(FALSE, TRUE, sizeof(struct socket_address));
}

static void
open_one(struct medium_sockets *ms, const struct conf *c, unsigned medium, const char *path,
    GPtrArray *faults)
{
	struct opening o = {
	    .m = &c->media[medium],
	    .receives = medium_receives(c, medium),
	    .fds = ms->fds,
	    .known = ms->known,
	};
	const int err = open_medium(&o);

	if (err < 0) {
		ms->broken = true;
		files_fault(faults, path, o.m->line, !error_passes(err), "%s %s: %s%s",
		    medium_kind_name(o.m->kind), o.m->name, o.why != NULL ? o.why : g_strerror(-err),
		    error_passes(err) ? "; tried again every second" : "");
	}
	g_free(o.why);
}

struct sockets *
sockets_open(const struct conf *c, const char *hacf_path, const struct sockets *old,
    GPtrArray *faults)
{
	struct sockets *s = g_new0(struct sockets, 1);

	s->count = c->media_count;
	s->media = g_new0(struct medium_sockets, s->count);
	for (unsigned i = 0; i < s->count; i++)
		medium_init(&s->media[i], medium_key(c, i));
	if (old == NULL)
		look_for_strangers(c, hacf_path, faults);
	if (files_faulty(faults))
		return s;
	for (unsigned i = 0; i < s->count; i++) {
		if (!take_over(&s->media[i], old))
			open_one(&s->media[i], c, i, hacf_path, faults);
	}
	return s;
}

void
sockets_free(struct sockets *s)
{
	if (s == NULL)
		return;
	for (unsigned i = 0; i < s->count; i++) {
		close_all(s->media[i].fds);
		g_array_free(s->media[i].fds, TRUE);
		g_array_free(s->media[i].known, TRUE);
		g_free(s->media[i].key);
	}
	g_free(s->media);
	g_free(s);
}

void
sockets_hand_over(const struct sockets *s, struct handoff *h)
{
	for (unsigned i = 0; i < s->count; i++) {
		const struct medium_sockets *ms = &s->media[i];

		for (guint j = 0; j < ms->fds->len && !ms->broken; j++) {
			const struct opened_socket *o = &g_array_index(ms->fds, struct opened_socket, j);

			handoff_add_socket(h, ms->key, o->role, o->host, o->fd);
		}
	}
}

/* A medium for each socket would do, but those of one medium are taken over together. */
static struct medium_sockets *
medium_of_key(struct sockets *s, const char *key)
{
	struct medium_sockets *ms;

	for (unsigned i = 0; i < s->count; i++) {
		if (strcmp(s->media[i].key, key) == 0)
			return &s->media[i];
	}
	ms = &s->media[s->count++];
	medium_init(ms, g_strdup(key));
	return ms;
}

struct sockets *
sockets_handed_over(const struct handoff *h)
{
	struct sockets *s = g_new0(struct sockets, 1);

	s->media = g_new0(struct medium_sockets, h->sockets->len);
	for (guint i = 0; i < h->sockets->len; i++) {
		const struct handoff_socket *from = g_ptr_array_index(h->sockets, i);
		const struct opened_socket o = {(enum socket_role)from->role, from->host, from->fd};

		if (from->role < SOCKET_ROLE_COUNT)
			g_array_append_val(medium_of_key(s, from->medium)->fds, o);
	}
	return s;
}

void
sockets_let_go(struct sockets *s)
{
	for (unsigned i = 0; i < s->count; i++)
		g_array_set_size(s->media[i].fds, 0);
	sockets_free(s);
}

bool
sockets_broken(const struct sockets *s, unsigned medium)
{
	return s->media[medium].broken;
}

int
sockets_reopen(struct sockets *s, const struct conf *c, unsigned medium, char **why)
{
	struct medium_sockets *ms = &s->media[medium];
	struct opening o = {
	    .m = &c->media[medium],
	    .receives = medium_receives(c, medium),
	    .fds = ms->fds,
	    .known = ms->known,
	};
	int err;

	unlock_all(ms->fds);
	close_all(ms->fds);
	err = open_medium(&o);
	ms->broken = err < 0;
	if (err < 0 && o.why == NULL)
		o.why = g_strdup(g_strerror(-err));
	*why = err < 0 ? g_steal_pointer(&o.why) : NULL;
	g_free(o.why);
	return err;
}

const GArray *
sockets_of(const struct sockets *s, unsigned medium)
{
	return s->media[medium].fds;
}
