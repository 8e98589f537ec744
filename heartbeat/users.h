/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of users and groups from the local files alone: a name service may ask a server on
 * the network, and the engine never waits for one.
 */
#ifndef HB_USERS_H
#define HB_USERS_H

#include <stdbool.h>
#include <stdint.h>

struct users;

/* Reads both files; one that cannot be read counts as empty. */
struct users *users_new(const char *passwd_path, const char *group_path);
void users_free(struct users *u);

/* Read them again if one has changed since. */
void users_refresh(struct users *u);

/* The user's name, or the number in decimal. Owns: the caller's. */
char *users_name(const struct users *u, uint32_t uid);
/* The same of a group. */
char *users_group_name(const struct users *u, uint32_t gid);

/*
 * The names of gid, of the user's group by passwd and of every group that lists the user;
 * a group without a name is its number in decimal.
 *
 * Owns: the caller's (g_strfreev).
 */
char **users_groups(const struct users *u, uint32_t uid, uint32_t gid);

#endif
