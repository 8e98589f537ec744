/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/draft.h"

#include <arpa/inet.h>
#include <string.h>

#include "conf/check.h"
#include "conf/ip.h"
#include "conf/options.h"
#include "conf/resource.h"

static void
net_clear(gpointer data)
{
	struct draft_net *net = data;

	g_free(net->interface);
	g_free(net->address);
}

struct draft *
draft_new(const char *node)
{
	struct draft *d = g_new0(struct draft, 1);

	d->node = g_ascii_strdown(node, -1);
	d->nets = g_array_new(FALSE, FALSE, sizeof(struct draft_net));
	g_array_set_clear_func(d->nets, net_clear);
	d->resources = g_ptr_array_new_with_free_func(g_free);
	return d;
}

void
draft_free(struct draft *d)
{
	if (d == NULL)
		return;
	for (unsigned i = 0; i < d->path_count; i++) {
		g_free(d->paths[i].interface);
		g_free(d->paths[i].ours);
		g_free(d->paths[i].peers);
	}
	g_array_unref(d->nets);
	g_ptr_array_unref(d->resources);
	g_free(d->node);
	g_free(d->peer);
	g_free(d->serial);
	g_free(d->gateway);
	g_free(d);
}

void
draft_add_net(
    struct draft *d, const char *interface, const char *address, unsigned prefix)
{
	const struct draft_net net = {g_strdup(interface), g_strdup(address), prefix};

	g_array_append_val(d->nets, net);
}

static const struct draft_net *
net_at(const struct draft *d, unsigned i)
{
	return &g_array_index(d->nets, struct draft_net, i);
}

/* --- addresses as numbers ------------------------------------------------------------------- */

struct ip {
	enum ip_family family;
	unsigned char bytes[16]; /* IPv4 in the first four */
	unsigned bits;		 /* 32, 128 */
};

static bool
ip_read(const char *text, struct ip *ip)
{
	*ip = (struct ip){.family = ip_family(text)};
	if (ip->family == IP_NONE)
		return false;
	ip->bits = ip->family == IP_V4 ? 32 : 128;
	return inet_pton(ip->family == IP_V4 ? AF_INET : AF_INET6, text, ip->bytes) == 1;
}

static bool
bit_of(const struct ip *ip, unsigned i)
{
	return (ip->bytes[i / 8] >> (7 - i % 8) & 1) != 0;
}

static bool
net_contains(const struct draft_net *net, const struct ip *ip)
{
	struct ip ours;

	if (!ip_read(net->address, &ours) || ours.family != ip->family)
		return false;
	for (unsigned i = 0; i < net->prefix; i++)
		if (bit_of(&ours, i) != bit_of(ip, i))
			return false;
	return net->prefix < ours.bits;
}

/* Are all bits behind the network's the same, 0 (its own address) or 1 (broadcast)? */
static bool
host_part_is(const struct draft_net *net, const struct ip *ip, bool bit)
{
	for (unsigned i = net->prefix; i < ip->bits; i++)
		if (bit_of(ip, i) != bit)
			return false;
	return true;
}

static bool
ip_same(const struct ip *a, const char *text)
{
	struct ip b;

	return ip_read(text, &b) && a->family == b.family &&
	       memcmp(a->bytes, b.bytes, sizeof(b.bytes)) == 0;
}

static bool
ip_is_loopback(const struct ip *ip)
{
	static const unsigned char one[16] = {[15] = 1};

	return ip->family == IP_V4 ? ip->bytes[0] == 127
				   : memcmp(ip->bytes, one, sizeof(one)) == 0;
}

static bool
ip_is_zero(const struct ip *ip)
{
	static const unsigned char zero[16];

	return memcmp(ip->bytes, zero, sizeof(zero)) == 0;
}

/* The net of the longest prefix that contains it, or NULL. */
static const struct draft_net *
net_of(const struct draft *d, const struct ip *ip)
{
	const struct draft_net *best = NULL;

	for (unsigned i = 0; i < d->nets->len; i++) {
		const struct draft_net *net = net_at(d, i);

		if (net_contains(net, ip) && (best == NULL || net->prefix > best->prefix))
			best = net;
	}
	return best;
}

