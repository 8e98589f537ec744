/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exit codes of the command heartbeat.
 *
 * Source: compat commands.md section 2.1.
 */
#ifndef HB_EXIT_CODE_H
#define HB_EXIT_CODE_H

enum exit_code {
	DONE = 0,
	FAILED = 1,	/* also: stopped, with a pid file left over */
	USAGE = 2,
	STOPPED = 3,
	NOT_PERMITTED = 4,
	BAD_CONFIGURATION = 6,
	LATER = 75,	/* of an upgrade: it happens by itself as soon as nothing is under way; EX_TEMPFAIL */
};

#endif
