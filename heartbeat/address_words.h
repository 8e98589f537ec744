/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words behind IPaddr, IPaddr2 and IPv6addr, read:
 * ADDRESS[/bits|/netmask[/interface[:label][/broadcast]]].
 */
#ifndef HB_ADDRESS_WORDS_H
#define HB_ADDRESS_WORDS_H

#include <net/if.h>
#include <stdbool.h>

struct address_words {
	int family;		  /* AF_INET, AF_INET6 */
	unsigned char ip[16];	  /* network order; IPv4 in the first four bytes */
	char text[64];		  /* the address alone, in its shortest form */
	unsigned prefix_len;	  /* 0: not given */
	char interface[IFNAMSIZ]; /* empty: not given */
	char label[IFNAMSIZ];	  /* "eth0:web"; empty: none */
	bool has_broadcast;
	unsigned char broadcast[4];
	bool numbered; /* IPaddr: the label is the first free eth0:N */
};

/*
 * Read them for one of the three scripts.
 *
 * Errors: false, and *why is a sentence for people; *out is unspecified.
 * Owns:   *why is the caller's (g_free).
 * Source: compat agents.md 2.1 to 2.3.
 */
bool address_words_read(
    const char *script, char *const *args, struct address_words *out, char **why);

#endif
