/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/clash.h"

#include <string.h>

#include "conf/ip.h"

/* The first resource that takes something. */
struct taker {
	const struct conf_group *group;
	const struct conf_resource *resource;
};

/* The value of NAME= among the arguments of an OCF agent; NULL: not given. */
static const char *
named_argument(const struct conf_resource *r, const char *name)
{
	const size_t len = strlen(name);

	for (char **arg = r->args; *arg != NULL; arg++)
		if (strncmp(*arg, name, len) == 0 && (*arg)[len] == '=')
			return *arg + len + 1;
	return NULL;
}

/* By place for a script of resource.d, by name for an OCF agent; NULL: not given. */
static const char *
argument(const struct conf_resource *r, unsigned place, const char *name)
{
	if (r->kind == RESOURCE_OCF)
		return named_argument(r, name);
	return place < g_strv_length(r->args) ? r->args[place] : NULL;
}

static bool
is_filesystem(const struct conf_resource *r)
{
	return strcmp(r->script, r->kind == RESOURCE_OCF ? "heartbeat:Filesystem"
							 : "Filesystem") == 0;
}

static char *
address_taken(const struct conf_resource *r)
{
	const char *words = NULL;

	if (r->kind == RESOURCE_ADDRESS)
		words = r->args[0];
	else if (r->kind == RESOURCE_OCF && (strcmp(r->script, "heartbeat:IPaddr2") == 0 ||
						strcmp(r->script, "heartbeat:IPaddr") == 0))
		words = named_argument(r, "ip");
	else if (r->kind == RESOURCE_OCF && strcmp(r->script, "heartbeat:IPv6addr") == 0)
		words = named_argument(r, "ipv6addr");
	if (words == NULL)
		return NULL;
	g_autofree char *address = g_strndup(words, strcspn(words, "/"));
	return ip_shortest(address);
}

/* Those that several nodes may mount at once, and bind mounts, are nobody's alone. */
static char *
device_taken(const struct conf_resource *r)
{
	static const char *const shared[] = {"ocfs2", "gfs", "gfs2", NULL};
	const char *device = argument(r, 0, "device");
	const char *type = argument(r, 2, "fstype");
	const char *options = argument(r, 3, "options");

	if (device == NULL || !is_filesystem(r) ||
	    (!g_str_has_prefix(device, "/dev/") && device[0] != '-'))
		return NULL;
	if ((type != NULL && g_strv_contains(shared, type)) ||
	    (options != NULL && strstr(options, "bind") != NULL))
		return NULL;
	return g_strdup(device);
}

static char *
directory_taken(const struct conf_resource *r)
{
	const char *directory = argument(r, 1, "directory");
	size_t len = directory != NULL && is_filesystem(r) ? strlen(directory) : 0;

	while (len > 1 && directory[len - 1] == '/')
		len--;
	return len > 0 ? g_strndup(directory, len) : NULL;
}

static char *
drbd_taken(const struct conf_resource *r)
{
	if (r->kind != RESOURCE_SCRIPT || strcmp(r->script, "drbddisk") != 0)
		return NULL;
	return g_strdup(r->args[0] != NULL ? r->args[0] : "all");
}

char *
clash_taken(const struct conf_resource *r, enum clash_kind kind)
{
	switch (kind) {
	case CLASH_ADDRESS:
		return address_taken(r);
	case CLASH_DEVICE:
		return device_taken(r);
	case CLASH_DIRECTORY:
		return directory_taken(r);
	case CLASH_DRBD:
		return drbd_taken(r);
	case CLASH_KIND_COUNT:
		break;
	}
	g_assert_not_reached();
}

static bool
take_same(const struct conf_resource *a, const struct conf_resource *b, enum clash_kind kind)
{
	g_autofree char *x = clash_taken(a, kind);
	g_autofree char *y = clash_taken(b, kind);

	return x != NULL && g_strcmp0(x, y) == 0;
}

