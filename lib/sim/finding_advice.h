/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rules by which a finding comes to its advices.
 */
#ifndef HB_SIM_FINDING_ADVICE_H
#define HB_SIM_FINDING_ADVICE_H

#include "sim/finding.h"

GPtrArray *advices_new(void);

/* Append what would help; a finding that was fine may become one of note, or bad. */
void advise(const struct cluster *c, const struct plan_row *row, const struct play *p,
    struct finding *f);

#endif
