/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/compress.h"

#include <assert.h>
#include <bzlib.h>
#include <glib.h>
#include <string.h>
#include <zlib.h>

#include "proto/wire.h"

#define PAYLOAD_FIELD "_compressed_payload"
#define METHOD_FIELD "_compression_algorithm"

/* bzip2: blocks of 100 kB are more than a message has; the rest is its advice. */
#define BZ2_BLOCK 1
#define BZ2_QUIET 0
#define BZ2_WORK 30
#define BZ2_FAST 0

static const char *const method_names[] = {
    [COMPRESS_ZLIB] = "zlib",
    [COMPRESS_BZ2] = "bz2",
};
static_assert(G_N_ELEMENTS(method_names) == COMPRESS_METHOD_COUNT, "a name for each method");

const char *
compress_method_name(enum compress_method method)
{
	assert(method < COMPRESS_METHOD_COUNT);
	return method_names[method];
}

/* Errors: false: no room in *len bytes, or no sense in what is read. */
typedef bool converter(void *to, size_t *len, const void *from, size_t from_len);

static bool
zlib_shrink(void *to, size_t *len, const void *from, size_t from_len)
{
	uLongf room = *len;
	const bool well = compress(to, &room, from, from_len) == Z_OK;

	*len = room;
	return well;
}

static bool
zlib_grow(void *to, size_t *len, const void *from, size_t from_len)
{
	uLongf room = *len;
	const bool well = uncompress(to, &room, from, from_len) == Z_OK;

	*len = room;
	return well;
}

static bool
bz2_shrink(void *to, size_t *len, const void *from, size_t from_len)
{
	unsigned room = (unsigned)*len;
	const bool well = BZ2_bzBuffToBuffCompress(to, &room, (char *)from, (unsigned)from_len,
			      BZ2_BLOCK, BZ2_QUIET, BZ2_WORK) == BZ_OK;

	*len = room;
	return well;
}

static bool
bz2_grow(void *to, size_t *len, const void *from, size_t from_len)
{
	unsigned room = (unsigned)*len;
	const bool well = BZ2_bzBuffToBuffDecompress(to, &room, (char *)from,
			      (unsigned)from_len, BZ2_FAST, BZ2_QUIET) == BZ_OK;

	*len = room;
	return well;
}

static const struct {
	converter *shrink, *grow;
} converters[] = {
    [COMPRESS_ZLIB] = {zlib_shrink, zlib_grow},
    [COMPRESS_BZ2] = {bz2_shrink, bz2_grow},
};
static_assert(G_N_ELEMENTS(converters) == COMPRESS_METHOD_COUNT, "a pair for each method");

struct msg *
compress_wrap(const struct msg *m, enum compress_method method)
{
	g_autoptr(GByteArray) whole = wire_encode(m, WIRE_NETSTRING, NULL);
	g_autofree guint8 *shrunk = g_malloc(whole->len);
	size_t len = whole->len;
	struct msg *outer;

	assert(method < COMPRESS_METHOD_COUNT);
	if (!converters[method].shrink(shrunk, &len, whole->data, whole->len) ||
	    len >= whole->len)
		return NULL;
	outer = msg_new(NULL);
	msg_add_binary(outer, PAYLOAD_FIELD, shrunk, len);
	msg_add(outer, METHOD_FIELD, method_names[method]);
	return outer;
}

bool
compress_is_wrapped(const struct msg *m)
{
	return msg_find(m, PAYLOAD_FIELD) != NULL;
}

static converter *
grower_of(const char *name)
{
	for (int i = 0; name != NULL && i < COMPRESS_METHOD_COUNT; i++) {
		if (strcmp(name, method_names[i]) == 0)
			return converters[i].grow;
	}
	return NULL;
}

struct msg *
compress_unwrap(const struct msg *outer)
{
	const struct field *payload = msg_find(outer, PAYLOAD_FIELD);
	converter *grow = grower_of(msg_get(outer, METHOD_FIELD));
	AUTO_MSG struct msg *m = NULL;
	struct wire_frame frame;
	size_t len = WIRE_MAX;

	if (payload == NULL || payload->type != FIELD_BINARY || grow == NULL)
		return NULL;
	g_autofree guint8 *whole = g_malloc(len);

	if (!grow(whole, &len, payload->value, payload->len))
		return NULL;
	/* A signature of its own, or the NUL of the classic form, may follow: both mean nothing. */
	if (wire_frame(whole, len, &frame) != WIRE_OK || wire_decode(&frame, &m) != WIRE_OK ||
	    compress_is_wrapped(m))
		return NULL;
	return g_steal_pointer(&m);
}
