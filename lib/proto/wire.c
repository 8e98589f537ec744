/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two passes over the bytes of a datagram. wire_frame() follows lengths and line ends and
 * nothing else; what it finds is enough to check the signature. Only then does
 * wire_decode() look at types, names and values. Neither believes anything the first one
 * has not bounded.
 */
#include "proto/wire.h"

#include <assert.h>
#include <string.h>

#define NETSTRING_START "###\n"
#define NETSTRING_END "%%%\n"
#define CLASSIC_START ">>>\n"
#define CLASSIC_END "<<<\n"
#define MARKER_LEN 4

/* More digits than any length below REPLY_MAX has. */
#define LENGTH_DIGITS_MAX 7

/* How the classic form writes a newline inside a string. */
#define CLASSIC_NEWLINE 0x13

/* Room for a usual message. */
#define BYTES_USUAL 512

#define AUTH_FIELD "auth"
#define AUTH_LINE "auth="

static const char *const result_texts[] = {
    [WIRE_OK] = "is a message",
    [WIRE_TOO_LONG] = "is too long",
    [WIRE_NO_FRAME] = "begins with no known marker",
    [WIRE_CUT] = "ends in the middle of a field",
    [WIRE_BAD_FIELD] = "has a field that cannot be read",
    [WIRE_TOO_MANY] = "has too many fields",
};
static_assert(G_N_ELEMENTS(result_texts) == WIRE_RESULT_COUNT, "a text for each result");

const char *
wire_result_text(enum wire_result result)
{
	assert(result < WIRE_RESULT_COUNT);
	return result_texts[result];
}

/* What is still to be read. */
struct cursor {
	const char *at;
	const char *end;
};

static bool
cursor_sees(const struct cursor *c, const char *marker)
{
	return c->end - c->at >= MARKER_LEN && memcmp(c->at, marker, MARKER_LEN) == 0;
}

/* LEN ":" bytes ",": LEN without sign, blank or leading zero. */
static enum wire_result
netstring_take(struct cursor *c, const char **value, size_t *len)
{
	const char *digits = c->at;
	size_t n = 0;

	while (c->at < c->end && g_ascii_isdigit(*c->at)) {
		if (c->at - digits >= LENGTH_DIGITS_MAX)
			return WIRE_BAD_FIELD;
		n = n * 10 + (size_t)(*c->at++ - '0');
	}
	if (c->at == c->end)
		return WIRE_CUT;
	if (*c->at != ':' || c->at == digits || (*digits == '0' && c->at - digits > 1))
		return WIRE_BAD_FIELD;
	c->at++;
	if ((size_t)(c->end - c->at) <= n)
		return WIRE_CUT;
	if (c->at[n] != ',')
		return WIRE_BAD_FIELD;
	*value = c->at;
	*len = n;
	c->at += n + 1;
	return WIRE_OK;
}

static enum wire_result
netstring_frame(struct cursor c, struct wire_frame *out)
{
	const char *start = c.at - MARKER_LEN;
	const char *value;
	enum wire_result result;
	size_t count = 0;
	size_t len;

	out->form = WIRE_NETSTRING;
	out->body = c.at;
	while (!cursor_sees(&c, NETSTRING_END)) {
		if (count++ == MSG_FIELDS_MAX)
			return WIRE_TOO_MANY;
		result = netstring_take(&c, &value, &len);
		if (result != WIRE_OK)
			return result;
	}
	out->body_len = (size_t)(c.at - out->body);
	c.at += MARKER_LEN;
	if (c.at < c.end) {
		result = netstring_take(&c, &out->trailer, &out->trailer_len);
		if (result != WIRE_OK)
			return result;
	}
	out->total = (size_t)(c.at - start);
	return WIRE_OK;
}

/* The next line that is not blank, without its newline. */
static enum wire_result
line_take(struct cursor *c, const char **line, size_t *len)
{
	while (c->at < c->end && *c->at == '\n')
		c->at++;
	if (c->at == c->end)
		return WIRE_CUT;
	const char *newline = memchr(c->at, '\n', (size_t)(c->end - c->at));
	if (newline == NULL)
		return WIRE_CUT;
	*line = c->at;
	*len = (size_t)(newline - c->at);
	c->at = newline + 1;
	return WIRE_OK;
}

static bool
line_is_auth(const char *line, size_t len)
{
	return len >= strlen(AUTH_LINE) && memcmp(line, AUTH_LINE, strlen(AUTH_LINE)) == 0;
}

