/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hbctl simulate: what would this cluster do? See hbctl(8).
 */
#ifndef HB_CTL_SIMULATE_H
#define HB_CTL_SIMULATE_H

#include "option.h"

extern const struct option_row simulate_options[];

/* argv: behind the word "simulate". Returns: an exit code, 2 for wrong arguments (nothing
 * is said). */
int simulate_main(int argc, char **argv);

#endif
