/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "privs.h"

#include <cap-ng.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

extern char **environ;

int
privs_engine_user(uint32_t *uid, uint32_t *gid)
{
	const struct passwd *user = getpwnam(PRIVS_USER);
	const struct group *group = getgrnam(PRIVS_GROUP);

	if (user == NULL || group == NULL)
		return -ENOENT;
	*uid = user->pw_uid;
	*gid = group->gr_gid;
	return 0;
}

static void
raise_limit(__rlimit_resource_t resource, rlim_t value)
{
	const struct rlimit limit = {value, value};

	setrlimit(resource, &limit);
}

static int
drop_capabilities(capng_select_t which)
{
	capng_clear(which);
	return capng_apply(which) == 0 ? 0 : -EPERM;
}

bool
privs_have(unsigned capability)
{
	capng_get_caps_process();
	return capng_have_capability(CAPNG_EFFECTIVE, capability) != 0;
}

int
privs_become_engine(const struct conf *c)
{
	const struct sched_param priority = {.sched_priority = (int)c->rtprio};
	uint32_t uid, gid;
	int err = privs_engine_user(&uid, &gid);

	if (err < 0)
		return err;
	raise_limit(RLIMIT_MEMLOCK, RLIM_INFINITY);
	raise_limit(RLIMIT_RTPRIO, c->realtime ? c->rtprio : 0);
	raise_limit(RLIMIT_CORE, c->coredumps ? RLIM_INFINITY : 0);
	if (c->realtime)
		sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &priority);
	/* The bounding set goes while we still may, the rest with the user. In a container without
	 * CAP_SETPCAP it stays, of no use to a process that can gain no privilege. */
	err = privs_have(CAP_SETPCAP) ? drop_capabilities(CAPNG_SELECT_BOUNDS) : 0;
	if (err < 0)
		return err;
	if (initgroups(PRIVS_USER, gid) < 0 || setgid(gid) < 0 || setuid(uid) < 0)
		return -errno;
	/* Nor may it win anything back by way of a set-user-ID program. */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -errno;
	return drop_capabilities(CAPNG_SELECT_CAPS);
}

static struct {
	char *start;
	size_t room;
} title_room;

void
privs_title_init(int argc, char **argv)
{
	char *end = argv[0];
	char **copy;
	size_t count = 0;

	/* The kernel lays both out in one piece; where somebody has moved them, stop there. */
	for (int i = 0; i < argc && argv[i] == end; i++)
		end += strlen(argv[i]) + 1;
	for (char **e = environ; *e != NULL; e++, count++) {
		if (*e == end)
			end += strlen(*e) + 1;
	}
	copy = g_new0(char *, count + 1);
	for (size_t i = 0; i < count; i++)
		copy[i] = g_strdup(environ[i]);
	environ = copy;
	title_room.start = argv[0];
	title_room.room = (size_t)(end - argv[0]);
}

void
privs_title(const char *title)
{
	if (title_room.room < 2)
		return;
	memset(title_room.start, 0, title_room.room);
	g_strlcpy(title_room.start, title, title_room.room);
}
