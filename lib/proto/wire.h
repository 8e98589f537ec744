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
	size_t total;	/* bytes of the datagram that belong to the message */
};

/*
 * Find the frame.
 *
 * Units:  len in bytes.
 * Errors: any wire_result but WIRE_OK; *out is then undefined.
 * Owns:   the pointers in *out point into buf.
 */
enum wire_result wire_frame(const void *buf, size_t len, struct wire_frame *out);

/*
 * Read the message in a frame. The auth line of the classic form is left out.
 *
 * Owns: *out is the caller's (msg_free); NULL on error.
 */
enum wire_result wire_decode(const struct wire_frame *frame, struct msg **out);

/*
 * What a signature covers.
 * Netstring: "###\n", the fields, "%%%\n". Classic: the lines of the fields, canonical.
 *
 * Owns: the caller's (g_byte_array_unref).
 */
GByteArray *wire_signed_part(const struct msg *m, enum wire_form form);

/* The signed part made a datagram with its trailer "INDEX DIGEST" (NULL: unsigned, which
 * no node accepts; used for client requests). Classic gets its markers, no NUL. */
GByteArray *wire_encode(const struct msg *m, enum wire_form form, const char *trailer);

#endif