static enum wire_result
classic_frame(struct cursor c, struct wire_frame *out)
{
	const char *start = c.at - MARKER_LEN;
	size_t count = 0;

	out->form = WIRE_CLASSIC;
	out->body = c.at;
	for (;;) {
		const char *line;
		size_t len;
		enum wire_result result = line_take(&c, &line, &len);

		if (result != WIRE_OK)
			return result;
		/* len leaves the newline out, which is there. */
		if (len + 1 == MARKER_LEN && memcmp(line, CLASSIC_END, MARKER_LEN) == 0) {
			out->body_len = (size_t)(line - out->body);
			break;
		}
		if (memchr(line, '\0', len) != NULL)
			return WIRE_BAD_FIELD;
		if (!line_is_auth(line, len)) {
			/* The signature is no field: a message may have as many in either form. */
			if (count++ == MSG_FIELDS_MAX)
				return WIRE_TOO_MANY;
			continue;
		}
		/* Nobody sends two signatures, and which one counts would be a guess. */
		if (out->trailer != NULL)
			return WIRE_BAD_FIELD;
		out->trailer = line + strlen(AUTH_LINE);
		out->trailer_len = len - strlen(AUTH_LINE);
	}
	if (c.at < c.end && *c.at == '\0')
		c.at++;
	out->total = (size_t)(c.at - start);
	return WIRE_OK;
}

enum wire_result
wire_frame_upto(const void *buf, size_t len, size_t max, struct wire_frame *out)
{
	memset(out, 0, sizeof(*out));
	if (len > max)
		return WIRE_TOO_LONG;
	/* buf may be NULL if there is nothing in it. */
	if (len < MARKER_LEN)
		return WIRE_NO_FRAME;
	struct cursor c = {buf, (const char *)buf + len};
	bool netstring = cursor_sees(&c, NETSTRING_START);
	if (!netstring && !cursor_sees(&c, CLASSIC_START))
		return WIRE_NO_FRAME;
	c.at += MARKER_LEN;
	return netstring ? netstring_frame(c, out) : classic_frame(c, out);
}

enum wire_result
wire_frame(const void *buf, size_t len, struct wire_frame *out)
{
	return wire_frame_upto(buf, len, WIRE_MAX, out);
}

static void
append(GByteArray *out, const void *bytes, size_t len)
{
	if (len > 0)
		g_byte_array_append(out, bytes, (guint)len);
}

static void
append_text(GByteArray *out, const char *text)
{
	append(out, text, strlen(text));
}

GByteArray *
wire_frame_signed_part(const struct wire_frame *frame)
{
	GByteArray *out = g_byte_array_sized_new((guint)frame->body_len + 2 * MARKER_LEN);

	if (frame->form == WIRE_NETSTRING) {
		/* With the markers, which stand around the body. */
		append(out, frame->body - MARKER_LEN, frame->body_len + 2 * MARKER_LEN);
		return out;
	}
	struct cursor c = {frame->body, frame->body + frame->body_len};
	const char *line;
	size_t len;
	while (line_take(&c, &line, &len) == WIRE_OK) {
		if (!line_is_auth(line, len))
			append(out, line, len + 1);
	}
	return out;
}

/* Add the field unless it is an auth field. Errors: the message does not take it. */
static bool
field_add(struct msg *m, const char *name, size_t name_len, enum field_type type,
    const void *value, size_t len)
{
	if (name_len > MSG_NAME_MAX || memchr(name, '\0', name_len) != NULL)
		return false;
	char copy[MSG_NAME_MAX + 1];
	memcpy(copy, name, name_len);
	copy[name_len] = '\0';
	if (strcmp(copy, AUTH_FIELD) == 0)
		return true;
	return msg_add_bytes(m, copy, type, value, len);
}

/* "(0)" to "(4)". Errors: false. */
static bool
type_take(struct cursor *c, enum field_type *type)
{
	if (c->end - c->at < 3 || c->at[0] != '(' || c->at[2] != ')')
		return false;
	if (c->at[1] < '0' || c->at[1] > '0' + FIELD_COMPRESSED)
		return false;
	*type = (enum field_type)(c->at[1] - '0');
	c->at += 3;
	return true;
}

static bool
netstring_field(struct msg *m, const char *field, size_t len)
{
	struct cursor c = {field, field + len};
	enum field_type type;

	if (!type_take(&c, &type))
		return false;
	const char *equals = memchr(c.at, '=', (size_t)(c.end - c.at));
	if (equals == NULL)
		return false;
	return field_add(m, c.at, (size_t)(equals - c.at), type, equals + 1,
	    (size_t)(c.end - equals - 1));
}

/*
 * GLib's reader skips what is no base64; a text that is not exactly what its bytes are
 * written as was not made by a node.
 */
