/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "boot.h"
#include "conf/agents.h"
#include "conf/clash.h"
#include "conf/ip.h"
#include "script.h"
#include "unit.h"

#define AGENT_DIR HB_LIBEXECDIR "/resource.d"
#define OCF_AGENTS "/usr/lib/ocf/resource.d/heartbeat"
/* That of scripts (script_environment), and where MailTo looks besides. */
#define PROGRAM_PATH \
	HB_LIBEXECDIR ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib"

/* What one resource is found wanting on this machine. */
struct look {
	const struct files *files;
	GPtrArray *faults;
	const struct conf_group *group;
	const struct conf_resource *resource;
};

/* --- addresses ---------------------------------------------------------------------------- */

static const char *
interface_of(const GArray *addresses, const char *address)
{
	for (guint i = 0; i < addresses->len; i++) {
		const struct machine_address *a =
		    &g_array_index(addresses, struct machine_address, i);

		if (strcmp(a->address, address) == 0)
			return a->interface;
	}
	return NULL;
}

/* Where an own address in every line is as good as no path at all. */
static void
check_paths(const struct conf *c, const struct files *f, const GArray *addresses,
    GPtrArray *faults)
{
	const struct conf_medium *first = NULL;

	for (unsigned i = 0; i < c->media_count; i++) {
		const struct conf_medium *m = &c->media[i];

		if (medium_is_ping(m->kind))
			continue;
		g_autofree char *address =
		    m->kind == MEDIUM_UCAST ? ip_shortest(m->hosts[0]) : NULL;
		if (address == NULL || interface_of(addresses, address) == NULL)
			return;
		if (first == NULL)
			first = m;
	}
	if (first != NULL && c->node_count > 1)
		files_fault(faults, f->hacf_path, first->line, true,
		    "ucast %s %s: this machine has that address itself, and no other path leaves it:"
		    " no node would ever hear it, and each would run everything: add a line"
		    " 'ucast %s ADDRESS' with the address of each other node",
		    first->device, first->hosts[0], first->device);
}

/* All service addresses, in their shortest form. */
static GHashTable *
service_addresses(const struct conf *c)
{
	GHashTable *all = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (unsigned g = 0; g < c->group_count; g++) {
		for (unsigned i = 0; i < c->groups[g].resource_count; i++) {
			char *address =
			    clash_taken(&c->groups[g].resources[i], CLASH_ADDRESS);

			if (address != NULL)
				g_hash_table_add(all, address);
		}
	}
	return all;
}

static bool
is_link_local(const char *address)
{
	return g_str_has_prefix(address, "fe80:");
}

/*
 * Do heartbeats go over it, with service addresses as the only ones of that family? When a link goes down IPv6
 * loses the node's own, and keeps what we put back: so there an own one of IPv4 is enough.
 */
static bool
is_bare_link(const struct conf *c, const GArray *addresses, GHashTable *service,
    const char *interface, const char *like)
{
	bool link = false;

	for (unsigned i = 0; i < c->media_count; i++)
		link |= g_strcmp0(c->media[i].device, interface) == 0;
	for (guint i = 0; i < addresses->len && link; i++) {
		const struct machine_address *a =
		    &g_array_index(addresses, struct machine_address, i);

		if (strcmp(a->interface, interface) == 0 && !is_link_local(a->address) &&
		    (ip_family(a->address) == ip_family(like) || ip_family(like) == IP_V6) &&
		    !g_hash_table_contains(service, a->address))
			return false;
	}
	return link;
}

/* Then clash_check() has said it. */
static bool
is_node_address(const struct conf *c, const char *address)
{
	for (unsigned i = 0; i < c->media_count; i++) {
		const struct conf_medium *m = &c->media[i];
		g_autofree char *host =
		    m->kind == MEDIUM_UCAST ? ip_shortest(m->hosts[0]) : NULL;

		if (g_strcmp0(host, address) == 0)
			return true;
	}
	return false;
}

