/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages that travel as one compressed field of another, as 3.0.6 sends them with
 * `traditional_compression`. The only user of zlib and bzip2.
 *
 * Source: compat wire.md section 2.
 */
#ifndef HB_PROTO_COMPRESS_H
#define HB_PROTO_COMPRESS_H

#include <stdbool.h>

#include "proto/msg.h"

enum compress_method {
	COMPRESS_ZLIB,
	COMPRESS_BZ2,
	COMPRESS_METHOD_COUNT
};

/* "zlib" "bz2" */
const char *compress_method_name(enum compress_method method);

/*
 * The message as the only content of another.
 *
 * Errors: NULL: it would not become shorter.
 * Owns:   the result is the caller's.
 */
struct msg *compress_wrap(const struct msg *m, enum compress_method method);

bool compress_is_wrapped(const struct msg *m);

/*
 * The message in another. It is not looked into before the signature of the outer one was
 * checked.
 *
 * Errors: NULL: not wrapped, an unknown method, damaged, wrapped twice, or longer than WIRE_MAX
 *         when it is whole.
 * Owns:   the result is the caller's.
 */
struct msg *compress_unwrap(const struct msg *outer);

#endif
