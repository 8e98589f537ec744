/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What every fuzz target has: the function that is called with bytes, claims that must hold
 * whatever they are, and a reader that makes decisions of them. It never runs dry in a way
 * that matters: behind the end everything reads as zero.
 */
#ifndef HB_TEST_FUZZ_H
#define HB_TEST_FUZZ_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf/conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* What does not hold is a finding. */
#define CLAIM(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: claim failed: %s\n", __FILE__, __LINE__, \
			    #condition); \
			abort(); \
		} \
	} while (0)

static inline bool
same_bytes(const GByteArray *a, const GByteArray *b)
{
	return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

struct reader {
	const uint8_t *at;
	size_t left;
};

static inline uint8_t
take_byte(struct reader *r)
{
	if (r->left == 0)
		return 0;
	r->left--;
	return *r->at++;
}

/* 0 .. below-1 */
static inline unsigned
take_below(struct reader *r, unsigned below)
{
	return take_byte(r) % below;
}

static inline bool
take_bit(struct reader *r)
{
	return (take_byte(r) & 1) != 0;
}

/* The next bytes up to a length that stands in front of them, or up to the end. */
static inline const uint8_t *
take_bytes(struct reader *r, size_t *len)
{
	size_t wanted = take_byte(r);
	const uint8_t *at;

	wanted |= (size_t)take_byte(r) << 8;
	*len = MIN(wanted, r->left);
	at = r->at;
	r->at += *len;
	r->left -= *len;
	return at;
}

/* A small number, or one where counting goes wrong. */
static inline uint64_t
take_number(struct reader *r)
{
	static const uint64_t odd[] = {UINT64_MAX, UINT64_MAX - 1, INT64_MAX,
	    (uint64_t)INT64_MAX + 1, UINT32_MAX, (uint64_t)UINT32_MAX + 1, 1000000,
	    1u << 16};
	uint8_t b = take_byte(r);

	return b < 256 - G_N_ELEMENTS(odd) ? b : odd[b - (256 - G_N_ELEMENTS(odd))];
}

/* Three texts as files of one node; NULL if they are refused. Faults, if wanted, are added.
 */
static inline struct conf *
conf_of(const char *node, const char *hacf, const char *haresources, const char *authkeys,
    GPtrArray *faults)
{
	g_autoptr(GPtrArray) own = conf_faults_new();
	const struct conf_text text = {
	    .hacf_path = "ha.cf",
	    .hacf = hacf,
	    .haresources_path = "haresources",
	    .haresources = haresources,
	    .authkeys_path = "authkeys",
	    .authkeys = authkeys,
	    .authkeys_mode = 0600,
	    .authkeys_owner_ok = true,
	    .node_name = node,
	};

	return conf_parse(&text, faults != NULL ? faults : own);
}

#endif
