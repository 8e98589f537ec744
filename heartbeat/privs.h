/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a process is and may do: the title, and how the engine loses what it must not have.
 */
#ifndef HB_PRIVS_H
#define HB_PRIVS_H

#include <stdbool.h>
#include <stdint.h>

#include "conf/conf.h"

#define PRIVS_USER "hacluster"
#define PRIVS_GROUP "haclient"

/* The engine's user and group. Errors: -ENOENT if one of them does not exist. */
int privs_engine_user(uint32_t *uid, uint32_t *gid);

/* Is the capability (CAP_*) in force in this process? */
bool privs_have(unsigned capability);

/*
 * In the child that is to be the engine, before its exec: limits and real-time priority as
 * configured, then the user, and no capability at all.
 *
 * Errors: -errno of what must not fail (user, group, capabilities). Real time and limits
 *         that the system refuses are not errors: the engine runs without, and says so.
 */
int privs_become_engine(const struct conf *c);

/* Remember argv and the environment, so that privs_title() can write over them. */
void privs_title_init(int argc, char **argv);
/* What ps shows. */
void privs_title(const char *title);

#endif
