/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What several tests of this directory start from: the captured packets in tests/vectors,
 * and key rings as authkeys has them.
 */
#ifndef HB_TEST_SAMPLE_H
#define HB_TEST_SAMPLE_H

#include <glib.h>

#include "proto/auth.h"
#include "proto/msg.h"

/* The bytes of tests/vectors/FILE; the test fails if it cannot be read. */
GByteArray *sample_read(const char *file);

/* Where text begins in bytes that may hold NULs, or NULL. */
const char *sample_find(const GByteArray *bytes, const char *text);

/* Put "N METHOD [KEY]" into the ring and make it the signing key. */
void sample_key(struct keyring *ring, const char *line);

/* Are the fields the same, in the same order? */
bool sample_same(const struct msg *a, const struct msg *b);

#endif
