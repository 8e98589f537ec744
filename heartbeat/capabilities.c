/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "capabilities.h"

#include <linux/capability.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/text.h"
#include "files.h"
#include "init.h"
#include "privs.h"

static bool
is_address(const struct conf_resource *r)
{
	return r->kind == RESOURCE_ADDRESS;
}

/* Our script, or the OCF agent. */
static bool
is_mount(const struct conf_resource *r)
{
	return strcmp(r->script, "Filesystem") == 0 || strcmp(r->script, "heartbeat:Filesystem") == 0;
}

static bool
has_resource(const struct conf *c, bool (*is_one)(const struct conf_resource *r))
{
	for (unsigned g = 0; g < c->group_count; g++) {
		for (unsigned r = 0; r < c->groups[g].resource_count; r++) {
			if (is_one(&c->groups[g].resources[r]))
				return true;
		}
	}
	return false;
}

static bool
has_addresses(const struct conf *c, const struct capabilities_place *at)
{
	(void)at;
	return has_resource(c, is_address);
}

static bool
has_mounts(const struct conf *c, const struct capabilities_place *at)
{
	(void)at;
	return has_resource(c, is_mount);
}

static bool
has_pings(const struct conf *c, const struct capabilities_place *at)
{
	(void)at;
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
has_privileged_port(const struct conf *c, const struct capabilities_place *at)
{
	for (unsigned i = 0; i < c->media_count; i++) {
		const enum medium_kind kind = c->media[i].kind;

		if ((kind == MEDIUM_UCAST || kind == MEDIUM_BCAST || kind == MEDIUM_MCAST) &&
		    c->media[i].port < at->first_free_port)
			return true;
	}
	return false;
}

static bool
is_realtime(const struct conf *c, const struct capabilities_place *at)
{
	(void)at;
	return c->realtime;
}

static bool
always(const struct conf *c, const struct capabilities_place *at)
{
	(void)c;
	(void)at;
	return true;
}

static const struct {
	unsigned capability;
	const char *name;
	bool (*needed)(const struct conf *c, const struct capabilities_place *at);
	bool is_error;
	const char *lacking;
} needs[] = {
    {CAP_NET_ADMIN, "NET_ADMIN", has_addresses, true, "the addresses of haresources cannot be set"},
    {CAP_NET_RAW, "NET_RAW", has_addresses, true,
	"addresses cannot be announced: neighbours would go on sending to the node that had them"},
    {CAP_SYS_ADMIN, "SYS_ADMIN", has_mounts, true, "the file systems of haresources cannot be mounted"},
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

/* Where the limit can be raised. */
static const char *
memory_remedy(const struct capabilities_place *at)
{
	if (at->is_container)
		return "docker run --ulimit memlock=-1";
	if (at->has_systemd)
		return "LimitMEMLOCK=infinity in the unit: systemctl edit heartbeat";
	return "ulimit -l unlimited before the start";
}

/* The engine has no capability, so for it CAP_IPC_LOCK is of no use: its limit counts. */
static void
check_memory_limit(const struct conf *c, const char *path, const struct capabilities_place *at,
    GPtrArray *faults)
{
	if (c->realtime && !at->have(CAP_SYS_RESOURCE) && at->memory_limit != G_MAXUINT64)
		files_fault(faults, path, 0, false,
		    "memory cannot be locked: the limit is %" G_GUINT64_FORMAT " KiB (%s)",
		    at->memory_limit / 1024, memory_remedy(at));
}

void
capabilities_judge(const struct conf *c, const char *path, const struct capabilities_place *at,
    GPtrArray *faults)
{
	for (size_t i = 0; i < G_N_ELEMENTS(needs); i++) {
		if (needs[i].needed(c, at) && !at->have(needs[i].capability))
			files_fault(faults, path, 0, needs[i].is_error,
			    "%s: root has no CAP_%s here (docker run --cap-add %s)",
			    needs[i].lacking, needs[i].name, needs[i].name);
	}
	check_memory_limit(c, path, at, faults);
}

static uint64_t
memory_limit(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_MEMLOCK, &limit) != 0 || limit.rlim_max == RLIM_INFINITY
	    ? G_MAXUINT64
	    : limit.rlim_max;
}

/* We are process 1, or its child, as a container's program is; docker and podman leave a mark. */
static bool
is_container(void)
{
	return getpid() == 1 || init_is_parent() || access("/.dockerenv", F_OK) == 0 ||
	    access("/run/.containerenv", F_OK) == 0;
}

void
capabilities_check(const struct conf *c, const char *path, GPtrArray *faults)
{
	const struct capabilities_place here = {
	    .have = privs_have,
	    .memory_limit = memory_limit(),
	    .first_free_port = first_free_port(),
	    .has_systemd = access("/run/systemd/system", F_OK) == 0,
	    .is_container = is_container(),
	};

	/* What root may do is not known to others. */
	if (geteuid() == 0)
		capabilities_judge(c, path, &here, faults);
}
