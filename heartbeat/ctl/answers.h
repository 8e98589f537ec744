/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cl_status without the daemon: question and state of the cluster in, texts and exit code
 * out, word for word as 3.0.6 has them.
 *
 * Source: compat commands.md 4.
 */
#ifndef HB_CTL_ANSWERS_H
#define HB_CTL_ANSWERS_H

#include <cjson/cJSON.h>
#include <glib.h>
#include <stdbool.h>

#include "option.h"

enum answer_code {
	ANSWER_OK = 0,
	ANSWER_NO = 1, /* "not so", or cannot connect */
	ANSWER_USAGE = 11,
	ANSWER_TIMEOUT = 12,
	ANSWER_API = 13,
};

struct question {
	const char *subcommand;
	bool for_people;       /* -m */
	bool verbose;	       /* -v */
	bool normal_only;      /* -n */
	bool ping_only;	       /* -p of listnodes */
	const char *parameter; /* -p NAME of hbparameter; NULL: not given */
	const char *words[3];  /* what follows; NULL where nothing does */
	int remote;	       /* clientstatus of another node: 1 online, 0 not, -1 unknown */
};

struct answer {
	GString *out;	 /* for standard output */
	GString *errors; /* for standard error, one line each; "ERROR: ..." gets our name in
			    front */
};

bool answer_knows(const char *subcommand);
/* All subcommands, NULL-ended. */
const char *const *answer_names(void);
/* What its word at that place, from 0, stands for. */
enum word_kind answer_word(const char *subcommand, unsigned place);

/* Answer from the core's report. out and errors are appended to. */
enum answer_code answer_give(
    const struct question *q, const cJSON *state, struct answer *a);

/* The answer when there is no daemon to ask. */
enum answer_code answer_stopped(const struct question *q, struct answer *a);

/*
 * The answer when this user may not connect.
 *
 * runs: the daemon does, which everybody can see.
 * why:  and what to do; one line.
 */
enum answer_code answer_denied(
    const struct question *q, bool runs, const char *why, struct answer *a);

#endif
