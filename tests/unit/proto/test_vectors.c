/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every packet of tests/vectors: those that 3.0.6 sent and those that were made by hand
 * and shown to a live 3.0.6. vectors.tsv says what each is worth.
 */
#include "proto/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "proto/envelope.h"
#include "proto/frames.h"
#include "sample.h"

/* Rows of vectors.tsv, the stream left out; and those with an inner auth field. */
#define PACKET_COUNT 114
#define INNER_COUNT 58

struct vector {
	char **columns;
	const char *file, *sender, *authkeys, *type, *valid, *note;
	int number;
};

/* What is wrong with those that are refused, and what only the envelope shows. */
static const struct refusal {
	int number;
	enum seal_result seal;
	enum envelope_result envelope;
} refusals[] = {
    {111, SEAL_FORGED, ENVELOPE_OK},
    {112, SEAL_FORGED, ENVELOPE_OK},
    {113, SEAL_FORGED, ENVELOPE_OK},
    {114, SEAL_FORGED, ENVELOPE_OK},
    {115, SEAL_NO_KEY, ENVELOPE_OK},
    {117, SEAL_UNSIGNED, ENVELOPE_OK},
    {118, SEAL_FORGED, ENVELOPE_OK},
    {119, SEAL_BAD_FRAME, ENVELOPE_OK},
    {120, SEAL_BAD_FRAME, ENVELOPE_OK},
    {121, SEAL_BAD_FRAME, ENVELOPE_OK},
    {123, SEAL_UNSIGNED, ENVELOPE_OK},
    {124, SEAL_FORGED, ENVELOPE_OK},
    {125, SEAL_FORGED, ENVELOPE_OK},
    {126, SEAL_BAD_FRAME, ENVELOPE_OK},
    {127, SEAL_BAD_FRAME, ENVELOPE_OK},
    /* Well signed and well formed, by a name that no configuration has. */
    {129, SEAL_OK, ENVELOPE_OK},
    {130, SEAL_OK, ENVELOPE_OK},
    {131, SEAL_OK, ENVELOPE_NO_SEQ},
    {132, SEAL_OK, ENVELOPE_NO_TIME},
    {133, SEAL_OK, ENVELOPE_BAD_TIME},
    {141, SEAL_BAD_TEXT, ENVELOPE_OK},
};

static const struct refusal *
refusal_find(int number)
{
	for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
		if (refusals[i].number == number)
			return &refusals[i];
	}
	return NULL;
}

static bool
vector_is_handmade(const struct vector *v)
{
	return g_str_has_prefix(v->note, "made by hand");
}

/* The receiver's whole authkeys file, as the head of vectors.tsv describes it. */
static void
vector_keys(const struct vector *v, struct keyring *ring)
{
	memset(ring, 0, sizeof(*ring));
	if (vector_is_handmade(v)) {
		sample_key(ring, "3 crc");
		sample_key(ring, "2 md5 second-key");
		sample_key(ring, "1 sha1 secret");
	} else {
		sample_key(ring, v->authkeys);
	}
}

static GByteArray *list_bytes;

static int
vectors_load(void **state)
{
	GPtrArray *vectors = g_ptr_array_new();
	list_bytes = sample_read("vectors.tsv");
	g_autofree char *text = g_strndup((const char *)list_bytes->data, list_bytes->len);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (size_t i = 0; lines[i] != NULL; i++) {
		if (lines[i][0] == '\0' || lines[i][0] == '#')
			continue;
		if (g_str_has_prefix(lines[i], "file\t"))
			continue;
		struct vector *v = g_new0(struct vector, 1);
		v->columns = g_strsplit(lines[i], "\t", 7);
		assert_int_equal(g_strv_length(v->columns), 7);
		v->file = v->columns[0];
		v->sender = v->columns[1];
		v->authkeys = v->columns[2];
		v->type = v->columns[4];
		v->valid = v->columns[5];
		v->note = v->columns[6];
		v->number = atoi(v->file);
		g_ptr_array_add(vectors, v);
	}
	*state = vectors;
	return 0;
}

static int
vectors_unload(void **state)
{
	GPtrArray *vectors = *state;

	for (guint i = 0; i < vectors->len; i++) {
		struct vector *v = vectors->pdata[i];

		g_strfreev(v->columns);
		g_free(v);
	}
	g_ptr_array_unref(vectors);
	g_byte_array_unref(list_bytes);
	return 0;
}

typedef void vector_fn(
    const struct vector *v, const struct keyring *ring, GByteArray *bytes);

/* Call fn for every single packet, streams left out; returns how many. */
static unsigned
vectors_each(void **state, vector_fn *fn)
{
	GPtrArray *vectors = *state;
	unsigned count = 0;

	for (guint i = 0; i < vectors->len; i++) {
		const struct vector *v = vectors->pdata[i];
		struct keyring ring;

		if (strcmp(v->type, "(stream)") == 0)
			continue;
		g_autoptr(GByteArray) bytes = sample_read(v->file);
		vector_keys(v, &ring);
		fn(v, &ring, bytes);
		keyring_clear(&ring);
		count++;
	}
	return count;
}

