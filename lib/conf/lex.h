/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text of a configuration file -> lines that remember where they stood, and words.
 *
 * A line ends at LF, CR LF or CR, and has no limit. A byte order mark is dropped.
 *
 * Source: compat config.md 2, 4.2, 5.1.
 */
#ifndef HB_CONF_LEX_H
#define HB_CONF_LEX_H

#include <glib.h>
#include <stdbool.h>

#include "conf/fault.h"

#define LEX_BLANKS " \t\f"
#define LEX_BLANKS_AND_COMMAS " \t\f,"

enum lex_style {
	LEX_HACF,	 /* '#' anywhere starts a comment; no continuation */
	LEX_HARESOURCES, /* '#' anywhere; a backslash at the end continues */
	LEX_AUTHKEYS,	 /* '#' only as the first character: keys may contain one */
};

struct lex_line {
	unsigned line;	/* from 1: where it starts */
	char *text;	/* without comment and blanks around it; never empty */
	bool backslash; /* LEX_HACF: a backslash stood at the end (it is cut off) */
	GArray *joints; /* where continuation lines begin; NULL if there is none */
};

/*
 * All lines that say something (struct lex_line *). Characters that would become part of a
 * word unseen, such as a no-break space or an escape, are reported and read as blanks; in a key
 * they may stand.
 *
 * Owns: the caller's; the texts are wiped when freed, as they may hold keys.
 */
GPtrArray *lex_lines(const char *text, enum lex_style style, const struct report *report);

/* A word of a line, and where it is. */
struct lex_word {
	char *text;
	unsigned line;
	bool first_of_continued; /* the first word behind a backslash and a line end */
};

/* The words of a line, split at blanks (struct lex_word). Owns: the caller's. */
GArray *lex_line_words(const struct lex_line *line);

/* The words of text, split at any of the separators; empty ones do not exist. Matching
 * quotes around a word are taken off. Owns: the caller's (g_strfreev). */
char **lex_words(const char *text, const char *separators);

/* What is behind the first n words: a pointer into text. */
const char *lex_rest(const char *text, unsigned n);

#endif
