/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "picture.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "clock.h"
#include "log.h"
#include "script.h"

/* Links that stand on each other: a VLAN on a bond in a bridge and some. */
#define LEVELS_MAX 8

/* An address of the configuration. */
struct watched {
	unsigned group, resource;
	char *text;	/* its words in haresources */
	struct address_words words;
	struct address_memory memory;
	enum address_state told;
	bool tell;	/* whatever was told, anew */
	bool label_said;	/* that its label is not ours */
};

struct picture {
	qb_loop_t *loop;
	struct picture_owner owner;
	struct netlink *netlink;
	int watch;	/* -1: none */
	bool listens;	/* to watch */
	bool waits;	/* for the next look */
	qb_loop_timer_handle timer;
	struct moment next_at;	/* no look before */
	GArray *links;	/* struct netlink_link, of the last look; NULL: there was none */
	GHashTable *up_once;	/* names of links that were up: char * */
	GPtrArray *watched;	/* struct watched * */
	GHashTable *by_ip;	/* of IPv4: the address -> struct watched * */
	bool failed;	/* the last look, and that was said */
	bool looked;	/* once at least */
};

static void look_soon(struct picture *p, int64_t ms);

/* -- addresses -- */

static void
watched_free(gpointer data)
{
	struct watched *w = data;

	g_free(w->text);
	g_free(w);
}

static struct watched *
watched_find(const struct picture *p, unsigned group, unsigned resource)
{
	for (guint i = 0; i < p->watched->len; i++) {
		struct watched *w = g_ptr_array_index(p->watched, i);

		if (w->group == group && w->resource == resource)
			return w;
	}
	return NULL;
}

/* Said once: a label is only a name. */
static void
look_at_label(struct watched *w)
{
	const struct address_memory *memory = &w->memory;

	if (!memory->known || strcmp(memory->label_now, memory->label) == 0 || w->label_said)
		return;
	w->label_said = true;
	log_write(TRACE_WARNING, "%s: somebody gave it the label %s, ours was %s; left so", w->text,
	    memory->label_now, memory->label[0] != '\0' ? memory->label : "none");
}

/* -- links -- */

static bool
carries(const struct netlink_link *l)
{
	return (l->flags & (IFF_UP | IFF_RUNNING)) == (IFF_UP | IFF_RUNNING) && !l->blocked;
}

static const struct netlink_link *
link_by_index(const GArray *links, unsigned index)
{
	for (guint i = 0; links != NULL && i < links->len; i++) {
		const struct netlink_link *l = &g_array_index(links, struct netlink_link, i);

		if (l->index == index)
			return l;
	}
	return NULL;
}

static bool
came_back(const struct netlink_link *l, const struct netlink_link *before)
{
	return carries(l) && (!carries(before) || l->ups != before->ups);
}

/* Neighbours, or switches on the way, may have another idea of it now. */
static bool
link_is_shaken(const struct netlink_link *l, const struct netlink_link *before)
{
	if (before == NULL)
		return false;
	return came_back(l, before) || l->hw_len != before->hw_len ||
	    memcmp(l->hw, before->hw, l->hw_len) != 0 ||
	    (l->active != 0 && l->active != before->active);
}

static bool
is_set(GHashTable *set, unsigned index)
{
	return index != 0 && g_hash_table_contains(set, GUINT_TO_POINTER(index));
}

/* Of links by index: what is shaken spreads to what stands on it. */
static GHashTable *
shaken_links(const GArray *links, const GArray *before)
{
	GHashTable *set = g_hash_table_new(NULL, NULL);
	bool more = true;

	for (guint i = 0; i < links->len; i++) {
		const struct netlink_link *l = &g_array_index(links, struct netlink_link, i);
		const struct netlink_link *was = link_by_index(before, l->index);

		if (link_is_shaken(l, was))
			g_hash_table_add(set, GUINT_TO_POINTER(l->index));
		/* A way through a bridge that was not there; a bond says itself which way it goes. */
		if (l->master != 0 && carries(l) && before != NULL &&
		    (was == NULL || was->master != l->master || came_back(l, was))) {
			const struct netlink_link *master = link_by_index(links, l->master);

			if (master != NULL && master->active == 0 &&
			    link_by_index(before, l->master) != NULL)
				g_hash_table_add(set, GUINT_TO_POINTER(l->master));
		}
	}
	for (unsigned level = 0; level < LEVELS_MAX && more; level++) {
		more = false;
		for (guint i = 0; i < links->len; i++) {
			const struct netlink_link *l = &g_array_index(links, struct netlink_link, i);

			if (is_set(set, l->below) && !is_set(set, l->index))
				more = g_hash_table_add(set, GUINT_TO_POINTER(l->index));
		}
	}
	return set;
}