static void
verdict_check(const struct vector *v, const struct keyring *ring, GByteArray *bytes)
{
	AUTO_MSG struct msg *m = NULL;
	bool good = strcmp(v->valid, "yes") == 0 || strcmp(v->valid, "no (state)") == 0;
	const struct refusal *refusal = refusal_find(v->number);
	enum seal_result expected = good	      ? SEAL_OK
				    : refusal != NULL ? refusal->seal
						      : SEAL_OK;
	enum seal_result result = seal_open(ring, bytes->data, bytes->len, &m);
	struct envelope envelope;

	/* Each row is one or the other, and the table above knows every refused one. */
	if (good != (refusal == NULL))
		fail_msg("%s: \"%s\" is not what the table says", v->file, v->valid);
	if (result != expected)
		fail_msg("%s: %s, not %s", v->file, seal_result_name(result),
		    seal_result_name(expected));
	assert_true((m != NULL) == (result == SEAL_OK));
	if (m == NULL)
		return;
	enum envelope_result wanted = good ? ENVELOPE_OK : refusal->envelope;
	enum envelope_result read = envelope_read(m, &envelope);
	if (read != wanted)
		fail_msg("%s: %s, not %s", v->file, envelope_result_name(read),
		    envelope_result_name(wanted));
	assert_string_equal(msg_type(m), v->type);
	assert_null(msg_find(m, "auth"));
	if (good)
		assert_string_equal(envelope.src, v->sender);
}

static void
test_verdicts(void **state)
{
	assert_int_equal(vectors_each(state, verdict_check), PACKET_COUNT);
}

static unsigned identical, inner_checked;

static const char *
inner_auth(const GByteArray *bytes)
{
	static const char mark[] = ":(0)auth=";
	const char *inner = sample_find(bytes, mark);

	return inner != NULL ? inner + strlen(mark) : NULL;
}

/*
 * Opened and closed again in both forms it is the same message; and where 3.0.6 added no
 * inner auth field, its very bytes.
 */
static void
round_trip_check(const struct vector *v, const struct keyring *ring, GByteArray *bytes)
{
	AUTO_MSG struct msg *m = NULL;
	struct keyring signing = *ring;

	if (seal_open(ring, bytes->data, bytes->len, &m) != SEAL_OK)
		return;
	signing.signing = atoi(v->authkeys);
	for (int form = WIRE_NETSTRING; form <= WIRE_CLASSIC; form++) {
		AUTO_MSG struct msg *again = NULL;
		bool same_form =
		    form == (bytes->data[0] == '#' ? WIRE_NETSTRING : WIRE_CLASSIC);
		bool nul = bytes->data[bytes->len - 1] == '\0';
		g_autoptr(GByteArray) made =
		    seal_close(&signing, m, (enum wire_form)form, nul);

		assert_int_equal(seal_open(ring, made->data, made->len, &again), SEAL_OK);
		assert_true(sample_same(m, again));
		if (!same_form || inner_auth(bytes) != NULL)
			continue;
		assert_int_equal(made->len, bytes->len);
		assert_memory_equal(made->data, bytes->data, made->len);
		identical++;
	}
}

static void
test_round_trips(void **state)
{
	identical = 0;
	vectors_each(state, round_trip_check);
	assert_true(identical > 30);
}

/*
 * The inner auth field of a netstring is what 3.0.6 made of the same message in classic
 * form: a second opinion on our classic signatures.
 */
static void
inner_check(const struct vector *v, const struct keyring *ring, GByteArray *bytes)
{
	AUTO_MSG struct msg *m = NULL;
	char trailer[AUTH_TRAILER_MAX];

	if (strstr(v->note, "trailer + inner auth field") == NULL)
		return;
	assert_int_equal(seal_open(ring, bytes->data, bytes->len, &m), SEAL_OK);
	g_autoptr(GByteArray) covered = wire_signed_part(m, WIRE_CLASSIC);
	auth_sign(ring, ring->signing, covered->data, covered->len, trailer);
	const char *inner = inner_auth(bytes);
	assert_non_null(inner);
	assert_memory_equal(inner, trailer, strlen(trailer));
	assert_int_equal(inner[strlen(trailer)], ',');
	inner_checked++;
}

static void
test_inner_signatures(void **state)
{
	inner_checked = 0;
	vectors_each(state, inner_check);
	assert_int_equal(inner_checked, INNER_COUNT);
}

static void
frame_check(void *arg, const void *bytes, size_t len)
{
	GString *types = arg;
	struct keyring ring = {0};
	AUTO_MSG struct msg *m = NULL;

	sample_key(&ring, "1 sha1 secret");
	assert_int_equal(seal_open(&ring, bytes, len, &m), SEAL_OK);
	g_string_append_printf(types, "%s ", msg_type(m));
	keyring_clear(&ring);
}

static void
test_stream(void **state)
{
	g_autoptr(GByteArray) bytes = sample_read("087-serial-stream.pkt");
	g_autoptr(GString) types = g_string_new(NULL);
	struct frames *frames = frames_new();

	(void)state;
	frames_feed(frames, bytes->data, bytes->len, frame_check, types);
	assert_string_equal(types->str, "status status status NS_ackmsg status reqnodes ");
	assert_int_equal(frames_dropped(frames), 0);
	frames_free(frames);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_verdicts),
	    cmocka_unit_test(test_round_trips),
	    cmocka_unit_test(test_inner_signatures),
	    cmocka_unit_test(test_stream),
	};

	return cmocka_run_group_tests_name(
	    "proto/vectors", tests, vectors_load, vectors_unload);
}
