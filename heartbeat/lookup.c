/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lookup.h"

#include <errno.h>
#include <glib.h>
#include <netdb.h>
#include <signal.h>
#include <string.h>

struct lookup {
	char *host;
	int family;
	gint over;	/* atomic: what follows is written, and no more changes */
	int result;	/* of getaddrinfo() */
	struct sockaddr_storage addr;
	socklen_t len;
};

static void
run(struct lookup *l, int flags)
{
	const struct addrinfo hints = {
	    .ai_flags = flags, .ai_family = l->family, .ai_socktype = SOCK_DGRAM};
	struct addrinfo *found = NULL;

	l->result = getaddrinfo(l->host, NULL, &hints, &found);
	if (l->result != 0)
		return;
	memcpy(&l->addr, found->ai_addr, found->ai_addrlen);
	l->len = found->ai_addrlen;
	freeaddrinfo(found);
}

static void
lookup_clear(void *data)
{
	g_free(((struct lookup *)data)->host);
}

/* The thread and the caller have one reference each. */
static void *
thread(void *data)
{
	struct lookup *l = data;
	sigset_t every;

	/* Signals are the loop's. */
	sigfillset(&every);
	pthread_sigmask(SIG_BLOCK, &every, NULL);
	run(l, 0);
	g_atomic_int_set(&l->over, 1);
	lookup_free(l);
	return NULL;
}

struct lookup *
lookup_start(const char *host, int family)
{
	struct lookup *l = g_atomic_rc_box_new0(struct lookup);
	GThread *t;

	l->host = g_strdup(host);
	l->family = family;
	run(l, AI_NUMERICHOST);
	if (l->result == 0) {
		l->over = 1;
		return l;
	}
	t = g_thread_try_new("lookup", thread, g_atomic_rc_box_acquire(l), NULL);
	if (t == NULL) {
		l->result = EAI_AGAIN;
		l->over = 1;
		lookup_free(l);
	} else {
		g_thread_unref(t);
	}
	return l;
}

struct lookup *
lookup_ref(struct lookup *l)
{
	return g_atomic_rc_box_acquire(l);
}

void
lookup_free(struct lookup *l)
{
	if (l != NULL)
		g_atomic_rc_box_release_full(l, lookup_clear);
}

int
lookup_result(struct lookup *l, struct sockaddr_storage *addr, socklen_t *len, const char **why)
{
	if (g_atomic_int_get(&l->over) == 0)
		return -EAGAIN;
	if (l->result != 0) {
		*why = gai_strerror(l->result);
		return -ENOENT;
	}
	*addr = l->addr;
	*len = l->len;
	return 0;
}
