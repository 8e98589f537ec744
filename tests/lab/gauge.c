/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the machine carries what runs on it. "gauge STATE" writes a line each half second, until its
 * standard output is closed:
 *
 *	TIME LATE START PRESSURE STRETCH
 *
 *	TIME      seconds since 1970
 *	LATE      the latest that a process woke up that sleeps for 10 ms at a time, in ms
 *	START     how long it took to start a program that ends at once, in µs: the mean of
 *	          the last two seconds
 *	PRESSURE  of the last two seconds, the percentage in which somebody waited for a
 *	          processor (/proc/pressure/cpu); 0 if the kernel does not tell
 *	STRETCH   how much more time than usual is to be allowed, in percent: by the mean of
 *	          the last minute's starts, 100 at least
 *
 * The file STATE holds the last STRETCH, for those who wait (wait_for in lab.sh).
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TICK_US 10000
#define TICKS_PER_LINE 50
#define PRESSURE_LINES 4
#define TICKS_PER_START 10
#define STARTS_RECENT 20
#define STARTS 600
/* A start on an idle machine of the kind on which the limits were found long enough. */
#define START_USUAL_US 2500
#define STRETCH_MAX 1000

extern char **environ;

static uint64_t
now_us(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

/* Microseconds of pressure since the machine was booted; 0 if nobody knows. */
static uint64_t
pressure_total(void)
{
	FILE *f = fopen("/proc/pressure/cpu", "re");
	uint64_t total = 0;

	if (f == NULL)
		return 0;
	if (fscanf(f, "some avg10=%*f avg60=%*f avg300=%*f total=%" SCNu64, &total) != 1)
		total = 0;
	fclose(f);
	return total;
}

static pid_t
start_nothing(void)
{
	char *const argv[] = { (char *)"gauge", (char *)"--nothing", NULL };
	pid_t pid;

	return posix_spawn(&pid, "/proc/self/exe", NULL, NULL, argv, environ) == 0 ? pid : -1;
}

static void
state_write(const char *path, unsigned stretch)
{
	char next[4096], text[16];
	int n = snprintf(text, sizeof(text), "%u\n", stretch);

	snprintf(next, sizeof(next), "%s.new", path);
	int fd = open(next, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	if (fd < 0 || write(fd, text, (size_t)n) != n || close(fd) < 0 || rename(next, path) < 0) {
		perror(path);
		exit(1);
	}
}

/* The mean of the last of COUNT starts, at most MOST. */
static uint64_t
starts_mean(const uint64_t *starts, uint64_t count, uint64_t most)
{
	uint64_t sum = 0, n = count < most ? count : most;

	for (uint64_t i = 1; i <= n; i++)
		sum += starts[(count - i) % STARTS];
	return n == 0 ? 0 : sum / n;
}

static unsigned
stretch_of(uint64_t start_mean_us)
{
	uint64_t stretch = start_mean_us * 100 / START_USUAL_US;

	return stretch < 100 ? 100 : stretch > STRETCH_MAX ? STRETCH_MAX : (unsigned)stretch;
}

int
main(int argc, char **argv)
{
	uint64_t starts[STARTS], start_count = 0;
	uint64_t pressures[PRESSURE_LINES], times[PRESSURE_LINES];
	uint64_t began = 0, late_us = 0, due, lines = 0;
	struct itimerspec each = { { 0, TICK_US * 1000 }, { 0, TICK_US * 1000 } };
	sigset_t set;
	pid_t child = -1;

	if (argc == 2 && strcmp(argv[1], "--nothing") == 0)
		return 0;
	if (argc != 2) {
		fputs("usage: gauge STATE\n", stderr);
		return 2;
	}
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	int ends = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	if (ends < 0 || timer < 0 || timerfd_settime(timer, 0, &each, NULL) < 0) {
		perror("gauge");
		return 1;
	}
	due = now_us(CLOCK_MONOTONIC) + TICK_US;
	for (int i = 0; i < PRESSURE_LINES; i++) {
		pressures[i] = pressure_total();
		times[i] = due;
	}
	for (unsigned ticks = 0, start_ticks = 0;;) {
		struct pollfd fds[2] = { { .fd = timer, .events = POLLIN }, { .fd = ends, .events = POLLIN } };
		struct signalfd_siginfo info;
		uint64_t n, now;

		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return 1;
		now = now_us(CLOCK_MONOTONIC);
		while (read(ends, &info, sizeof(info)) > 0)
			;
		if (child > 0 && waitpid(child, NULL, WNOHANG) == child) {
			child = -1;
			starts[start_count++ % STARTS] = now - began;
		}
		if (read(timer, &n, sizeof(n)) != sizeof(n))
			continue;
		/* Due was the first of the ticks that have passed. */
		if (now > due && now - due > late_us)
			late_us = now - due;
		due += n * TICK_US;
		ticks += (unsigned)n;
		start_ticks += (unsigned)n;
		if (child < 0 && start_ticks >= TICKS_PER_START) {
			start_ticks = 0;
			began = now_us(CLOCK_MONOTONIC);
			child = start_nothing();
		}
		if (ticks < TICKS_PER_LINE)
			continue;
		ticks = 0;
		unsigned stretch = stretch_of(starts_mean(starts, start_count, STARTS));
		unsigned slot = lines++ % PRESSURE_LINES;
		uint64_t total = pressure_total(), clock = now_us(CLOCK_REALTIME);

		state_write(argv[1], stretch);
		printf("%" PRIu64 ".%06" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %u\n",
		    clock / 1000000, clock % 1000000, late_us / 1000,
		    starts_mean(starts, start_count, STARTS_RECENT),
		    (total - pressures[slot]) * 100 / (now - times[slot] + 1), stretch);
		if (fflush(stdout) != 0)
			return 0;
		pressures[slot] = total;
		times[slot] = now;
		late_us = 0;
	}
}
