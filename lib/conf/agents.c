/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/agents.h"

#include <string.h>

#include "conf/ip.h"

#define TOOLS_MAX 8

struct agent {
	const char *name;
	unsigned min, max; /* words behind the name */
	const char *form;
	/* The number of words is right: what is wrong with one of them, or NULL. */
	char *(*fault)(char *const *args);
	struct agent_tool tools[TOOLS_MAX];
};

static bool
consists_of(const char *word, const char *letters)
{
	return *word != '\0' && word[strspn(word, letters)] == '\0';
}

static char *
filesystem_fault(char *const *args)
{
	if (args[0][0] == '\0')
		return g_strdup("the device is missing");
	if (args[1][0] != '/' || args[1][strspn(args[1], "/")] == '\0')
		return g_strdup_printf("the directory is a full path and not /, unlike '%s'",
		    args[1]);
	return NULL;
}

static char *
srcaddr_fault(char *const *args)
{
	if (ip_family(args[0]) == IP_V4)
		return NULL;
	return g_strdup_printf("'%s' is not an IPv4 address", args[0]);
}

static char *
sendarp_fault(char *const *args)
{
	g_autofree char *address = g_strndup(args[0], strcspn(args[0], "/"));

	if (ip_family(address) != IP_NONE)
		return NULL;
	return g_strdup_printf("'%s' is not an IP address", address);
}

static char *
delay_fault(char *const *args)
{
	for (; *args != NULL; args++)
		if (!consists_of(*args, "0123456789"))
			return g_strdup_printf("'%s' is not a number of seconds", *args);
	return NULL;
}

static char *
mail_fault(char *const *args)
{
	if (args[0][0] != '\0' && args[0][0] != '-')
		return NULL;
	return g_strdup_printf("'%s' is not an address", args[0]);
}

static char *
portblock_fault(char *const *args)
{
	if (strcmp(args[0], "tcp") != 0 && strcmp(args[0], "udp") != 0)
		return g_strdup_printf("'%s' is neither tcp nor udp", args[0]);
	if (!consists_of(args[1], "0123456789,:"))
		return g_strdup_printf("'%s' is not a list of ports", args[1]);
	if (strcmp(args[2], "block") != 0 && strcmp(args[2], "unblock") != 0)
		return g_strdup_printf("'%s' is neither block nor unblock", args[2]);
	return NULL;
}

/* IPaddr, IPaddr2 and IPv6addr are built in: ip_service_fault() knows their words. */
static const struct agent agents[] = {
    {"Delay", 0, 2, "Delay[::START[::STOP]]", delay_fault, {{NULL, NULL, NULL, NULL}}},
    {"Filesystem", 2, 4, "Filesystem::DEVICE::DIRECTORY[::TYPE[::OPTIONS]]",
	filesystem_fault,
	{
	    {"mount", "mount", "nothing can be mounted", NULL},
	    {"fsck.ext2", "e2fsprogs", "it is mounted unchecked after a crash", "ext2"},
	    {"dumpe2fs", "e2fsprogs", "errors after a crash are not repaired", "ext3 ext4"},
	    {"mount.nfs", "nfs-common", "it cannot be mounted", "nfs nfs4"},
	    {"mount.cifs", "cifs-utils", "it cannot be mounted", "cifs smb3"},
	    {"mount.glusterfs", "glusterfs-client", "it cannot be mounted", "glusterfs"},
	    {"mount.ocfs2", "ocfs2-tools", "it cannot be mounted", "ocfs2"},
	}},
    {"IPsrcaddr", 1, 1, "IPsrcaddr::ADDRESS", srcaddr_fault,
	{{"ip", "iproute2", "the source address cannot be set", NULL}}},
    {"MailTo", 1, 2, "MailTo::ADDRESS[,ADDRESS...][::SUBJECT]", mail_fault,
	{{"mail sendmail", "bsd-mailx", "nobody is told, and the log says so", NULL}}},
    {"SendArp", 1, 1, "SendArp::ADDRESS[/INTERFACE]", sendarp_fault, {{NULL, NULL, NULL, NULL}}},
    {"drbddisk", 0, 1, "drbddisk[::RESOURCE]", NULL,
	{{"drbdadm", "drbd-utils", "the group cannot start here", NULL}}},
    {"portblock", 3, 3, "portblock::tcp|udp::PORT[,PORT...]::block|unblock",
	portblock_fault, {{"iptables", "iptables", "the group cannot start here", NULL}}},
};

