/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Options of the commands, as tables: what is parsed by them is completed by them, too.
 */
#ifndef HB_CTL_OPTION_H
#define HB_CTL_OPTION_H

/* What a word on the command line stands for. */
enum word_kind {
	WORD_NONE, /* nothing may stand there */
	WORD_TEXT, /* anything */
	WORD_FILE,
	WORD_DIRECTORY,
	WORD_SET, /* all, foreign, local, failback */
	WORD_NODE,
	WORD_ANY_NODE, /* ping nodes too */
	WORD_LINK,
	WORD_GROUP,
	WORD_PARAMETER, /* a directive of ha.cf */
	WORD_ROW,	/* a row of the simulation */
	WORD_INTERFACE,
	WORD_SERVICE, /* one that is on this machine */
	WORD_KIND_COUNT
};

/* "--name", and what its value is; WORD_NONE: it has none. A table ends with name NULL. */
struct option_row {
	const char *name;
	enum word_kind value;
};

enum {
	OPTION_END = -1,   /* no more words */
	OPTION_WORD = -2,  /* a word that is no option: *value is it */
	OPTION_WRONG = -3, /* unknown, without its value, or with one that it does not take */
};

/*
 * The next word of argv, from *at on, which moves behind it. "--name value" and
 * "--name=value" are the same.
 *
 * Returns: the option's index in the table, or one of the above. *value is borrowed of argv;
 *          NULL for an option without.
 */
int option_next(const struct option_row *table, int argc, char **argv, int *at,
    const char **value);

#endif
