/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the system starts by itself when it boots. A service that Heartbeat is to start and
 * stop must not be among it.
 */
#ifndef HB_BOOT_H
#define HB_BOOT_H

#include <stdbool.h>

/* Where this machine has them; NULL-ended. */
extern const char *const boot_machine_rc_dirs[];

/*
 * Does another unit want this one ("apache2.service", or under an alias of it)? Looks for links
 * in TARGET.wants and TARGET.requires, as `systemctl enable` makes them.
 *
 * dirs: unit directories, NULL-ended.
 */
bool boot_starts_unit(const char *const *dirs, const char *unit);

/* Has the init script of that name a link rcN.d/SNN in one of the directories (NULL-ended)? */
bool boot_starts_script(const char *const *rc_dirs, const char *name);

#endif
