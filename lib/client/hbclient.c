/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE
#include "client/hbclient.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <pwd.h>
#include <qb/qbipcc.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "proto/request.h"

#define TIMEOUT_MS 5000
/* Fields of messages bear this in front on their way, so that none is taken for one of
 * ours. */
#define FIELD_PREFIX "x_"

struct hb_client {
	qb_ipcc_connection_t *connection;
	int timeout_ms;
	char *buffer; /* REPLY_MAX bytes */
	bool out_of_step; /* an answer did not come in time: it would be taken for the next */
	struct msg *reply;
	struct msg *notice;
	char *segment; /* of the flight record that is being read */
};

static struct timespec
time_in(int ms)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += (long)(ms % 1000) * 1000000;
	return t;
}

static int64_t
left_ms(const struct timespec *until)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return ((int64_t)until->tv_sec - now.tv_sec) * 1000 +
	       (until->tv_nsec - now.tv_nsec) / 1000000;
}

/* A signal of the program is no end of the wait. */
static bool
readable_within(int fd, int timeout_ms)
{
	const struct timespec until = time_in(timeout_ms);
	struct pollfd p = {.fd = fd, .events = POLLIN};
	int ready, left = timeout_ms;

	while ((ready = poll(&p, 1, left)) < 0 && errno == EINTR)
		left = (int)MAX(0, left_ms(&until));
	return ready == 1;
}

/* Anybody may have been faster to listen under that name. Source: CVE-2018-16877 of Pacemaker. */
static bool
is_heartbeat(int fd)
{
	const struct passwd *engine = getpwnam("hacluster");
	struct ucred peer;
	socklen_t len = sizeof(peer);

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0 &&
	    (peer.uid == 0 || (engine != NULL && peer.uid == engine->pw_uid));
}

/*
 * libqb itself waits for ever for a service that does not answer. So the wait is here, and
 * an unanswered connection is cut before libqb is told to go on: it then cleans up.
 */
int
hb_connect_within(struct hb_client **out, int timeout_ms)
{
	int fd = -1;
	qb_ipcc_connection_t *connection;

	*out = NULL;
	errno = 0;
	connection = qb_ipcc_connect_async(REQUEST_SERVICE, REPLY_MAX, &fd);
	if (connection == NULL)
		return errno != 0 ? -errno : -ECONNREFUSED;

	const bool ours = is_heartbeat(fd);
	const bool ready = ours && readable_within(fd, timeout_ms);
	if (!ready)
		shutdown(fd, SHUT_RDWR);

	int result = qb_ipcc_connect_continue(connection);
	if (!ready) {
		if (result == 0)
			qb_ipcc_disconnect(connection);
		return ours ? -ETIMEDOUT : -EPERM;
	}
	if (result != 0)
		return result < 0 ? result : -result;

	struct hb_client *c = g_new0(struct hb_client, 1);
	c->connection = connection;
	c->timeout_ms = timeout_ms;
	c->buffer = g_malloc(REPLY_MAX);
	*out = c;
	return 0;
}

int
hb_connect(struct hb_client **out)
{
	return hb_connect_within(out, TIMEOUT_MS);
}

void
hb_disconnect(struct hb_client *c)
{
	if (c == NULL)
		return;
	qb_ipcc_disconnect(c->connection);
	msg_free(c->reply);
	msg_free(c->notice);
	g_free(c->segment);
	g_free(c->buffer);
	g_free(c);
}

void
hb_set_timeout(struct hb_client *c, int timeout_ms)
{
	c->timeout_ms = timeout_ms > 0 ? timeout_ms : 1;
}

const char *
hb_text(const struct hb_client *c)
{
	const char *text = c != NULL && c->reply != NULL ? msg_get(c->reply, "text") : NULL;

	return text != NULL ? text : "";
}

