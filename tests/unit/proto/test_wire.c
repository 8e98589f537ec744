/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <string.h>

#include "base/prng.h"
#include "sample.h"

/* Where and how reading ends. */
static enum wire_result
read_all(const void *bytes, size_t len, struct msg **out)
{
	struct wire_frame frame;
	enum wire_result result = wire_frame(bytes, len, &frame);

	*out = NULL;
	return result == WIRE_OK ? wire_decode(&frame, out) : result;
}

static void
test_shapes(void **state)
{
	static const struct {
		const char *bytes;
		enum wire_result result;
	} cases[] = {
	    /* netstring */
	    {"###\n%%%\n", WIRE_OK},
	    {"###\n5:(0)t=,%%%\n", WIRE_OK},
	    {"###\n6:(0)t=x,%%%\n3:1 x,", WIRE_OK},
	    {"###\n9:(0)t=%%%\n,%%%\n3:1 x,", WIRE_OK},
	    {"###\n8:(0)t=x=y,%%%\n", WIRE_OK},
	    {"###\n6:(4)t=x,%%%\n", WIRE_OK},
	    {"###\n6:(5)t=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n6:(-)t=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n6:[0]t=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n3:a=b,%%%\n", WIRE_BAD_FIELD},
	    {"###\n5:(0)tx,%%%\n", WIRE_BAD_FIELD},
	    {"###\n5:(0)=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n3:(0),%%%\n", WIRE_BAD_FIELD},
	    {"###\n2:(0,%%%\n", WIRE_BAD_FIELD},
	    {"###\n0:,%%%\n", WIRE_BAD_FIELD},
	    {"###\n00:,%%%\n", WIRE_BAD_FIELD},
	    {"###\n06:(0)t=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n+6:(0)t=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n 6:(0)t=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n-6:(0)t=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n:(0)t=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n6 (0)t=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n5:(0)t=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n7:(0)t=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n6:(0)t=x;%%%\n", WIRE_BAD_FIELD},
	    {"###\n%%%%%%\n", WIRE_BAD_FIELD},
	    {"###\n9999999:(0)t=x,%%%\n", WIRE_CUT},
	    {"###\n10000000:(0)t=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n18446744073709551622:(0)t=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n6:(0)(=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n8:(0)a\nb=x,%%%\n", WIRE_BAD_FIELD},
	    {"###\n", WIRE_CUT},
	    {"###\n6", WIRE_CUT},
	    {"###\n6:(0)t=x", WIRE_CUT},
	    {"###\n6:(0)t=x,", WIRE_CUT},
	    {"###\n%%%\n3:1 x", WIRE_CUT},
	    {"###\n%%%\n3", WIRE_CUT},
	    {"###\n%%%\n\n", WIRE_BAD_FIELD},
	    {"###", WIRE_NO_FRAME},
	    /* classic */
	    {">>>\n<<<\n", WIRE_OK},
	    {">>>\nt=x\n<<<\n", WIRE_OK},
	    {">>>\n\n\nt=x\n\n<<<\n", WIRE_OK},
	    {">>>\nt=\n<<<\n", WIRE_OK},
	    {">>>\nt=x=y\n<<<\n", WIRE_OK},
	    {">>>\n(0)t=x\n<<<\n", WIRE_OK},
	    {">>>\n(1)u=AAE=\n<<<\n", WIRE_OK},
	    {">>>\n(1)u=\n<<<\n", WIRE_OK},
	    {">>>\n(2)u=x\n<<<\n", WIRE_OK},
	    {">>>\n(1)u=AAE\n<<<\n", WIRE_BAD_FIELD},
	    {">>>\n(1)u=AAF=\n<<<\n", WIRE_BAD_FIELD},
	    {">>>\n(1)u=AA*=\n<<<\n", WIRE_BAD_FIELD},
	    {">>>\n(1)u= AAE=\n<<<\n", WIRE_BAD_FIELD},
	    {">>>\n(1)u=AAE=AAE=\n<<<\n", WIRE_BAD_FIELD},
	    {">>>\n(1)u=====\n<<<\n", WIRE_BAD_FIELD},
	    {">>>\n(5)t=x\n<<<\n", WIRE_BAD_FIELD},
	    {">>>\n(0t=x\n<<<\n", WIRE_BAD_FIELD},
	    {">>>\n(\n<<<\n", WIRE_BAD_FIELD},
	    {">>>\ntx\n<<<\n", WIRE_BAD_FIELD},
	    {">>>\n=x\n<<<\n", WIRE_BAD_FIELD},
	    {">>>\nauth=1 a\nauth=1 b\n<<<\n", WIRE_BAD_FIELD},
	    {">>>\nt=x\n<<<x\n", WIRE_CUT},
	    {">>>\nt=x\n<<<x\n<<<\n", WIRE_BAD_FIELD},
	    {">>>\nt=x\n<<<", WIRE_CUT},
	    {">>>\nt=x\n", WIRE_CUT},
	    {">>>\nt=x", WIRE_CUT},
	    {">>>\n", WIRE_CUT},
	    {">>>\n\n\n", WIRE_CUT},
	    {"", WIRE_NO_FRAME},
	    {"garbage", WIRE_NO_FRAME},
	    {"\n>>>\nt=x\n<<<\n", WIRE_NO_FRAME},
	    {">>>>\nt=x\n<<<\n", WIRE_NO_FRAME},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		/* A copy of the exact size: reading behind it is seen by the sanitizer. */
		size_t len = strlen(cases[i].bytes);
		g_autofree char *bytes = g_memdup2(cases[i].bytes, len);
		AUTO_MSG struct msg *m = NULL;
		enum wire_result result = read_all(bytes, len, &m);

		if (result != cases[i].result)
			fail_msg("\"%s\" %s, not: %s", cases[i].bytes,
			    wire_result_text(result), wire_result_text(cases[i].result));
		assert_true((m != NULL) == (result == WIRE_OK));
	}
}