/* Wrappers around OCF agents, most of them; those agents are still there. */
static const struct {
	const char *script, *instead;
} former[] = {
    {"AudibleAlarm", "MailTo::ADDRESS, or 'ocf:heartbeat:AudibleAlarm::nodelist=NODE' "
		     "(package resource-agents)"},
    {"ICP", "'ocf:heartbeat:ICP::driveid=ID::device=DEVICE' (package resource-agents)"},
    {"LVM", "'ocf:heartbeat:LVM-activate::vgname=VG::vg_access_mode=system_id' (package "
	    "resource-agents)"},
    {"LVSSyncDaemonSwap", "a script of your own that calls ipvsadm"},
    {"LinuxSCSI", "nothing, as the kernel finds disks by itself, or "
		  "'ocf:heartbeat:LinuxSCSI::scsi=H:C:T' (package resource-agents)"},
    {"OCF", "'ocf:PROVIDER:TYPE::NAME=VALUE'"},
    {"Raid1", "'ocf:heartbeat:mdraid::mdadm_conf=/etc/mdadm/mdadm.conf::md_dev=/dev/md0' "
	      "(package resource-agents)"},
    {"ServeRAID", "'ocf:heartbeat:ServeRAID::serveraid=N::mergegroup=N' (package "
		  "resource-agents)"},
    {"WAS", "'ocf:heartbeat:WAS::config=FILE' or 'ocf:heartbeat:WAS6' (package "
	    "resource-agents)"},
    {"WinPopup", "MailTo::ADDRESS, or 'ocf:heartbeat:WinPopup::hostfile=FILE' (package "
		 "resource-agents)"},
    {"Xinetd", "a systemd unit NAME.socket as 'systemd:NAME.socket', or "
	       "'ocf:heartbeat:Xinetd::service=NAME' (package resource-agents)"},
    {"apache", "'systemd:apache2' (httpd on Red Hat), or "
	       "'ocf:heartbeat:apache::configfile=FILE' (package resource-agents)"},
    {"datadisk", "'drbddisk::RESOURCE'"},
    {"db2", "'ocf:heartbeat:db2::instance=OWNER' (package resource-agents)"},
    {"drbdupper", "the script of package drbd-utils, which has that name"},
    {"hto-mapfuncs", "nothing: other scripts of 3.0.6 read it, and it is no resource"},
    {"ids", "'ocf:heartbeat:ids::informixdir=DIR::informixserver=NAME::onconfig=FILE' "
	    "(package resource-agents)"},
    {"ldirectord", "'systemd:ldirectord' (package ldirectord)"},
};

static const struct agent *
agent_find(const struct conf_resource *r)
{
	for (size_t i = 0; i < G_N_ELEMENTS(agents); i++)
		if (r->kind == RESOURCE_SCRIPT && strcmp(agents[i].name, r->script) == 0)
			return &agents[i];
	return NULL;
}

/* "2 to 4", "at most 1", "1". */
static char *
count_text(const struct agent *a)
{
	if (a->min == a->max)
		return g_strdup_printf("%u", a->min);
	if (a->min == 0)
		return g_strdup_printf("at most %u", a->max);
	return g_strdup_printf("%u to %u", a->min, a->max);
}

char *
agent_words_fault(const struct conf_resource *r)
{
	const struct agent *a = agent_find(r);
	const unsigned n = g_strv_length(r->args);

	if (a == NULL)
		return NULL;
	if (n < a->min || n > a->max) {
		g_autofree char *count = count_text(a);

		return g_strdup_printf("takes %s argument%s, and here %s %u: write '%s'",
		    count, a->max == 1 ? "" : "s", n == 1 ? "is" : "are", n, a->form);
	}
	g_autofree char *fault = a->fault != NULL ? a->fault(r->args) : NULL;
	return fault != NULL ? g_strdup_printf("%s: write '%s'", fault, a->form) : NULL;
}

static bool
tool_is_needed(const struct agent_tool *t, const struct conf_resource *r)
{
	const char *type = g_strv_length(r->args) > 2 ? r->args[2] : "";

	if (t->types == NULL)
		return true;
	g_auto(GStrv) types = g_strsplit(t->types, " ", -1);
	return g_strv_contains((const char *const *)types, type);
}

const struct agent_tool *
agent_tool(const struct conf_resource *r, unsigned i)
{
	const struct agent *a = agent_find(r);

	for (unsigned t = 0; a != NULL && t < TOOLS_MAX && a->tools[t].programs != NULL; t++)
		if (tool_is_needed(&a->tools[t], r) && i-- == 0)
			return &a->tools[t];
	return NULL;
}

const char *
agent_replacement(const char *script)
{
	for (size_t i = 0; i < G_N_ELEMENTS(former); i++)
		if (strcmp(former[i].script, script) == 0)
			return former[i].instead;
	return NULL;
}
