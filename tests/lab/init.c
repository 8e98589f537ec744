/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Process 1 of a test host: collects orphans and writes what arrives on /dev/log to
 * /var/log/messages, as "FACILITY.LEVEL TEXT". It ends only by force, which is what a
 * power cut is.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <syslog.h>
#include <unistd.h>

static const char *const facilities[] = {
	"kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron",
	"authpriv", "ftp", "ntp", "security", "console", "cron2", "local0", "local1", "local2",
	"local3", "local4", "local5", "local6", "local7",
};
static const char *const levels[] = {
	"emerg", "alert", "crit", "err", "warning", "notice", "info", "debug",
};

static int
syslog_open(void)
{
	struct sockaddr_un where = { .sun_family = AF_UNIX, .sun_path = "/dev/log" };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&where, sizeof(where)) < 0 ||
	    chmod("/dev/log", 0666) < 0) {
		perror("/dev/log");
		exit(1);
	}
	return fd;
}

static void
syslog_receive(int fd, FILE *out)
{
	char line[8193];
	ssize_t n = recv(fd, line, sizeof(line) - 1, MSG_DONTWAIT);
	char *text = line;
	unsigned priority = LOG_USER | LOG_NOTICE;

	if (n <= 0)
		return;
	line[n] = '\0';
	if (line[0] == '<') {
		priority = (unsigned)strtoul(line + 1, &text, 10);
		text += *text == '>';
	}
	unsigned facility = priority >> 3;

	fprintf(out, "%s.%s %s\n",
	    facility < sizeof(facilities) / sizeof(*facilities) ? facilities[facility] : "?",
	    levels[priority & 7], text);
	fflush(out);
}

int
main(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	int children = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	int log = syslog_open();
	FILE *out = fopen("/var/log/messages", "ae");

	if (children < 0 || out == NULL) {
		perror("init");
		return 1;
	}
	struct pollfd fds[2] = { { .fd = children, .events = POLLIN },
		{ .fd = log, .events = POLLIN } };

	for (;;) {
		struct signalfd_siginfo info;

		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return 1;
		while (read(children, &info, sizeof(info)) > 0)
			;
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		if (fds[1].revents != 0)
			syslog_receive(log, out);
	}
}
