/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "address_place.h"

#include <arpa/inet.h>
#include <linux/if_addr.h>
#include <string.h>

/* A network that an interface is in. */
struct network {
	unsigned index;
	int family;
	unsigned prefix_len;
	unsigned char ip[16];	/* no bits behind the prefix */
};

struct place_map {
	const GArray *links;
	GHashTable *by_index;	/* index -> const struct netlink_link * */
	GHashTable *inhabited;	/* a set of indexes: these links have an address */
	GPtrArray *addresses;	/* const struct netlink_address *, by family and address */
	GHashTable *networks;	/* struct network *, a set: there are few, however many addresses */
};

static unsigned
ip_size(int family)
{
	return family == AF_INET ? 4 : 16;
}

/* -- what there is -- */

static gint
by_address(gconstpointer x, gconstpointer y)
{
	const struct netlink_address *a = *(const struct netlink_address *const *)x;
	const struct netlink_address *b = *(const struct netlink_address *const *)y;

	return a->family != b->family ? a->family - b->family
				      : memcmp(a->ip, b->ip, ip_size(a->family));
}

static guint
network_hash(gconstpointer key)
{
	const struct network *n = key;
	guint h = n->index * 31 + n->prefix_len;

	for (unsigned i = 0; i < ip_size(n->family); i++)
		h = h * 31 + n->ip[i];
	return h;
}

static gboolean
network_equal(gconstpointer a, gconstpointer b)
{
	const struct network *x = a, *y = b;

	return x->index == y->index && x->family == y->family && x->prefix_len == y->prefix_len &&
	    memcmp(x->ip, y->ip, ip_size(x->family)) == 0;
}

static struct network
network_of(const struct netlink_address *a)
{
	struct network n = {a->index, a->family, a->prefix_len, {0}};
	const unsigned whole = MIN(a->prefix_len / 8, ip_size(a->family));

	memcpy(n.ip, a->ip, whole);
	if (a->prefix_len % 8 != 0 && whole < ip_size(a->family))
		n.ip[whole] = a->ip[whole] & (0xff00u >> a->prefix_len % 8);
	return n;
}

struct place_map *
place_map_new(const GArray *links, const GArray *addresses)
{
	struct place_map *m = g_new0(struct place_map, 1);

	m->links = links;
	m->by_index = g_hash_table_new(NULL, NULL);
	m->inhabited = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < links->len; i++) {
		const struct netlink_link *l = &g_array_index(links, struct netlink_link, i);

		g_hash_table_insert(m->by_index, GUINT_TO_POINTER(l->index), (gpointer)l);
	}
	m->addresses = g_ptr_array_sized_new(addresses->len);
	m->networks = g_hash_table_new_full(network_hash, network_equal, g_free, NULL);
	for (guint i = 0; i < addresses->len; i++) {
		const struct netlink_address *a =
		    &g_array_index(addresses, struct netlink_address, i);
		const struct network n = network_of(a);

		g_ptr_array_add(m->addresses, (gpointer)a);
		g_hash_table_add(m->inhabited, GUINT_TO_POINTER(a->index));
		/* An address with no neighbours says nothing about its network. */
		if (n.prefix_len > 0 && n.prefix_len < ip_size(n.family) * 8 &&
		    !g_hash_table_contains(m->networks, &n))
			g_hash_table_add(m->networks, g_memdup2(&n, sizeof(n)));
	}
	g_ptr_array_sort(m->addresses, by_address);
	return m;
}

void
place_map_free(struct place_map *m)
{
	if (m == NULL)
		return;
	g_hash_table_unref(m->by_index);
	g_hash_table_unref(m->inhabited);
	g_ptr_array_unref(m->addresses);
	g_hash_table_unref(m->networks);
	g_free(m);
}

const struct netlink_link *
place_map_link_by_index(const struct place_map *m, unsigned index)
{
	return g_hash_table_lookup(m->by_index, GUINT_TO_POINTER(index));
}

const struct netlink_link *
place_map_link(const struct place_map *m, const char *name)
{
	for (guint i = 0; i < m->links->len; i++) {
		const struct netlink_link *l = &g_array_index(m->links, struct netlink_link, i);

		if (strcmp(l->name, name) == 0)
			return l;
	}
	return NULL;
}

/* -- entries -- */

static bool
link_is_up(const struct netlink_link *l)
{
	return (l->flags & IFF_UP) != 0;
}

/* As in address.c: loopback interfaces do not count unless one is named. A member of a bridge is of no use. */
static bool
entry_counts(const struct netlink_link *l, const struct address_words *words)
{
	return l != NULL && !l->member &&
	    ((l->flags & IFF_LOOPBACK) == 0 || strcmp(l->name, words->interface) == 0);
}

