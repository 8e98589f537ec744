/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A message: a flat, ordered list of name = value fields. What travels between nodes
 * (wire.h), and also what clients ask and are told (request.h).
 */
#ifndef HB_PROTO_MSG_H
#define HB_PROTO_MSG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Wire types of 3.0.6; only strings and binary are ever made here. */
enum field_type {
	FIELD_STRING = 0,
	FIELD_BINARY = 1,
	FIELD_STRUCT = 2,
	FIELD_LIST = 3,
	FIELD_COMPRESSED = 4,
};

/* Named limits of everything from outside. */
#define MSG_FIELDS_MAX 256
#define MSG_NAME_MAX 64

struct field {
	char *name;
	enum field_type type;
	char *value;	/* len bytes, and a NUL behind them for the sake of strings */
	size_t len;
};

struct msg;

/* A message with the field t=type, or without any field if type is NULL. */
struct msg *msg_new(const char *type);
struct msg *msg_copy(const struct msg *m);
void msg_free(struct msg *m);

/* "AUTO_MSG struct msg *m = NULL;" is freed when it goes out of scope. */
static inline void
msg_freep(struct msg **m)
{
	msg_free(*m);
}
#define AUTO_MSG __attribute__((cleanup(msg_freep)))

/*
 * Add a field behind the others. A name that is there already is not looked for: of two
 * equal names the first counts, as in 3.0.6.
 *
 * Range:  name 1..MSG_NAME_MAX bytes, no control character and no '=' among them, the
 *         first none of '(' '<' '>', which open things in the classic form; a string
 *         holds no NUL; at most MSG_FIELDS_MAX fields.
 * Errors: false, nothing added.
 */
bool msg_add_bytes(
    struct msg *m, const char *name, enum field_type type, const void *value, size_t len);

/* For fields of our own making, where a failure is our bug (asserted). */
void msg_add(struct msg *m, const char *name, const char *value);
void msg_add_format(struct msg *m, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void msg_add_hex(struct msg *m, const char *name, uint64_t value);
void msg_add_binary(struct msg *m, const char *name, const void *value, size_t len);

/* Replace the first field of that name in place, or add it. */
void msg_set(struct msg *m, const char *name, const char *value);

size_t msg_count(const struct msg *m);
const struct field *msg_field(const struct msg *m, size_t i);

/* The first field of that name, or NULL. */
const struct field *msg_find(const struct msg *m, const char *name);

/*
 * The value of a string field; NULL if there is none of that name or it is not a string.
 * Owns: the message keeps it.
 */
const char *msg_get(const struct msg *m, const char *name);

/* A number in a string field. Errors: false (absent or no number); *out unchanged. */
bool msg_get_hex(const struct msg *m, const char *name, uint64_t *out);
bool msg_get_decimal(const struct msg *m, const char *name, uint64_t *out);

/* msg_get(m, "t"), or "" */
const char *msg_type(const struct msg *m);

#endif
