/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory that is there when it is needed: no page of the engine waits for a disk.
 */
#ifndef HB_MEMORY_H
#define HB_MEMORY_H

#include "base/trace.h"

/*
 * Touch reserve_kb of heap and a piece of stack, then lock what is there and, if the limit
 * on locked memory allows it, all that comes. Where the system forbids it that is said in one
 * line, and we go on.
 */
void memory_lock(unsigned reserve_kb, const struct trace *trace);

#endif
