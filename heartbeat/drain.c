/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drain.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

#define READER "/bin/cat"

static int
files_set(posix_spawn_file_actions_t *files, int fd)
{
	int err = posix_spawn_file_actions_adddup2(files, fd, STDIN_FILENO);

	for (int i = STDOUT_FILENO; i <= STDERR_FILENO && err == 0; i++)
		err = posix_spawn_file_actions_addopen(files, i, "/dev/null", O_WRONLY, 0);
	if (err == 0)
		err = posix_spawn_file_actions_addclosefrom_np(files, STDERR_FILENO + 1);
	return err;
}

/* A session of its own, and no signal that we ignore: what ends us does not end it. */
static int
attributes_set(posix_spawnattr_t *attributes)
{
	sigset_t every, none;
	int err;

	sigfillset(&every);
	sigemptyset(&none);
	err = posix_spawnattr_setsigdefault(attributes, &every);
	if (err == 0)
		err = posix_spawnattr_setsigmask(attributes, &none);
	if (err == 0)
		err = posix_spawnattr_setflags(attributes,
		    POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	return err;
}

pid_t
drain_leave(int fd)
{
	char *const argv[] = {"cat", NULL};
	char *const environment[] = {NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	pid_t pid;
	int err;

	/* It waits where we must not. */
	fcntl(fd, F_SETFL, 0);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attributes);
	err = files_set(&files, fd);
	if (err == 0)
		err = attributes_set(&attributes);
	if (err == 0)
		err = posix_spawn(&pid, READER, &files, &attributes, argv, environment);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attributes);
	close(fd);
	return err == 0 ? pid : -err;
}