/* What is wrong with an address, whatever it is for; NULL: nothing. */
static char *
ip_fault(const struct draft *d, const char *text, struct ip *ip)
{
	if (!ip_read(text, ip))
		return g_strdup_printf(
		    "'%s' is not an IP address: write one such as 10.0.0.2", text);
	if (ip_is_zero(ip) || ip_is_loopback(ip) || ip_is_multicast(text))
		return g_strdup_printf(
		    "%s is not the address of one machine on a network", text);

	const struct draft_net *net = net_of(d, ip);
	if (net == NULL || ip->family != IP_V4 || net->prefix > 30)
		return NULL;
	if (host_part_is(net, ip, false) || host_part_is(net, ip, true))
		return g_strdup_printf("%s is the %s address of %s: no machine can have it",
		    text, host_part_is(net, ip, true) ? "broadcast" : "network",
		    net->interface);
	return NULL;
}

static const struct draft_net *
net_with_address(const struct draft *d, const struct ip *ip)
{
	for (unsigned i = 0; i < d->nets->len; i++)
		if (ip_same(ip, net_at(d, i)->address))
			return net_at(d, i);
	return NULL;
}

static char *
net_list(const struct draft *d)
{
	GString *all = g_string_new(NULL);

	for (unsigned i = 0; i < d->nets->len; i++)
		g_string_append_printf(all, "%s%s %s/%u", i > 0 ? ", " : "",
		    net_at(d, i)->interface, net_at(d, i)->address, net_at(d, i)->prefix);
	return g_string_free(all, FALSE);
}

/* --- nodes ---------------------------------------------------------------------------------- */

char *
draft_node_fault(const struct draft *d)
{
	if (strcmp(d->node, "localhost") == 0 || strcmp(d->node, "(none)") == 0)
		return g_strdup_printf(
		    "this machine is called '%s', as any may be: give it a name of its own "
		    "with 'hostnamectl set-hostname NAME'",
		    d->node);
	if (!node_name_ok(d->node))
		return g_strdup_printf("this machine is called '%s', which cannot be the "
				       "name of a node: give it another "
				       "with 'hostnamectl set-hostname NAME'",
		    d->node);
	return NULL;
}

char *
draft_peer_fault(struct draft *d, const char *name)
{
	g_autofree char *peer = g_ascii_strdown(name, -1);
	g_autofree char *ours = node_short_name(d->node);
	g_autofree char *short_name = node_short_name(peer);

	if (ip_family(peer) != IP_NONE)
		return g_strdup_printf("%s is an address: write the name that 'uname -n' "
				       "prints on the other machine",
		    name);
	if (!node_name_ok(peer))
		return g_strdup_printf("'%s' cannot be the name of a node: write what "
				       "'uname -n' prints on the other machine",
		    name);
	if (strcmp(short_name, ours) == 0)
		return g_strdup_printf("%s is this machine: write the name of the other "
				       "one, which must be different",
		    name);
	if (strcmp(peer, "localhost") == 0)
		return g_strdup("localhost is any machine: write the name that 'uname -n' "
				"prints on the other one");
	g_free(d->peer);
	d->peer = g_steal_pointer(&peer);
	return NULL;
}

/* --- paths ---------------------------------------------------------------------------------- */

const char *
draft_interface_of(const struct draft *d, const char *address)
{
	struct ip ip;
	const struct draft_net *net = ip_read(address, &ip) ? net_of(d, &ip) : NULL;

	return net != NULL ? net->interface : NULL;
}

static bool
carries_path(const struct draft *d, const char *interface)
{
	for (unsigned i = 0; i < d->path_count; i++)
		if (strcmp(d->paths[i].interface, interface) == 0)
			return true;
	return false;
}

const struct draft_net *
draft_net_without_path(const struct draft *d)
{
	for (unsigned i = 0; i < d->nets->len; i++)
		if (!carries_path(d, net_at(d, i)->interface))
			return net_at(d, i);
	return NULL;
}