static void
test_nuls(void **state)
{
	AUTO_MSG struct msg *m = NULL;

	(void)state;
	assert_int_equal(read_all(">>>\nt=a\0b\n<<<\n", 14, &m), WIRE_BAD_FIELD);
	assert_int_equal(read_all("###\n8:(0)t=a\0b,%%%\n", 19, &m), WIRE_BAD_FIELD);
	assert_int_equal(read_all("###\n8:(0)a\0b=c,%%%\n", 19, &m), WIRE_BAD_FIELD);
	assert_int_equal(read_all("###\n8:(1)t=a\0b,%%%\n", 19, &m), WIRE_OK);
	assert_int_equal(msg_find(m, "t")->len, 3);
}

static void
test_frame_parts(void **state)
{
	static const char netstring[] = "###\n6:(0)t=x,%%%\n3:7 d,tail";
	static const char classic[] = ">>>\nt=x\nauth=7 d\nu=y\n<<<\n\0\0tail";
	struct wire_frame frame;

	(void)state;
	assert_int_equal(wire_frame(netstring, sizeof(netstring) - 1, &frame), WIRE_OK);
	assert_int_equal(frame.form, WIRE_NETSTRING);
	assert_int_equal(frame.body - netstring, 4);
	assert_int_equal(frame.body_len, 9);
	assert_int_equal(frame.trailer_len, 3);
	assert_memory_equal(frame.trailer, "7 d", 3);
	assert_int_equal(frame.total, sizeof(netstring) - 1 - strlen("tail"));
	g_autoptr(GByteArray) covered = wire_frame_signed_part(&frame);
	assert_int_equal(covered->len, 17);
	assert_memory_equal(covered->data, netstring, 17);

	assert_int_equal(wire_frame(classic, sizeof(classic) - 1, &frame), WIRE_OK);
	assert_int_equal(frame.form, WIRE_CLASSIC);
	assert_memory_equal(frame.trailer, "7 d", 3);
	assert_int_equal(frame.trailer_len, 3);
	/* One NUL belongs to it, not two. */
	assert_int_equal(frame.total, sizeof(classic) - 1 - strlen("\1tail"));
	g_autoptr(GByteArray) lines = wire_frame_signed_part(&frame);
	assert_int_equal(lines->len, 8);
	assert_memory_equal(lines->data, "t=x\nu=y\n", 8);

	assert_int_equal(wire_frame(netstring, 17, &frame), WIRE_OK);
	assert_null(frame.trailer);
}

