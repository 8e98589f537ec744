/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A core between two steps as bytes, and back: it goes on exactly as the one that was saved.
 */
#ifndef HB_CORE_CHECKPOINT_H
#define HB_CORE_CHECKPOINT_H

#include <glib.h>

#include "core/core.h"

/* Append everything that the core remembers. */
void core_save(const struct core *c, GByteArray *out);

/*
 * conf: with the same nodes, groups, media and clients as that of the saved core; its keys may be
 * others. Borrowed, as in core_new(). trace is copied.
 *
 * Errors: NULL if the bytes are damaged, or of a version whose cores remember other things.
 */
struct core *core_load(
    const struct conf *conf, const void *bytes, size_t len, struct trace trace);

#endif