/* In one group. A device may be mounted on two directories. */
static void
report_twice(const struct taker *first, const struct conf_resource *r, enum clash_kind kind,
    const struct report *report)
{
	const struct conf_resource *other = first->resource;

	if (strcmp(other->text, r->text) == 0 || kind == CLASH_DEVICE)
		return;
	if (kind == CLASH_DIRECTORY && !take_same(other, r, CLASH_DEVICE))
		report_error(report, first->group->line,
		    "'%s' is mounted on the directory of '%s', which is taken by then: the "
		    "group cannot start: give it another directory",
		    r->text, other->text);
	else
		report_hint(report, first->group->line,
		    "'%s' is in the group already, as '%s': leave one out", r->text,
		    other->text);
}

static void
report_elsewhere(const struct taker *first, const struct taker *now, enum clash_kind kind,
    const char *what, const struct report *report)
{
	const unsigned line = now->group->line, other = first->group->line;
	const char *text = now->resource->text;
	bool apart = now->group->preferred != first->group->preferred;

	switch (kind) {
	case CLASH_ADDRESS:
		(apart ? report_error : report_hint)(report, line,
		    "'%s': the group of line %u has the address %s too: with the groups on two "
		    "nodes both would have it: keep it in one of the lines",
		    text, other, what);
		return;
	case CLASH_DEVICE:
		(apart && g_str_has_prefix(what, "/dev/drbd") ? report_error : report_hint)(
		    report, line,
		    "'%s': the group of line %u mounts %s too: with the groups on two nodes a "
		    "disk that they share is destroyed: keep it in one of the lines",
		    text, other, what);
		return;
	case CLASH_DIRECTORY:
		if (!take_same(first->resource, now->resource, CLASH_DEVICE))
			report_hint(report, line,
			    "'%s': the group of line %u mounts something on %s too: one node "
			    "cannot run both groups, so neither is taken over: give it another "
			    "directory",
			    text, other, what);
		return;
	case CLASH_DRBD:
		report_hint(report, line,
		    "'%s' is in the group of line %u too: when one of them stops, the other "
		    "one still uses the device, and that stop fails: keep both in one line",
		    text, other);
		return;
	case CLASH_KIND_COUNT:
		break;
	}
	g_assert_not_reached();
}

/* Is one of the two the key of its group? Then check_groups() has said it. */
static bool
is_key_elsewhere(const struct taker *a, const struct taker *b)
{
	return strcmp(a->resource->text, b->resource->text) == 0 &&
	       (a->resource == a->group->resources || b->resource == b->group->resources);
}

/* Remember who takes what; returns who did before, or NULL. */
static const struct taker *
take(GHashTable *takers, const char *what, const struct taker *now)
{
	const struct taker *first = g_hash_table_lookup(takers, what);

	if (first == NULL)
		g_hash_table_insert(
		    takers, g_strdup(what), g_memdup2(now, sizeof(*now)));
	return first;
}

static GHashTable *
takers_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static void
check_doubled(const struct conf *c, enum clash_kind kind, const struct report *report)
{
	g_autoptr(GHashTable) all = takers_new();

	for (unsigned g = 0; g < c->group_count; g++) {
		const struct conf_group *group = &c->groups[g];
		g_autoptr(GHashTable) own = takers_new();

		for (unsigned i = 0; i < group->resource_count; i++) {
			const struct taker now = {group, &group->resources[i]};
			g_autofree char *what = clash_taken(now.resource, kind);
			const struct taker *first;

			if (what == NULL)
				continue;
			if ((first = take(own, what, &now)) != NULL) {
				report_twice(first, now.resource, kind, report);
				continue;
			}
			first = take(all, what, &now);
			if (first != NULL && !is_key_elsewhere(first, &now))
				report_elsewhere(first, &now, kind, what, report);
		}
	}
}

static void
check_repeated(const struct conf_group *group, const struct report *report)
{
	g_autoptr(GHashTable) texts = g_hash_table_new(g_str_hash, g_str_equal);

	for (unsigned i = 0; i < group->resource_count; i++) {
		char *text = group->resources[i].text;

		if (!g_hash_table_add(texts, text))
			report_hint(report, group->line,
			    "'%s' is in the group twice: it starts where it stands first and "
			    "stops where it stands last: leave one out",
			    text);
	}
}

