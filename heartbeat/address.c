/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_addr.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "address_place.h"
#include "address_words.h"
#include "announce.h"
#include "bystanders.h"
#include "netlink.h"

enum {
	CODE_DONE = 0,
	CODE_REFUSED = 1,
	CODE_OUT_OF_USE = 4,	/* it is there; people are told that it does not run */
	CODE_WORDS_WRONG = 6,
	CODE_NOT_RUNNING = 7,
};

/* Alias numbers of one interface that IPaddr tries; 3.0.6 gave up at this number too. */
#define ALIAS_MAX 512

/* What this machine has, as it was when the operation began. */
struct world {
	struct netlink *netlink;
	GArray *links;	   /* struct netlink_link */
	GArray *addresses; /* struct netlink_address */
};

static void
world_clear(struct world *w)
{
	netlink_close(w->netlink);
	g_clear_pointer(&w->links, g_array_unref);
	g_clear_pointer(&w->addresses, g_array_unref);
}

static int
world_look(struct world *w)
{
	*w = (struct world){.netlink = netlink_open()};
	if (w->netlink == NULL)
		return -errno;
	int rc = netlink_links(w->netlink, &w->links);
	if (rc == 0)
		rc = netlink_addresses(w->netlink, &w->addresses);
	if (rc < 0)
		world_clear(w);
	return rc;
}

static const struct netlink_link *
link_by_index(const struct world *w, unsigned index)
{
	for (guint i = 0; i < w->links->len; i++) {
		const struct netlink_link *l =
		    &g_array_index(w->links, struct netlink_link, i);
		if (l->index == index)
			return l;
	}
	return NULL;
}

static const struct netlink_link *
link_by_name(const struct world *w, const char *name)
{
	for (guint i = 0; i < w->links->len; i++) {
		const struct netlink_link *l =
		    &g_array_index(w->links, struct netlink_link, i);
		if (strcmp(l->name, name) == 0)
			return l;
	}
	return NULL;
}

static size_t
ip_size(int family)
{
	return family == AF_INET ? 4 : 16;
}

static bool
prefix_contains(const unsigned char *net, unsigned prefix_len, const unsigned char *ip)
{
	const unsigned whole = prefix_len / 8;

	if (memcmp(net, ip, whole) != 0)
		return false;
	if (prefix_len % 8 == 0)
		return true;
	const unsigned mask = 0xff00u >> prefix_len % 8;
	return ((net[whole] ^ ip[whole]) & mask & 0xff) == 0;
}

/*
 * Is this entry the address in question? Loopback interfaces do not count unless one is
 * named: real servers of a load balancer keep the shared address there, unannounced.
 */
static bool
entry_matches(const struct world *w, const struct address_words *words,
    const struct netlink_address *a)
{
	if (a->family != words->family || memcmp(a->ip, words->ip, ip_size(a->family)) != 0)
		return false;
	const struct netlink_link *l = link_by_index(w, a->index);
	if (l == NULL)
		return false;
	return (l->flags & IFF_LOOPBACK) == 0 || strcmp(l->name, words->interface) == 0;
}

/* The entry of the address, on the interface named if it is there, else on any. */
static const struct netlink_address *
entry_find(const struct world *w, const struct address_words *words)
{
	const struct netlink_address *found = NULL;

	for (guint i = 0; i < w->addresses->len; i++) {
		const struct netlink_address *a =
		    &g_array_index(w->addresses, struct netlink_address, i);
		if (!entry_matches(w, words, a))
			continue;
		if (strcmp(link_by_index(w, a->index)->name, words->interface) == 0)
			return a;
		if (found == NULL)
			found = a;
	}
	return found;
}

/* The longest configured prefix that contains the address; index 0: any interface. */
static const struct netlink_address *
connected_find(const struct world *w, const struct address_words *words, unsigned index)
{
	const struct netlink_address *best = NULL;

	for (guint i = 0; i < w->addresses->len; i++) {
		const struct netlink_address *a =
		    &g_array_index(w->addresses, struct netlink_address, i);
		const struct netlink_link *l = link_by_index(w, a->index);
		if (a->family != words->family || a->prefix_len == 0 || l == NULL)
			continue;
		if (index != 0 ? a->index != index
			       : (l->flags & (IFF_UP | IFF_LOOPBACK)) != IFF_UP)
			continue;
		/* The address itself with no neighbours says nothing about its network. */
		if (a->prefix_len == ip_size(a->family) * 8)
			continue;
		if (prefix_contains(a->ip, a->prefix_len, words->ip) &&
		    (best == NULL || a->prefix_len > best->prefix_len))
			best = a;
	}
	return best;
}

