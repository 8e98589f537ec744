/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Completion for the shell: what may stand where the cursor is, from the very tables that
 * the programs parse with, and from the configuration files. No daemon is asked, so none can
 * hold it up.
 */
#ifndef HB_CTL_COMPLETE_H
#define HB_CTL_COMPLETE_H

#include <glib.h>

#include "command.h"

/*
 * line:      the command line up to the cursor, its first word hbctl, hb_standby,
 *            hb_takeover, cl_status or heartbeat. Its last word, empty behind a blank, is to
 *            be completed.
 * commands:  those of hbctl.
 * directory: of the configuration files.
 *
 * Returns: whole words that begin with it (char *), in the order of their table; none where
 *          the name of a file is wanted. Owns: the caller's.
 */
GPtrArray *complete_words(
    const char *line, const struct command *commands, const char *directory);

#endif
