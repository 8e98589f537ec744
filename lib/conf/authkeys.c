/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/authkeys.h"

#include <string.h>

#include "base/text.h"
#include "conf/lex.h"
#include "conf/weak_key.h"

#define METHODS "crc, md5, sha1, sha256, sha512"
#define TWO_LINES "write two lines, 'auth 1' and '1 sha1 SECRET'"

/* A key that cannot be used: an error only if it is the one selected, known at the end. */
struct unusable {
	unsigned line;
	char *why;
};

struct reader {
	struct keyring *ring;
	const struct report *report;
	bool network; /* weak_key_network() */
	unsigned auth_line; /* 0: none yet */
	unsigned key_line[AUTH_INDEX_MAX + 1];
	struct unusable unusable[AUTH_INDEX_MAX + 1];
};

void
authkeys_check_file(unsigned mode, bool owner_ok, const struct report *report)
{
	if (mode == 0)
		return;
	if ((mode & 077) != 0)
		report_error(report, 0,
		    "its mode is %04o: others than its owner could read or replace the "
		    "keys: run "
		    "'chmod 600 %s'",
		    mode, report->file);
	if (!owner_ok)
		report_error(report, 0,
		    "it belongs to another user than root: run 'chown root %s' and 'chmod "
		    "600 %s'",
		    report->file, report->file);
}

/* A number at the start of *text, which moves behind it and the blanks that follow. */
static bool
take_number(const char **text, uint64_t *number)
{
	size_t len = strspn(*text, "0123456789");
	g_autofree char *digits = g_strndup(*text, MIN(len, 9));

	if (!text_to_u64(digits, 0, 999999999, number))
		return false;
	*text += len;
	*text += strspn(*text, LEX_BLANKS);
	return true;
}

static bool
index_ok(struct reader *r, unsigned line, uint64_t index)
{
	if (index <= AUTH_INDEX_MAX)
		return true;
	report_error(r->report, line,
	    "key number %u is out of range: numbers run from 0 to %d", (unsigned)index,
	    AUTH_INDEX_MAX);
	return false;
}

static void
read_auth(struct reader *r, unsigned line, const char *text)
{
	uint64_t index;

	text += strlen("auth");
	text += strspn(text, LEX_BLANKS);
	bool last = false;
	if (take_number(&text, &index))
		last = *text == '\0' || *text == '#';
	if (!last) {
		report_error(r->report, line,
		    "'auth' wants the number of a key and nothing else: write 'auth 1'");
		r->auth_line = line;
		r->ring->signing = -1;
		return;
	}
	if (r->auth_line != 0)
		report_hint(r->report, line,
		    "'auth' is given in line %u too: this line counts", r->auth_line);
	r->auth_line = line;
	r->ring->signing = index_ok(r, line, index) ? (int)index : -1;
}

static void
forget_key(struct reader *r, unsigned index)
{
	struct auth_key *key = &r->ring->keys[index];

	if (key->secret != NULL)
		explicit_bzero(key->secret, key->secret_len);
	g_free(key->secret);
	*key = (struct auth_key){.method = AUTH_NONE};
	g_clear_pointer(&r->unusable[index].why, g_free);
}

static void
read_secret(struct reader *r, unsigned line, unsigned index, enum auth_method method,
    const char *text)
{
	struct auth_key *key = &r->ring->keys[index];
	size_t len = strcspn(text, LEX_BLANKS);
	const char *behind = text + len + strspn(text + len, LEX_BLANKS);

	if (method == AUTH_CRC) {
		if (*text != '\0' && *text != '#')
			report_hint(r->report, line,
			    "key %u: crc uses no secret: the text behind it "
			    "is not used",
			    index);
		key->method = method;
		return;
	}
	if (len == 0) {
		r->unusable[index] = (struct unusable){
		    line, g_strdup_printf("key %u has no secret: write '%u %s SECRET'",
			      index, index, auth_method_name(method))};
		return;
	}
	if (*behind != '\0' && *behind != '#')
		report_hint(r->report, line,
		    "key %u: only the first word of the secret is used, as in 3.0.6: join "
		    "the words",
		    index);
	key->method = method;
	key->secret = g_strndup(text, len);
	key->secret_len = len;
}

