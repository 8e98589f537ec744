/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/prng.h"

#include <assert.h>

void
prng_seed(struct prng *p, uint64_t seed)
{
	p->state = seed;
}

uint64_t
prng_next(struct prng *p)
{
	uint64_t z = (p->state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

uint64_t
prng_between(struct prng *p, uint64_t low, uint64_t high)
{
	assert(low <= high);
	uint64_t width = high - low + 1;

	/* The bias of the remainder is below 2^-40 for the milliseconds asked for here. */
	return width == 0 ? prng_next(p) : low + prng_next(p) % width;
}
