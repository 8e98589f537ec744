/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Resource and operation -> program, arguments and environment.
 *
 * A name of haresources is looked up in this order, the first match counts:
 *   HADIR/resource.d/NAME, our own agents (HB_LIBEXECDIR/resource.d/NAME), /etc/init.d/NAME,
 *   a systemd unit NAME.service (unit files in the usual directories, aliases included; and,
 *   for the old names of the how-tos, mysqld -> mariadb, mysql; httpd -> apache2, and back).
 * Where the name is one of our own agents, a file in HADIR/resource.d that 3.0.6 left there is
 * passed over (script_owner.h).
 * OCF agents: OCF_ROOT/resource.d/PROVIDER/TYPE.
 */
#ifndef HB_SCRIPT_H
#define HB_SCRIPT_H

#include <stdbool.h>

#include "conf/conf.h"
#include "core/action.h"
#include "core/event.h"

struct script_call {
	enum agent_class agent;	/* AGENT_NATIVE: address_perform() does it; argv is NULL */
	char **argv;	/* NULL-ended; argv[0] is a full path */
	char **environment;	/* NULL-ended "NAME=value", complete */
	char *found;	/* where it was found, for people: "/etc/init.d/httpd",
			 * "systemd unit apache2.service (for httpd)" */
	bool by_alias;	/* found under another name: say so once in the log */
};

/*
 * Find what carries out op on r.
 *
 * Errors: -ENOENT, and *why is a sentence for people: where we looked and the nearest known
 *         name; *out is then empty.
 * Owns:   *out is the caller's (script_call_clear), *why too (g_free; NULL on success).
 */
int script_resolve(const struct conf *c, const struct conf_resource *r, enum resource_op op,
    struct script_call *out, char **why);
void script_call_clear(struct script_call *call);

/* The systemd unit that a call starts and stops: the unit itself, or that of an init script where
 * systemd is process 1, since it has one of that name for each. NULL: none. Owns: the caller's. */
char *script_unit(const struct script_call *call);

/* Check every resource of the configuration; append a fault (conf.h) for each that cannot be
 * found, with file and line of its group, and a hint for each found by alias and for each name of
 * ours that the administrator's own script has. A wrapper whose OCF agent is not there is an
 * error. */
void script_check(const struct conf *c, const char *haresources_path, GPtrArray *faults);

/* The environment of every program we start: HA_*, OCF_*, PATH, LC_ALL (compat commands.md 8.3).
 * Owns: the caller's (g_strfreev). */
char **script_environment(const struct conf *c);

#endif
