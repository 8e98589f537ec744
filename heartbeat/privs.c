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

/* A lock of the open file, not of the process: fork hands it on, and no other close ends it. */
static int
lock_call(int fd, int command, short type, struct flock *lock)
{
	*lock = (struct flock){.l_type = type, .l_whence = SEEK_SET};
	return fcntl(fd, command, lock) < 0 ? -errno : 0;
}

static pid_t
pid_in(int fd)
{
	char text[32];
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);
	uint64_t pid;

	if (n <= 0)
		return 0;
	text[n] = '\0';
	return text_to_u64(g_strstrip(text), 1, INT32_MAX, &pid) ? (pid_t)pid : 0;
}

enum pidfile_state
pidfile_look(const char *path, pid_t *pid)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct flock lock;
	bool held;

	*pid = 0;
	if (fd < 0)
		return PIDFILE_ABSENT;
	held = lock_call(fd, F_OFD_GETLK, F_RDLCK, &lock) == 0 && lock.l_type != F_UNLCK;
	*pid = pid_in(fd);
	close(fd);
	return held ? PIDFILE_HELD : PIDFILE_STALE;
}

/* Has the one who held it removed the file between our open and our lock? */
static bool
is_still(const char *path, int fd)
{
	struct stat named, opened;

	return stat(path, &named) == 0 && fstat(fd, &opened) == 0 &&
	    named.st_ino == opened.st_ino && named.st_dev == opened.st_dev;
}

int
pidfile_take(const char *path)
{
	for (;;) {
		int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
		struct flock lock;
		int err;

		if (fd < 0)
			return -errno;
		err = lock_call(fd, F_OFD_SETLK, F_WRLCK, &lock);
		/* The number of one that died must not be found under our lock: it may be
		 * another program's by now. */
		if (err == 0 && is_still(path, fd))
			err = ftruncate(fd, 0) < 0 ? -errno : fd;
		else if (err == 0)
			err = -ESTALE;
		if (err >= 0)
			return err;
		close(fd);
		if (err != -ESTALE)
			return err == -EACCES ? -EAGAIN : err;
	}
}

int
pidfile_write(int fd)
{
	char text[16];
	int len = g_snprintf(text, sizeof(text), "%11ld\n", (long)getpid());

	if (ftruncate(fd, 0) < 0 || pwrite(fd, text, (size_t)len, 0) != len)
		return errno != 0 ? -errno : -EIO;
	return 0;
}

void
pidfile_release(const char *path, int fd)
{
	unlink(path);
	close(fd);
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
	/* The bounding set goes while we still may, the rest with the user. */
	err = drop_capabilities(CAPNG_SELECT_BOUNDS);
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