static void
check_service_addresses(const struct conf *c, const struct files *f, const GArray *addresses,
    GPtrArray *faults)
{
	g_autoptr(GHashTable) service = service_addresses(c);

	for (unsigned g = 0; g < c->group_count; g++) {
		for (unsigned i = 0; i < c->groups[g].resource_count; i++) {
			const struct conf_resource *r = &c->groups[g].resources[i];
			g_autofree char *address = clash_taken(r, CLASH_ADDRESS);
			const char *interface =
			    address != NULL ? interface_of(addresses, address) : NULL;

			if (interface == NULL || is_node_address(c, address))
				continue;
			if (is_bare_link(c, addresses, service, interface, address))
				files_fault(faults, f->haresources_path, c->groups[g].line, true,
				    "%s: this is the only address of %s, over which heartbeats go: a stop of"
				    " the group takes it away and cuts this node off: write an address that"
				    " no node has of its own",
				    r->text, interface);
			else
				files_fault(faults, f->haresources_path, c->groups[g].line, false,
				    "%s: %s has that address already, although Heartbeat does not run: if it"
				    " is this machine's own write another one, as it goes away with the"
				    " group; if it was left there it is taken over",
				    r->text, interface);
		}
	}
}

void
machine_check_addresses(const struct conf *c, const struct files *f, const GArray *addresses,
    bool running, GPtrArray *faults)
{
	check_paths(c, f, addresses, faults);
	if (!running)
		check_service_addresses(c, f, addresses, faults);
}

static void
address_clear(void *data)
{
	struct machine_address *a = data;

	g_free(a->interface);
	g_free(a->address);
}

/* Not those of loopback, where a node may have the address of a group rightly (LVS). */
static GArray *
own_addresses(void)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct machine_address));
	struct ifaddrs *list = NULL;
	char text[INET6_ADDRSTRLEN];

	g_array_set_clear_func(all, address_clear);
	if (getifaddrs(&list) < 0)
		return all;
	for (const struct ifaddrs *i = list; i != NULL; i = i->ifa_next) {
		const void *bytes = NULL;

		if (i->ifa_addr == NULL || (i->ifa_flags & IFF_LOOPBACK) != 0)
			continue;
		if (i->ifa_addr->sa_family == AF_INET)
			bytes = &((const struct sockaddr_in *)(const void *)i->ifa_addr)->sin_addr;
		else if (i->ifa_addr->sa_family == AF_INET6)
			bytes =
			    &((const struct sockaddr_in6 *)(const void *)i->ifa_addr)->sin6_addr;
		if (bytes == NULL ||
		    inet_ntop(i->ifa_addr->sa_family, bytes, text, sizeof(text)) == NULL)
			continue;
		struct machine_address a = {g_strdup(i->ifa_name), g_strdup(text)};
		/* "eth0:0" is a label of eth0. */
		a.interface[strcspn(a.interface, ":")] = '\0';
		g_array_append_val(all, a);
	}
	freeifaddrs(list);
	return all;
}

/* --- scripts and units -------------------------------------------------------------------- */

static void G_GNUC_PRINTF(3, 4)
look_fault(const struct look *l, bool is_error, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	files_fault(l->faults, l->files->haresources_path, l->group->line, is_error, "%s: %s",
	    l->resource->text, text);
}

static bool
program_is_there(const char *name)
{
	g_auto(GStrv) dirs = g_strsplit(PROGRAM_PATH, ":", -1);

	for (char **dir = dirs; *dir != NULL; dir++) {
		g_autofree char *file = g_build_filename(*dir, name, NULL);

		if (access(file, X_OK) == 0)
			return true;
	}
	return false;
}

static void
check_tools(const struct look *l)
{
	const struct agent_tool *t;

	for (unsigned i = 0; (t = agent_tool(l->resource, i)) != NULL; i++) {
		g_auto(GStrv) names = g_strsplit(t->programs, " ", -1);
		g_autofree char *any = g_strjoinv(" nor ", names);
		bool found = false;

		for (char **name = names; *name != NULL; name++)
			found |= program_is_there(*name);
		if (!found)
			look_fault(l, false,
			    "this machine has %s %s: %s: install it (package %s)",
			    names[1] != NULL ? "neither" : "no", any, t->without, t->package);
	}
}

