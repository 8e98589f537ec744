/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "notify.h"

#include <errno.h>
#include <glib.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

#define USEC_NS 1000
/* Less is no limit that anybody means: we would do nothing else. */
#define INTERVAL_LEAST_NS 10000000

/* Which states and which line of text the manager has not got yet. */
static struct {
	GString *state;
	GString *status;
} unsent;

/* Source: sd_notify(3): a path, or "@" and the name of an abstract socket. Returns: 0: no such. */
static socklen_t
manager_address(struct sockaddr_un *at)
{
	const char *name = getenv("NOTIFY_SOCKET");
	size_t len = name != NULL ? strlen(name) : 0;

	if (len < 2 || (name[0] != '/' && name[0] != '@') || len >= sizeof(at->sun_path))
		return 0;
	*at = (struct sockaddr_un){.sun_family = AF_UNIX};
	memcpy(at->sun_path, name, len);
	if (name[0] == '@')
		at->sun_path[0] = '\0';
	else
		len++;
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
}

static int
datagram(const char *text, size_t text_len)
{
	struct sockaddr_un at;
	const socklen_t len = manager_address(&at);
	int fd, err = 0;

	if (len == 0)
		return 0;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	if (sendto(fd, text, text_len, MSG_NOSIGNAL, (struct sockaddr *)&at, len) < 0)
		err = -errno;
	close(fd);
	return err;
}

/* All that is due, in one datagram. */
static void
flush(void)
{
	g_autoptr(GString) text = NULL;

	if (unsent.state == NULL)
		return;
	text = g_string_new(unsent.state->str);
	g_string_append(text, unsent.status->str);
	if (text->len > 0 && datagram(text->str, text->len) == 0) {
		g_string_truncate(unsent.state, 0);
		g_string_truncate(unsent.status, 0);
	}
}

/* The latest state says all: what an older one said is past. */
static void
tell(const char *state, const char *status)
{
	if (unsent.state == NULL) {
		unsent.state = g_string_new(NULL);
		unsent.status = g_string_new(NULL);
	}
	if (state != NULL)
		g_string_assign(unsent.state, state);
	g_string_printf(unsent.status, "STATUS=%.*s\n", (int)strcspn(status, "\n"), status);
	flush();
}

void
notify_ready(void)
{
	tell("READY=1\n", "running");
}

void
notify_ready_as(pid_t main_pid)
{
	g_autofree char *state = g_strdup_printf("MAINPID=%ld\nREADY=1\n", (long)main_pid);

	tell(state, "running");
}

void
notify_reloading(void)
{
	struct timespec now;
	g_autofree char *state = NULL;

	clock_gettime(CLOCK_MONOTONIC, &now);
	state = g_strdup_printf("RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT "\n",
	    (int64_t)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / USEC_NS);
	tell(state, "reading the configuration again");
}

void
notify_stopping(void)
{
	tell("STOPPING=1\n", "giving up all resources");
}

void
notify_status(const char *text)
{
	tell(NULL, text);
}

/* 0: nobody waits for signs of life of ours. */
static uint64_t
watchdog_usec(void)
{
	const char *limit = getenv("WATCHDOG_USEC");
	const char *whose = getenv("WATCHDOG_PID");
	uint64_t usec, pid;

	if (limit == NULL || !text_to_u64(limit, 1, INT64_MAX / USEC_NS, &usec))
		return 0;
	if (whose != NULL &&
	    (!text_to_u64(whose, 1, INT32_MAX, &pid) || (pid_t)pid != getpid()))
		return 0;
	return usec;
}

void
notify_tick(void)
{
	static const char alive[] = "WATCHDOG=1\n";

	flush();
	if (watchdog_usec() > 0)
		(void)datagram(alive, strlen(alive));
}

struct span
notify_interval(struct span most)
{
	const uint64_t usec = watchdog_usec();
	const int64_t half_ns = (int64_t)usec * USEC_NS / 2;

	return (struct span){usec > 0 ? CLAMP(half_ns, INTERVAL_LEAST_NS, most.ns) : most.ns};
}