/* --- DRBD --------------------------------------------------------------------------------- */

/* "r0" of "/dev/drbd/by-res/r0/0"; NULL: the device does not say. Owns: the caller's. */
static char *
drbd_of_device(const char *device)
{
	static const char by_res[] = "/dev/drbd/by-res/";

	if (!g_str_has_prefix(device, by_res))
		return NULL;
	device += strlen(by_res);
	return g_strndup(device, strcspn(device, "/"));
}

/* May it make that resource primary? Scripts of one's own that have DRBD in their name do. */
static bool
promotes(const struct conf_resource *r, const char *name)
{
	g_autofree char *what = clash_taken(r, CLASH_DRBD);

	if (what != NULL)
		return name == NULL || strcmp(what, "all") == 0 || strcmp(what, name) == 0;
	return strstr(r->script, "drbd") != NULL;
}

/* The first of resources from..to that may make it primary, or NULL. */
static const struct conf_resource *
find_promoter(const struct conf_group *g, unsigned from, unsigned to, const char *name)
{
	for (unsigned i = from; i < to; i++)
		if (promotes(&g->resources[i], name))
			return &g->resources[i];
	return NULL;
}

static void
check_drbd(const struct conf_group *g, const struct report *report)
{
	for (unsigned i = 0; i < g->resource_count; i++) {
		const struct conf_resource *r = &g->resources[i];
		const char *device = is_filesystem(r) ? argument(r, 0, "device") : NULL;

		if (device == NULL || !g_str_has_prefix(device, "/dev/drbd"))
			continue;
		g_autofree char *name = drbd_of_device(device);
		if (find_promoter(g, 0, i, name) != NULL)
			continue;
		const struct conf_resource *late =
		    find_promoter(g, i + 1, g->resource_count, name);
		if (late != NULL)
			report_error(report, g->line,
			    "'%s' stands before '%s': it would be mounted before the device is "
			    "primary, and still be mounted when that is to end, a stop that "
			    "fails and reboots the node: put '%s' first",
			    r->text, late->text, late->text);
		else
			report_hint(report, g->line,
			    "'%s': nothing before it makes %s primary: where DRBD does not do "
			    "so by itself (auto-promote) write 'drbddisk::%s' before it",
			    r->text, device, name != NULL ? name : "RESOURCE");
	}
}

/* --- addresses of nodes ------------------------------------------------------------------- */

static void
check_node_addresses(const struct conf *c, const struct report *report)
{
	g_autoptr(GHashTable) nodes =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (unsigned i = 0; i < c->media_count; i++) {
		const struct conf_medium *m = &c->media[i];
		char *address = m->kind == MEDIUM_UCAST ? ip_shortest(m->hosts[0]) : NULL;

		if (address != NULL)
			g_hash_table_insert(nodes, address, GUINT_TO_POINTER(m->line));
	}
	for (unsigned g = 0; g < c->group_count; g++) {
		for (unsigned i = 0; i < c->groups[g].resource_count; i++) {
			const struct conf_resource *r = &c->groups[g].resources[i];
			g_autofree char *address = clash_taken(r, CLASH_ADDRESS);
			gpointer line = address != NULL ? g_hash_table_lookup(nodes, address)
							: NULL;

			if (line != NULL)
				report_error(report, c->groups[g].line,
				    "'%s': %s is the address of a node, to which heartbeats go "
				    "(ha.cf:%u): a stop of the group takes it from that node, a "
				    "takeover gives it to two: write an address that no node has "
				    "of its own",
				    r->text, address, GPOINTER_TO_UINT(line));
		}
	}
}

void
clash_check(const struct conf *c, const struct report *report)
{
	for (unsigned g = 0; g < c->group_count; g++) {
		check_repeated(&c->groups[g], report);
		check_drbd(&c->groups[g], report);
	}
	for (enum clash_kind kind = 0; kind < CLASH_KIND_COUNT; kind++)
		check_doubled(c, kind, report);
	check_node_addresses(c, report);
}
