/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The texts of the three files. */
#include "conf/draft.h"

#include <string.h>

#include "conf/ip.h"

static void
add_paths(const struct draft *d, GString *out)
{
	g_string_append(out,
	    "# The paths that heartbeats take: an interface, which must have that name on\n"
	    "# both machines, and an address. Each node's own address stands here too, so\n"
	    "# that both can have the same file.\n"
	    "udpport 694\n");
	for (unsigned i = 0; i < d->path_count; i++) {
		const struct draft_path *p = &d->paths[i];
		const char *word = ip_family(p->peers) == IP_V6 ? "ucast6" : "ucast";

		g_string_append_printf(out, "%s %s %s\n%s %s %s\n", word, p->interface,
		    p->ours, word, p->interface, p->peers);
	}
	if (d->serial != NULL)
		g_string_append_printf(out, "baud 19200\nserial %s\n", d->serial);
	if (d->path_count + (d->serial != NULL ? 1 : 0) < 2)
		g_string_append(out,
		    "# With one path alone, both nodes serve when it fails. A second one that\n"
		    "# shares no card, cable or switch with it makes that unlikely:\n"
		    "#ucast eth1 ADDRESS\n"
		    "#serial /dev/ttyS0\n");
}

char *
draft_hacf(const struct draft *d)
{
	GString *out = g_string_new(NULL);

	g_string_append_printf(out,
	    "# ha.cf, made by hbctl setup: how the nodes hear each other. See ha.cf(5).\n"
	    "# The same on both machines. After a change, heartbeat -t checks it and\n"
	    "# heartbeat -r puts it into force.\n"
	    "\n"
	    "# The nodes, named as uname -n prints it.\n"
	    "node %s\n"
	    "node %s\n"
	    "\n",
	    d->node, d->peer);
	add_paths(d, out);
	g_string_append(out,
	    "\n"
	    "# How often a node says that it is alive; the silence that is logged; the\n"
	    "# silence after which the node is dead and the other one takes over. deadtime\n"
	    "# must exceed the longest pause of a machine (snapshots, live migration).\n"
	    "keepalive 500ms\n"
	    "warntime 3\n"
	    "deadtime 10\n"
	    "# How long a node that starts alone waits for the other.\n"
	    "initdead 60\n"
	    "\n"
	    "# on: the service goes home when its node is back. off: it stays where it is.\n"
	    "auto_failback off\n"
	    "\n"
	    "# The node that still reaches a host outside the cluster takes over:\n");
	g_string_append_printf(
	    out, "#ping %s\n", d->gateway != NULL ? d->gateway : "ADDRESS-OF-THE-GATEWAY");
	g_string_append(out,
	    "#respawn hacluster /usr/lib/heartbeat/ipfail\n"
	    "\n"
	    "# Where the log goes: syslog or the journal.\n"
	    "logfacility daemon\n");
	return g_string_free(out, FALSE);
}

char *
draft_haresources(const struct draft *d)
{
	GString *out = g_string_new(NULL);

	g_string_append_printf(out,
	    "# haresources, made by hbctl setup: what moves together, and where it is at\n"
	    "# home. See haresources(5). The same on both machines.\n"
	    "# This group runs on %s, and when that fails on %s. It starts from left to\n"
	    "# right and stops from right to left. Heartbeat alone does so: the system must\n"
	    "# not start any of it at boot.\n"
	    "%s",
	    d->node, d->peer, d->node);
	for (unsigned i = 0; i < d->resources->len; i++)
		g_string_append_printf(
		    out, " %s", (const char *)g_ptr_array_index(d->resources, i));
	g_string_append_c(out, '\n');
	return g_string_free(out, FALSE);
}

char *
draft_authkeys(const struct draft *d, const unsigned char *random)
{
	/* In one piece, so that no copy of the key is left behind by a string that grows. */
	GString *out = g_string_sized_new(1024);

	g_string_append(out,
	    "# authkeys, made by hbctl setup: the secret by which the nodes know each\n"
	    "# other. See authkeys(5). The same on both machines; mode 600.\n");
	if (d->old_peer)
		g_string_append(out,
		    "# sha1, as 3.0.6 knows nothing stronger; once both run version 4: sha256.\n");
	g_string_append_printf(out, "auth 1\n1 %s ", d->old_peer ? "sha1" : "sha256");
	for (unsigned i = 0; i < DRAFT_KEY_BYTES; i++)
		g_string_append_printf(out, "%02x", random[i]);
	g_string_append_c(out, '\n');
	return g_string_free(out, FALSE);
}
