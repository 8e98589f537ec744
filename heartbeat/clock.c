/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "clock.h"

#include <time.h>

static int64_t
clock_ns(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct clock_reading
clock_read(void)
{
	return (struct clock_reading){
	    .now = {clock_ns(CLOCK_MONOTONIC)},
	    .real_ns = clock_ns(CLOCK_REALTIME),
	};
}

struct moment
clock_received(const struct clock_reading *c, int64_t stamp_ns)
{
	const int64_t age_max = span_from_ms(CLOCK_STAMP_AGE_MAX_MS).ns;
	int64_t age;

	if (stamp_ns <= 0)
		return c->now;
	age = c->real_ns - stamp_ns;
	if (age < 0)
		age = 0;
	if (age > age_max)
		age = age_max;
	return (struct moment){c->now.ns - age};
}
