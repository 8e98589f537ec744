/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bytes to message and back, in the two forms of 3.0.6. This is the only reader of
 * network bytes. Signatures are auth.h; both together are seal.h.
 *
 * Source: compat wire.md sections 3 and 4; doc/protocol.md.
 */
#ifndef HB_PROTO_WIRE_H
#define HB_PROTO_WIRE_H

#include <glib.h>

#include "proto/msg.h"

/* A datagram longer than this is refused unread. Unit: bytes. */
#define WIRE_MAX 65536

enum wire_form {
	WIRE_NETSTRING,	/* "###\n" ... "%%%\n" */
	WIRE_CLASSIC,	/* ">>>\n" ... "<<<\n" */
};

enum wire_result {
	WIRE_OK,
	WIRE_TOO_LONG,
	WIRE_NO_FRAME,	/* begins with neither marker */
	WIRE_CUT,	/* ends in the middle */
	WIRE_BAD_FIELD,	/* length, type, name or value is none */
	WIRE_TOO_MANY,	/* more than MSG_FIELDS_MAX fields */
	WIRE_RESULT_COUNT
};

/* A sentence for logs: "ends in the middle of a field". */
const char *wire_result_text(enum wire_result result);

/*
 * Where the parts of a datagram are: found without looking further into it than
 * lengths and line ends, so that the signature can be checked before anything is parsed.
 */
struct wire_frame {
	enum wire_form form;
	const char *body;	/* first byte of the first field */
	size_t body_len;	/* up to the end marker */
	const char *trailer;	/* netstring: "INDEX DIGEST" behind the end marker; classic: the
				 * value of the auth line; NULL if there is none */
	size_t trailer_len;
	size_t total;	/* bytes of the datagram that belong to the message, with the one NUL
			 * that may follow the classic form */
};

/*
 * Find the frame.
 *
 * Units:  len in bytes.
 * Errors: any wire_result but WIRE_OK; *out is then undefined.
 * Owns:   the pointers in *out point into buf.
 */
enum wire_result wire_frame(const void *buf, size_t len, struct wire_frame *out);

/* The same with another limit than WIRE_MAX: replies to clients (request.h) are longer. */
enum wire_result wire_frame_upto(
    const void *buf, size_t len, size_t max, struct wire_frame *out);

/*
 * What the signature of a received frame covers, from its bytes as they stand: of the
 * classic form the lines without the auth line and without blank lines.
 *
 * Owns: the caller's (g_byte_array_unref).
 */
GByteArray *wire_frame_signed_part(const struct wire_frame *frame);

/*
 * Read the message in a frame. A field named auth is left out: in the classic form it is
 * the signature, in the netstring form a leftover that counts for nothing.
 *
 * Owns: *out is the caller's (msg_free); NULL on error.
 */
enum wire_result wire_decode(const struct wire_frame *frame, struct msg **out);

/*
 * What a signature covers.
 * Netstring: "###\n", the fields, "%%%\n". Classic: the lines of the fields, canonical.
 * A field named auth is left out, and from the classic form also fields of the types
 * 2 to 4: 3.0.6 never sends those in it, and nothing here makes them.
 *
 * Owns: the caller's (g_byte_array_unref).
 */
GByteArray *wire_signed_part(const struct msg *m, enum wire_form form);

/* The signed part made a datagram with its trailer "INDEX DIGEST" (NULL: unsigned, which
 * no node accepts; used for client requests). Classic gets its markers, no NUL. */
GByteArray *wire_encode(const struct msg *m, enum wire_form form, const char *trailer);

/*
 * The same from a signed part that is there already.
 *
 * Owns: signed_part is taken, and becomes what is returned.
 */
GByteArray *wire_wrap(GByteArray *signed_part, enum wire_form form, const char *trailer);

#endif
