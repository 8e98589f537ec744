/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a line of the log is about: the event, and the node and the group it names. Read off the
 * line itself, whose words are fixed: so the fields of the journal and the text cannot differ.
 *
 * Source: heartbeat(8) "LOG" lists the events.
 */
#ifndef HB_CORE_SUBJECT_H
#define HB_CORE_SUBJECT_H

#include "conf/conf.h"

#define SUBJECT_EVENT_MAX 32

struct subject {
	char event[SUBJECT_EVENT_MAX];	/* "": none of those that have a name */
	const char *node;	/* of ha.cf, ping nodes too; NULL: no certain one */
	const char *group;	/* key; NULL: none */
};

/* Names that a line may hold: no other text becomes a node or a group. */
struct subject_names;

/* A copy of what it needs of the configuration. Owns: the caller's (subject_names_free). */
struct subject_names *subject_names_new(const struct conf *c);
void subject_names_free(struct subject_names *names);

/* This node. */
const char *subject_self(const struct subject_names *names);

/*
 * Read a line. What is about this node or about a group here has this node's name.
 *
 * Owns: node and group belong to names.
 */
struct subject subject_read(const struct subject_names *names, const char *line);

/* The event of each row of the table, NULL after the last; "group-*" has the state there. */
const char *subject_event(unsigned row);

#endif