/* Our address to send from to that one: in its network if possible. */
static char *
choose_ours(const struct draft *d, const char *interface, const struct ip *peers,
    const struct draft_net **out)
{
	const struct draft_net *any = NULL;
	bool there = false;

	for (unsigned i = 0; i < d->nets->len; i++) {
		const struct draft_net *net = net_at(d, i);
		struct ip ours;

		if (strcmp(net->interface, interface) != 0)
			continue;
		there = true;
		if (!ip_read(net->address, &ours) || ours.family != peers->family)
			continue;
		if (any == NULL || (!net_contains(any, peers) && net_contains(net, peers)))
			any = net;
	}
	*out = any;
	if (any != NULL)
		return NULL;
	g_autofree char *all = net_list(d);
	if (there)
		return g_strdup_printf("%s has no %s address: there are %s", interface,
		    peers->family == IP_V4 ? "IPv4" : "IPv6", all);
	return g_strdup_printf(
	    "there is no interface %s with an address: there are %s", interface, all);
}

static char *
path_double(const struct draft *d, const struct ip *ip, const char *peers)
{
	for (unsigned i = 0; i < d->path_count; i++)
		if (ip_same(ip, d->paths[i].peers))
			return g_strdup_printf(
			    "%s is on a path already: a second one needs an address of its "
			    "own",
			    peers);
	if (d->path_count == DRAFT_PATHS_MAX)
		return g_strdup_printf(
		    "there are %d paths already: that is enough", DRAFT_PATHS_MAX);
	return NULL;
}

char *
draft_peer_address_fault(const struct draft *d, const char *peers)
{
	struct ip ip;
	char *fault = ip_fault(d, peers, &ip);

	if (fault != NULL)
		return fault;
	if (net_with_address(d, &ip) != NULL)
		return g_strdup_printf("%s is an address of this machine (%s): write one "
				       "of the other",
		    peers, net_with_address(d, &ip)->interface);
	return path_double(d, &ip, peers);
}

char *
draft_path_fault(struct draft *d, const char *peers, const char *interface)
{
	struct ip ip;
	const struct draft_net *ours = NULL;
	char *fault = draft_peer_address_fault(d, peers);

	ip_read(peers, &ip);
	if (fault == NULL && interface == NULL)
		interface = draft_interface_of(d, peers);
	if (fault == NULL && interface == NULL) {
		g_autofree char *all = net_list(d);

		fault =
		    g_strdup_printf("%s is in no network of this machine (%s): name the "
				    "interface that leads there",
			peers, all);
	}
	if (fault == NULL)
		fault = choose_ours(d, interface, &ip, &ours);
	if (fault != NULL)
		return fault;
	d->paths[d->path_count++] = (struct draft_path){
	    g_strdup(interface), g_strdup(ours->address), g_strdup(peers)};
	return NULL;
}

char *
draft_serial_fault(struct draft *d, const char *device)
{
	if (!g_str_has_prefix(device, "/dev/") || strpbrk(device, " \t#,") != NULL)
		return g_strdup_printf("'%s' is not the path of a serial line: write one "
				       "such as /dev/ttyS0",
		    device);
	g_free(d->serial);
	d->serial = g_strdup(device);
	return NULL;
}

/* --- resources ------------------------------------------------------------------------------ */

/* "resource 'X': why" -> "why": who is asked knows what was answered. */
static char *
without_subject(const char *text)
{
	const char *behind = strstr(text, "': ");

	return g_strdup(behind != NULL ? behind + strlen("': ") : text);
}

/* A word of haresources, parsed by its own rules. Errors: NULL, and *fault is why. */
static struct conf_resource *
word_parse(const char *word, char **fault)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	const struct report report = {faults, "haresources"};
	struct conf_resource *r = g_new0(struct conf_resource, 1);

	*fault = NULL;
	if (word[0] == '\0' || strpbrk(word, " \t\n#\\") != NULL)
		*fault = g_strdup_printf(
		    "'%s': a resource is one word, without blanks and '#'", word);
	else if (!resource_parse(word, 1, &report, r) || faults->len > 0)
		*fault = without_subject(
		    ((const struct fault *)g_ptr_array_index(faults, 0))->text);
	if (*fault == NULL)
		return r;
	conf_resource_clear(r);
	g_free(r);
	return NULL;
}

static void
resource_free(struct conf_resource *r)
{
	conf_resource_clear(r);
	g_free(r);
}

