/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "init.h"

#include <errno.h>
#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "privs.h"

/* As shells say it of a program that a signal ended. */
#define SIGNALED 128
/* Of the process, 15 bytes at most. */
#define INIT_NAME "heartbeat-init"

/* Orphans become children of process 1. Returns: the daemon's exit code, -1 while it runs. */
static int
reap(pid_t daemon)
{
	int code = -1, status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid != daemon)
			continue;
		code = WIFSIGNALED(status) ? SIGNALED + WTERMSIG(status) : WEXITSTATUS(status);
	}
	return code;
}

/* The kernel gives process 1 no signal that it has not asked for. */
static _Noreturn void
init_run(pid_t daemon, const sigset_t *all)
{
	int code;

	while ((code = reap(daemon)) < 0) {
		const int signo = sigwaitinfo(all, NULL);

		if (signo > 0 && signo != SIGCHLD)
			kill(daemon, signo);
	}
	exit(code);
}

int
init_begin(const char *title)
{
	sigset_t all, before;
	pid_t pid;

	if (getpid() != 1)
		return 0;
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	pid = fork();
	if (pid < 0)
		return -errno;
	if (pid > 0) {
		prctl(PR_SET_NAME, INIT_NAME);
		privs_title(title);
		init_run(pid, &all);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	/* What a terminal sends to all of its group comes once, by way of process 1. */
	setpgid(0, 0);
	return 0;
}

bool
init_is_parent(void)
{
	g_autofree char *name = NULL;

	/* Asked of the kernel: the daemon may have executed itself again since. */
	return getppid() == 1 && g_file_get_contents("/proc/1/comm", &name, NULL, NULL) &&
	    strcmp(name, INIT_NAME "\n") == 0;
}
