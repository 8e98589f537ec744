/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The commands of hbctl, as a table that is run by and completed by.
 */
#ifndef HB_CTL_COMMAND_H
#define HB_CTL_COMMAND_H

#include "option.h"

/* A table ends with name NULL. */
struct command {
	const char *name;
	int (*run)(int argc, char **argv); /* the words behind the name -> an exit code */
	const struct option_row *options;  /* NULL: none */
	enum word_kind argument;	   /* what a word that is no option stands for */
};

#endif
