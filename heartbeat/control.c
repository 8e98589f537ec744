/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "control.h"

#include <assert.h>
#include <errno.h>
#include <glib.h>
#include <qb/qbipcs.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proto/request.h"
#include "users.h"

struct control {
	qb_loop_t *loop;
	struct control_owner owner;
	qb_ipcs_service_t *service;
	GHashTable *clients;  /* number -> struct client *, those connected */
	unsigned connections; /* accepted and not yet destroyed */
	uint32_t last_number;
	GArray *callers;      /* struct caller: each connection, also one that libqb has not accepted yet */
	struct users *users;
	unsigned refused; /* since we last said so */
};

/* Who is at the other end of a connection, from the first moment on: one who comes and says nothing
 * has a descriptor too. */
struct caller {
	int32_t fd;
	ino_t inode; /* the descriptor still stands for this connection, as long as it is the same */
	uint32_t uid;
};

struct client {
	struct control *control;
	qb_ipcs_connection_t *connection;
	uint32_t number;
	uint32_t uid, gid;
	bool leaving; /* will be disconnected when the loop comes round */
};

/* libqb hands its poll functions no argument of ours. */
static struct control *the_control;

static ino_t
inode_of(int32_t fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 ? st.st_ino : 0;
}

/* False for what is no connection: the door itself. */
static bool
caller_of(int32_t fd, struct caller *caller)
{
	struct ucred peer;
	socklen_t len = sizeof(peer);
	int listens = 0;
	socklen_t listens_len = sizeof(listens);

	if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &listens_len) < 0 || listens != 0 ||
	    getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) < 0)
		return false;
	*caller = (struct caller){fd, inode_of(fd), peer.uid};
	return true;
}

/* Root's programs and our own are as many as there is room for. */
static bool
is_stranger(uint32_t uid)
{
	return uid != 0 && uid != geteuid();
}

/*
 * Whoever wants nothing but our descriptors gets a few, and leaves some for those who matter.
 * libqb does not say when it closes one: so we look.
 */
static bool
admit(struct control *c, const struct caller *caller)
{
	unsigned his = 0, strangers = 0;

	for (guint i = c->callers->len; i-- > 0;) {
		const struct caller other = g_array_index(c->callers, struct caller, i);

		if (inode_of(other.fd) != other.inode) {
			g_array_remove_index_fast(c->callers, i);
			continue;
		}
		if (other.fd == caller->fd)
			return true;
		his += other.uid == caller->uid;
		strangers += is_stranger(other.uid);
	}
	if (is_stranger(caller->uid) &&
	    (his >= CONTROL_CLIENTS_OF_USER || strangers >= CONTROL_CLIENTS_OF_STRANGERS))
		return false;
	g_array_append_val(c->callers, *caller);
	return true;
}

static void
say_refused(struct control *c, uint32_t uid, unsigned there)
{
	if (c->refused++ == 0)
		trace(&c->owner.trace, TRACE_WARNING,
		    "client of uid %u refused: %u are connected already", uid, there);
}

static int32_t
poll_job_add(enum qb_loop_priority p, void *data, qb_loop_job_dispatch_fn fn)
{
	return qb_loop_job_add(the_control->loop, p, data, fn);
}

/* An error makes libqb close the descriptor. */
static int32_t
poll_add(enum qb_loop_priority p, int32_t fd, int32_t events, void *data,
    qb_ipcs_dispatch_fn_t fn)
{
	struct control *c = the_control;
	struct caller caller;

	if (caller_of(fd, &caller) && !admit(c, &caller)) {
		say_refused(c, caller.uid, c->callers->len);
		return -EMFILE;
	}
	return qb_loop_poll_add(c->loop, p, fd, events, data, fn);
}

static int32_t
poll_mod(enum qb_loop_priority p, int32_t fd, int32_t events, void *data,
    qb_ipcs_dispatch_fn_t fn)
{
	return qb_loop_poll_mod(the_control->loop, p, fd, events, data, fn);
}

static int32_t
poll_del(int32_t fd)
{
	return qb_loop_poll_del(the_control->loop, fd);
}

static int32_t
connection_accept(qb_ipcs_connection_t *connection, uid_t uid, gid_t gid)
{
	struct control *c = qb_ipcs_connection_service_context_get(connection);

	if (c->connections >= CONTROL_CLIENTS_MAX) {
		say_refused(c, uid, c->connections);
		return -EMFILE;
	}
	c->refused = 0;

	struct client *client = g_new0(struct client, 1);
	client->control = c;
	client->connection = connection;
	client->number = ++c->last_number;
	client->uid = uid;
	client->gid = gid;
	qb_ipcs_context_set(connection, client);
	c->connections++;

	/* Without privilege the shared files cannot be given to the client's user; our
	 * group may use them, which root, our user and set-group-ID cl_status satisfy. */
	if (geteuid() != 0)
		qb_ipcs_connection_auth_set(connection, geteuid(), getegid(), 0660);
	return 0;
}

static void
connection_created(qb_ipcs_connection_t *connection)
{
	struct client *client = qb_ipcs_context_get(connection);
	struct control *c = client->control;

	users_refresh(c->users);
	g_autofree char *user = users_name(c->users, client->uid);
	g_auto(GStrv) groups = users_groups(c->users, client->uid, client->gid);
	const struct event_client e = {
	    .client = client->number,
	    .connected = true,
	    .uid = client->uid,
	    .gid = client->gid,
	    .user = user,
	    .groups = (const char *const *)groups,
	};

	g_hash_table_insert(c->clients, GUINT_TO_POINTER(client->number), client);
	c->owner.client(c->owner.arg, &e);
}

