/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where is the log? Decided here for the log itself, for heartbeat -t, for the start command
 * and for hbctl status.
 */
#ifndef HB_LOG_PLACE_H
#define HB_LOG_PLACE_H

#include <stdbool.h>

#include "conf/conf.h"

/* What the daemon found when it opened its log, for hbctl. */
#define LOG_PLACE_PATH HB_RUNDIR "/log"

/* Who would take a line that goes to syslog on this machine? */
struct log_takers {
	bool journal;	/* journald, which is also behind /dev/log: it gets entries with fields */
	bool forwards;	/* journald hands its lines on to a syslog daemon */
	bool syslog;	/* a syslog daemon, by /dev/log, from journald or out of its journal */
	bool systemd;	/* process 1: what it starts is found by its unit */
};

/* root: "" for this machine; tests have a tree of their own. */
struct log_takers log_takers_look(const char *root);

/*
 * Does nobody take the lines: no file is configured, and no syslog and no journal is there for
 * logfacility? Then they go to standard error.
 */
bool log_goes_nowhere(const struct conf *c, const struct log_takers *t);

/*
 * The places, in one line: "/var/log/ha-log, journalctl -u heartbeat".
 *
 * stderr_seen: somebody sees standard error (heartbeat -f).
 * Owns: the caller's (g_free).
 */
char *log_place(const struct conf *c, const struct log_takers *t, bool stderr_seen);

/* Leave it for others to read, and read it. NULL: no daemon has. Errors: -errno. */
int log_place_publish(const char *path, const char *place);
char *log_place_published(const char *path);

#endif
