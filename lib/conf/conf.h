/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The whole configuration as plain data. Made once by conf_parse() from the text of the
 * three files; nothing changes it afterwards. Reloading makes a new one.
 *
 * Source: compat config.md; what differs from 3.0.6 stands in doc/changes.md.
 */
#ifndef HB_CONF_CONF_H
#define HB_CONF_CONF_H

#include <glib.h>
#include <stdbool.h>

#include "base/monotime.h"
#include "proto/auth.h"
#include "proto/compress.h"

#define CONF_NODES_MAX 100
#define CONF_MEDIA_MAX 64

/* A fault or a hint, with the place it was found and what to write instead. */
struct fault {
	char *file;	/* as given in conf_text: "/etc/ha.d/ha.cf" */
	unsigned line;	/* from 1; 0: the file as a whole */
	bool is_error;	/* false: a hint, the configuration is used */
	char *text;	/* "unknown directive 'keepalife': did you mean 'keepalive'?" */
};

/* What conf_parse() reads. All strings are borrowed. NULL text: the file is absent. */
struct conf_text {
	const char *hacf_path, *hacf;
	const char *haresources_path, *haresources;
	const char *authkeys_path, *authkeys;
	unsigned authkeys_mode;	/* st_mode & 07777; 0: not looked at */
	bool authkeys_owner_ok;	/* the owner is root or ourselves */
	const char *node_name;	/* first line of nodeinfo, else uname -n */
};

enum auto_failback {
	FAILBACK_LEGACY,	/* the default of 3.0.6 */
	FAILBACK_ON,
	FAILBACK_OFF,
};

enum medium_kind {
	MEDIUM_UCAST,	/* both address families; ucast6 is the same with IPv6 */
	MEDIUM_BCAST,
	MEDIUM_MCAST,	/* mcast6 is the same with IPv6 */
	MEDIUM_SERIAL,
	MEDIUM_PING,	/* a ping node: heard by ICMP echo, holds nothing */
	MEDIUM_PING_GROUP,
	MEDIUM_KIND_COUNT
};

/* One heartbeat path, or one ping node or group, in the order of the file. */
struct conf_medium {
	enum medium_kind kind;
	char *name;	/* the link's name: interface or tty; ping: address as written; group: its name */
	char *device;	/* interface or tty path; NULL for ping */
	char **hosts;	/* ucast: one destination; mcast: the group; ping: one or more; NULL-ended */
	bool ipv6;	/* ucast6, mcast6, ping6 */
	unsigned port;	/* UDP port */
	unsigned ttl;	/* mcast: hops 0..4 */
	bool loop;	/* mcast */
	unsigned baud;	/* serial */
	unsigned line;	/* in ha.cf */
};

enum resource_kind {
	RESOURCE_ADDRESS,	/* IPaddr, IPaddr2, IPv6addr, bare addresses: carried out natively */
	RESOURCE_SCRIPT,	/* a name to be looked up: resource.d, init.d, systemd unit */
	RESOURCE_OCF,	/* ocf:provider:type or OCF::type */
	RESOURCE_SYSTEMD,	/* systemd:unit */
};

struct conf_resource {
	enum resource_kind kind;
	char *text;	/* the word as written: "IPaddr::10.0.0.5/24/eth0" */
	char *script;	/* "IPaddr", "drbddisk", "httpd"; for a bare address "IPaddr";
			 * OCF: "heartbeat:Filesystem"; systemd: the unit */
	char **args;	/* split at "::", NULL-ended; may be empty, never NULL */
};

struct conf_group {
	char *key;	/* its first resource as written: names the group in messages */
	char *id;	/* 8 hex digits made of key: names the group in our status messages */
	unsigned preferred;	/* index of its node */
	unsigned *order;	/* all nodes, best first; node_count entries */
	struct conf_resource *resources;
	unsigned resource_count;	/* at least 1 */
	char *text;	/* the joined line after the node name, single blanks between words */
	unsigned line;	/* in haresources */
};

/* respawn USER COMMAND */
struct conf_client {
	char *user;
	char *command;	/* with arguments, as written */
	bool failfast;
	unsigned line;
};

struct conf_apiauth {
	char *service;
	char **uids, **gids;	/* names or numbers as written, NULL-ended, never NULL */
	unsigned line;	/* 0: built in */
};

/* A value of ha.cf that is in force, and where it comes from. */
struct conf_value {
	char *text;	/* as a line of ha.cf: "deadtime 30s" */
	unsigned line;	/* in ha.cf; 0: no line gives it */
	const char *from;	/* line 0: "half of deadtime"; NULL: a default. Static. */
};

