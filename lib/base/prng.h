/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Seeded random numbers, for jitter only: never for keys. The same seed gives the
 * same numbers on every machine, which keeps the core deterministic.
 *
 * Source: splitmix64, Sebastiano Vigna (public domain).
 */
#ifndef HB_BASE_PRNG_H
#define HB_BASE_PRNG_H

#include <stdint.h>

struct prng {
	uint64_t state;
};

void prng_seed(struct prng *p, uint64_t seed);
uint64_t prng_next(struct prng *p);

/* Evenly in low..high, both included. Range: low <= high (asserted). */
uint64_t prng_between(struct prng *p, uint64_t low, uint64_t high);

#endif