static void
note_links_up(struct picture *p, const GArray *links)
{
	for (guint i = 0; i < links->len; i++) {
		const struct netlink_link *l = &g_array_index(links, struct netlink_link, i);

		if ((l->flags & IFF_UP) != 0 && !g_hash_table_contains(p->up_once, l->name))
			g_hash_table_add(p->up_once, g_strdup(l->name));
	}
}

/* -- looking -- */

static void
look_at_address(
    struct picture *p, struct watched *w, const struct place_map *m, GHashTable *shaken)
{
	g_autofree char *reason = NULL;
	const enum address_state state = address_where(m, &w->words, &w->memory, &reason);
	const bool is_shaken = state == ADDRESS_HERE && is_set(shaken, w->memory.index);
	const struct event_address e = {w->group, w->resource, state, is_shaken, reason};

	if (state == ADDRESS_HERE)
		look_at_label(w);
	if (state == w->told && !is_shaken && !w->tell)
		return;
	w->told = state;
	w->tell = false;
	p->owner.address(p->owner.arg, &e);
}

static void
compare(struct picture *p, GArray *links, const GArray *addresses)
{
	struct place_map *m = place_map_new(links, addresses);
	GHashTable *shaken = shaken_links(links, p->links);
	GArray *before = g_steal_pointer(&p->links);

	p->links = g_array_ref(links);
	note_links_up(p, links);
	for (guint i = 0; i < p->watched->len; i++)
		look_at_address(p, g_ptr_array_index(p->watched, i), m, shaken);
	place_map_free(m);
	g_hash_table_unref(shaken);
	g_clear_pointer(&before, g_array_unref);
}

/* One that we started, as it was then. */
static bool
is_ours(void *arg, const struct netlink_address *a)
{
	const struct picture *p = arg;
	uint32_t ip;

	memcpy(&ip, a->ip, sizeof(ip));
	const struct watched *w =
	    a->family == AF_INET ? g_hash_table_lookup(p->by_ip, GUINT_TO_POINTER(ip)) : NULL;

	return w != NULL && w->memory.known && w->memory.index == a->index &&
	    w->memory.prefix_len == a->prefix_len;
}

static int
look_at_all(struct picture *p)
{
	g_autoptr(GArray) links = NULL;
	g_autoptr(GArray) addresses = NULL;
	int rc = 0;

	if (p->netlink == NULL)
		p->netlink = netlink_open();
	if (p->netlink == NULL)
		return -errno;
	rc = netlink_links(p->netlink, &links);
	if (rc == 0)
		rc = netlink_addresses(p->netlink, &addresses);
	if (rc < 0) {
		g_clear_pointer(&p->netlink, netlink_close);
		return rc;
	}
	compare(p, links, addresses);
	if (address_step_back(p->netlink, links, addresses, is_ours, p))
		log_write(TRACE_NOTICE, "addresses of this machine itself are back: ours stand behind them again");
	return 0;
}

static int32_t
watch_ready(int32_t fd, int32_t revents, void *data)
{
	struct picture *p = data;

	(void)fd;
	(void)revents;
	/* Until the look nothing more is to be heard: see look(). */
	qb_loop_poll_del(p->loop, p->watch);
	p->listens = false;
	look_soon(p, PICTURE_GATHER_MS);
	return 0;
}

static void
listen_again(struct picture *p)
{
	if (p->watch < 0)
		p->watch = netlink_watch();
	if (p->watch >= 0 && !p->listens)
		p->listens = qb_loop_poll_add(p->loop, QB_LOOP_MED, p->watch, POLLIN, p, watch_ready) == 0;
	if (p->listens)
		return;
	look_soon(p, PICTURE_AGAIN_MS);
}

static void
look(struct picture *p)
{
	const struct moment began = clock_read().now;

	/* What comes from now on is seen, or wakes us up again. */
	if (p->watch >= 0)
		netlink_drain(p->watch);
	const int rc = look_at_all(p);

	/* They change all the time: it is tried again at the usual pace. */
	if (rc == -EINTR) {
		look_soon(p, PICTURE_PAUSE_MS);
	} else if (rc < 0) {
		if (!p->failed)
			log_write(TRACE_ERROR, "the kernel does not tell its links and addresses: %s; tried"
			    " again each second", g_strerror(-rc));
		look_soon(p, PICTURE_AGAIN_MS);
	}
	p->failed = rc < 0 && rc != -EINTR;
	if (p->owner.looked != NULL && p->looked)
		p->owner.looked(p->owner.arg);
	p->looked = true;
	const struct moment now = clock_read().now;
	const int64_t took_ms = span_ms(moment_since(now, began));

	p->next_at = moment_add(
	    now, span_from_ms(MAX(PICTURE_PAUSE_MS, took_ms * PICTURE_PAUSE_TIMES)));
	listen_again(p);
}

