/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "journal.h"

#include <endian.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

void
journal_field(GString *entry, const char *name, const char *value)
{
	const size_t len = strlen(value);
	const uint64_t size = htole64(len);

	g_string_append(entry, name);
	/* A value of several lines is preceded by its length, in 64 bits. */
	if (strchr(value, '\n') != NULL) {
		g_string_append_c(entry, '\n');
		g_string_append_len(entry, (const char *)&size, sizeof(size));
	} else {
		g_string_append_c(entry, '=');
	}
	g_string_append_len(entry, value, (gssize)len);
	g_string_append_c(entry, '\n');
}

int
journal_send(int fd, const char *path, const GString *entry)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};

	g_strlcpy(to.sun_path, path, sizeof(to.sun_path));
	if (sendto(fd, entry->str, entry->len, MSG_DONTWAIT | MSG_NOSIGNAL, (struct sockaddr *)&to,
		sizeof(to)) < 0)
		return -errno;
	return 0;
}

int
journal_open(void)
{
	const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	return fd < 0 ? -errno : fd;
}
