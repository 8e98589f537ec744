/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What hbctl simulate says of a new configuration, in five lines.
 */
#ifndef HB_CTL_SETUP_PREVIEW_H
#define HB_CTL_SETUP_PREVIEW_H

#include "conf/conf.h"

/*
 * Four rows of the test plan and the sum of all, a line each. Takes a second or two.
 *
 * Errors: NULL if the files are not accepted.
 * Owns:   the caller's (g_free).
 */
char *setup_preview(const struct conf_text *text);

#endif
