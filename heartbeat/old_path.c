/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "old_path.h"

#include <glib.h>
#include <string.h>

static const char *const directories[] = {
    "/usr/lib/heartbeat/",
    "/usr/lib64/heartbeat/",
    "/usr/libexec/heartbeat/",
    "/usr/share/heartbeat/",
    "/usr/local/lib/heartbeat/",
    "/usr/local/lib64/heartbeat/",
    "/usr/local/libexec/heartbeat/",
    "/usr/local/share/heartbeat/",
};

/* make install lays links to each in the first directories: old_programs of ha.d/local.mk. */
static const struct {
	const char *name;
	const char *directory;
} ours[] = {
    {"ResourceManager", HB_LIBEXECDIR},
    {"hb_addnode", HB_SHAREDIR},
    {"hb_delnode", HB_SHAREDIR},
    {"hb_setsite", HB_SHAREDIR},
    {"hb_setweight", HB_SHAREDIR},
    {"hb_standby", HB_SHAREDIR},
    {"hb_takeover", HB_SHAREDIR},
    {"heartbeat", HB_LIBEXECDIR},
    {"ipfail", HB_LIBEXECDIR},
    {"mach_down", HB_SHAREDIR},
    {"req_resource", HB_SHAREDIR},
};

#define WITH_PACEMAKER "take the line out: it is a part of Pacemaker, which runs with corosync today"
#define MEMBERSHIP "take the line out: hbctl status shows the nodes"

static const struct {
	const char *name;
	const char *instead;
} gone[] = {
    {"BasicSanityCheck", "heartbeat -t and hbctl simulate check a configuration"},
    {"TestHeartbeatComm", "hbctl status shows the links, and which of them are heard"},
    {"api_test", "take the line out: it was a test"},
    {"apphbd", "take the line out: WatchdogSec= of a systemd unit does what it did"},
    {"apphbtest", "take the line out: it was a test of apphbd"},
    {"attrd", WITH_PACEMAKER},
    {"ccm", MEMBERSHIP},
    {"ccm_testclient", MEMBERSHIP},
    {"cib", WITH_PACEMAKER},
    {"cl_respawn", "name the program itself: respawn starts it again when it ends"},
    {"clmtest", MEMBERSHIP},
    {"crmd", WITH_PACEMAKER},
    {"dopd", "take the line out, and use /usr/lib/drbd/outdate-peer.sh as fence-peer handler of DRBD"},
    {"drbd-peer-outdater", "use /usr/lib/drbd/outdate-peer.sh as fence-peer handler of DRBD"},
    {"ha_logd", "take the line out: logfacility and logfile say where Heartbeat logs"},
    {"ha_config", "there are three files, ha.cf, haresources and authkeys; heartbeat -t checks them"},
    {"ha_propagate", "copy the files with scp; nodes that differ say so in hbctl status"},
    {"ha_test.py", "take the line out: it was a test"},
    {"hb_api.py", "libhbclient, or hbctl status --json, is what programs ask with"},
    {"hbagent", "take the line out: hbctl status --json tells what it told by SNMP"},
    {"lrmd", WITH_PACEMAKER},
    {"mgmtd", WITH_PACEMAKER},
    {"mlock", "take the line out: it was a test"},
    {"pengine", WITH_PACEMAKER},
    {"pingd", "name ipfail: it was for clusters of Pacemaker"},
    {"stonithd", WITH_PACEMAKER},
    {"tengine", WITH_PACEMAKER},
};

/* The name of a program of the first len characters of path in an old directory, or NULL. */
static const char *
old_name(const char *path, size_t len)
{
	for (size_t i = 0; i < G_N_ELEMENTS(directories); i++) {
		const size_t directory_len = strlen(directories[i]);

		if (len > directory_len && strncmp(path, directories[i], directory_len) == 0)
			return path + directory_len;
	}
	return NULL;
}

char *
old_path_command(const char *command)
{
	const size_t len = strcspn(command, " \t");
	const char *name = old_name(command, len);
	const size_t name_len = name != NULL ? len - (size_t)(name - command) : 0;

	for (size_t i = 0; name != NULL && i < G_N_ELEMENTS(ours); i++) {
		if (strlen(ours[i].name) == name_len && strncmp(ours[i].name, name, name_len) == 0)
			return g_strconcat(ours[i].directory, "/", ours[i].name, command + len, NULL);
	}
	return g_strdup(command);
}

const char *
old_path_replacement(const char *path)
{
	const char *name = old_name(path, strlen(path));

	if (name == NULL && g_str_has_prefix(path, "/usr/bin/"))
		name = path + strlen("/usr/bin/");
	for (size_t i = 0; name != NULL && i < G_N_ELEMENTS(gone); i++) {
		if (strcmp(gone[i].name, name) == 0)
			return gone[i].instead;
	}
	return NULL;
}
