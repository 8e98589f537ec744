/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * authkeys: the key ring. Nothing of a line is ever quoted in a message, as it may be a
 * key.
 *
 * Source: compat config.md 4.
 */
#ifndef HB_CONF_AUTHKEYS_H
#define HB_CONF_AUTHKEYS_H

#include "conf/conf.h"
#include "conf/fault.h"

/* Fill an empty ring. network: weak_key_network(), which makes crc worth a hint. */
void authkeys_parse(
    struct keyring *ring, const char *text, bool network, const struct report *report);

/* mode: permission bits, 0 if they were not looked at. */
void authkeys_check_file(unsigned mode, bool owner_ok, const struct report *report);

#endif
