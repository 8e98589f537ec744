/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What this machine has that a new configuration may use: networks, a gateway, services,
 * a serial line. It only looks.
 */
#ifndef HB_CTL_SURVEY_H
#define HB_CTL_SURVEY_H

#include "conf/draft.h"

/* Add the addresses of the interfaces that are up, loopback and link-local ones left out. */
void survey_nets(struct draft *d);

/* The default gateway, IPv4. Owns: the caller's; NULL if there is none. */
char *survey_gateway(void);

/* What /etc/hosts has for the name, loopback left out; no name server is asked. Owns: the
 * caller's; NULL if there is nothing. */
char *survey_host(const char *name);

/* The first serial line with hardware behind it. Owns: the caller's; NULL if there is none. */
char *survey_serial(void);

/* Services that people keep up with Heartbeat and that are here, in the order in which they
 * had better start (char *). Owns: the caller's. */
GPtrArray *survey_services(void);

/*
 * Is what the word of haresources names on this machine? *word is replaced by the name that
 * it has here, where that is another: "apache2" for "httpd".
 *
 * Errors: a sentence, the caller's; NULL: it is here.
 */
char *survey_service_fault(char **word);

/* Those of the resources that the system starts at boot (char *, names of units or init
 * scripts). Owns: the caller's. */
GPtrArray *survey_boot_services(const GPtrArray *resources);

/* Is systemd this machine's init? */
bool survey_has_systemd(void);

#endif