const char *
hb_strerror(int error)
{
	switch (error) {
	case 0:
		return "done";
	case -ENOENT:
	case -ECONNREFUSED:
		return "heartbeat is not running on this machine";
	case -EPERM:
		return "somebody else listens under heartbeat's name, and was asked nothing: root sees"
		       " who, by `ss -xlp | grep @heartbeat`; once that process has ended heartbeat"
		       " takes the name within seconds";
	case -EACCES:
		return "this user may not talk to heartbeat (root and group haclient may)";
	case -ETIMEDOUT:
	case -EAGAIN:
		return "heartbeat does not answer";
	case -ENOTCONN:
	case -ECONNRESET:
	case -EPIPE:
		return "heartbeat has ended meanwhile";
	case -ECANCELED:
		return "heartbeat refused";
	case -EMSGSIZE:
		return "the request is too long";
	case -EPROTO:
		return "heartbeat's answer cannot be read: is it of another version?";
	default:
		return g_strerror(error < 0 ? -error : error);
	}
}

/* What came in, header first, as a message; NULL if it is none. */
static struct msg *
buffer_decode(const struct hb_client *c, ssize_t len)
{
	const size_t header = sizeof(struct qb_ipc_response_header);

	if (len < (ssize_t)header)
		return NULL;
	return request_decode(c->buffer + header, (size_t)len - header);
}

/* Ask, and keep the answer as c->reply. Owns: request is freed. */
static int
ask(struct hb_client *c, struct msg *request)
{
	GByteArray *bytes = request_encode(request);
	struct qb_ipc_request_header h = {.size = (int32_t)(sizeof(h) + bytes->len)};
	struct iovec parts[] = {
	    {.iov_base = &h, .iov_len = sizeof(h)},
	    {.iov_base = bytes->data, .iov_len = bytes->len},
	};
	ssize_t len = -EMSGSIZE;

	msg_free(request);
	msg_free(c->reply);
	c->reply = NULL;
	if (c->out_of_step)
		len = -ENOTCONN;
	else if (bytes->len <= REQUEST_MAX)
		len = qb_ipcc_sendv_recv(
		    c->connection, parts, 2, c->buffer, REPLY_MAX, c->timeout_ms);
	g_byte_array_unref(bytes);
	if (len == -EAGAIN || len == -ETIMEDOUT) {
		c->out_of_step = true;
		return -ETIMEDOUT;
	}
	if (len < 0)
		return (int)len;

	c->reply = buffer_decode(c, len);
	const char *result = c->reply != NULL ? msg_get(c->reply, "result") : NULL;
	if (result == NULL)
		return -EPROTO;
	return strcmp(result, "ok") == 0 ? 0 : -ECANCELED;
}

/* A request with one field; NULL value: none. */
static int
ask_simple(struct hb_client *c, const char *type, const char *name, const char *value)
{
	struct msg *request = msg_new(type);

	if (value != NULL &&
	    !msg_add_bytes(request, name, FIELD_STRING, value, strlen(value))) {
		msg_free(request);
		return -EMSGSIZE;
	}
	return ask(c, request);
}

int
hb_status(struct hb_client *c, char **json)
{
	int result = ask_simple(c, "status", NULL, NULL);
	const char *text;

	*json = NULL;
	if (result != 0)
		return result;
	text = msg_get(c->reply, "json");
	if (text == NULL)
		return -EPROTO;
	*json = strdup(text);
	return *json != NULL ? 0 : -ENOMEM;
}

int
hb_standby(struct hb_client *c, const char *set)
{
	return ask_simple(c, "standby", "set", set);
}

int
hb_takeover(struct hb_client *c, const char *set)
{
	return ask_simple(c, "takeover", "set", set);
}

int
hb_retry(struct hb_client *c, const char *group)
{
	return ask_simple(c, "retry", "group", group);
}

int
hb_record(struct hb_client *c, uint64_t from, const void **bytes, size_t *len, uint64_t *size)
{
	struct msg *request = msg_new("record");
	const struct field *piece;
	int result;

	msg_add_format(request, "from", "%" G_GUINT64_FORMAT, from);
	if (from > 0 && c->segment != NULL)
		msg_add(request, "segment", c->segment);
	result = ask(c, request);

	*bytes = "";
	*len = 0;
	if (result != 0)
		return result;
	piece = msg_find(c->reply, "record");
	if (piece == NULL || !msg_get_decimal(c->reply, "size", size))
		return -EPROTO;
	if (from == 0) {
		g_free(c->segment);
		c->segment = g_strdup(msg_get(c->reply, "segment"));
	}
	*bytes = piece->value;
	*len = piece->len;
	return 0;
}

