/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys that are no secret, and one that is.
 */
#ifndef HB_CONF_WEAK_KEY_H
#define HB_CONF_WEAK_KEY_H

#include <stdbool.h>

#include "conf/conf.h"

/* What a strong secret is made of: 192 bits, 32 characters. */
#define WEAK_KEY_RANDOM_SIZE 24

/* Do heartbeats go over a network, where strangers may send as well? */
bool weak_key_network(const struct conf *c);

/*
 * Why a key proves nothing, to stand behind a colon; NULL if nothing is known against it.
 * It never shows the secret. crc is no fault where there are serial lines only.
 */
const char *weak_key_reason(const struct auth_key *key, bool network);

/*
 * If a key of c is weak: the lines to write, with a secret made of these random bytes, and how
 * to bring them to a running cluster. Else NULL. Owns: the caller's.
 */
char *weak_key_offer(const struct conf *c, const unsigned char random[WEAK_KEY_RANDOM_SIZE]);

#endif