static bool
is_as_remembered(const struct netlink_address *a, const struct address_memory *memory)
{
	return !memory->known || a->family != AF_INET || a->prefix_len == memory->prefix_len;
}

/* Duplicate detection has found another machine: the kernel keeps it, and does not use it. */
static bool
is_kept_off(const struct netlink_address *a)
{
	return a->family == AF_INET6 && (a->flags & IFA_F_DADFAILED) != 0;
}

/* Of several entries the one that is most like ours. */
static unsigned
entry_rank(const struct netlink_address *a, const struct netlink_link *l,
    const struct address_words *words, const struct address_memory *memory)
{
	const char *wanted = words->interface[0] != '\0' ? words->interface : memory->interface;

	return (is_as_remembered(a, memory) ? 4 : 0) + (link_is_up(l) ? 2 : 0) +
	    (strcmp(l->name, wanted) == 0 ? 1 : 0);
}

/* The first in the sorted list that is not before it. */
static guint
first_entry(const struct place_map *m, const struct netlink_address *key)
{
	guint low = 0, high = m->addresses->len;

	while (low < high) {
		const guint middle = low + (high - low) / 2;

		if (by_address(&m->addresses->pdata[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct netlink_address *
entry_find(const struct place_map *m, const struct address_words *words,
    const struct address_memory *memory, const struct netlink_link **link)
{
	const struct netlink_address *best = NULL;
	struct netlink_address wanted = {.family = words->family};
	const struct netlink_address *key = &wanted;
	unsigned best_rank = 0;

	memcpy(wanted.ip, words->ip, sizeof(wanted.ip));
	for (guint i = first_entry(m, key); i < m->addresses->len; i++) {
		const struct netlink_address *a = g_ptr_array_index(m->addresses, i);
		const struct netlink_link *l = place_map_link_by_index(m, a->index);

		if (by_address(&a, &key) != 0)
			break;
		if (!entry_counts(l, words))
			continue;
		const unsigned rank = entry_rank(a, l, words, memory);

		if (best == NULL || rank > best_rank) {
			best = a;
			best_rank = rank;
			*link = l;
		}
	}
	return best;
}

/* -- places -- */

bool
address_link_was_set_down(const struct netlink_link *link, const struct address_memory *memory)
{
	return !link_is_up(link) && memory->up_once != NULL &&
	    g_hash_table_contains(memory->up_once, link->name);
}

/*
 * Without carrier and without any address: whoever sets up the network has taken it out of use until the cable
 * is back. NetworkManager takes an interface that gets an address meanwhile for one that somebody else has set
 * up, and never gives it its own again. An empty bridge is of use to this machine itself.
 */
static bool
link_is_out_of_use(const struct place_map *m, const struct netlink_link *link,
    const struct address_memory *memory)
{
	return memory->up_once != NULL && (link->flags & (IFF_UP | IFF_RUNNING)) == IFF_UP &&
	    !link->bridge && !g_hash_table_contains(m->inhabited, GUINT_TO_POINTER(link->index));
}

/* Of two networks that it belongs to: where it was, then the longer prefix; hash order must not decide. */
static bool
network_is_better(const struct network *n, const struct network *than, unsigned was)
{
	if (than == NULL || (n->index == was) != (than->index == was))
		return than == NULL || n->index == was;
	if (n->prefix_len != than->prefix_len)
		return n->prefix_len > than->prefix_len;
	return n->index < than->index;
}

/* A network of an interface that is up, that it belongs to. */
static const struct network *
network_find(const struct place_map *m, const struct address_words *words, unsigned was)
{
	const struct network *best = NULL;
	GHashTableIter i;
	gpointer key;

	g_hash_table_iter_init(&i, m->networks);
	while (g_hash_table_iter_next(&i, &key, NULL)) {
		const struct network *n = key;
		const struct netlink_link *l = place_map_link_by_index(m, n->index);
		struct netlink_address a = {
		    .index = n->index, .family = n->family, .prefix_len = n->prefix_len};

		memcpy(a.ip, words->ip, sizeof(a.ip));
		if (n->family != words->family || l == NULL || l->member ||
		    (l->flags & (IFF_UP | IFF_LOOPBACK)) != IFF_UP)
			continue;
		const struct network its = network_of(&a);

		if (network_equal(&its, n) && network_is_better(n, best, was))
			best = n;
	}
	return best;
}

/* A bridge in a bond in a bridge. */
#define MASTERS_MAX 4

/* An interface of that name, what it was renamed to, or the bridge or bond that it is a member of now. */
static const struct netlink_link *
link_remembered(
    const struct place_map *m, const char *name, const struct address_memory *memory)
{
	const struct netlink_link *l = place_map_link(m, name);

	if (l == NULL && memory->index != 0 &&
	    (memory->known || strcmp(memory->interface, name) == 0))
		l = place_map_link_by_index(m, memory->index);
	for (unsigned i = 0; i < MASTERS_MAX && l != NULL && l->member; i++)
		l = place_map_link_by_index(m, l->master);
	return l;
}

/* Where it belongs, whatever the state of that; NULL: it is not there, or nothing is known. */
static const struct netlink_link *
place_find(const struct place_map *m, const struct address_words *words,
    const struct address_memory *memory)
{
	if (words->interface[0] != '\0')
		return link_remembered(m, words->interface, memory);

	const struct network *n = network_find(m, words, memory->index);

	if (n != NULL)
		return place_map_link_by_index(m, n->index);
	return memory->interface[0] != '\0' ? link_remembered(m, memory->interface, memory) : NULL;
}

const struct netlink_link *
address_place(const struct place_map *m, const struct address_words *words,
    const struct address_memory *memory)
{
	const struct netlink_link *l = place_find(m, words, memory);

	if (l == NULL || address_link_was_set_down(l, memory) || link_is_out_of_use(m, l, memory))
		return NULL;
	return l;
}

/* -- memory -- */

static void
learn_place(struct address_memory *memory, const struct netlink_link *l)
{
	if (memory->index == l->index && strcmp(memory->interface, l->name) == 0)
		return;
	g_strlcpy(memory->interface, l->name, sizeof(memory->interface));
	memory->index = l->index;
}

static void
learn_entry(struct address_memory *memory, const struct netlink_address *a,
    const struct netlink_link *l)
{
	learn_place(memory, l);
	g_strlcpy(memory->label_now, a->label, sizeof(memory->label_now));
	if (memory->known && a->family == AF_INET)
		return;
	memory->prefix_len = a->prefix_len;
	memory->known = memory->ours;
	if (memory->known)
		g_strlcpy(memory->label, a->label, sizeof(memory->label));
}

static void
learn_network(const struct place_map *m, const struct address_words *words,
    struct address_memory *memory)
{
	const struct network *n =
	    words->interface[0] == '\0' && !memory->known ? network_find(m, words, memory->index) : NULL;

	if (n == NULL)
		return;
	learn_place(memory, place_map_link_by_index(m, n->index));
	memory->prefix_len = n->prefix_len;
}

/* -- the answer -- */

static enum address_state
where_absent(const struct place_map *m, const struct address_words *words,
    struct address_memory *memory, char **reason)
{
	const char *name = words->interface[0] != '\0' ? words->interface : memory->interface;

	learn_network(m, words, memory);
	const struct netlink_link *l = place_find(m, words, memory);

	if (l == NULL && name[0] != '\0') {
		*reason = g_strdup_printf("there is no interface %s", name);
		return ADDRESS_NOWHERE;
	}
	if (l != NULL && address_link_was_set_down(l, memory)) {
		*reason = g_strdup_printf("%s is down", l->name);
		return ADDRESS_NOWHERE;
	}
	if (l != NULL && link_is_out_of_use(m, l, memory)) {
		*reason = g_strdup_printf("%s has no carrier and no address", l->name);
		return ADDRESS_NOWHERE;
	}
	*reason = l != NULL ? g_strdup_printf("was gone from %s", l->name) : g_strdup("was gone");
	return ADDRESS_GONE;
}

enum address_state
address_where(const struct place_map *m, const struct address_words *words,
    struct address_memory *memory, char **reason)
{
	const struct netlink_link *l = NULL;
	const struct netlink_address *a = entry_find(m, words, memory, &l);

	*reason = NULL;
	if (a == NULL)
		return where_absent(m, words, memory, reason);
	if (address_link_was_set_down(l, memory)) {
		*reason = g_strdup_printf("%s is down", l->name);
		return ADDRESS_NOWHERE;
	}
	if (!link_is_up(l)) {
		*reason = g_strdup_printf("is on %s, which was never up", l->name);
		return ADDRESS_GONE;
	}
	if (is_kept_off(a)) {
		*reason = g_strdup_printf("is on %s, but of no use: another machine had it when it was added",
		    l->name);
		return ADDRESS_GONE;
	}
	if (!is_as_remembered(a, memory)) {
		*reason = g_strdup_printf("is on %s as /%u, which is not ours", l->name, a->prefix_len);
		return ADDRESS_GONE;
	}
	learn_entry(memory, a, l);
	return ADDRESS_HERE;
}
