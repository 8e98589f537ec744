/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scripts that packages of 3.0.6, of DRBD and of resource-agents left in /etc/ha.d. They are
 * configuration files to a package manager, which keeps them, and stand where an administrator's
 * own would: whoever changed one wants it, an untouched one is only old.
 */
#ifndef HB_OLD_SCRIPT_H
#define HB_OLD_SCRIPT_H

#include <stdbool.h>

/* No script that was shipped is nearly as long. */
#define OLD_SCRIPT_MAX 65536

/*
 * Is text the script of that name as it was shipped? Comments, blank lines, indentation and the
 * directories that a distribution chose (below any prefix: ha.d, lib/ocf, lib/heartbeat, bin)
 * do not count; any other difference does.
 */
bool old_script_known(const char *name, const char *text);

/* Were scripts of that name shipped that this version has its own of? */
bool old_script_named(const char *name);

/* What is left of text without all that, digested: 64 hexadecimal digits. Owns: the caller's
 * (g_free). */
char *old_script_digest(const char *text);

#endif