static void
look_due(void *data)
{
	struct picture *p = data;

	p->waits = false;
	look(p);
}

static void
look_soon(struct picture *p, int64_t ms)
{
	const struct moment now = clock_read().now;
	const struct moment at = moment_max(moment_add(now, span_from_ms(ms)), p->next_at);

	if (p->waits)
		return;
	p->waits = qb_loop_timer_add(p->loop, QB_LOOP_HIGH, (uint64_t)moment_since(at, now).ns, p,
		       look_due, &p->timer) == 0;
}

/* -- for the master -- */

struct picture *
picture_new(qb_loop_t *loop, const struct picture_owner *owner)
{
	struct picture *p = g_new0(struct picture, 1);

	p->loop = loop;
	p->owner = *owner;
	p->watch = netlink_watch();
	p->up_once = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	p->watched = g_ptr_array_new_with_free_func(watched_free);
	p->by_ip = g_hash_table_new(NULL, NULL);
	if (p->watch < 0)
		log_write(TRACE_ERROR, "the kernel does not tell when links and addresses change: %s; looked"
		    " at once a second", g_strerror(-p->watch));
	look(p);
	return p;
}

void
picture_free(struct picture *p)
{
	if (p == NULL)
		return;
	if (p->waits)
		qb_loop_timer_del(p->loop, p->timer);
	if (p->listens)
		qb_loop_poll_del(p->loop, p->watch);
	if (p->watch >= 0)
		close(p->watch);
	netlink_close(p->netlink);
	g_clear_pointer(&p->links, g_array_unref);
	g_hash_table_unref(p->up_once);
	g_hash_table_unref(p->by_ip);
	g_ptr_array_unref(p->watched);
	g_free(p);
}

/* Is it ours to set, and well formed? */
static bool
is_native(const struct conf *c, const struct conf_resource *r, struct address_words *words)
{
	struct script_call call = {0};
	g_autofree char *why = NULL;
	bool native = r->kind == RESOURCE_ADDRESS &&
	    script_resolve(c, r, OP_START, &call, &why) == 0 && call.agent == AGENT_NATIVE;

	script_call_clear(&call);
	g_clear_pointer(&why, g_free);
	return native && address_words_read(r->script, r->args, words, &why);
}

/* What was known of an address with that line. */
static void
remember(const GPtrArray *old, struct watched *w)
{
	for (guint i = 0; i < old->len; i++) {
		const struct watched *was = g_ptr_array_index(old, i);

		if (strcmp(was->text, w->text) == 0)
			w->memory = was->memory;
	}
}

void
picture_configure(struct picture *p, const struct conf *c, const enum group_hint *hints)
{
	GPtrArray *old = g_steal_pointer(&p->watched);

	g_hash_table_remove_all(p->by_ip);
	p->watched = g_ptr_array_new_with_free_func(watched_free);
	for (unsigned g = 0; g < c->group_count; g++) {
		for (unsigned i = 0; i < c->groups[g].resource_count; i++) {
			const struct conf_resource *r = &c->groups[g].resources[i];
			struct address_words words;

			if (!is_native(c, r, &words))
				continue;
			struct watched *w = g_new0(struct watched, 1);

			w->group = g;
			w->resource = i;
			w->text = g_strdup(r->text);
			w->words = words;
			w->tell = true;
			remember(old, w);
			w->memory.ours = hint_may_run(hints[g]);
			w->memory.known = w->memory.known && w->memory.ours;
			w->memory.up_once = p->up_once;
			g_ptr_array_add(p->watched, w);
			uint32_t ip;

			memcpy(&ip, words.ip, sizeof(ip));
			if (words.family == AF_INET)
				g_hash_table_insert(p->by_ip, GUINT_TO_POINTER(ip), w);
		}
	}
	g_ptr_array_unref(old);
}

void
picture_tell_all(struct picture *p)
{
	for (guint i = 0; i < p->watched->len; i++)
		((struct watched *)g_ptr_array_index(p->watched, i))->tell = true;
	look(p);
}

const struct address_memory *
picture_memory(const struct picture *p, unsigned group, unsigned resource)
{
	const struct watched *w = watched_find(p, group, resource);

	return w != NULL ? &w->memory : NULL;
}

void
picture_performed(struct picture *p, unsigned group, unsigned resource, enum resource_op op)
{
	struct watched *w = watched_find(p, group, resource);

	if (w == NULL || (op != OP_START && op != OP_STOP))
		return;
	w->memory.ours = op == OP_START;
	w->memory.known = w->memory.known && w->memory.ours;
	w->tell = true;
	look_soon(p, PICTURE_GATHER_MS);
}
