/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A configuration for two nodes that is being made: answers are judged one by one, and
 * become the texts of the three files. What the machine has is told, not looked up.
 *
 * Every function *_fault() returns NULL if the answer is right, else why not and what to
 * answer instead, as a sentence without a full stop; the caller's (g_free).
 */
#ifndef HB_CONF_DRAFT_H
#define HB_CONF_DRAFT_H

#include <glib.h>
#include <stdbool.h>

#define DRAFT_PATHS_MAX 4
#define DRAFT_KEY_BYTES 32

/* An address of this machine. */
struct draft_net {
	char *interface, *address;
	unsigned prefix; /* bits of its network: 1..32, IPv6 1..128 */
};

/* Heartbeats between two addresses. Both nodes have the interface by that name. */
struct draft_path {
	char *interface, *ours, *peers;
};

struct draft {
	GArray *nets; /* struct draft_net, in the order in which they are offered */
	char *node;   /* this machine, lower case */
	char *peer;   /* lower case; NULL until it is known */
	struct draft_path paths[DRAFT_PATHS_MAX];
	unsigned path_count;
	char *serial;	      /* "/dev/ttyS0"; NULL: none */
	GPtrArray *resources; /* char *, as haresources has them; first addresses */
	char *gateway;	      /* for a line that is switched off; NULL: none known */
	bool old_peer;	      /* the other node is a 3.0.6 */
};

/* node: as uname -n has it. Owns: the caller's (draft_free). */
struct draft *draft_new(const char *node);
void draft_free(struct draft *d);
void draft_add_net(
    struct draft *d, const char *interface, const char *address, unsigned prefix);

/* Is this machine's own name one that a node can have? */
char *draft_node_fault(const struct draft *d);

/* On success the peer is set. */
char *draft_peer_fault(struct draft *d, const char *name);

/* Can this be the peer's address on a path? Nothing is added. */
char *draft_peer_address_fault(const struct draft *d, const char *peers);
/*
 * The peer's address, and the interface that leads to it; NULL: the one in whose network it
 * is. On success the path is added.
 */
char *draft_path_fault(struct draft *d, const char *peers, const char *interface);
/* The interface in whose network the address is, or NULL. Owns: borrowed. */
const char *draft_interface_of(const struct draft *d, const char *address);
/* An address of ours whose interface carries no path yet, or NULL. Owns: borrowed. */
const struct draft_net *draft_net_without_path(const struct draft *d);

/* A serial line to the peer. On success it is set. */
char *draft_serial_fault(struct draft *d, const char *device);

/*
 * A service address: ADDRESS[/BITS[/INTERFACE]], as a script IPaddr2::... too. On success it
 * is added to the resources.
 */
char *draft_address_fault(struct draft *d, const char *words);

/* Any other resource, as haresources has it. On success it is added. */
char *draft_service_fault(struct draft *d, const char *word);

/* A path and a resource at least. */
char *draft_whole_fault(const struct draft *d);

/*
 * The texts.
 *
 * Range: random has DRAFT_KEY_BYTES bytes that nobody can guess.
 * Owns:  the caller's (g_free; that of authkeys is a secret: wipe it).
 */
char *draft_hacf(const struct draft *d);
char *draft_haresources(const struct draft *d);
char *draft_authkeys(const struct draft *d, const unsigned char *random);

#endif