/* Where the address belongs: interface and prefix length, as found here. */
struct place {
	const struct netlink_link *link;
	unsigned prefix_len;
};

static char *
place_named(const struct world *w, const struct address_words *words, struct place *out)
{
	out->link = link_by_name(w, words->interface);
	if (out->link == NULL) {
		g_autoptr(GString) names = g_string_new(NULL);
		for (guint i = 0; i < w->links->len; i++)
			g_string_append_printf(names, "%s%s", i == 0 ? "" : ", ",
			    g_array_index(w->links, struct netlink_link, i).name);
		return g_strdup_printf("there is no interface %s (there are %s)",
		    words->interface, names->str);
	}
	out->prefix_len = words->prefix_len;
	if (out->prefix_len != 0)
		return NULL;
	const struct netlink_address *near = connected_find(w, words, out->link->index);
	if (near == NULL)
		return g_strdup_printf("%s has no network with this address in it,"
				       " so the bits must be given",
		    words->interface);
	out->prefix_len = near->prefix_len;
	return NULL;
}

static char *
place_by_route(const struct world *w, const struct address_words *words, struct place *out)
{
	unsigned index, prefix_len;

	*out = (struct place){0};
	if (netlink_route(w->netlink, words->family, words->ip, &index, &prefix_len) == 0) {
		out->link = link_by_index(w, index);
		out->prefix_len = prefix_len;
	} else {
		/* A local route in the way (the address on loopback) hides the network. */
		const struct netlink_address *near = connected_find(w, words, 0);
		if (near != NULL) {
			out->link = link_by_index(w, near->index);
			out->prefix_len = near->prefix_len;
		}
	}
	if (out->link == NULL)
		return g_strdup("no interface has a route to it;"
				" name the interface: ADDRESS/BITS/INTERFACE");
	if (words->prefix_len != 0)
		out->prefix_len = words->prefix_len;
	if (out->prefix_len == 0)
		return g_strdup(
		    "only the default route leads to it, so the bits must be given:"
		    " ADDRESS/BITS[/INTERFACE]");
	return NULL;
}

static bool
label_is_taken(const struct world *w, const char *label)
{
	for (guint i = 0; i < w->addresses->len; i++) {
		if (strcmp(g_array_index(w->addresses, struct netlink_address, i).label, label) == 0)
			return true;
	}
	return false;
}

/* The first alias number that no address of the interface has; none fits: no label. */
static void
label_number(const struct world *w, const struct netlink_link *l, char out[IFNAMSIZ])
{
	for (unsigned number = 0; number < ALIAS_MAX; number++) {
		/* Room for any name and number; what does not fit a label is no label. */
		char label[IFNAMSIZ + 16];
		const int len = snprintf(label, sizeof(label), "%s:%u", l->name, number);
		if (len < 0 || len >= IFNAMSIZ)
			return;
		if (!label_is_taken(w, label)) {
			g_strlcpy(out, label, IFNAMSIZ);
			return;
		}
	}
}

/* The number that it had there: of several that are put back at once, each has its own again. */
static void
label_remembered(const struct world *w, const struct netlink_link *l,
    const struct address_memory *memory, char out[IFNAMSIZ])
{
	const size_t len = strlen(l->name);

	if (memory->known && strncmp(memory->label, l->name, len) == 0 && memory->label[len] == ':' &&
	    !label_is_taken(w, memory->label))
		g_strlcpy(out, memory->label, IFNAMSIZ);
}

static struct netlink_address
entry_make(
    const struct world *w, const struct address_words *words, const struct place *place)
{
	struct netlink_address a = {
	    .index = place->link->index,
	    .family = words->family,
	    .prefix_len = place->prefix_len,
	};

	memcpy(a.ip, words->ip, sizeof(a.ip));
	if (words->family == AF_INET6) {
		/* The former holder is gone or fenced: do not spend a second on detecting
		 * it. */
		a.flags = IFA_F_NODAD;
		return a;
	}
	a.has_broadcast = words->has_broadcast;
	memcpy(a.broadcast, words->broadcast, sizeof(a.broadcast));
	if (!words->numbered) {
		g_strlcpy(a.label, words->label, sizeof(a.label));
		return a;
	}
	label_number(w, place->link, a.label);
	/* ifconfig derived a broadcast where IPaddr2 sets none; /31 and /32 have none. */
	if (!a.has_broadcast && a.prefix_len < 31) {
		a.has_broadcast = true;
		const uint32_t hosts = htonl(0xffffffffu >> a.prefix_len);
		for (size_t i = 0; i < sizeof(a.broadcast); i++)
			a.broadcast[i] = a.ip[i] | ((const unsigned char *)&hosts)[i];
	}
	return a;
}

