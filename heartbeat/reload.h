/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The configuration is read again while we run: may it replace what is in use?
 */
#ifndef HB_RELOAD_H
#define HB_RELOAD_H

#include <glib.h>
#include <stdbool.h>

#include "conf/conf.h"
#include "core/event.h"
#include "files.h"
#include "sockets.h"

/* What the daemon works with; a reload replaces it as a whole. */
struct setup {
	struct conf *conf;
	struct files *files;
	struct sockets *sockets;
};

void setup_clear(struct setup *s);

enum reload_result {
	RELOAD_UNCHANGED,
	RELOAD_REFUSED,
	RELOAD_READY,
};

/*
 * Read the files of a directory again. hints: one a group of now, what may run here.
 *
 * Errors: RELOAD_REFUSED, and the reasons are faults.
 * Owns:   *next is the caller's if RELOAD_READY; now goes on unharmed in any case.
 */
enum reload_result reload_read(const char *directory, const struct setup *now,
    const enum group_hint *hints, struct setup *next, GPtrArray *faults);

/* Does every group that may run here have the same line in next? Each that has not is a fault. */
bool reload_groups_stay(const struct setup *now, const enum group_hint *hints,
    const struct conf *next, GPtrArray *faults);

#endif