struct conf {
	char **nodes;	/* lower case, file order, NULL-ended; ping nodes are not among them */
	unsigned node_count;
	unsigned self;	/* our index in nodes */

	struct span keepalive, warntime, deadtime, initdead, deadping;
	struct span resource_timeout;	/* start or stop of one resource; directive of ours, 10 min */
	struct span status_timeout;	/* status of one resource; directive of ours, 20 s */
	struct span announce;	/* between two refreshes of an address; directive of ours, 30 s; 0: off */
	unsigned max_rexmit_delay_ms;
	unsigned hopfudge;
	enum auto_failback auto_failback;

	struct conf_medium *media;
	unsigned media_count;

	struct conf_group *groups;
	unsigned group_count;

	struct conf_client *clients;
	unsigned client_count;
	struct conf_apiauth *apiauth;	/* the file's lines, then the built-in ones not named there */
	unsigned apiauth_count;

	struct keyring keys;

	char *logfile, *debugfile;	/* NULL: none */
	char *logfacility;	/* lower case; NULL: none. Nothing configured at all: "daemon" */
	bool syslogmsgfmt;
	unsigned debug;
	bool realtime;
	unsigned rtprio;
	unsigned memreserve_kb;
	unsigned flight_record_kb;	/* directive of ours, 16384; 0: no record is kept */
	bool coredumps;
	char *coreroot;
	bool generation_by_time;	/* hbgenmethod time */
	bool uuid_from_name;
	char *watchdog;	/* NULL: none */
	enum wire_form_choice {
		MSGFMT_CLASSIC,
		MSGFMT_NETSTRING
	} msgfmt;
	bool compress;	/* traditional_compression: long messages go out compressed */
	enum compress_method compression;
	unsigned compression_threshold_kb;	/* what is longer is compressed */
	char *cluster;

	/* Every plain option as written, for cl_status hbparameter and HA_<name>: name, value,
	 * name, value, ..., NULL-ended, defaults included, sorted by name. */
	char **parameters;
	/* The same for people, with what has an effect only, and nodes and clients among them;
	 * in the order in which they are read: by line, what follows from others, defaults. */
	struct conf_value *values;
	unsigned value_count;
	/* "NAME=value" of env lines, NULL-ended, never NULL. */
	char **environment;

	char *digest;	/* 8 hex digits over haresources' groups: to see drift between nodes */
};

/*
 * Read the three files.
 *
 * Errors: NULL if there is any fault that is an error; every fault and hint of all files is
 *         appended to faults (struct fault *, in file and line order), also on success.
 *         A file that faults already names as a whole could not be read: it is not looked at.
 * Owns:   the result is the caller's (conf_free); faults own their elements if made with
 *         conf_faults_new().
 */
struct conf *conf_parse(const struct conf_text *text, GPtrArray *faults);
/*
 * The same, but the result is never NULL: with *usable false it holds what could be read, and is
 * only good for looking for more faults (what it names may be missing on this machine).
 */
struct conf *conf_parse_partly(const struct conf_text *text, GPtrArray *faults, bool *usable);
void conf_free(struct conf *c);

GPtrArray *conf_faults_new(void);
/* "/etc/ha.d/ha.cf:12: error: ..." as one line. Owns: the caller's. */
char *fault_text(const struct fault *f);

/* Index of a node (name in any case), or -1. */
int conf_node_index(const struct conf *c, const char *name);
/* Index of a group by key or id, or -1. */
int conf_group_index(const struct conf *c, const char *key_or_id);
/* Value of a parameter as in cl_status hbparameter, or NULL. */
const char *conf_parameter(const struct conf *c, const char *name);

/* "ucast" "bcast" "mcast" "serial" "ping" "ping_group" */
const char *medium_kind_name(enum medium_kind kind);
const char *auto_failback_name(enum auto_failback f);
static inline bool
medium_is_ping(enum medium_kind kind)
{
	return kind == MEDIUM_PING || kind == MEDIUM_PING_GROUP;
}

/*
 * What the cluster will do, in plain sentences for `heartbeat -t`: nodes, paths, times with
 * the worst outage after a crash, each group with its resources in order and who gets it
 * when, what happens when nodes lose each other; then every value in force with the line of
 * ha.cf that gives it, or what it follows from. At most 80 columns, unless a word is longer.
 *
 * Owns: the caller's (g_free).
 */
char *conf_explain(const struct conf *c);

#endif