static void say(GString *output, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
say(GString *output, const char *format, ...)
{
	va_list ap;

	if (output->len > 0 && output->str[output->len - 1] != '\n')
		g_string_append_c(output, '\n');
	va_start(ap, format);
	g_string_append_vprintf(output, format, ap);
	va_end(ap);
}

static int
link_ready(const struct world *w, const struct netlink_link *link, GString *output)
{
	if ((link->flags & IFF_UP) != 0)
		return 0;
	const int rc = netlink_link_up(w->netlink, link->index);
	if (rc < 0)
		say(output, "interface %s is down and cannot be set up: %s", link->name,
		    g_strerror(-rc));
	return rc;
}

/*
 * Where the master remembers it: there already (*there), or where it can go back to.
 *
 * Errors: false, and it is said: no interface can have it now. place->link NULL: nothing is remembered.
 */
static bool
place_remembered(const struct world *w, const struct address_words *words,
    const struct address_memory *memory, struct place *place, bool *there, GString *output)
{
	struct place_map *m = place_map_new(w->links, w->addresses);
	struct address_memory now = *memory;
	g_autofree char *why = NULL;
	const enum address_state state = address_where(m, words, &now, &why);

	*there = state == ADDRESS_HERE;
	if (state == ADDRESS_HERE)
		place->link = link_by_index(w, now.index);
	else if (state == ADDRESS_GONE && (words->prefix_len != 0 || now.prefix_len != 0))
		place->link = address_place(m, words, &now);
	else if (state == ADDRESS_NOWHERE)
		say(output, "%s: %s", words->text, why);
	place->prefix_len = words->prefix_len != 0 ? words->prefix_len : now.prefix_len;
	place_map_free(m);
	return state != ADDRESS_NOWHERE;
}

static int entry_remove(const struct world *w, const struct netlink_address *a);

/* Its interface became a member of a bridge or bond: of no use there, it would only lead packets astray. */
static void
leave_members(const struct world *w, const struct address_words *words)
{
	for (guint i = 0; i < w->addresses->len; i++) {
		const struct netlink_address *a =
		    &g_array_index(w->addresses, struct netlink_address, i);

		if (entry_matches(w, words, a) && link_by_index(w, a->index)->member)
			entry_remove(w, a);
	}
}

/* Duplicate detection keeps it from being used: put there by somebody else, who did not say nodad. */
static bool
entry_is_kept_off(const struct netlink_address *a, uint32_t flags)
{
	return a->family == AF_INET6 && (a->flags & flags) != 0 && (a->flags & IFA_F_OPTIMISTIC) == 0;
}

/* The kernel decides that once, when it is added. */
static int
entry_renew(const struct world *w, const struct netlink_address *a)
{
	struct netlink_address again = *a;
	const int rc = netlink_address_remove(w->netlink, a);

	again.flags = IFA_F_NODAD;
	return rc < 0 && rc != -EADDRNOTAVAIL ? rc : netlink_address_add(w->netlink, &again);
}

static int
start(const struct world *w, const struct address_words *words, const struct address_memory *memory,
    GString *output)
{
	const struct netlink_address *entry = entry_find(w, words);
	struct place place = {0};
	bool there = false;

	if (memory != NULL && !place_remembered(w, words, memory, &place, &there, output))
		return CODE_REFUSED;
	const struct place remembered = place;
	if (remembered.link == NULL && entry != NULL) {
		there = true;
		place.link = link_by_index(w, entry->index);
	} else if (!there && (remembered.link == NULL || !memory->known)) {
		g_autofree char *why = words->interface[0] != '\0'
					   ? place_named(w, words, &place)
					   : place_by_route(w, words, &place);
		if (why != NULL && remembered.link == NULL) {
			say(output, "%s: %s", words->text, why);
			return CODE_WORDS_WRONG;
		}
		if (why != NULL)
			place = remembered;
	}
	if (link_ready(w, place.link, output) < 0)
		return CODE_REFUSED;
	if (!there && memory != NULL && memory->known)
		leave_members(w, words);
	if (!there) {
		struct netlink_address a = entry_make(w, words, &place);
		if (words->numbered && memory != NULL)
			label_remembered(w, place.link, memory, a.label);
		const int rc = netlink_address_add(w->netlink, &a);
		there = rc == -EEXIST;
		if (rc < 0 && rc != -EEXIST) {
			say(output, "%s cannot be added to %s: %s", words->text,
			    place.link->name, g_strerror(-rc));
			return CODE_REFUSED;
		}
	}
	if (there && entry != NULL && entry_is_kept_off(entry, IFA_F_TENTATIVE | IFA_F_DADFAILED)) {
		const int rc = entry_renew(w, entry);
		if (rc < 0) {
			say(output, "%s is on %s, but of no use, and cannot be renewed: %s",
			    words->text, place.link->name, g_strerror(-rc));
			return CODE_REFUSED;
		}
	}
	return CODE_DONE;
}

static bool
sysctl_exchange(const char *path, char new_value, char *old_value)
{
	const int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		return false;
	const bool done = (old_value == NULL || pread(fd, old_value, 1, 0) == 1) &&
			  pwrite(fd, &new_value, 1, 0) == 1;
	close(fd);
	return done;
}

/* Do other addresses hang on this one? */
static bool
entry_has_secondaries(const struct world *w, const struct netlink_address *a)
{
	for (guint i = 0; i < w->addresses->len; i++)
		if (address_leads(
			a, &g_array_index(w->addresses, struct netlink_address, i)))
			return true;
	return false;
}

/*
 * The kernel drops the secondary addresses of a network together with its primary one, unless it is
 * told to promote the next (by its interface or by conf/all). Should we be killed in between, the
 * setting stays at 1, with which less is lost; where it cannot be set they are put back.
 */
static int
entry_remove_promoting(const struct world *w, const struct netlink_address *a)
{
	if (!entry_has_secondaries(w, a))
		return netlink_address_remove(w->netlink, a);

	g_autofree char *path =
	    g_strdup_printf("/proc/sys/net/ipv4/conf/%s/promote_secondaries",
		link_by_index(w, a->index)->name);
	char before = '1';
	const bool changed = sysctl_exchange(path, '1', &before);
	const int rc = netlink_address_remove(w->netlink, a);
	if (changed && before != '1')
		sysctl_exchange(path, before, NULL);
	return rc;
}

/* Remove one address and nothing else. */
static int
entry_remove(const struct world *w, const struct netlink_address *a)
{
	struct bystanders *others = bystanders_look(a, w->addresses);
	const int rc = entry_remove_promoting(w, a);

	bystanders_put_back(others);
	bystanders_free(others);
	return rc;
}

static int
stop(const struct world *w, const struct address_words *words, GString *output)
{
	int code = CODE_DONE;

	for (guint i = 0; i < w->addresses->len; i++) {
		const struct netlink_address *a =
		    &g_array_index(w->addresses, struct netlink_address, i);
		if (!entry_matches(w, words, a))
			continue;
		const int rc = entry_remove(w, a);
		if (rc < 0 && rc != -EADDRNOTAVAIL) {
			say(output, "%s cannot be removed from %s: %s", words->text,
			    link_by_index(w, a->index)->name, g_strerror(-rc));
			code = CODE_REFUSED;
		}
	}
	return code;
}

static int
status(const struct world *w, const struct address_words *words, GString *output)
{
	const struct netlink_address *there = entry_find(w, words);

	if (there == NULL) {
		say(output, "Resource is stopped");
		return CODE_NOT_RUNNING;
	}
	const struct netlink_link *link = link_by_index(w, there->index);
	if ((link->flags & IFF_UP) == 0) {
		say(output, "Resource is stopped: %s is on %s, but that interface is down",
		    words->text, link->name);
		return CODE_OUT_OF_USE;
	}
	if (entry_is_kept_off(there, IFA_F_DADFAILED)) {
		say(output, "Resource is stopped: %s is on %s, but of no use: another machine had it"
			    " when it was added", words->text, link->name);
		return CODE_NOT_RUNNING;
	}
	say(output, "Running OK");
	return CODE_DONE;
}

static int
announce_again(const struct world *w, struct announce_sockets *sockets,
    const struct address_words *words, GString *output)
{
	const struct netlink_address *there = entry_find(w, words);

	if (there == NULL) {
		say(output, "%s is not here to be announced", words->text);
		return CODE_NOT_RUNNING;
	}
	const struct netlink_link *link = link_by_index(w, there->index);
	int rc = 0;
	for (unsigned form = 0; form < announce_forms(words->family) && rc == 0; form++)
		rc = announce_send(sockets, link, words->family, words->ip, form);
	if (rc < 0)
		say(output, "%s is up on %s, but it could not be announced: %s",
		    words->text, link->name, g_strerror(-rc));
	return rc < 0 ? CODE_REFUSED : CODE_DONE;
}

/* Where it is, or would be. NULL: why not, for people. */
static char *
link_find(const struct world *w, const struct address_words *words, const struct netlink_link **out)
{
	const struct netlink_address *there = entry_find(w, words);
	struct place place = {0};
	char *why = NULL;

	if (there != NULL)
		place.link = link_by_index(w, there->index);
	else if (words->interface[0] != '\0')
		why = place_named(w, words, &place);
	else
		why = place_by_route(w, words, &place);
	*out = place.link;
	return why;
}

static int
probe(const struct world *w, struct announce_sockets *sockets, const struct address_words *words,
    GString *output)
{
	const struct netlink_link *link;
	g_autofree char *why = link_find(w, words, &link);

	if (link == NULL) {
		say(output, "%s: %s", words->text, why);
		return CODE_WORDS_WRONG;
	}
	const int rc = announce_probe(sockets, link, words->family, words->ip);
	if (rc < 0)
		say(output, "%s cannot be probed for on %s: %s", words->text, link->name,
		    g_strerror(-rc));
	return rc < 0 ? CODE_REFUSED : CODE_DONE;
}

/* An address that cannot exist is not there: stopping it is done, and it does not run. */
static int
refuse_words(enum resource_op op)
{
	switch (op) {
	case OP_STOP:
		return CODE_DONE;
	case OP_STATUS:
	case OP_ANNOUNCE:
		return CODE_NOT_RUNNING;
	case OP_START:
	case OP_PROBE:
	case OP_COUNT:
		break;
	}
	return CODE_WORDS_WRONG;
}

static int
perform(const char *script, char *const *args, enum resource_op op,
    const struct address_memory *memory, GString *output)
{
	struct address_words words;
	g_autofree char *why = NULL;

	if (!address_words_read(script, args, &words, &why)) {
		say(output, "%s", why);
		return refuse_words(op);
	}
	struct world w;
	const int rc = world_look(&w);
	if (rc < 0) {
		say(output, "the kernel does not tell its addresses: %s", g_strerror(-rc));
		return CODE_REFUSED;
	}
	struct announce_sockets sockets = ANNOUNCE_SOCKETS_NONE;
	int code = CODE_WORDS_WRONG;
	switch (op) {
	case OP_START:
		code = start(&w, &words, memory, output);
		break;
	case OP_STOP:
		code = stop(&w, &words, output);
		break;
	case OP_STATUS:
		code = status(&w, &words, output);
		break;
	case OP_ANNOUNCE:
		code = announce_again(&w, &sockets, &words, output);
		break;
	case OP_PROBE:
		code = probe(&w, &sockets, &words, output);
		break;
	case OP_COUNT:
		break;
	}
	announce_sockets_close(&sockets);
	world_clear(&w);
	return code;
}

int
address_perform(const char *script, char *const *args, enum resource_op op, GString *output)
{
	const int code = perform(script, args, op, NULL, output);

	return code == CODE_OUT_OF_USE ? CODE_NOT_RUNNING : code;
}

int
address_status(const char *script, char *const *args, GString *output)
{
	return perform(script, args, OP_STATUS, NULL, output);
}

int
address_start(
    const char *script, char *const *args, const struct address_memory *memory, GString *output)
{
	return perform(script, args, OP_START, memory, output);
}

/* -- the node's own come first -- */

/* Of the same network on the same interface: one is first there, the others are secondary. */
static bool
entries_are_one_network(const struct netlink_address *a, const struct netlink_address *b)
{
	return a->family == AF_INET && b->family == AF_INET && a->index == b->index &&
	    a->prefix_len == b->prefix_len && prefix_contains(a->ip, a->prefix_len, b->ip);
}

static void
entry_add_again(struct netlink *n, const struct netlink_address *a)
{
	struct netlink_address again = *a;

	again.flags = 0;
	netlink_address_add(n, &again);
}

/* Ours of that network: the secondary ones, the first one last, and then all of them again. */
static void
network_step_back(const struct world *w, const struct netlink_address *first,
    bool (*ours)(void *arg, const struct netlink_address *a), void *arg)
{
	g_autoptr(GPtrArray) moved = g_ptr_array_new();

	for (guint i = 0; i < w->addresses->len; i++) {
		const struct netlink_address *a =
		    &g_array_index(w->addresses, struct netlink_address, i);

		if (a != first && entries_are_one_network(a, first) && ours(arg, a) &&
		    netlink_address_remove(w->netlink, a) == 0)
			g_ptr_array_add(moved, (gpointer)a);
	}
	if (entry_remove(w, first) == 0)
		entry_add_again(w->netlink, first);
	for (guint i = 0; i < moved->len; i++)
		entry_add_again(w->netlink, g_ptr_array_index(moved, i));
}

bool
address_step_back(struct netlink *n, const GArray *links, const GArray *addresses,
    bool (*ours)(void *arg, const struct netlink_address *a), void *arg)
{
	const struct world w = {n, (GArray *)links, (GArray *)addresses};
	bool done = false;

	for (guint i = 0; i < addresses->len; i++) {
		const struct netlink_address *first =
		    &g_array_index(addresses, struct netlink_address, i);
		bool foreign = false;

		if (first->family != AF_INET || (first->flags & IFA_F_SECONDARY) != 0 ||
		    !ours(arg, first))
			continue;
		for (guint k = 0; k < addresses->len && !foreign; k++) {
			const struct netlink_address *a =
			    &g_array_index(addresses, struct netlink_address, k);

			foreign = a != first && (a->flags & IFA_F_SECONDARY) != 0 &&
			    entries_are_one_network(a, first) && !ours(arg, a);
		}
		if (!foreign)
			continue;
		network_step_back(&w, first, ours, arg);
		done = true;
	}
	return done;
}

bool
address_check(const char *script, char *const *args, char **why)
{
	struct address_words words;

	return address_words_read(script, args, &words, why);
}

/* --- for those who look more than once --- */

struct address_world {
	struct world seen;
};

struct address_world *
address_world_new(void)
{
	struct address_world *w = g_new(struct address_world, 1);
	const int rc = world_look(&w->seen);

	if (rc == 0)
		return w;
	g_free(w);
	errno = -rc;
	return NULL;
}

void
address_world_free(struct address_world *w)
{
	if (w == NULL)
		return;
	world_clear(&w->seen);
	g_free(w);
}

const struct netlink_link *
address_here(const struct address_world *w, const struct address_words *words)
{
	const struct netlink_address *there = entry_find(&w->seen, words);

	return there != NULL ? link_by_index(&w->seen, there->index) : NULL;
}

int
address_probe(const struct address_world *w, struct announce_sockets *sockets, const char *script,
    char *const *args, GString *output)
{
	struct address_words words;
	g_autofree char *why = NULL;

	if (address_words_read(script, args, &words, &why))
		return probe(&w->seen, sockets, &words, output);
	say(output, "%s", why);
	return CODE_WORDS_WRONG;
}

static bool
hw_is_ours(const struct world *w, const unsigned char *hw, size_t hw_len)
{
	for (guint i = 0; i < w->links->len; i++) {
		const struct netlink_link *l = &g_array_index(w->links, struct netlink_link, i);
		if (l->hw_len == hw_len && memcmp(l->hw, hw, hw_len) == 0)
			return true;
	}
	return false;
}

bool
address_is_anothers(const struct address_world *w, const char *script, char *const *args,
    unsigned index, const unsigned char *hw, size_t hw_len, char *interface)
{
	struct address_words words;
	const struct netlink_link *link = NULL;
	g_autofree char *why = NULL, *no_place = NULL;

	if (hw_is_ours(&w->seen, hw, hw_len) || !address_words_read(script, args, &words, &why))
		return false;
	no_place = link_find(&w->seen, &words, &link);
	if (link == NULL || link->index != index)
		return false;
	g_strlcpy(interface, link->name, IFNAMSIZ);
	return true;
}

int
address_ip(const char *script, char *const *args, unsigned char ip[16])
{
	struct address_words words;
	g_autofree char *why = NULL;

	if (!address_words_read(script, args, &words, &why))
		return 0;
	memcpy(ip, words.ip, 16);
	return words.family;
}