/* A group is named by its first resource; each of them is there once. */
static char *
resource_add(struct draft *d, const char *word)
{
	for (unsigned i = 0; i < d->resources->len; i++)
		if (strcmp(g_ptr_array_index(d->resources, i), word) == 0)
			return g_strdup_printf(
			    "%s is there already: each resource is named once", word);
	g_ptr_array_add(d->resources, g_strdup(word));
	return NULL;
}

static char *
address_taken(const struct draft *d, const struct ip *ip, const char *address)
{
	const struct draft_net *own = net_with_address(d, ip);

	if (own != NULL)
		return g_strdup_printf(
		    "%s is this machine's own address (%s): the service needs one of its "
		    "own, "
		    "which no machine has by itself",
		    address, own->interface);
	for (unsigned i = 0; i < d->path_count; i++)
		if (ip_same(ip, d->paths[i].peers))
			return g_strdup_printf(
			    "%s is the address of %s: the service needs one of its own, "
			    "which no machine has by itself",
			    address, d->peer != NULL ? d->peer : "the other machine");
	return NULL;
}

static bool
has_interface(const struct draft *d, const char *interface)
{
	for (guint i = 0; i < d->nets->len; i++)
		if (strcmp(net_at(d, i)->interface, interface) == 0)
			return true;
	return false;
}

/* Can both nodes find out where to put it? */
static char *
address_place_fault(const struct draft *d, const struct ip *ip, char *const *part)
{
	const bool names_interface =
	    g_strv_length((char **)part) > 2 && ip_family(part[2]) == IP_NONE;
	g_autofree char *all = net_list(d);

	if (names_interface) {
		/* A label may follow: eth0:0. */
		g_autofree char *interface = g_strndup(part[2], strcspn(part[2], ":"));

		return has_interface(d, interface) ? NULL :
		    g_strdup_printf("there is no interface %s with an address: there are %s",
			interface, all);
	}
	if (net_of(d, ip) != NULL)
		return NULL;
	return g_strdup_printf("%s is in no network of this machine (%s): add bits and "
			       "interface, such as %s/%d/%s",
	    part[0], all, part[0], ip->family == IP_V4 ? 24 : 64,
	    d->nets->len > 0 ? net_at(d, 0)->interface : "eth0");
}

/* A bare address gets the script that 3.0.6 had for it. */
static char *
address_word(const char *words)
{
	g_autofree char *address = g_strndup(words, strcspn(words, "/"));

	switch (ip_family(address)) {
	case IP_V4:
		return g_strconcat("IPaddr::", words, NULL);
	case IP_V6:
		return g_strconcat("IPv6addr::", words, NULL);
	case IP_NONE:
		break;
	}
	return g_strdup(words);
}

char *
draft_address_fault(struct draft *d, const char *words)
{
	g_autofree char *word = address_word(words);
	char *fault;
	struct conf_resource *r = word_parse(word, &fault);

	if (r == NULL)
		return fault;
	if (r->kind != RESOURCE_ADDRESS) {
		resource_free(r);
		return g_strdup_printf(
		    "'%s' is not an IP address: write one such as 10.0.0.100", words);
	}

	g_auto(GStrv) part = g_strsplit(r->args[0], "/", -1);
	struct ip ip;
	resource_free(r);
	fault = ip_fault(d, part[0], &ip);
	if (fault == NULL)
		fault = address_taken(d, &ip, part[0]);
	if (fault == NULL)
		fault = address_place_fault(d, &ip, part);
	return fault != NULL ? fault : resource_add(d, word);
}

char *
draft_service_fault(struct draft *d, const char *word)
{
	char *fault;
	struct conf_resource *r = word_parse(word, &fault);

	if (r == NULL)
		return fault;
	const bool is_address = r->kind == RESOURCE_ADDRESS;
	resource_free(r);
	if (is_address)
		return g_strdup_printf(
		    "%s is an address: give it as a service address", word);
	return resource_add(d, word);
}

char *
draft_whole_fault(const struct draft *d)
{
	if (d->path_count == 0 && d->serial == NULL)
		return g_strdup("there is no path to the other machine: heartbeats need "
				"one");
	if (d->resources->len == 0)
		return g_strdup("there is nothing to keep up: name an address, a service "
				"or both");
	return NULL;
}
