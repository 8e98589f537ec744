/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A host's address by its name, without waiting: a name server that does not answer holds up its caller
 * for half a minute, and the master has other things to do. Each look-up has a thread of its own.
 */
#ifndef HB_LOOKUP_H
#define HB_LOOKUP_H

#include <stdbool.h>
#include <sys/socket.h>

struct lookup;

/* family: AF_INET or AF_INET6. What is written as an address is found at once. */
struct lookup *lookup_start(const char *host, int family);

/* One more owner of it. */
struct lookup *lookup_ref(struct lookup *l);

/* Does not wait for it: what it finds then nobody hears. */
void lookup_free(struct lookup *l);

/*
 * Has it ended, and what did it find?
 *
 * Returns: -EAGAIN not yet; 0 *addr and *len are set; -ENOENT there is no such host: *why is a sentence, borrowed
 *          until lookup_free().
 */
int lookup_result(struct lookup *l, struct sockaddr_storage *addr, socklen_t *len, const char **why);

#endif
