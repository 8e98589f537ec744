/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The directories that the daemon and its scripts need below /run and /var/lib.
 */
#ifndef HB_DIRECTORIES_H
#define HB_DIRECTORIES_H

#include "conf/conf.h"

/* Make those that are missing, with their owners and modes. What fails is told on standard error. */
void directories_make(const struct conf *c);

#endif
