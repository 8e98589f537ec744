/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conflict_watch.h"

#include <errno.h>
#include <glib.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "clock.h"
#include "proto/neighbour.h"

/* An advertisement with all its options; what is longer is cut, and then damaged. */
#define FRAME_MAX 512

/* An address of the configuration. */
struct place {
	unsigned group, resource;
	bool ipv6;
	unsigned char ip[16];
};

struct ear {
	struct conflict_watch *watch;
	bool ipv6;
	int fd;	/* -1: none */
	bool rests;
	qb_loop_timer_handle timer;
};

struct conflict_watch {
	qb_loop_t *loop;
	const struct conf *conf;
	struct conflict_owner owner;
	GArray *places;	/* struct place */
	struct ear ears[2];	/* IPv4, IPv6 */
	struct address_world *world;	/* NULL: not looked at */
	struct moment world_at;
};

/* The kernel may hold us up while it is busy with an interface: not for each frame. */
static bool
look(struct conflict_watch *w)
{
	const struct moment now = clock_read().now;

	if (w->world != NULL &&
	    !span_exceeds(moment_since(now, w->world_at), span_from_ms(CONFLICT_WORLD_MS)))
		return true;
	address_world_free(w->world);
	w->world = address_world_new();
	w->world_at = now;
	return w->world != NULL;
}

static bool
is_in_place(struct conflict_watch *w, const struct place *p, unsigned index,
    const struct neighbour *n, char *interface)
{
	const struct conf_resource *r = &w->conf->groups[p->group].resources[p->resource];

	return look(w) &&
	    address_is_anothers(w->world, r->script, r->args, index, n->hw, n->hw_len, interface);
}

/* Returns: was it looked into? */
static bool
claim_heard(struct conflict_watch *w, const struct neighbour *n, unsigned index)
{
	char interface[IFNAMSIZ], mac[NEIGHBOUR_TEXT_MAX];

	for (guint i = 0; i < w->places->len; i++) {
		const struct place *p = &g_array_index(w->places, struct place, i);

		if (p->ipv6 != n->ipv6 || memcmp(p->ip, n->ip, sizeof(p->ip)) != 0 ||
		    !w->owner.minds(w->owner.arg, p->group, p->resource))
			continue;
		if (is_in_place(w, p, index, n, interface)) {
			const struct event_conflict e = {p->group, p->resource, mac, interface};

			neighbour_text(n->hw, n->hw_len, mac);
			w->owner.heard(w->owner.arg, &e);
		}
		return true;
	}
	return false;
}

/* Returns: -1 there is none, else how many were looked into. */
static int
frame_take(struct ear *e)
{
	union {
		struct sockaddr any;
		struct sockaddr_ll ll;
		/* Longer than the struct for hardware addresses longer than its own. */
		unsigned char room[sizeof(struct sockaddr_ll) + NEIGHBOUR_HW_MAX];
	} from;
	socklen_t from_len = sizeof(from);
	unsigned char frame[FRAME_MAX];
	struct neighbour n;

	memset(&from, 0, sizeof(from));
	const ssize_t len =
	    recvfrom(e->fd, frame, sizeof(frame), MSG_DONTWAIT, &from.any, &from_len);
	if (len < 0)
		return -1;
	/* What was meant for others, and came by chance, says little; and what left here, nothing. */
	if (from.ll.sll_pkttype == PACKET_OTHERHOST || from.ll.sll_pkttype == PACKET_OUTGOING)
		return 0;
	const bool read = e->ipv6 ? neighbour_read_nd(frame, (size_t)len, from.ll.sll_addr,
					MIN(from.ll.sll_halen, sizeof(from.ll.sll_addr)), &n)
				  : neighbour_read_arp(frame, (size_t)len, &n);

	return read && claim_heard(e->watch, &n, (unsigned)from.ll.sll_ifindex) ? 1 : 0;
}

static int32_t ear_ready(int32_t fd, int32_t revents, void *data);

static void
ear_listen(void *data)
{
	struct ear *e = data;

	e->rests = false;
	qb_loop_poll_add(e->watch->loop, QB_LOOP_LOW, e->fd, POLLIN, e, ear_ready);
}

static void
ear_rest(struct ear *e)
{
	e->rests = qb_loop_timer_add(e->watch->loop, QB_LOOP_LOW,
		       CONFLICT_PAUSE_MS * (uint64_t)1000000, e, ear_listen, &e->timer) == 0;
	if (e->rests)
		qb_loop_poll_del(e->watch->loop, e->fd);
}

static int32_t
ear_ready(int32_t fd, int32_t revents, void *data)
{
	struct ear *e = data;
	int looks = 0;

	(void)fd;
	(void)revents;
	for (int i = 0; i < CONFLICT_FRAMES && looks < CONFLICT_LOOKS; i++) {
		const int one = frame_take(e);

		if (one < 0)
			break;
		looks += one;
	}
	ear_rest(e);
	return 0;
}

static void
ear_close(struct ear *e)
{
	if (e->fd < 0)
		return;
	if (e->rests)
		qb_loop_timer_del(e->watch->loop, e->timer);
	else
		qb_loop_poll_del(e->watch->loop, e->fd);
	close(e->fd);
	e->fd = -1;
}

void
conflict_watch_attach(struct conflict_watch *w, bool ipv6, int fd)
{
	struct ear *e = &w->ears[ipv6 ? 1 : 0];

	ear_close(e);
	e->fd = fd;
	ear_listen(e);
}

struct conflict_watch *
conflict_watch_new(qb_loop_t *loop, const struct conf *c, const struct conflict_owner *owner)
{
	struct conflict_watch *w = g_new0(struct conflict_watch, 1);

	w->loop = loop;
	w->conf = c;
	w->owner = *owner;
	w->places = g_array_new(FALSE, TRUE, sizeof(struct place));
	for (unsigned i = 0; i < G_N_ELEMENTS(w->ears); i++)
		w->ears[i] = (struct ear){.watch = w, .ipv6 = i == 1, .fd = -1};
	for (unsigned g = 0; g < c->group_count; g++) {
		for (unsigned r = 0; r < c->groups[g].resource_count; r++) {
			const struct conf_resource *each = &c->groups[g].resources[r];
			struct place p = {.group = g, .resource = r};
			int family = 0;

			if (each->kind == RESOURCE_ADDRESS)
				family = address_ip(each->script, each->args, p.ip);
			p.ipv6 = family == AF_INET6;
			if (family != 0)
				g_array_append_val(w->places, p);
		}
	}
	return w;
}

void
conflict_watch_free(struct conflict_watch *w)
{
	if (w == NULL)
		return;
	for (unsigned i = 0; i < G_N_ELEMENTS(w->ears); i++)
		ear_close(&w->ears[i]);
	g_array_unref(w->places);
	address_world_free(w->world);
	g_free(w);
}
