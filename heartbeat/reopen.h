/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Media that broke: opened again every second until that works, and at once when the machine changed.
 */
#ifndef HB_REOPEN_H
#define HB_REOPEN_H

#include <qb/qbloop.h>

#include "reload.h"

#define REOPEN_MS 1000

/* A medium was tried; what it has now, perhaps less than all, is to be handed on. */
typedef void reopen_tried_fn(void *arg, unsigned medium);

struct reopen;

/* setup is borrowed, and stays what it is until reopen_free(). */
struct reopen *reopen_new(
    qb_loop_t *loop, const struct setup *setup, reopen_tried_fn *tried, void *arg);
void reopen_free(struct reopen *r);

/* Open that medium again, in a second. A number that is none is ignored. */
void reopen_medium(struct reopen *r, unsigned medium);

/* The same for every medium that could not be opened. */
void reopen_broken(struct reopen *r);

/* Interfaces or addresses of this machine changed: what concerns a medium is opened again, now. */
void reopen_look(struct reopen *r);

#endif
