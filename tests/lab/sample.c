/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who holds what, as seen from outside. "sample HOSTS NAME..." looks each 10 ms at every host
 * (HOSTS/X/init holds the number of X's first process) for the mark that the recording
 * resource NAME leaves while it is started, and writes a line for each change, with the time in
 * seconds since 1970:
 *
 *	TIME NAME HOST[,HOST...]    or "-" when nobody has it
 *
 * At TERM it ends with "samples COUNT late MS", MS the longest time between two of them.
 */
#include <dirent.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define PERIOD_NS 10000000
#define HOST_MAX 8
#define NAME_MAX_COUNT 16

static char hosts[HOST_MAX][256];
static int host_count;
static volatile sig_atomic_t stopped;

static void
on_signal(int number)
{
	(void)number;
	stopped = 1;
}

static void
find_hosts(const char *where)
{
	DIR *dir = opendir(where);
	struct dirent *entry;

	if (dir == NULL) {
		perror(where);
		exit(1);
	}
	while ((entry = readdir(dir)) != NULL && host_count < HOST_MAX)
		if (entry->d_name[0] != '.')
			snprintf(hosts[host_count++], sizeof(hosts[0]), "%s", entry->d_name);
	closedir(dir);
}

/* The number is that of a process that is gone while the host is switched off. */
static long
init_of(const char *where, const char *host)
{
	char path[512];
	long pid = 0;

	snprintf(path, sizeof(path), "%s/%s/init", where, host);
	FILE *f = fopen(path, "re");

	if (f == NULL)
		return 0;
	if (fscanf(f, "%ld", &pid) != 1)
		pid = 0;
	fclose(f);
	return pid;
}

static unsigned
holders_of(const long *inits, const char *name)
{
	unsigned holders = 0;
	char path[512];

	for (int h = 0; h < host_count; h++) {
		snprintf(path, sizeof(path), "/proc/%ld/root/run/rec/%s", inits[h], name);
		if (inits[h] > 0 && access(path, F_OK) == 0)
			holders |= 1U << h;
	}
	return holders;
}

static void
report(const struct timespec *now, const char *name, unsigned holders)
{
	const char *comma = "";

	printf("%" PRId64 ".%06ld %s ", (int64_t)now->tv_sec, now->tv_nsec / 1000, name);
	for (int h = 0; h < host_count; h++) {
		if (holders & (1U << h)) {
			printf("%s%s", comma, hosts[h]);
			comma = ",";
		}
	}
	puts(holders == 0 ? "-" : "");
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	unsigned known[NAME_MAX_COUNT] = { 0 };
	struct itimerspec each = { { 0, PERIOD_NS }, { 0, PERIOD_NS } };
	int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	uint64_t samples = 0, ticks, late = 0;

	if (argc < 3 || argc - 2 > NAME_MAX_COUNT) {
		fputs("usage: sample HOSTS NAME...\n", stderr);
		return 2;
	}
	signal(SIGTERM, on_signal);
	find_hosts(argv[1]);
	if (timer < 0 || timerfd_settime(timer, 0, &each, NULL) < 0) {
		perror("sample");
		return 1;
	}
	while (!stopped && read(timer, &ticks, sizeof(ticks)) == sizeof(ticks)) {
		long inits[HOST_MAX];
		struct timespec now;

		samples++;
		late = ticks > late ? ticks : late;
		clock_gettime(CLOCK_REALTIME, &now);
		for (int h = 0; h < host_count; h++)
			inits[h] = init_of(argv[1], hosts[h]);
		for (int n = 0; n < argc - 2; n++) {
			unsigned holders = holders_of(inits, argv[n + 2]);

			if (holders != known[n])
				report(&now, argv[n + 2], holders);
			known[n] = holders;
		}
	}
	printf("samples %" PRIu64 " late %" PRIu64 "\n", samples, late * (PERIOD_NS / 1000000));
	return 0;
}
