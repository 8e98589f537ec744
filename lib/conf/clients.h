/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lines of ha.cf about programs we start or talk to: respawn, failfast, apiauth, env.
 *
 * Source: compat config.md 3.4.
 */
#ifndef HB_CONF_CLIENTS_H
#define HB_CONF_CLIENTS_H

#include "conf/hacf.h"

/* Parsers of struct directive. */
void clients_respawn(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest);
void clients_apiauth(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest);
void clients_env(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest);

/* Add the built-in apiauth entries for services that have no line. */
void clients_finish(struct hacf *h);

void conf_client_clear(struct conf_client *client);
void conf_apiauth_clear(struct conf_apiauth *a);

#endif
