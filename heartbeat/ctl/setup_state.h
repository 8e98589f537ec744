/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of hbctl setup share: setup.c reads options and writes, setup_ask.c asks,
 * setup_show.c tells what came of it.
 */
#ifndef HB_CTL_SETUP_STATE_H
#define HB_CTL_SETUP_STATE_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

#include "conf/conf.h"
#include "conf/draft.h"

enum setup_code {
	SETUP_DONE = 0,
	SETUP_FAILED = 1, /* nothing is written, or heartbeat -t does not like it */
	SETUP_USAGE = 2,
};

enum setup_option {
	SETUP_PEER,
	SETUP_PEER_ADDRESS,
	SETUP_INTERFACE,
	SETUP_SERIAL,
	SETUP_ADDRESS,
	SETUP_SERVICE,
	SETUP_OLD_PEER,
	SETUP_OUTPUT,
	SETUP_YES,
	SETUP_HELP,
	SETUP_COUNT
};

struct setup {
	const char *directory;
	bool asks; /* somebody is there to answer */
	bool given[SETUP_COUNT];
	GPtrArray *values[SETUP_COUNT]; /* const char *, of argv */
	struct draft *draft;
};

/* Say on standard error why not. Returns: code. */
enum setup_code setup_refuse(enum setup_code code, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Add a service by the name that it has here. Errors: as draft.h. */
char *setup_add_service(struct draft *d, const char *word);

/* Ask for what the options leave open. */
enum setup_code setup_ask_rest(const struct setup *s);
/* May the files be written? */
enum setup_code setup_ask_leave(const struct setup *s);

/* What `heartbeat -t` says of what is in force; elsewhere, what it would. Returns: no error? */
bool setup_show_check(const struct setup *s, const struct conf *c);
/* Five lines of the simulation. */
void setup_show_preview(const struct conf_text *text);
/* The steps that are left. */
void setup_show_next(const struct setup *s);
/* In lines of a terminal's width; those after the first are indented. */
void setup_show_wrapped(FILE *out, const char *text);
bool setup_is_in_force(const struct setup *s);

#endif
