/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Moves of groups: hbctl standby and takeover, and the commands hb_standby and hb_takeover
 * with the words of 3.0.6.
 */
#ifndef HB_CTL_MOVE_H
#define HB_CTL_MOVE_H

#include <stdbool.h>

enum move {
	MOVE_STANDBY,
	MOVE_TAKEOVER,
};

/* "all" "foreign" "local" "failback", NULL-ended. */
extern const char *const move_sets[];

/* Is it one of them? */
bool move_is_set(const char *word);

/* Ask for it and say on standard error what was answered. Returns: an exit code. */
int move_ask(enum move move, const char *set);

/* main() of hb_standby and hb_takeover. */
int move_main(enum move move, int argc, char **argv);

#endif