static void
starts_at_boot(const struct look *l, const char *what, const char *command)
{
	look_fault(l, false,
	    "the system starts %s at boot as well, on every node and before the rest of the group is"
	    " there: run `%s` on all nodes",
	    what, command);
}

static void
check_boot_unit(const struct look *l, const char *unit)
{
	static const char suffix[] = ".service";
	size_t len = strlen(unit);

	if (!boot_starts_unit(unit_machine_dirs, unit))
		return;
	if (g_str_has_suffix(unit, suffix))
		len -= strlen(suffix);
	g_autofree char *command = g_strdup_printf("systemctl disable %.*s", (int)len, unit);
	starts_at_boot(l, unit, command);
}

static void
check_boot_script(const struct look *l, const char *name)
{
	g_autofree char *command =
	    access("/run/systemd/system", F_OK) == 0 ? g_strdup_printf("systemctl disable %s", name)
	    : access("/usr/sbin/update-rc.d", X_OK) == 0
		? g_strdup_printf("update-rc.d %s disable", name)
		: g_strdup_printf("chkconfig %s off", name);

	if (boot_starts_script(boot_machine_rc_dirs, name))
		starts_at_boot(l, name, command);
}

/* Those of 3.0.6 do nothing themselves: they call the OCF agent of their name. */
static void
check_wrapper(const struct look *l, const char *file)
{
	const char *name = l->resource->script;
	const char *instead = agent_replacement(name);
	g_autofree char *agent = g_build_filename(OCF_AGENTS, name, NULL);
	g_autofree char *text = NULL;

	if (instead == NULL || access(agent, X_OK) == 0 ||
	    !g_file_get_contents(file, &text, NULL, NULL) ||
	    strstr(text, "hto-mapfuncs") == NULL)
		return;
	look_fault(l, false,
	    "%s, of 3.0.6, calls %s, which this machine does not have: the group cannot start"
	    " here: write %s",
	    file, agent, instead);
}

static void
check_script(const struct look *l, const struct script_call *call)
{
	g_autofree char *unit = script_unit(call);

	if (unit != NULL)
		check_boot_unit(l, unit);
	if (call->agent != AGENT_HEARTBEAT)
		return;
	char *real = realpath(call->argv[0], NULL);
	g_autofree char *dir = g_path_get_dirname(real != NULL ? real : call->argv[0]);
	g_autofree char *init = unit_init_script(unit_init_dirs, call->argv[0]);
	free(real);
	if (init != NULL && unit == NULL)
		check_boot_script(l, init);
	check_wrapper(l, call->argv[0]);
	/* A script of the same name that is somebody's own takes what it likes. */
	if (strcmp(dir, AGENT_DIR) != 0)
		return;
	g_autofree char *fault = agent_words_fault(l->resource);
	if (fault != NULL)
		look_fault(l, true, "%s", fault);
	check_tools(l);
}

static void
check_resource(const struct conf *c, struct look *l)
{
	struct script_call call;
	g_autofree char *why = NULL;

	/* What cannot be found script_check() has said. */
	if (l->resource->kind == RESOURCE_ADDRESS || l->resource->kind == RESOURCE_OCF ||
	    script_resolve(c, l->resource, OP_START, &call, &why) < 0)
		return;
	check_script(l, &call);
	script_call_clear(&call);
}

void
machine_check(const struct conf *c, const struct files *f, bool running, GPtrArray *faults)
{
	g_autoptr(GArray) addresses = own_addresses();
	struct look l = {.files = f, .faults = faults};

	machine_check_addresses(c, f, addresses, running, faults);
	for (unsigned g = 0; g < c->group_count; g++) {
		l.group = &c->groups[g];
		for (unsigned i = 0; i < l.group->resource_count; i++) {
			l.resource = &l.group->resources[i];
			check_resource(c, &l);
		}
	}
}
