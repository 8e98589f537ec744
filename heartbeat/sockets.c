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
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "files.h"
#include "lookup.h"
#include "ping_socket.h"
#include "serial_line.h"
#include "socket_address.h"

/* IPv6 sockets of 3.0.6 have this much; ours all do. */
#define SOCKET_BUFFER (1024 * 1024)
/* A start waits so long for all names together. */
#define LOOKUP_PATIENCE_MS 3000
#define LOOKUP_LOOK_US 5000

struct medium_sockets {
	char *key;	/* what it was opened for: same key, same sockets */
	GPtrArray *lookups;	/* struct lookup of each host; NULL: none yet, or it failed. See address_of() */
	GArray *fds;	/* struct opened_socket */
	unsigned index;	/* of the interface that they are bound to; 0: none */
	bool broken;
	bool missing;	/* there is no such interface or serial line */
	char *why;	/* it is broken */
};

struct sockets {
	struct medium_sockets *media;
	unsigned count;
};

/* One attempt: the medium, what it holds so far, and the reason if it fails. */
struct opening {
	const struct conf_medium *m;
	bool receives;
	struct moment until;	/* so long for names to be looked up */
	GPtrArray *lookups;
	GArray *fds;
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
setup_receiver(struct opening *o, int fd, const struct socket_address *group)
{
	const struct socket_address any = socket_address_any(socket_address_family(o->m), o->m->port);
	const struct socket_address *at = group != NULL ? group : &any;
	int err;

	/* Ours of before may still be open in an engine that is just being replaced. */
	set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
	set(fd, SOL_SOCKET, SO_TIMESTAMPNS, 1);
	err = group != NULL ? 0 : bind_device(o, fd);
	if (err < 0)
		return err;
	if (bind(fd, (const struct sockaddr *)&at->addr, at->len) < 0) {
		g_autofree char *what = g_strdup_printf("UDP port %u on %s", o->m->port, o->m->device);

		return fail(o, what);
	}
	return group != NULL ? join_group(o, fd, group) : 0;
}

static struct lookup **
lookup_of(struct opening *o, unsigned host)
{
	struct lookup **l;

	if (host >= o->lookups->len)
		g_ptr_array_set_size(o->lookups, (int)host + 1);
	l = (struct lookup **)&o->lookups->pdata[host];
	if (*l == NULL)
		*l = lookup_start(o->m->hosts[host], socket_address_family(o->m));
	return l;
}

/*
 * Where a host is. A name is looked up until it is found, and then never again: a name server does
 * not answer when the network is down, and that is when a medium breaks and the time of the master
 * is needed for other things.
 */
static int
address_of(struct opening *o, unsigned host, struct socket_address *to)
{
	const char *why = NULL;
	struct lookup **l;
	int err;

	/* It can change, and needs nobody's answer. */
	if (o->m->kind == MEDIUM_BCAST)
		return socket_address_of_broadcast(o->m, to, &o->why);
	l = lookup_of(o, host);
	while ((err = lookup_result(*l, &to->addr, &to->len, &why)) == -EAGAIN &&
	       moment_before(clock_read().now, o->until))
		g_usleep(LOOKUP_LOOK_US);
	if (err == 0) {
		socket_address_complete(o->m, to);
		return 0;
	}
	g_free(o->why);
	o->why = err == -EAGAIN ?
	    g_strdup_printf("%s is still being looked up", o->m->hosts[host]) :
	    g_strdup_printf("%s cannot be looked up as an %s address: %s", o->m->hosts[host],
		socket_address_family(o->m) == AF_INET6 ? "IPv6" : "IPv4", why);
	if (err != -EAGAIN)
		g_clear_pointer(l, lookup_free);
	/* What a name server does not know now it may know later. */
	return -EHOSTUNREACH;
}

static int
open_receiver(struct opening *o, const struct socket_address *group)
{
	const int family = group != NULL ? group->addr.ss_family : socket_address_family(o->m);
	const int fd = udp_socket(o, family == AF_INET6);

	if (fd < 0)
		return fd;
	keep(o, SOCKET_RECEIVE, 0, fd);
	return setup_receiver(o, fd, group);
}

/* Returns: a socket that sends there, or -errno. */
static int
make_sender(struct opening *o, const struct socket_address *to)
{
	const int fd = udp_socket(o, to->addr.ss_family == AF_INET6);
	const int err = fd < 0 ? fd : setup_sender(o, fd, to);

	if (err < 0 && fd >= 0)
		close(fd);
	return err < 0 ? err : fd;
}

/* What is received does not depend on whether the other one can be reached, or its name is known. */
static int
open_udp(struct opening *o)
{
	const bool multicast = o->m->kind == MEDIUM_MCAST;
	struct socket_address to = {0};
	int fd, err = 0;

	if (o->receives && !multicast)
		err = open_receiver(o, NULL);
	if (err == 0)
		err = address_of(o, 0, &to);
	if (err == 0 && o->receives && multicast)
		err = open_receiver(o, &to);
	if (err < 0)
		return err;
	fd = make_sender(o, &to);
	if (fd >= 0)
		keep(o, SOCKET_SEND, 0, fd);
	return MIN(fd, 0);
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
open_kind(struct opening *o)
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

/* There is nothing that could be opened. A terminal without a device behind it says EIO or ENXIO. */
static bool
error_is_missing(const struct conf_medium *m, int err)
{
	if (m->kind == MEDIUM_SERIAL)
		return err == -ENOENT || err == -ENXIO || err == -ENODEV || err == -EIO;
	return err == -ENODEV && m->device != NULL;
}

/* What may be over by itself: then it is tried again until it works. */
static bool
error_passes(const struct conf_medium *m, int err)
{
	return err == -ENETUNREACH || err == -EHOSTUNREACH || err == -ENETDOWN ||
	    err == -EADDRNOTAVAIL || error_is_missing(m, err);
}

static bool
has_interface(const struct conf_medium *m)
{
	return m->device != NULL && m->kind != MEDIUM_SERIAL;
}

static int
open_medium(struct medium_sockets *ms, struct opening *o)
{
	int err;

	ms->index = has_interface(o->m) ? if_nametoindex(o->m->device) : 0;
	if (has_interface(o->m) && ms->index == 0) {
		o->why = g_strdup_printf("there is no interface %s", o->m->device);
		err = -ENODEV;
	} else {
		err = open_kind(o);
	}
	ms->broken = err < 0;
	ms->missing = err < 0 && error_is_missing(o->m, err);
	g_free(ms->why);
	ms->why = err == 0 ? NULL : o->why != NULL ? o->why : g_strdup(g_strerror(-err));
	if (ms->why != o->why)
		g_free(o->why);
	return err;
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
		for (guint j = 0; j < from->lookups->len; j++) {
			struct lookup *l = g_ptr_array_index(from->lookups, j);

			g_ptr_array_add(to->lookups, l != NULL ? lookup_ref(l) : NULL);
		}
		to->index = from->index;
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
	ms->lookups = g_ptr_array_new_with_free_func((GDestroyNotify)lookup_free);
}

static struct opening
opening_of(const struct medium_sockets *ms, const struct conf *c, unsigned medium)
{
	return (struct opening){
	    .m = &c->media[medium],
	    .receives = medium_receives(c, medium),
	    .fds = ms->fds,
	    .lookups = ms->lookups,
	};
}

static void
open_one(struct medium_sockets *ms, const struct conf *c, unsigned medium, struct moment until,
    const char *path, GPtrArray *faults)
{
	struct opening o = opening_of(ms, c, medium);
	int err;

	o.until = until;
	err = open_medium(ms, &o);
	/* preflight() has said what is missing. */
	if (err < 0 && !ms->missing)
		files_fault(faults, path, o.m->line, !error_passes(o.m, err), "%s %s: %s%s",
		    medium_kind_name(o.m->kind), o.m->name, ms->why,
		    error_passes(o.m, err) ? "; tried again every second" : "");
}

struct sockets *
sockets_open(const struct conf *c, const char *hacf_path, const struct sockets *old,
    GPtrArray *faults)
{
	struct sockets *s = g_new0(struct sockets, 1);
	struct moment until;

	s->count = c->media_count;
	s->media = g_new0(struct medium_sockets, s->count);
	for (unsigned i = 0; i < s->count; i++)
		medium_init(&s->media[i], medium_key(c, i));
	if (old == NULL)
		look_for_strangers(c, hacf_path, faults);
	if (files_faulty(faults))
		return s;
	until = moment_add(clock_read().now, span_from_ms(LOOKUP_PATIENCE_MS));
	for (unsigned i = 0; i < s->count; i++) {
		struct medium_sockets *ms = &s->media[i];

		if (!take_over(ms, old))
			open_one(ms, c, i, until, hacf_path, faults);
		else if (ms->index == 0 && has_interface(&c->media[i]))
			ms->index = if_nametoindex(c->media[i].device);
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
		g_ptr_array_unref(s->media[i].lookups);
		g_free(s->media[i].key);
		g_free(s->media[i].why);
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

bool
sockets_missing(const struct sockets *s, unsigned medium)
{
	return s->media[medium].missing;
}

const char *
sockets_why(const struct sockets *s, unsigned medium)
{
	return s->media[medium].why;
}

bool
sockets_send(const struct sockets *s, unsigned medium)
{
	const GArray *fds = s->media[medium].fds;

	for (guint i = 0; i < fds->len; i++) {
		if (g_array_index(fds, struct opened_socket, i).role != SOCKET_RECEIVE)
			return true;
	}
	return false;
}

int
sockets_reopen(struct sockets *s, const struct conf *c, unsigned medium)
{
	struct medium_sockets *ms = &s->media[medium];
	struct opening o = opening_of(ms, c, medium);

	unlock_all(ms->fds);
	close_all(ms->fds);
	return open_medium(ms, &o);
}

/* --- what the machine made of them ---------------------------------------------------------- */

/* Do both ends have the same addresses? The port of ours is another each time. */
static bool
ends_equal(int a, int b)
{
	struct sockaddr_storage at[2] = {{0}}, to[2] = {{0}};
	const int fds[2] = {a, b};

	for (int i = 0; i < 2; i++) {
		socklen_t at_len = sizeof(at[i]), to_len = sizeof(to[i]);

		if (getsockname(fds[i], (struct sockaddr *)&at[i], &at_len) < 0 ||
		    getpeername(fds[i], (struct sockaddr *)&to[i], &to_len) < 0)
			return false;
		/* The same place in both families. */
		((struct sockaddr_in *)&at[i])->sin_port = 0;
	}
	return memcmp(&at[0], &at[1], sizeof(at[0])) == 0 && memcmp(&to[0], &to[1], sizeof(to[0])) == 0;
}

/* Would one that is opened now send from there to there, too? If none can be opened the old one may stay. */
static bool
sender_is_stale(struct opening *o, const struct opened_socket *s)
{
	const bool ping = medium_is_ping(o->m->kind);
	struct socket_address to = {0};
	bool stale;
	int fd;

	if (address_of(o, s->host, &to) < 0)
		return false;
	fd = ping ? ping_socket(to.addr.ss_family) : make_sender(o, &to);
	if (fd >= 0 && ping && connect_to(o, fd, &to) < 0) {
		close(fd);
		return false;
	}
	stale = fd >= 0 && !ends_equal(fd, s->fd);
	if (fd >= 0)
		close(fd);
	return stale;
}

/* The file may be another's by now: a serial line that was pulled out and plugged in. */
static bool
line_is_stale(const char *device, int fd)
{
	struct stat there, ours;

	return stat(device, &there) == 0 && fstat(fd, &ours) == 0 &&
	    (there.st_rdev != ours.st_rdev || there.st_ino != ours.st_ino);
}

/*
 * A socket that is bound to an interface keeps its number, and hears nothing any more when that is gone,
 * without an error. As long as no other interface has the name, one that was renamed still serves.
 */
static bool
interface_is_stale(const struct medium_sockets *ms, const struct conf_medium *m)
{
	const unsigned now = if_nametoindex(m->device);
	char name[IF_NAMESIZE];

	return now != ms->index && (now != 0 || if_indextoname(ms->index, name) == NULL);
}

bool
sockets_stale(struct sockets *s, const struct conf *c, unsigned medium)
{
	const struct medium_sockets *ms = &s->media[medium];
	struct opening o = opening_of(ms, c, medium);
	bool stale = has_interface(o.m) && interface_is_stale(ms, o.m);

	for (guint i = 0; i < ms->fds->len && !stale; i++) {
		const struct opened_socket *one = &g_array_index(ms->fds, struct opened_socket, i);

		if (o.m->kind == MEDIUM_SERIAL)
			stale = line_is_stale(o.m->device, one->fd);
		else if (one->role != SOCKET_RECEIVE)
			stale = sender_is_stale(&o, one);
	}
	g_free(o.why);
	return stale;
}

const GArray *
sockets_of(const struct sockets *s, unsigned medium)
{
	return s->media[medium].fds;
}
