/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lines of ha.cf that make heartbeat paths and ping nodes.
 *
 * Source: compat config.md 3.2.
 */
#ifndef HB_CONF_MEDIA_H
#define HB_CONF_MEDIA_H

#include "conf/hacf.h"

/* Parsers of struct directive. A name that ends in 6 wants IPv6. */
void media_bcast(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest);
void media_ucast(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest);
void media_mcast(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest);
void media_serial(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest);
void media_ping(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest);
void media_ping_group(struct hacf *h, const struct directive *d, unsigned line,
    char **words, const char *rest);

/* udpport and baud are for all links, wherever they stand: set them once all is read. */
void media_finish(struct hacf *h);

void conf_medium_clear(struct conf_medium *m);

#endif
