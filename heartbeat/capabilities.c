/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "capabilities.h"

#include <linux/capability.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/text.h"
#include "files.h"
#include "privs.h"

static bool
has_addresses(const struct conf *c)
{
	for (unsigned g = 0; g < c->group_count; g++) {
		for (unsigned r = 0; r < c->groups[g].resource_count; r++) {
			if (c->groups[g].resources[r].kind == RESOURCE_ADDRESS)
				return true;
		}
	}
	return false;
}

static bool
has_pings(const struct conf *c)
{
	for (unsigned i = 0; i < c->media_count; i++) {
		if (medium_is_ping(c->media[i].kind))
			return true;
	}
	return false;
}

/* The first port that needs no privilege: a container may have set that to 0. */
static unsigned
first_free_port(void)
{
	g_autofree char *text = NULL;
	uint64_t port;

	if (!g_file_get_contents(
		"/proc/sys/net/ipv4/ip_unprivileged_port_start", &text, NULL, NULL) ||
	    !text_to_u64(g_strstrip(text), 0, 65536, &port))
		return 1024;
	return (unsigned)port;
}

static bool
has_privileged_port(const struct conf *c)
{
	for (unsigned i = 0; i < c->media_count; i++) {
		const enum medium_kind kind = c->media[i].kind;

		if ((kind == MEDIUM_UCAST || kind == MEDIUM_BCAST || kind == MEDIUM_MCAST) &&
		    c->media[i].port < first_free_port())
			return true;
	}
	return false;
}

static bool
is_realtime(const struct conf *c)
{
	return c->realtime;
}

static bool
always(const struct conf *c)
{
	(void)c;
	return true;
}

static const struct {
	unsigned capability;
	const char *name;
	bool (*needed)(const struct conf *c);
	bool is_error;
	const char *lacking;
} needs[] = {
    {CAP_NET_ADMIN, "NET_ADMIN", has_addresses, true, "the addresses of haresources cannot be set"},
    {CAP_NET_RAW, "NET_RAW", has_addresses, true,
	"addresses cannot be announced: neighbours would go on sending to the node that had them"},
    {CAP_NET_RAW, "NET_RAW", has_pings, true, "ping nodes cannot be asked"},
    {CAP_NET_BIND_SERVICE, "NET_BIND_SERVICE", has_privileged_port, true,
	"udpport cannot be opened, nor any below 1024"},
    {CAP_SETUID, "SETUID", always, true, "the engine cannot become user " PRIVS_USER},
    {CAP_SETGID, "SETGID", always, true, "the engine cannot join group " PRIVS_GROUP},
    {CAP_KILL, "KILL", always, true, "an engine that hangs, and clients, cannot be ended"},
    {CAP_CHOWN, "CHOWN", always, false, "log files cannot be given to user " PRIVS_USER},
    {CAP_SYS_NICE, "SYS_NICE", is_realtime, false,
	"no real-time priority: on a busy machine heartbeats are late (realtime off says that this is meant)"},
};

/* The engine has no capability, so for it CAP_IPC_LOCK is of no use: its limit counts. */
static void
check_memory_limit(const struct conf *c, const char *path, GPtrArray *faults)
{
	struct rlimit limit;

	if (c->realtime && !privs_have(CAP_SYS_RESOURCE) &&
	    getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_max != RLIM_INFINITY)
		files_fault(faults, path, 0, false,
		    "memory cannot be locked: the limit is %llu KiB (docker run --ulimit memlock=-1)",
		    (unsigned long long)limit.rlim_max / 1024);
}

void
capabilities_check(const struct conf *c, const char *path, GPtrArray *faults)
{
	/* What root may do is not known to others. */
	if (geteuid() != 0)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(needs); i++) {
		if (needs[i].needed(c) && !privs_have(needs[i].capability))
			files_fault(faults, path, 0, needs[i].is_error,
			    "%s: root has no CAP_%s here (docker run --cap-add %s)",
			    needs[i].lacking, needs[i].name, needs[i].name);
	}
	check_memory_limit(c, path, faults);
}
