/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scripts of the administrator in rc.d, run one after the other, with the fields of a message in
 * their environment. What runs is never named by a message: only a file that is in rc.d under the
 * name of the type, a word without a path, and a message only fills variables HA_*, none of those
 * that say where things are.
 *
 * Source: compat commands.md section 8.
 */
#ifndef HB_HOOKS_H
#define HB_HOOKS_H

#include <qb/qbloop.h>
#include <stddef.h>

#include "conf/conf.h"

/* Scripts that wait for their turn, at most; more are dropped, and said. */
#define HOOKS_WAITING_MAX 200

struct hooks;

/* directory: /etc/ha.d; c is borrowed until hooks_renew(). */
struct hooks *hooks_new(qb_loop_t *loop, const char *directory, const struct conf *c);
/* What runs goes on by itself; what waits is forgotten. */
void hooks_free(struct hooks *h);

void hooks_renew(struct hooks *h, const struct conf *c);

/*
 * Run the script of a type, or have it wait for its turn; nothing happens if there is none.
 *
 * words: as of ACTION_HOOK, len bytes with the last NUL.
 * Errors: -EINVAL what stands there is no type and no fields, -ENOBUFS too many wait.
 */
int hooks_run(struct hooks *h, const char *words, size_t len);

/* Do some run or wait? */
bool hooks_busy(const struct hooks *h);

#endif