static int32_t
connection_closed(qb_ipcs_connection_t *connection)
{
	static const char *const none[] = {NULL};
	struct client *client = qb_ipcs_context_get(connection);
	struct control *c = client->control;
	const struct event_client e = {
	    .client = client->number,
	    .connected = false,
	    .uid = client->uid,
	    .gid = client->gid,
	    .user = "",
	    .groups = none,
	};

	if (g_hash_table_remove(c->clients, GUINT_TO_POINTER(client->number)))
		c->owner.client(c->owner.arg, &e);
	return 0;
}

static void
connection_destroyed(qb_ipcs_connection_t *connection)
{
	struct client *client = qb_ipcs_context_get(connection);

	if (client == NULL)
		return;
	client->control->connections--;
	g_free(client);
}

/* Its own job: libqb does not expect to lose a connection while it serves it. */
static void
client_disconnect(void *data)
{
	struct client *client = data;
	qb_ipcs_connection_t *connection = client->connection;

	qb_ipcs_disconnect(connection);
	qb_ipcs_connection_unref(connection);
}

static void
client_drop(struct client *client, const char *why)
{
	struct control *c = client->control;

	if (client->leaving)
		return;
	client->leaving = true;
	trace(&c->owner.trace, TRACE_WARNING, "client %u (uid %u) disconnected: %s",
	    client->number, client->uid, why);
	qb_ipcs_connection_ref(client->connection);
	if (qb_loop_job_add(c->loop, QB_LOOP_LOW, client, client_disconnect) != 0)
		qb_ipcs_connection_unref(client->connection);
}

static int32_t
message_process(qb_ipcs_connection_t *connection, void *data, size_t size)
{
	struct client *client = qb_ipcs_context_get(connection);
	struct control *c = client->control;
	const size_t header = sizeof(struct qb_ipc_request_header);

	if (client->leaving)
		return 0;
	if (size < header || size - header > REQUEST_MAX) {
		client_drop(client, "its request is too long");
		return 0;
	}

	/* A copy: the client can still write to the shared memory while we read. */
	g_autofree void *bytes = g_memdup2((char *)data + header, size - header);
	const struct event_request r = {
	    .client = client->number,
	    .bytes = bytes,
	    .len = size - header,
	};

	c->owner.request(c->owner.arg, &r);
	return 0;
}

struct control *
control_new(qb_loop_t *loop, const struct control_owner *owner, int *error)
{
	struct qb_ipcs_service_handlers handlers = {
	    .connection_accept = connection_accept,
	    .connection_created = connection_created,
	    .msg_process = message_process,
	    .connection_closed = connection_closed,
	    .connection_destroyed = connection_destroyed,
	};
	struct qb_ipcs_poll_handlers poll = {
	    .job_add = poll_job_add,
	    .dispatch_add = poll_add,
	    .dispatch_mod = poll_mod,
	    .dispatch_del = poll_del,
	};
	struct control *c = g_new0(struct control, 1);

	assert(the_control == NULL);
	the_control = c;
	c->loop = loop;
	c->owner = *owner;
	c->users = users_new("/etc/passwd", "/etc/group");
	c->clients = g_hash_table_new(NULL, NULL);
	c->callers = g_array_new(FALSE, FALSE, sizeof(struct caller));
	c->service = qb_ipcs_create(REQUEST_SERVICE, 0, QB_IPC_NATIVE, &handlers);
	*error = -ENOMEM;
	if (c->service != NULL) {
		qb_ipcs_service_context_set(c->service, c);
		qb_ipcs_poll_handlers_set(c->service, &poll);
		qb_ipcs_enforce_buffer_size(c->service, REPLY_MAX);
		/* The low priority of the loop, one request of a client at a time. */
		qb_ipcs_request_rate_limit(c->service, QB_IPCS_RATE_SLOW);
		*error = qb_ipcs_run(c->service);
		if (*error != 0)
			c->service = NULL; /* qb_ipcs_run() has freed it */
	}
	if (c->service == NULL) {
		control_free(c);
		return NULL;
	}
	return c;
}

void
control_free(struct control *c)
{
	if (c == NULL)
		return;
	if (c->service != NULL)
		qb_ipcs_destroy(c->service);
	g_hash_table_unref(c->clients);
	g_array_unref(c->callers);
	users_free(c->users);
	g_free(c);
	the_control = NULL;
}

static bool
is_notice(const void *bytes, size_t len)
{
	struct msg *m = request_decode(bytes, len);
	bool notice = m != NULL && strcmp(msg_type(m), "notice") == 0;

	msg_free(m);
	return notice;
}

void
control_reply(struct control *c, uint32_t number, const void *bytes, size_t len)
{
	struct client *client = g_hash_table_lookup(c->clients, GUINT_TO_POINTER(number));
	struct qb_ipc_response_header h = {.size = (int32_t)(sizeof(h) + len)};
	struct iovec parts[] = {
	    {.iov_base = &h, .iov_len = sizeof(h)},
	    {.iov_base = (void *)bytes, .iov_len = len},
	};
	ssize_t sent;

	if (client == NULL || client->leaving)
		return;
	if (is_notice(bytes, len))
		sent = qb_ipcs_event_sendv(client->connection, parts, 2);
	else
		sent = qb_ipcs_response_sendv(client->connection, parts, 2);
	if (sent < 0)
		client_drop(client, sent == -EAGAIN || sent == -ENOBUFS
					? "it does not take its messages in"
					: g_strerror((int)-sent));
}
