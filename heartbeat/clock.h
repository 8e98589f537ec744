/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two clocks, read together, and the kernel's receive timestamps made moments.
 */
#ifndef HB_CLOCK_H
#define HB_CLOCK_H

#include <stdint.h>

#include "base/monotime.h"

struct clock_reading {
	struct moment now;	/* CLOCK_MONOTONIC */
	int64_t real_ns;	/* CLOCK_REALTIME, since 1970 */
};

struct clock_reading clock_read(void);

/* A timestamp older than this is not believed: somebody set the wall clock meanwhile. */
#define CLOCK_STAMP_AGE_MAX_MS (3600 * 1000)

/*
 * When a packet came in, from its SO_TIMESTAMPNS stamp on the wall clock.
 *
 * Units:  stamp_ns in nanoseconds since 1970; 0: there was none.
 * Range:  the result lies in [now - 1 h, now]; without a stamp it is now.
 */
struct moment clock_received(const struct clock_reading *c, int64_t stamp_ns);

#endif
