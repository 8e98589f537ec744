/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Entries for journald, with fields of their own, by its native protocol: one datagram each.
 *
 * Source: https://systemd.io/JOURNAL_NATIVE_PROTOCOL/
 */
#ifndef HB_JOURNAL_H
#define HB_JOURNAL_H

#include <glib.h>

#define JOURNAL_SOCKET "/run/systemd/journal/socket"

/* One field more. name: capital letters, digits and '_'; value may hold anything but a NUL. */
void journal_field(GString *entry, const char *name, const char *value);

/*
 * Send, without waiting. socket: an unconnected datagram socket (journal_open()); the path is
 * looked up each time, so that a journald that was restarted gets the next entry.
 *
 * Errors: -EAGAIN its queue is full, other -errno; the entry is then lost.
 */
int journal_send(int fd, const char *path, const GString *entry);

/* Returns: a descriptor, or -errno. */
int journal_open(void);

#endif
