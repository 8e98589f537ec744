/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who holds what, as seen from outside. "sample SHARE HOSTS NAME..." watches in every host that is
 * switched on (SHARE/up.X appears then, and HOSTS/X/init holds the number of X's first process)
 * the mark that the recording resource NAME leaves while it is started, and writes a line for
 * each change, with the time in seconds since 1970:
 *
 *	TIME NAME HOST[,HOST...]    or "-" when nobody has it
 *
 * The kernel tells of each change of every host in one queue (inotify), in the order in which they
 * happened: none is missed and no order is mistaken, however late this program is; only the times
 * are then late. While nothing changes it costs nothing. A host that loses its power loses its marks.
 *
 * At TERM it ends with "samples COUNT boots COUNT", unless the queue ran over.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#define HOST_MAX 8
#define NAME_MAX_COUNT 16
#define MARKS "/proc/%ld/root/run/rec"

struct host {
	char name[256];
	int watch; /* -1: switched off */
};

static struct host hosts[HOST_MAX];
static int host_count;
static char *const *names;
static int name_count;
static unsigned holders[NAME_MAX_COUNT];
static unsigned samples, boots;

static void
give_up(const char *what)
{
	fprintf(stderr, "sample: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void
report(const char *name, unsigned who)
{
	const char *comma = "";
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	printf("%" PRId64 ".%06ld %s ", (int64_t)now.tv_sec, now.tv_nsec / 1000, name);
	for (int h = 0; h < host_count; h++) {
		if (who & (1U << h)) {
			printf("%s%s", comma, hosts[h].name);
			comma = ",";
		}
	}
	puts(who == 0 ? "-" : "");
	fflush(stdout);
	samples++;
}

static void
change(int h, int n, bool held)
{
	unsigned who = held ? holders[n] | 1U << h : holders[n] & ~(1U << h);

	if (who == holders[n])
		return;
	holders[n] = who;
	report(names[n], who);
}

static int
host_named(const char *name)
{
	for (int h = 0; h < host_count; h++)
		if (strcmp(hosts[h].name, name) == 0)
			return h;
	if (host_count == HOST_MAX) {
		fputs("sample: too many hosts\n", stderr);
		exit(1);
	}
	snprintf(hosts[host_count].name, sizeof(hosts[0].name), "%s", name);
	hosts[host_count].watch = -1;
	return host_count++;
}

static void
host_off(int h)
{
	hosts[h].watch = -1;
	for (int n = 0; n < name_count; n++)
		change(h, n, false);
}

static long
init_of(const char *where, const char *host)
{
	char path[PATH_MAX];
	long pid = 0;

	snprintf(path, sizeof(path), "%s/%s/init", where, host);
	FILE *f = fopen(path, "re");

	if (f == NULL || fscanf(f, "%ld", &pid) != 1)
		give_up(path);
	fclose(f);
	return pid;
}

/* It has been switched on, and has no marks yet, or few. */
static void
host_on(int queue, const char *where, const char *name)
{
	int h = host_named(name);
	long init = init_of(where, name);
	char path[PATH_MAX];

	host_off(h);
	snprintf(path, sizeof(path), MARKS, init);
	hosts[h].watch = inotify_add_watch(queue, path, IN_CREATE | IN_DELETE | IN_ONLYDIR);
	if (hosts[h].watch < 0)
		give_up(path);
	boots++;
	for (int n = 0; n < name_count; n++) {
		snprintf(path, sizeof(path), MARKS "/%s", init, names[n]);
		if (access(path, F_OK) == 0)
			change(h, n, true);
	}
}

static void
mark(const struct inotify_event *event)
{
	int h = 0, n = 0;

	while (h < host_count && hosts[h].watch != event->wd)
		h++;
	if (h == host_count)
		return;
	if (event->mask & (IN_UNMOUNT | IN_IGNORED)) {
		host_off(h);
		return;
	}
	while (n < name_count && strcmp(names[n], event->name) != 0)
		n++;
	if (n < name_count)
		change(h, n, (event->mask & IN_CREATE) != 0);
}

static void
queue_read(int queue, int share, const char *where)
{
	char buffer[65536] __attribute__((aligned(__alignof__(struct inotify_event))));
	ssize_t length;

	while ((length = read(queue, buffer, sizeof(buffer))) > 0) {
		for (char *at = buffer; at < buffer + length;) {
			const struct inotify_event *event = (const void *)at;

			at += sizeof(*event) + event->len;
			if (event->mask & IN_Q_OVERFLOW) {
				fputs("sample: changes were lost\n", stderr);
				exit(1);
			}
			if (event->wd != share)
				mark(event);
			else if (strncmp(event->name, "up.", 3) == 0)
				host_on(queue, where, event->name + 3);
		}
	}
}

int
main(int argc, char **argv)
{
	sigset_t set;

	if (argc < 4 || argc - 3 > NAME_MAX_COUNT) {
		fputs("usage: sample SHARE HOSTS NAME...\n", stderr);
		return 2;
	}
	names = argv + 3;
	name_count = argc - 3;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	int end = signalfd(-1, &set, SFD_CLOEXEC);
	int queue = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	int share = inotify_add_watch(queue, argv[1], IN_CREATE | IN_ONLYDIR);

	if (end < 0 || queue < 0 || share < 0)
		give_up(argv[1]);
	struct pollfd fds[2] = { { .fd = queue, .events = POLLIN }, { .fd = end, .events = POLLIN } };

	do {
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			give_up("poll");
		queue_read(queue, share, argv[2]);
	} while (fds[1].revents == 0);
	printf("samples %u boots %u\n", samples, boots);
	return 0;
}
