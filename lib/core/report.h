/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A snapshot for clients, as JSON.
 *
 * Source: doc/protocol.md "Status".
 */
#ifndef HB_CORE_REPORT_H
#define HB_CORE_REPORT_H

#include "core/state.h"

/* Owns: the caller's (free(), it comes from cJSON). */
char *report_json(const struct core *c);

#endif