static void
test_auth_left_out(void **state)
{
	static const char *const messages[] = {
	    "###\n6:(0)t=x,11:(0)auth=1 d,6:(0)u=y,%%%\n",
	    ">>>\nt=x\nauth=1 d\nu=y\n<<<\n",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(messages); i++) {
		AUTO_MSG struct msg *m = NULL;

		assert_int_equal(read_all(messages[i], strlen(messages[i]), &m), WIRE_OK);
		assert_int_equal(msg_count(m), 2);
		assert_string_equal(msg_get(m, "u"), "y");
		msg_add(m, "auth", "1 smuggled");
		for (int form = WIRE_NETSTRING; form <= WIRE_CLASSIC; form++) {
			g_autoptr(GByteArray) made =
			    wire_encode(m, (enum wire_form)form, NULL);

			assert_null(sample_find(made, "auth"));
		}
	}
}

static void
test_limits(void **state)
{
	static const char *const heads[] = {"###\n", ">>>\n"};
	static const char *const fields[] = {"6:(0)t=x,", "t=x\n"};
	/* A signature takes no field's place. */
	static const char *const tails[] = {"%%%\n3:1 a,", "auth=1 a\n<<<\n"};

	(void)state;
	for (int form = WIRE_NETSTRING; form <= WIRE_CLASSIC; form++) {
		g_autoptr(GString) text = g_string_new(heads[form]);
		AUTO_MSG struct msg *full = NULL;
		AUTO_MSG struct msg *more = NULL;

		for (int i = 0; i < MSG_FIELDS_MAX; i++)
			g_string_append(text, fields[form]);
		size_t len = text->len;
		g_string_append(text, tails[form]);
		assert_int_equal(read_all(text->str, text->len, &full), WIRE_OK);
		assert_int_equal(msg_count(full), MSG_FIELDS_MAX);
		g_string_truncate(text, len);
		g_string_append(text, fields[form]);
		g_string_append(text, tails[form]);
		assert_int_equal(read_all(text->str, text->len, &more), WIRE_TOO_MANY);
	}
}

static void
test_name_length(void **state)
{
	(void)state;
	for (int over = 0; over < 2; over++) {
		g_autofree char *name = g_strnfill(MSG_NAME_MAX + over, 'n');
		g_autofree char *classic = g_strdup_printf(">>>\n%s=v\n<<<\n", name);
		g_autofree char *netstring =
		    g_strdup_printf("###\n%zu:(0)%s=v,%%%%%%\n", strlen(name) + 5, name);
		enum wire_result expected = over ? WIRE_BAD_FIELD : WIRE_OK;
		AUTO_MSG struct msg *a = NULL;
		AUTO_MSG struct msg *b = NULL;

		assert_int_equal(read_all(classic, strlen(classic), &a), expected);
		assert_int_equal(read_all(netstring, strlen(netstring), &b), expected);
	}
}

static void
test_size(void **state)
{
	struct wire_frame frame;
	g_autofree char *value = g_strnfill(WIRE_MAX, 'v');
	g_autoptr(GString) text = g_string_new(">>>\nt=");

	(void)state;
	g_string_append_len(text, value, WIRE_MAX - (gssize)text->len - 5);
	g_string_append(text, "\n<<<\n");
	assert_int_equal(text->len, WIRE_MAX);
	assert_int_equal(wire_frame(text->str, text->len, &frame), WIRE_OK);
	g_string_insert_c(text, 7, 'v');
	assert_int_equal(wire_frame(text->str, text->len, &frame), WIRE_TOO_LONG);
	assert_int_equal(wire_frame_upto(text->str, text->len, text->len, &frame), WIRE_OK);
}

