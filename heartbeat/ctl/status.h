/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hbctl status: the state of the cluster on one screen.
 */
#ifndef HB_CTL_STATUS_H
#define HB_CTL_STATUS_H

#include <stdbool.h>

/*
 * The report of the core (JSON) as text for people.
 *
 * Errors: NULL if the text is no JSON object.
 * Owns:   the caller's (g_free).
 */
char *status_render(const char *json, bool colour);

/*
 * The report with one field more: where the log is, which the core does not know. place NULL, or
 * no JSON object: as it was. Owns: the caller's (g_free).
 */
char *status_with_log(const char *json, const char *place);

/* "8s" "2m 5s" "3h 20m" "4d 2h": the two largest units. Owns: the caller's. */
char *status_duration(double seconds);

#endif
