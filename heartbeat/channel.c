/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "channel.h"

#include <errno.h>
#include <glib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/trace.h"
#include "core/action.h"
#include "core/event.h"
#include "proto/envelope.h"

/* Room for some of the largest records; the kernel may grant less to those who are not root. */
#define CHANNEL_BUFFER (4 * CHANNEL_TAIL_MAX)

union descriptor_room {
	struct cmsghdr align;
	char bytes[CMSG_SPACE(sizeof(int))];
};

static void
channel_enlarge(int end)
{
	const int size = CHANNEL_BUFFER;

	if (setsockopt(end, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size)) < 0)
		setsockopt(end, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
}

int
channel_pair(int ends[2])
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) < 0)
		return -errno;
	channel_enlarge(pair[0]);
	channel_enlarge(pair[1]);
	ends[0] = pair[0];
	ends[1] = pair[1];
	return 0;
}

int
channel_send(int end, struct channel_record *r, const void *tail, size_t tail_len, int fd)
{
	struct iovec parts[2] = {{r, sizeof(*r)}, {(void *)tail, tail_len}};
	struct msghdr m = {.msg_iov = parts, .msg_iovlen = tail_len > 0 ? 2 : 1};
	union descriptor_room room = {0};
	ssize_t sent;

	if (tail_len > CHANNEL_TAIL_MAX)
		return -EMSGSIZE;
	r->tail_len = (uint32_t)tail_len;
	if (fd >= 0) {
		struct cmsghdr *c;

		m.msg_control = room.bytes;
		m.msg_controllen = sizeof(room.bytes);
		c = CMSG_FIRSTHDR(&m);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(c), &fd, sizeof(int));
	}
	do {
		sent = sendmsg(end, &m, MSG_NOSIGNAL | MSG_DONTWAIT);
	} while (sent < 0 && errno == EINTR);
	return sent < 0 ? -errno : 0;
}

static bool
record_is_sound(const struct channel_record *r, size_t tail_len)
{
	if (r->type >= CHANNEL_TYPE_COUNT || r->tail_len != tail_len)
		return false;
	switch ((enum channel_type)r->type) {
	case CHANNEL_CONF:
		return r->number < CHANNEL_FILE_COUNT;
	case CHANNEL_SOCKET:
		return r->op < SOCKET_ROLE_COUNT;
	case CHANNEL_CHILD:
		return r->end < CHILD_END_COUNT && r->agent <= AGENT_NONE;
	case CHANNEL_RUN:
		return r->op < OP_COUNT && r->timeout_ms <= INT64_MAX / 1000000;
	case CHANNEL_GROUP:
		return r->number < HINT_COUNT;
	case CHANNEL_START:
		return r->number < TALK_MEMORY_COUNT && r->op <= 1;
	case CHANNEL_TALK:
		return r->number < TALK_MEMORY_COUNT;
	case CHANNEL_LOG:
		return r->number < TRACE_LEVEL_COUNT;
	case CHANNEL_RENEW:
		return r->job < GENERATION_MAX - 1;
	case CHANNEL_WATCH:
		return r->number <= 1;
	case CHANNEL_ADDRESS:
		return r->number < ADDRESS_STATE_COUNT && r->op <= 1;
	case CHANNEL_MEDIUM:
		return r->op <= 1;
	case CHANNEL_LEAVE:
	case CHANNEL_RECORD:
	case CHANNEL_KILL:
	case CHANNEL_CLIENT_START:
	case CHANNEL_REOPEN:
	case CHANNEL_ACTIVE:
	case CHANNEL_REBOOT:
	case CHANNEL_EXIT:
	case CHANNEL_HOOK:
	case CHANNEL_FIFO:
	case CHANNEL_TYPE_COUNT:
		break;
	}
	return true;
}

/*
 * The descriptor that came along, or -1. The room for one, aligned, takes two in: whoever sends
 * more than one must not fill our table, so all but the first are closed.
 */
static int
descriptor_of(struct msghdr *m)
{
	int first = -1;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c != NULL; c = CMSG_NXTHDR(m, c)) {
		size_t count = 0;

		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS)
			count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (size_t i = 0; i < count; i++) {
			int fd;

			memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof(int));
			if (first < 0)
				first = fd;
			else
				close(fd);
		}
	}
	return first;
}

/*
 * The other side went with words of ours unread: the kernel says so once, before it hands out
 * what the other side said last. That comes with the next call, and then the end.
 */
static bool
try_again(ssize_t len)
{
	return len < 0 && (errno == EINTR || errno == ECONNRESET);
}

int
channel_receive(int end, struct channel_record *r, char **tail, int *fd)
{
	union descriptor_room room = {0};
	struct channel_record record = {0};
	g_autofree char *text = NULL;
	struct iovec parts[2] = {{&record, sizeof(record)}, {NULL, 0}};
	struct msghdr m = {.msg_iov = parts, .msg_iovlen = 2};
	ssize_t len;
	int attached;

	do {
		len = recv(end, NULL, 0, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT);
	} while (try_again(len));
	if (len < 0)
		return -errno;
	if (len == 0)
		return -EPIPE;
	if ((size_t)len > sizeof(record) && (size_t)len <= sizeof(record) + CHANNEL_TAIL_MAX) {
		parts[1].iov_len = (size_t)len - sizeof(record);
		text = g_malloc(parts[1].iov_len + 1);
		text[parts[1].iov_len] = '\0';
		parts[1].iov_base = text;
	}
	m.msg_control = room.bytes;
	m.msg_controllen = sizeof(room.bytes);
	do {
		len = recvmsg(end, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	} while (try_again(len));
	if (len < 0)
		return -errno;
	attached = descriptor_of(&m);
	if ((m.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 || (size_t)len < sizeof(record) ||
	    !record_is_sound(&record, (size_t)len - sizeof(record))) {
		if (attached >= 0)
			close(attached);
		return -EPROTO;
	}
	*r = record;
	*tail = g_steal_pointer(&text);
	*fd = attached;
	return 0;
}
