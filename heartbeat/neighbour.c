/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "neighbour.h"

#include <errno.h>
#include <glib.h>
#include <linux/neighbour.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/monotime.h"
#include "log.h"

/* The address was good lately, or is taken for good until that is refuted. */
#define NUD_GOOD (NUD_REACHABLE | NUD_STALE | NUD_DELAY)

struct neighbours {
	qb_loop_t *loop;
	const struct conf *conf;
	const struct sockets *sockets;
	struct netlink *netlink;
	struct netlink_neighbour *known;	/* by medium */
	bool armed;
	qb_loop_timer_handle timer;
};

bool
neighbour_judge(const struct netlink_neighbour *now, struct netlink_neighbour *known,
    unsigned *again_ms)
{
	const bool is_known = known->hw_len > 0 && known->index == now->index;

	*again_ms = NEIGHBOUR_MS;
	if ((now->state & NUD_GOOD) != 0 && now->hw_len > 0)
		*known = *now;
	else if (is_known && (now->state & (NUD_PERMANENT | NUD_NOARP)) == 0)
		*again_ms = NEIGHBOUR_DOUBT_MS;
	/* It has asked everybody and waits for an answer. */
	return is_known && now->state == NUD_INCOMPLETE;
}

/* Where the medium sends to. Returns: false if nowhere now. */
static bool
destination(const struct neighbours *n, unsigned medium, struct netlink_neighbour *out)
{
	const GArray *sockets = sockets_of(n->sockets, medium);
	struct sockaddr_storage to;
	socklen_t len = sizeof(to);

	memset(out, 0, sizeof(*out));
	out->index = if_nametoindex(n->conf->media[medium].device);
	for (guint i = 0; i < sockets->len && out->index != 0; i++) {
		const struct opened_socket *s = &g_array_index(sockets, struct opened_socket, i);

		if (s->role != SOCKET_SEND || getpeername(s->fd, (struct sockaddr *)&to, &len) < 0)
			continue;
		out->family = to.ss_family;
		if (to.ss_family == AF_INET)
			memcpy(out->ip, &((const struct sockaddr_in *)&to)->sin_addr, 4);
		else if (to.ss_family == AF_INET6)
			memcpy(out->ip, &((const struct sockaddr_in6 *)&to)->sin6_addr, 16);
		else
			return false;
		return true;
	}
	return false;
}

static unsigned
look(struct neighbours *n, unsigned medium)
{
	struct netlink_neighbour now, *known = &n->known[medium];
	unsigned again_ms = NEIGHBOUR_MS;

	if (!destination(n, medium, &now) || netlink_neighbour_get(n->netlink, &now) < 0 ||
	    !neighbour_judge(&now, known, &again_ms))
		return again_ms;
	known->state = NUD_STALE;
	const int err = netlink_neighbour_set(n->netlink, known);

	if (err < 0)
		log_write(TRACE_DEBUG, "ucast %s: the address of its neighbour cannot be given back: %s",
		    n->conf->media[medium].name, g_strerror(-err));
	return again_ms;
}

static void
look_at_all(void *data)
{
	struct neighbours *n = data;
	unsigned soonest_ms = NEIGHBOUR_MS;

	for (unsigned i = 0; i < n->conf->media_count; i++) {
		if (n->conf->media[i].kind != MEDIUM_UCAST)
			continue;
		const unsigned again_ms = look(n, i);

		soonest_ms = MIN(soonest_ms, again_ms);
	}
	n->armed = qb_loop_timer_add(n->loop, QB_LOOP_MED, (uint64_t)span_from_ms(soonest_ms).ns, n,
		       look_at_all, &n->timer) == 0;
}

struct neighbours *
neighbours_new(qb_loop_t *loop, const struct conf *conf, const struct sockets *sockets)
{
	struct neighbours *n = g_new0(struct neighbours, 1);
	bool some = false;

	n->loop = loop;
	n->conf = conf;
	n->sockets = sockets;
	n->known = g_new0(struct netlink_neighbour, conf->media_count + 1);
	for (unsigned i = 0; i < conf->media_count; i++)
		some = some || conf->media[i].kind == MEDIUM_UCAST;
	n->netlink = some ? netlink_open() : NULL;
	if (n->netlink != NULL)
		look_at_all(n);
	else if (some)
		log_write(TRACE_WARNING, "neighbours of ucast paths are left to the kernel: netlink: %s;"
		    " after a cut contact may take a second longer", g_strerror(errno));
	return n;
}

void
neighbours_free(struct neighbours *n)
{
	if (n == NULL)
		return;
	if (n->armed)
		qb_loop_timer_del(n->loop, n->timer);
	netlink_close(n->netlink);
	g_free(n->known);
	g_free(n);
}
