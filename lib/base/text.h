/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text to values and back: strict numbers, durations, names of enum values.
 */
#ifndef HB_BASE_TEXT_H
#define HB_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/monotime.h"

/*
 * A whole decimal number: digits only, no sign, no blank, nothing behind it.
 *
 * Range:  min..max, both included.
 * Errors: false; *out is unchanged.
 */
bool text_to_u64(const char *text, uint64_t min, uint64_t max, uint64_t *out);

/* The same in hexadecimal, upper or lower case, no prefix, at most 16 digits. */
bool text_hex_to_u64(const char *text, uint64_t *out);

/*
 * A duration as ha.cf has it: digits with an optional fraction, then a unit, blanks
 * between them allowed. No unit means seconds. Units, any case: us usec, ms msec,
 * s sec second(s), m min minute(s), h hour(s), d day(s). Rounded to the nearest
 * millisecond.
 *
 * Range:  0 .. 100 years.
 * Errors: false; *out is unchanged.
 * Source: compat config.md 2.1 (3.0.6 knew seconds, ms and us only).
 */
bool text_to_span(const char *text, struct span *out);

/* "500ms", "1.5s", "30s", "2m", "1h": the shortest exact form text_to_span() reads. */
char *text_from_span(struct span s);

/* true/on/yes/y/1 and false/off/no/n/0 in any case. Errors: false. */
bool text_to_bool(const char *text, bool *out);

/*
 * The nearest of n candidate words by edit distance, ignoring case, for "did you mean".
 *
 * Errors: NULL if none is near enough (a third of the word, at least one letter).
 */
const char *text_nearest(const char *word, const char *const *candidates, size_t n);

/*
 * A copy safe to log: control characters and bytes above 126 as \xNN, cut at max bytes
 * of input with "..." behind.
 */
char *text_escape(const void *bytes, size_t len, size_t max);

#endif