static void
test_encode(void **state)
{
	AUTO_MSG struct msg *m = msg_new("status");
	static const char netstring[] =
	    "###\n11:(0)t=status,10:(0)a=two\nl,9:(1)u=\0\1\2\3,7:(3)l=ab,%%%\n3:1 d,";
	static const char classic[] =
	    ">>>\nt=status\na=two\x13l\n(1)u=AAECAw==\nauth=1 d\n<<<\n";

	(void)state;
	msg_add(m, "a", "two\nl");
	msg_add_binary(m, "u", "\0\1\2\3", 4);
	msg_add_bytes(m, "l", FIELD_LIST, "ab", 2);
	g_autoptr(GByteArray) n = wire_encode(m, WIRE_NETSTRING, "1 d");
	g_autoptr(GByteArray) c = wire_encode(m, WIRE_CLASSIC, "1 d");
	assert_int_equal(n->len, sizeof(netstring) - 1);
	assert_memory_equal(n->data, netstring, n->len);
	/* The list is no part of the classic form. */
	assert_int_equal(c->len, sizeof(classic) - 1);
	assert_memory_equal(c->data, classic, c->len);

	AUTO_MSG struct msg *back = NULL;
	assert_int_equal(read_all(n->data, n->len, &back), WIRE_OK);
	assert_true(sample_same(m, back));
	msg_free(back);
	assert_int_equal(read_all(c->data, c->len, &back), WIRE_OK);
	assert_string_equal(msg_get(back, "a"), "two\nl");
	assert_memory_equal(msg_find(back, "u")->value, "\0\1\2\3", 5);
}

static void
test_encode_nothing(void **state)
{
	AUTO_MSG struct msg *m = msg_new(NULL);
	g_autoptr(GByteArray) n = wire_encode(m, WIRE_NETSTRING, NULL);
	g_autoptr(GByteArray) c = wire_encode(m, WIRE_CLASSIC, NULL);

	(void)state;
	assert_int_equal(n->len, 8);
	assert_memory_equal(n->data, "###\n%%%\n", 8);
	assert_int_equal(c->len, 8);
	assert_memory_equal(c->data, ">>>\n<<<\n", 8);
}

/*
 * Real packets damaged at random: whatever can still be read can be written as a
 * netstring and is the same message when it is read again.
 */
static void
test_damage(void **state)
{
	static const char *const files[] = {"002-status-up.pkt",
	    "053-three-nodes-repnodes.pkt", "069-classic-sha1-status-up.pkt"};
	static const char marks[] = "0123456789:,()=%#<>\n";
	unsigned readable = 0;
	struct prng p;

	(void)state;
	prng_seed(&p, 1);
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autoptr(GByteArray) original = sample_read(files[i]);

		for (int round = 0; round < 5000; round++) {
			size_t len = prng_between(&p, 1, 4) == 1
					 ? prng_between(&p, 0, original->len)
					 : original->len;
			g_autofree guint8 *bytes = g_memdup2(original->data, len);
			AUTO_MSG struct msg *m = NULL;
			AUTO_MSG struct msg *again = NULL;

			for (uint64_t n = prng_between(&p, 1, 3); n > 0 && len > 0; n--) {
				size_t at = prng_between(&p, 0, len - 1);

				bytes[at] =
				    prng_between(&p, 0, 1)
					? (guint8)
					      marks[prng_between(&p, 0, sizeof(marks) - 2)]
					: (guint8)prng_next(&p);
			}
			if (read_all(bytes, len, &m) != WIRE_OK)
				continue;
			readable++;
			g_autoptr(GByteArray) made = wire_encode(m, WIRE_NETSTRING, "1 d");
			assert_int_equal(read_all(made->data, made->len, &again), WIRE_OK);
			assert_true(sample_same(m, again));
		}
	}
	/* Most damage is in a value, where only the signature would notice. */
	assert_true(readable > 1000);
}

static void
test_texts(void **state)
{
	(void)state;
	for (int i = 0; i < WIRE_RESULT_COUNT; i++)
		assert_true(strlen(wire_result_text((enum wire_result)i)) > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_shapes),
	    cmocka_unit_test(test_nuls),
	    cmocka_unit_test(test_frame_parts),
	    cmocka_unit_test(test_auth_left_out),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_name_length),
	    cmocka_unit_test(test_size),
	    cmocka_unit_test(test_encode),
	    cmocka_unit_test(test_encode_nothing),
	    cmocka_unit_test(test_damage),
	    cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests_name("proto/wire", tests, NULL, NULL);
}