/* The notice that answers the question at hand: 1 or 0; -EAGAIN: this is another. */
static int
notice_is_answer(const struct hb_client *c, const char *node, const char *client)
{
	const char *status = hb_notice_get(c, "status");

	if (g_strcmp0(hb_notice_get(c, "what"), "clientstatus") != 0 || status == NULL ||
	    g_ascii_strcasecmp(hb_notice_get(c, "node"), node) != 0 ||
	    g_strcmp0(hb_notice_get(c, "client"), client) != 0)
		return -EAGAIN;
	return strcmp(status, "online") == 0;
}

int
hb_client_status(struct hb_client *c, const char *node, const char *client, int timeout_ms)
{
	struct msg *request = msg_new("clientstatus");
	g_autofree char *lower = g_ascii_strdown(node, -1);
	const struct timespec until = time_in(timeout_ms);
	int64_t left = timeout_ms;
	int result;

	if (!msg_add_bytes(request, "node", FIELD_STRING, lower, strlen(lower)) ||
	    !msg_add_bytes(request, "client", FIELD_STRING, client, strlen(client))) {
		msg_free(request);
		return -EMSGSIZE;
	}
	result = ask(c, request);
	if (result != 0)
		return result;
	for (; left >= 0; left = left_ms(&until)) {
		result = hb_notice(c, (int)left);
		if (result == 1)
			result = notice_is_answer(c, lower, client);
		else if (result == 0)
			result = -ETIMEDOUT;
		if (result != -EAGAIN)
			return result;
	}
	return -ETIMEDOUT;
}

int
hb_signon(struct hb_client *c, const char *name)
{
	return ask_simple(c, "signon", "name", name);
}

int
hb_subscribe(struct hb_client *c)
{
	return ask_simple(c, "subscribe", NULL, NULL);
}

int
hb_message(
    struct hb_client *c, const char *dest, const char *type, const char *const *fields)
{
	struct msg *request = msg_new("message");
	bool fits = msg_add_bytes(request, "type", FIELD_STRING, type, strlen(type));

	if (dest != NULL)
		fits = fits &&
		       msg_add_bytes(request, "dest", FIELD_STRING, dest, strlen(dest));
	for (; fits && fields != NULL && fields[0] != NULL && fields[1] != NULL;
	     fields += 2) {
		g_autofree char *name = g_strconcat(FIELD_PREFIX, fields[0], NULL);

		fits = msg_add_bytes(
		    request, name, FIELD_STRING, fields[1], strlen(fields[1]));
	}
	if (!fits) {
		msg_free(request);
		return -EMSGSIZE;
	}
	return ask(c, request);
}

int
hb_fd(const struct hb_client *c)
{
	int32_t fd = -1;

	return qb_ipcc_fd_get(c->connection, &fd) == 0 ? fd : -1;
}

int
hb_notice(struct hb_client *c, int timeout_ms)
{
	ssize_t len = qb_ipcc_event_recv(c->connection, c->buffer, REPLY_MAX, timeout_ms);

	msg_free(c->notice);
	c->notice = NULL;
	if (len == -EAGAIN || len == -ETIMEDOUT)
		return qb_ipcc_is_connected(c->connection) ? 0 : -ENOTCONN;
	if (len < 0)
		return (int)len;
	c->notice = buffer_decode(c, len);
	return c->notice != NULL ? 1 : -EPROTO;
}

const char *
hb_notice_get(const struct hb_client *c, const char *name)
{
	if (c->notice == NULL)
		return NULL;

	const char *value = msg_get(c->notice, name);
	if (value != NULL)
		return value;
	g_autofree char *prefixed = g_strconcat(FIELD_PREFIX, name, NULL);
	return msg_get(c->notice, prefixed);
}