static void
read_key(struct reader *r, unsigned line, const char *text)
{
	uint64_t number;

	if (!take_number(&text, &number)) {
		report_error(r->report, line,
		    "this line starts neither with 'auth' nor with the number of a key: "
		    "write "
		    "'NUMBER METHOD SECRET', such as '1 sha1 SECRET' (it is not shown, as "
		    "it may be "
		    "secret)");
		return;
	}
	if (!index_ok(r, line, number))
		return;
	unsigned index = (unsigned)number;
	if (r->key_line[index] != 0)
		report_hint(r->report, line,
		    "key %u is given in line %u too: this line counts", index,
		    r->key_line[index]);
	r->key_line[index] = line;
	forget_key(r, index);

	size_t len = strcspn(text, LEX_BLANKS);
	g_autofree char *name = g_strndup(text, len);
	enum auth_method method = auth_method_from_name(name);
	if (method != AUTH_NONE) {
		read_secret(
		    r, line, index, method, text + len + strspn(text + len, LEX_BLANKS));
	} else if (text[len] == '\0') {
		/* One word: it may be a secret whose method was forgotten. */
		r->unusable[index] = (struct unusable){
		    line, g_strdup_printf(
			      "key %u: the word behind the number is no method: write '%u "
			      "METHOD SECRET' with one of: " METHODS,
			      index, index)};
	} else {
		r->unusable[index] = (struct unusable){line,
		    g_strdup_printf(
			"key %u: unknown method '%s', known are: " METHODS, index, name)};
	}
	explicit_bzero(name, len);
}

/* Those that do not sign as well: what they verify counts. */
static void
hint_weak_keys(const struct reader *r)
{
	for (unsigned i = 0; i <= AUTH_INDEX_MAX; i++) {
		const char *why = weak_key_reason(&r->ring->keys[i], r->network);

		if (why != NULL)
			report_hint(r->report, r->key_line[i],
			    "key %u: %s: take a random one, like: head -c 24 /dev/urandom | base64",
			    i, why);
	}
}

static char *
known_keys(const struct reader *r)
{
	GString *all = g_string_new(NULL);

	for (unsigned i = 0; i <= AUTH_INDEX_MAX; i++)
		if (r->key_line[i] != 0)
			g_string_append_printf(all, "%s%u", all->len > 0 ? ", " : "", i);
	return g_string_free(all, FALSE);
}

static void
judge_signing(struct reader *r)
{
	g_autofree char *known = known_keys(r);
	int signing = r->ring->signing;

	if (r->auth_line == 0 && *known == '\0')
		report_error(r->report, 0, "there is no key in it: " TWO_LINES);
	else if (r->auth_line == 0)
		report_error(r->report, 0,
		    "no line says which key signs: write 'auth N' (keys defined: %s)",
		    known);
	else if (signing >= 0 && *known == '\0')
		report_error(r->report, r->auth_line,
		    "key %d is selected, but there is no key: write a line '%d sha1 "
		    "SECRET'",
		    signing, signing);
	else if (signing >= 0 && r->key_line[signing] == 0)
		report_error(r->report, r->auth_line,
		    "key %d is selected, but not defined: the keys defined are: %s",
		    signing, known);
}

void
authkeys_parse(
    struct keyring *ring, const char *text, bool network, const struct report *report)
{
	g_autoptr(GPtrArray) lines = lex_lines(text, LEX_AUTHKEYS, report);
	struct reader r = {.ring = ring, .report = report, .network = network};

	for (unsigned i = 0; i < lines->len; i++) {
		const struct lex_line *l = g_ptr_array_index(lines, i);

		if (g_ascii_strncasecmp(l->text, "auth", 4) == 0)
			read_auth(&r, l->line, l->text);
		else
			read_key(&r, l->line, l->text);
	}
	judge_signing(&r);
	hint_weak_keys(&r);
	for (unsigned i = 0; i <= AUTH_INDEX_MAX; i++) {
		struct unusable *u = &r.unusable[i];

		if (u->why != NULL && (int)i == ring->signing)
			report_error(report, u->line, "%s", u->why);
		else if (u->why != NULL)
			report_hint(report, u->line, "%s (not selected, so it is left out)",
			    u->why);
		g_free(u->why);
	}
}
