/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A datagram socket at a path, as syslog and journald have. Include cmocka first.
 */
#ifndef HB_TEST_LISTENER_H
#define HB_TEST_LISTENER_H

#include <glib.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>

static inline int
listener_new(const char *path)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	assert_true(g_strlcpy(at.sun_path, path, sizeof(at.sun_path)) < sizeof(at.sun_path));
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	return fd;
}

/* The next datagram, with a NUL; false: none waits. */
static inline bool
listener_read(int fd, char *text, size_t size)
{
	const ssize_t n = recv(fd, text, size - 1, MSG_DONTWAIT);

	text[n < 0 ? 0 : n] = '\0';
	return n >= 0;
}

#endif
