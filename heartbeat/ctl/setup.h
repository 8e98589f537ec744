/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hbctl setup: make the three files for two nodes. See hbctl(8), "SETUP".
 */
#ifndef HB_CTL_SETUP_H
#define HB_CTL_SETUP_H

#include "option.h"

extern const struct option_row setup_options[];

/* argv: behind the word "setup". Returns: an exit code. */
int setup_main(int argc, char **argv);

#endif