static guchar *
base64_read(const char *text, gsize *len)
{
	g_autofree guchar *bytes = g_base64_decode(text, len);
	g_autofree char *again = g_base64_encode(bytes, *len);

	return strcmp(text, again) == 0 ? g_steal_pointer(&bytes) : NULL;
}

static void
byte_replace(char *bytes, size_t len, char from, char to)
{
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] == from)
			bytes[i] = to;
	}
}

static bool
classic_field(struct msg *m, const char *line, size_t line_len)
{
	struct cursor c = {line, line + line_len};
	enum field_type type = FIELD_STRING;

	if (*line == '(' && !type_take(&c, &type))
		return false;
	const char *equals = memchr(c.at, '=', (size_t)(c.end - c.at));
	if (equals == NULL)
		return false;
	const char *value = equals + 1;
	gsize len = (size_t)(c.end - value);
	g_autofree char *copy = NULL;
	if (type == FIELD_BINARY) {
		g_autofree char *text = g_strndup(value, len);

		copy = (char *)base64_read(text, &len);
		if (copy == NULL)
			return false;
	} else if (type == FIELD_STRING && memchr(value, CLASSIC_NEWLINE, len) != NULL) {
		copy = g_strndup(value, len);
		byte_replace(copy, len, CLASSIC_NEWLINE, '\n');
	}
	return field_add(
	    m, c.at, (size_t)(equals - c.at), type, copy != NULL ? copy : value, len);
}

enum wire_result
wire_decode(const struct wire_frame *frame, struct msg **out)
{
	struct cursor c = {frame->body, frame->body + frame->body_len};
	AUTO_MSG struct msg *m = msg_new(NULL);
	const char *at;
	size_t len;

	*out = NULL;
	if (frame->form == WIRE_NETSTRING) {
		while (c.at < c.end) {
			enum wire_result result = netstring_take(&c, &at, &len);

			if (result != WIRE_OK)
				return result;
			if (!netstring_field(m, at, len))
				return WIRE_BAD_FIELD;
		}
	} else {
		while (line_take(&c, &at, &len) == WIRE_OK) {
			if (!classic_field(m, at, len))
				return WIRE_BAD_FIELD;
		}
	}
	*out = g_steal_pointer(&m);
	return WIRE_OK;
}

static void
netstring_write(GByteArray *out, const struct field *f)
{
	char head[32];
	size_t len = strlen("(0)") + strlen(f->name) + strlen("=") + f->len;

	g_snprintf(head, sizeof(head), "%zu:(%d)", len, (int)f->type);
	append_text(out, head);
	append_text(out, f->name);
	append_text(out, "=");
	append(out, f->value, f->len);
	append_text(out, ",");
}

static void
classic_write(GByteArray *out, const struct field *f)
{
	if (f->type != FIELD_BINARY && f->type != FIELD_STRING)
		return;
	if (f->type == FIELD_BINARY)
		append_text(out, "(1)");
	append_text(out, f->name);
	append_text(out, "=");
	if (f->type == FIELD_BINARY) {
		g_autofree char *text = g_base64_encode((const guchar *)f->value, f->len);

		append_text(out, text);
	} else {
		guint before = out->len;

		append(out, f->value, f->len);
		byte_replace((char *)out->data + before, f->len, '\n', CLASSIC_NEWLINE);
	}
	append_text(out, "\n");
}

GByteArray *
wire_signed_part(const struct msg *m, enum wire_form form)
{
	GByteArray *out = g_byte_array_sized_new(BYTES_USUAL);

	if (form == WIRE_NETSTRING)
		append_text(out, NETSTRING_START);
	for (size_t i = 0; i < msg_count(m); i++) {
		const struct field *f = msg_field(m, i);

		if (strcmp(f->name, AUTH_FIELD) == 0)
			continue;
		if (form == WIRE_NETSTRING)
			netstring_write(out, f);
		else
			classic_write(out, f);
	}
	if (form == WIRE_NETSTRING)
		append_text(out, NETSTRING_END);
	return out;
}

GByteArray *
wire_encode(const struct msg *m, enum wire_form form, const char *trailer)
{
	return wire_wrap(wire_signed_part(m, form), form, trailer);
}

GByteArray *
wire_wrap(GByteArray *out, enum wire_form form, const char *trailer)
{
	if (form == WIRE_CLASSIC) {
		g_byte_array_prepend(out, (const guint8 *)CLASSIC_START, MARKER_LEN);
		if (trailer != NULL) {
			append_text(out, AUTH_LINE);
			append_text(out, trailer);
			append_text(out, "\n");
		}
		append_text(out, CLASSIC_END);
	} else if (trailer != NULL) {
		g_autofree char *text =
		    g_strdup_printf("%zu:%s,", strlen(trailer), trailer);

		append_text(out, text);
	}
	return out;
}
