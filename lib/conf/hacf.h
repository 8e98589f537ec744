/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ha.cf: the table of directives, and what its parts share while the file is read.
 *
 * Source: compat config.md 2 and 3.
 */
#ifndef HB_CONF_HACF_H
#define HB_CONF_HACF_H

#include <glib.h>

#include "conf/conf.h"
#include "conf/fault.h"

/* A stonith or stonith_host line, kept until it is known which node we are. */
struct hacf_stonith {
	const char *directive;
	char *host; /* "*" for stonith; NULL: none given */
	unsigned line;
};

/* ha.cf half read: what becomes part of the configuration, and where it was said. */
struct hacf {
	struct conf *conf;
	struct report report;
	const char *node_name; /* ours, lower case */

	GPtrArray *nodes;	/* char * */
	GArray *media;		/* struct conf_medium */
	GArray *clients;	/* struct conf_client */
	GArray *apiauth;	/* struct conf_apiauth */
	GPtrArray *environment; /* "NAME=value" */
	GArray *stonith;	/* struct hacf_stonith */
	GArray *given;		/* struct conf_value: see values.h */

	unsigned udpport, baud;
	GHashTable *values; /* directive -> text as written */
	GHashTable *lines;  /* directive, or "apiauth SERVICE" -> line (GUINT_TO_POINTER) */
};

enum directive_kind {
	/* Plain options: the last value counts, every value is shown as a parameter. */
	DIRECTIVE_SPAN,	  /* a time; min and max in ms */
	DIRECTIVE_NUMBER, /* unsigned; min..max */
	DIRECTIVE_BOOL,
	DIRECTIVE_WORD,	  /* one of words; its index as unsigned */
	DIRECTIVE_SWITCH, /* one of two words; bool: the second one */
	DIRECTIVE_TEXT,	  /* char * */
	DIRECTIVE_OPTION, /* parse() looks at the words */
	/* The rest. */
	DIRECTIVE_LIST,	   /* parse(): words split at blanks and commas */
	DIRECTIVE_LINE,	   /* parse(): words split at blanks, and the rest as it stands */
	DIRECTIVE_REFUSED, /* known, and not available: why says it in one sentence */
};

struct directive {
	const char *name;
	enum directive_kind kind;
	const char *preset; /* what is shown if the file says nothing; NULL: nothing */
	size_t offset;	    /* in struct conf; DIRECTIVE_NOWHERE: only checked and shown */
	int64_t min, max;
	const char *const *words; /* NULL-ended */
	/* At least one word is given, except to DIRECTIVE_LINE. */
	void (*parse)(struct hacf *h, const struct directive *d, unsigned line,
	    char **words, const char *rest);
	const char *why;
	bool in_force; /* has an effect though it has no offset: shown by conf_explain() */
	bool is_kept;  /* its words are shown as written */
};

#define DIRECTIVE_NOWHERE ((size_t)-1)

/*
 * Read the text of ha.cf into c: all of its fields but groups, keys and digest. Every fault
 * is reported; c is usable, with defaults, whatever the text.
 */
void hacf_parse(
    struct conf *c, const char *text, const char *node_name, const struct report *report);

/* Line where a directive was last given; 0: never. */
unsigned hacf_line(const struct hacf *h, const char *directive);
void hacf_note_line(struct hacf *h, const char *directive, unsigned line);
/* Record the text shown as a parameter. */
void hacf_note_value(struct hacf *h, const char *directive, const char *text);

/* Names of all directives, for tests of the manual. Owns: the caller's container. */
GPtrArray *hacf_directive_names(void);

#endif
