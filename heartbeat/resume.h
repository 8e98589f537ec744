/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command's side of an upgrade without a stop: asking for it, trying it out, going on in the
 * place of the program of before.
 */
#ifndef HB_RESUME_H
#define HB_RESUME_H

#include "exit_code.h"

#define MASTER_TITLE "heartbeat: master control process"

/* heartbeat --upgrade: ask the daemon that runs, and say what came of it. */
enum exit_code resume_command_upgrade(void);

/* UPGRADE_REHEARSE PATH: could we go on with that? Changes nothing. */
enum exit_code resume_rehearse(const char *path);

/*
 * UPGRADE_RESUME FD [REASON [UPGRADE_DOUBT]]: go on with it, until told to stop. What does not begin
 * to work goes back to the program of before.
 */
enum exit_code resume_main(int argc, char **argv);

#endif
