/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hbctl record and hbctl replay: the daemon's flight record as a file.
 */
#ifndef HB_FLIGHT_FILE_H
#define HB_FLIGHT_FILE_H

#include <stdbool.h>

#define FLIGHT_FILE_DEFAULT "heartbeat.record"

/* Both return an exit code and say on standard error what is wrong. */

/* Ask the daemon for its record; the file is for its owner only. */
int flight_file_fetch(const char *path);

/* Replay a record and tell what is decided, or, quiet, only whether it is the same. */
int flight_file_replay(const char *path, bool quiet);

#endif
