/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The directives of ha.cf that a row of the table cannot describe alone.
 *
 * Source: compat config.md 3.1 to 3.6.
 */
#ifndef HB_CONF_OPTIONS_H
#define HB_CONF_OPTIONS_H

#include "conf/hacf.h"

/* A port that is not root's alone. */
#define OPTION_PORT_PRIVILEGED_MAX 1023
#define OPTION_PORT_ANYBODY \
	": any local user may take a port above 1023 while Heartbeat is down, which then does " \
	"not start: use one below 1024, such as 694, on all nodes"

/* A boolean word, or a fault that names it. */
bool option_bool(
    struct hacf *h, const struct directive *d, unsigned line, const char *word, bool *out);
/* Index of word among words, any case; -1, and a fault that lists them. */
int option_word(struct hacf *h, const struct directive *d, unsigned line, const char *word,
    const char *const *words);

/* May a node be called so? Lower case. */
bool node_name_ok(const char *name);

/* Parsers of struct directive. */
#define OPTION_PARSER(name) \
	void name(struct hacf *h, const struct directive *d, unsigned line, char **words, \
	    const char *rest)
OPTION_PARSER(option_node);
OPTION_PARSER(option_udpport);
OPTION_PARSER(option_baud);
OPTION_PARSER(option_logfacility);
OPTION_PARSER(option_use_logd);
OPTION_PARSER(option_use_apphbd);
OPTION_PARSER(option_auto_failback);
OPTION_PARSER(option_nice_failback);
OPTION_PARSER(option_autojoin);
OPTION_PARSER(option_max_rexmit_delay);
OPTION_PARSER(option_announce);
OPTION_PARSER(option_quorum_server);
OPTION_PARSER(option_watchdog);
OPTION_PARSER(option_stonith);
OPTION_PARSER(option_crm);

/* What follows from lines that are missing: failback, where the log goes. */
void option_finish(struct hacf *h);
void option_stonith_free(struct hacf *h);

#endif
