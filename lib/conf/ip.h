/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an IP address looks like, judged from its text alone.
 */
#ifndef HB_CONF_IP_H
#define HB_CONF_IP_H

#include <stdbool.h>

enum ip_family {
	IP_NONE, /* not an address; perhaps a host name */
	IP_V4,
	IP_V6,
};

enum ip_family ip_family(const char *text);

/* The address in its shortest form, to be compared; NULL if it is none. Owns: the caller's. */
char *ip_shortest(const char *text);

/* 224.0.0.0 to 239.255.255.255, ff00::/8. */
bool ip_is_multicast(const char *text);

/*
 * The prefix length: "24", or for IPv4 a netmask "255.255.255.0" as well.
 *
 * Range:  1..32, IPv6 1..128; a netmask must be ones, then zeros.
 * Errors: false; *bits is unchanged.
 */
bool ip_prefix(const char *text, enum ip_family family, unsigned *bits);

/* 1 to 15 characters, none of them a slash or a blank: what the kernel takes. */
bool ip_interface_valid(const char *text);

/*
 * Check what stands behind IPaddr::, IPaddr2:: or IPv6addr::, or a bare address:
 * ADDRESS[/bits|/netmask[/interface[:label]][/broadcast]].
 *
 * Returns: NULL if it is right, else what is wrong with it, to stand behind a colon.
 * Owns:    the caller's.
 * Source:  compat agents.md 2.1 to 2.3.
 */
char *ip_service_fault(const char *script, const char *words);

#endif
