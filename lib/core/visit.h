/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * State written down and read again by one and the same function a struct, which names each
 * field once: what is saved is what is loaded, in the same order.
 *
 * Loading trusts nobody: each number has its range. After the first fault in.bad is set, and
 * everything read is 0 or empty. A running number over the kinds of all fields tells the states of
 * two versions apart whose fields differ.
 *
 * A function thing_visit(struct visit *v, struct thing *t) names every field of struct thing: in a
 * VISIT, in the visit of what it holds, or in NOT_VISITED; tests/lint/visit.sh holds it to that.
 */
#ifndef HB_CORE_VISIT_H
#define HB_CORE_VISIT_H

#include "base/monotime.h"
#include "core/pack.h"

struct visit {
	GByteArray *out;	/* saving: what was written so far; NULL: loading */
	struct unpack in;	/* loading: what is left to read */
	uint32_t form;
};

void visit_bool(struct visit *v, bool *value);
void visit_u64(struct visit *v, uint64_t *value);
void visit_i64(struct visit *v, int64_t *value);
/* A moment that can occur, or MOMENT_NEVER. */
void visit_moment(struct visit *v, struct moment *value);
void visit_span(struct visit *v, struct span *value);
/* A string or NULL, on the heap. */
void visit_text(struct visit *v, char **value);
/* A NULL-ended list of strings or NULL, on the heap. */
void visit_texts(struct visit *v, char ***value);

/* VISIT(v, n->late): a field of one of these types. */
#define VISIT(v, field) \
	_Generic((field), \
	    bool: visit_bool, \
	    uint64_t: visit_u64, \
	    int64_t: visit_i64, \
	    struct moment: visit_moment, \
	    struct span: visit_span, \
	    char *: visit_text, \
	    char **: visit_texts)((v), &(field))

/* An enum or an unsigned; both ends included. */
unsigned visit_unsigned(struct visit *v, unsigned value, unsigned max);
#define VISIT_UPTO(v, field, max) ((field) = visit_unsigned((v), (field), (max)))

/* The index of one of count things, or -1. */
void visit_index(struct visit *v, int *value, unsigned count);
/* How many there are of something whose number changes. */
unsigned visit_count(struct visit *v, unsigned count, unsigned max);
/* An array of bytes in a struct. */
void visit_bytes(struct visit *v, unsigned char *bytes, size_t len);
/* Bytes of any number. Owns: loading, they point into what is read. */
void visit_blob(struct visit *v, const void **bytes, size_t *len);
/* A string in an array of that size. */
void visit_buffer(struct visit *v, char *text, size_t size);

/* One of some words that outlive every core, or NULL. known: gives it for its text. */
typedef const char *visit_known(const char *text);
void visit_word(struct visit *v, const char **word, visit_known *known);

/* A field that core_new() has made already, or that means nothing between two steps. */
#define NOT_VISITED(field) ((void)sizeof(field))

/* Loading: it is a fault if that does not hold. */
void visit_expect(struct visit *v, bool holds);

#endif
