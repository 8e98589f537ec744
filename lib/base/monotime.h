/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A moment on the monotonic clock, and a span between two moments. They are types
 * of their own so that the compiler refuses to mix them with numbers, with each
 * other, or with the wall clock.
 *
 * Units: nanoseconds inside; the functions say what they take and give.
 */
#ifndef HB_BASE_MONOTIME_H
#define HB_BASE_MONOTIME_H

#include <stdbool.h>
#include <stdint.h>

struct moment {
	int64_t ns;
};

struct span {
	int64_t ns;
};

/* Later than every moment that can occur: "no deadline". */
#define MOMENT_NEVER ((struct moment){INT64_MAX})

static inline struct span
span_from_ms(int64_t ms)
{
	return (struct span){ms * 1000000};
}

/* Rounded towards zero. */
static inline int64_t
span_ms(struct span s)
{
	return s.ns / 1000000;
}

static inline double
span_seconds(struct span s)
{
	return (double)s.ns / 1e9;
}

static inline struct span
span_add(struct span a, struct span b)
{
	return (struct span){a.ns + b.ns};
}

static inline bool
span_exceeds(struct span a, struct span b)
{
	return a.ns > b.ns;
}

/* MOMENT_NEVER stays MOMENT_NEVER. */
static inline struct moment
moment_add(struct moment m, struct span s)
{
	if (m.ns == INT64_MAX)
		return m;
	return (struct moment){m.ns + s.ns};
}

/* From earlier to later; negative if they are the other way round. */
static inline struct span
moment_since(struct moment later, struct moment earlier)
{
	return (struct span){later.ns - earlier.ns};
}

static inline bool
moment_before(struct moment a, struct moment b)
{
	return a.ns < b.ns;
}

/* Has the deadline come? A deadline that equals now has. */
static inline bool
moment_reached(struct moment now, struct moment deadline)
{
	return now.ns >= deadline.ns;
}

static inline bool
moment_is_never(struct moment m)
{
	return m.ns == INT64_MAX;
}

static inline struct moment
moment_min(struct moment a, struct moment b)
{
	return a.ns < b.ns ? a : b;
}

static inline struct moment
moment_max(struct moment a, struct moment b)
{
	return a.ns > b.ns ? a : b;
}

#endif
