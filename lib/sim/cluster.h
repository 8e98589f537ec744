/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A user's cluster, made of the three files, to be simulated.
 */
#ifndef HB_SIM_CLUSTER_H
#define HB_SIM_CLUSTER_H

#include "conf/conf.h"

struct cluster {
	struct conf *conf; /* as its first node has it */
	/* Without node lines, as world_new() takes the names apart from it, and with one ucast
	 * line an interface, as one reaches all. */
	char *hacf;
	char *haresources;
	struct span takes; /* start and stop of what is not an address */
};

/*
 * Read the files.
 *
 * text: authkeys may be NULL: a key is no matter here. A node_name of NULL stands for any
 * node that the file lists: it may be read on another machine.
 * Errors: NULL if any fault is an error; all are appended.
 * Owns: the caller's (cluster_free); text is borrowed.
 */
struct cluster *cluster_new(
    const struct conf_text *text, struct span takes, GPtrArray *faults);
void cluster_free(struct cluster *c);

/*
 * The same cluster with another value of a directive, which is then its only line.
 *
 * Errors: NULL if that is not accepted.
 * Owns: the caller's.
 */
struct cluster *cluster_changed(
    const struct cluster *c, const char *directive, const char *value);

/* Is there a respawn line for ipfail? */
bool cluster_has_ipfail(const struct cluster *c);
/* Names of the links between nodes, each once, in the order of the file. Owns: the
 * caller's; the names are borrowed. */
GPtrArray *cluster_links(const struct cluster *c);
/* Names of ping nodes and groups. Owns: as above. */
GPtrArray *cluster_pings(const struct cluster *c);
/*
 * Is that ping node reached over that link, as far as addresses tell? It is if it is in one
 * IPv4 network (/24) with a ucast address of the link, or if there is no other link with
 * addresses.
 */
bool cluster_ping_is_on(const struct cluster *c, const char *ping, const char *link);

#endif
