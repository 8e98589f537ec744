/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "flight.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proto/request.h"

struct flight {
	int fd; /* -1: no record is kept */
	uint64_t size; /* of the file */
	struct record_writer *writer;
	GHashTable *readers; /* numbers of the clients that may have it */
};

struct flight *
flight_new(void)
{
	struct flight *f = g_new0(struct flight, 1);

	f->fd = -1;
	f->readers = g_hash_table_new(NULL, NULL);
	return f;
}

void
flight_free(struct flight *f)
{
	record_writer_free(f->writer);
	g_hash_table_unref(f->readers);
	if (f->fd >= 0)
		close(f->fd);
	g_free(f);
}

void
flight_keep_in(struct flight *f, int fd)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = fd;
}

/* Memory: it never waits for a disk. A piece is in it whole or not at all. */
static bool
flight_piece(void *arg, uint64_t at, const void *bytes, size_t len)
{
	struct flight *f = arg;

	if (pwrite(f->fd, bytes, len, (off_t)at) != (ssize_t)len)
		return false;
	f->size = MAX(f->size, at + len);
	return true;
}

static bool
flight_source(void *arg, uint64_t at, void *bytes, size_t len)
{
	const struct flight *f = arg;

	return pread(f->fd, bytes, len, (off_t)at) == (ssize_t)len;
}

struct trace
flight_begin(struct flight *f, const struct record_header *h, const struct conf *conf,
    struct trace sink)
{
	struct record_place place;
	struct stat st;

	if (f->fd < 0)
		return sink;
	if (fstat(f->fd, &st) == 0)
		f->size = (uint64_t)st.st_size;
	record_place_find((size_t)conf->flight_record_kb * 1024, flight_source, f, &place);
	f->writer = record_writer_new(h, conf, &place, flight_piece, f);
	return record_writer_trace(f->writer, sink);
}

void
flight_step(struct flight *f, struct core *c, const struct event *e, struct actions *out)
{
	record_step(f->writer, c, e, out);
}

void
flight_client(struct flight *f, const struct event_client *c)
{
	if (!c->connected)
		g_hash_table_remove(f->readers, GUINT_TO_POINTER(c->client));
	else if (c->uid == 0 || c->uid == geteuid())
		g_hash_table_add(f->readers, GUINT_TO_POINTER(c->client));
}

/* Has the record that the client reads changed under its hands? */
static bool
flight_moved(const struct flight *f, const struct msg *m)
{
	uint64_t segment;

	return msg_get_decimal(m, "segment", &segment) &&
	       segment != record_writer_serial(f->writer);
}

/* The piece at a place. NULL: *why says why not. */
static struct msg *
flight_reply(const struct flight *f, uint32_t client, const struct msg *m, const char **why)
{
	uint64_t from;

	if (!g_hash_table_contains(f->readers, GUINT_TO_POINTER(client)))
		*why = "permission denied: the record is for root";
	else if (f->writer == NULL)
		*why = "no record is kept";
	else if (!msg_get_decimal(m, "from", &from) || from > f->size)
		*why = "from must be a place in the record";
	else if (flight_moved(f, m))
		*why = "the record went on meanwhile: begin again";
	if (*why != NULL)
		return NULL;

	size_t len = (size_t)MIN(f->size - from, FLIGHT_PIECE_MAX);
	g_autofree char *bytes = g_malloc(len + 1);
	if (pread(f->fd, bytes, len, (off_t)from) != (ssize_t)len) {
		*why = g_strerror(errno);
		return NULL;
	}
	struct msg *reply = msg_new("reply");
	msg_add(reply, "result", "ok");
	msg_add_format(reply, "size", "%" G_GUINT64_FORMAT, f->size);
	msg_add_format(
	    reply, "segment", "%" G_GUINT64_FORMAT, record_writer_serial(f->writer));
	msg_add_binary(reply, "record", bytes, len);
	return reply;
}

GByteArray *
flight_answer(struct flight *f, const struct event_request *r)
{
	AUTO_MSG struct msg *m = request_decode(r->bytes, r->len);
	const char *why = NULL;

	if (m == NULL || strcmp(msg_type(m), "record") != 0)
		return NULL;

	AUTO_MSG struct msg *reply = flight_reply(f, r->client, m, &why);
	if (reply == NULL) {
		reply = msg_new("reply");
		msg_add(reply, "result", "error");
		msg_add(reply, "text", why);
	}
	return request_encode(reply);
}
