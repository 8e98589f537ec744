/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/facts.h"

#include "fixture.h"

static const struct moment T0 = {INT64_C(1000000000000)};

#define GROUPS "node1 IPaddr::10.0.0.9\nnode2 IPaddr::10.0.0.10 httpd\n"

static void
assert_same(const struct facts *a, const struct facts *b, const struct conf *conf)
{
	assert_int_equal(a->version, b->version);
	assert_int_equal(a->leave, b->leave);
	assert_int_equal(a->orphaned, b->orphaned);
	assert_string_equal(a->digest, b->digest);
	for (unsigned i = 0; i < conf->group_count; i++) {
		assert_int_equal(a->claims[i].state, b->claims[i].state);
		assert_int_equal(a->claims[i].epoch, b->claims[i].epoch);
		assert_int_equal(a->claims[i].target, b->claims[i].target);
	}
	for (unsigned i = 0; i < conf->node_count; i++) {
		assert_int_equal(a->seen[i].generation, b->seen[i].generation);
		assert_int_equal(a->seen[i].version, b->seen[i].version);
		assert_int_equal(a->seen[i].past, b->seen[i].past);
	}
}

static void
set_claim(
    struct facts *f, unsigned group, enum claim_state state, uint64_t epoch, int target)
{
	f->claims[group].state = state;
	f->claims[group].epoch = epoch;
	f->claims[group].target = target;
}

static void
round_trip(const struct facts *f, const struct conf *conf)
{
	AUTO_MSG struct msg *m = msg_new("status");
	struct facts back;

	facts_write(f, conf, true, false, m);
	facts_init(&back, conf);
	assert_true(facts_read(&back, conf, m, T0));
	assert_true(back.known);
	assert_same(f, &back, conf);
	facts_clear(&back);
}

static void
test_round_trip(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, GROUPS, 1);
	struct facts facts;

	(void)state;
	facts_init(&facts, f->conf);
	assert_false(facts.known);
	g_strlcpy(facts.digest, f->conf->digest, sizeof(facts.digest));
	round_trip(&facts, f->conf);
	for (unsigned s = 0; s < CLAIM_STATE_COUNT; s++) {
		facts.version = UINT64_MAX - s;
		set_claim(&facts, 0, s, s * 1000, -1);
		set_claim(&facts, 1, CLAIM_STATE_COUNT - 1 - s, 1, (int)(s % 2));
		facts.seen[0] = (struct seen){s, s, s % 2 == 1};
		facts.seen[1] = (struct seen){UINT64_MAX, UINT64_MAX, false};
		facts.leave = s % 3;
		facts.orphaned = s % 2 == 1;
		if (facts.claims[1].state == CLAIM_IDLE)
			facts.claims[1].target = -1;
		if (s == 0)
			facts.seen[0] = (struct seen){0, 0, false};
		round_trip(&facts, f->conf);
	}
	facts_reset(&facts, f->conf);
	assert_int_equal(facts.version, 0);
	assert_int_equal(facts.claims[0].state, CLAIM_IDLE);
	assert_int_equal(facts.claims[0].target, -1);
	assert_int_equal(facts.seen[1].generation, 0);
	facts_clear(&facts);
	fixture_free(f);
}

/* %s is the id of group 0. */
static const struct reading {
	const char *version, *holds, *heard;
	bool good;
} readings[] = {
    {"1", "", "", true},
    {"FfFf", "", "", true},
    {"1", "%s:r:1", "node2:1:2", true},
    {"1", "%s:o:1:node2", "", true},
    {"1", "%s:o:1:nobody", "", true},
    {"1", "  %s:r:1  ", "  node2:1:2 ", true},
    /* Groups and nodes that we do not know are passed over, but must be readable. */
    {"1", "00000000:r:1 %s:r:2", "stranger:1:2 node2:5:6", true},
    {"1", "00000000:?:1", "", false},
    {"1", "", "stranger:1", false},
    {NULL, "", "", false},
    {"1", NULL, "", false},
    {"1", "", NULL, false},
    {"", "", "", false},
    {"x", "", "", false},
    {"-1", "", "", false},
    {"11111111111111111", "", "", false},
    {"1", "%s", "", false},
    {"1", "%s:r", "", false},
    {"1", "%s:r:", "", false},
    {"1", "%s:r:g", "", false},
    {"1", "%s:r:-1", "", false},
    {"1", "%s:r:11111111111111111", "", false},
    {"1", "%s::1", "", false},
    {"1", "%s:q:1", "", false},
    {"1", "%s:rr:1", "", false},
    {"1", "%s:R:1", "", false},
    {"1", ":", "", false},
    {"1", "%s:r:1\t%s:r:1", "", false},
    {"1", "", "node2", false},
    {"1", "", "node2:1", false},
    {"1", "", "node2:1:", false},
    {"1", "", "node2::1", false},
    {"1", "", "node2:x:1", false},
    {"1", "", "node2:1:2:3", false},
};

static struct msg *
reading_message(const struct reading *r, const struct conf *conf)
{
	struct msg *m = msg_new("status");

	if (r->version != NULL)
		msg_add(m, "facts", r->version);
	if (r->holds != NULL) {
		g_auto(GStrv) parts = g_strsplit(r->holds, "%s", -1);
		g_autofree char *holds = g_strjoinv(conf->groups[0].id, parts);
		msg_add(m, "holds", holds);
	}
	if (r->heard != NULL)
		msg_add(m, "heard", r->heard);
	return m;
}

static void
test_words(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, GROUPS, 1);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(readings); i++) {
		AUTO_MSG struct msg *m = reading_message(&readings[i], f->conf);
		struct facts facts, before;

		facts_init(&facts, f->conf);
		facts_init(&before, f->conf);
		facts.version = before.version = 99;
		set_claim(&facts, 0, CLAIM_BROKEN, 5, 1);
		set_claim(&before, 0, CLAIM_BROKEN, 5, 1);
		facts.seen[1] = before.seen[1] = (struct seen){3, 4, false};
		if (facts_read(&facts, f->conf, m, T0) != readings[i].good)
			fail_msg("row %zu", i);
		assert_int_equal(facts.known, readings[i].good);
		if (!readings[i].good)
			assert_same(&facts, &before, f->conf);
		else
			assert_int_not_equal(facts.version, 99);
		facts_clear(&facts);
		facts_clear(&before);
	}
	fixture_free(f);
}

static void
test_known_ones_are_taken_beside_strangers(void **state)
{
	static const struct reading r = {
	    "2", "00000000:r:1 %s:o:ab:nobody", "stranger:1:2 node2:5:6", true};
	struct fixture *f = fixture_new(TWO_NODES, GROUPS, 1);
	AUTO_MSG struct msg *m = reading_message(&r, f->conf);
	struct facts facts;

	(void)state;
	msg_add(m, "leave", "2");
	msg_add(m, "orphan", "1");
	msg_add(m, "conf", "123456789abc");
	facts_init(&facts, f->conf);
	assert_true(facts_read(&facts, f->conf, m, T0));
	assert_int_equal(facts.claims[0].state, CLAIM_OFFER);
	assert_int_equal(facts.claims[0].epoch, 0xab);
	assert_int_equal(facts.claims[0].target, -1);
	assert_int_equal(facts.claims[1].state, CLAIM_IDLE);
	assert_int_equal(facts.seen[1].version, 6);
	assert_int_equal(facts.seen[0].generation, 0);
	assert_int_equal(facts.leave, LEAVE_DONE);
	assert_true(facts.orphaned);
	assert_string_equal(facts.digest, "12345678");
	facts_clear(&facts);
	fixture_free(f);
}

static void
give_reason(struct facts *f, const char *why)
{
	g_free(f->claims[0].why);
	f->claims[0].why = g_strdup(why);
}

/* Write one, read it into the other. */
static void
tell(const struct facts *from, struct facts *to, const struct conf *conf, bool with_reasons,
    struct moment now)
{
	AUTO_MSG struct msg *m = msg_new("status");

	facts_write(from, conf, with_reasons, false, m);
	assert_true(facts_read(to, conf, m, now));
}

static void
test_reasons_stay_as_long_as_the_state(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, GROUPS, 1);
	struct moment later = moment_add(T0, span_from_ms(5000));
	g_autofree char *longer = g_strnfill(500, 'y');
	struct facts here, there;

	(void)state;
	facts_init(&here, f->conf);
	facts_init(&there, f->conf);
	set_claim(&here, 0, CLAIM_RUNNING, 1, -1);
	give_reason(&here, "first reason");
	tell(&here, &there, f->conf, true, T0);
	assert_string_equal(there.claims[0].why, "first reason");
	assert_null(there.claims[1].why);
	assert_int_equal(there.claims[0].since.ns, T0.ns);
	/* Not told again, and not forgotten. */
	tell(&here, &there, f->conf, false, later);
	assert_string_equal(there.claims[0].why, "first reason");
	assert_int_equal(there.claims[0].since.ns, T0.ns);
	/* Another state has another reason, told or not. */
	set_claim(&here, 0, CLAIM_GIVING, 1, 1);
	tell(&here, &there, f->conf, false, later);
	assert_null(there.claims[0].why);
	assert_int_equal(there.claims[0].since.ns, later.ns);
	/* It is bounded, and safe to log. */
	give_reason(&here, longer);
	tell(&here, &there, f->conf, true, later);
	assert_true(strlen(there.claims[0].why) < 250);
	give_reason(&here, "red \033[31m");
	tell(&here, &there, f->conf, true, later);
	assert_null(strchr(there.claims[0].why, '\033'));
	facts_clear(&here);
	facts_clear(&there);
	fixture_free(f);
}

static void
test_odd_reasons(void **state)
{
	static const char *const texts[] = {"", " ", "\n\n\n", "nothing",
	    "00000000 stranger", "00000000", " x\n y\n z", "\n\n\n\n\n\n\n\n\n\n\n\n\n\n"};
	struct fixture *f = fixture_new(TWO_NODES, GROUPS, 1);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		AUTO_MSG struct msg *m = msg_new("status");
		struct facts facts;

		facts_init(&facts, f->conf);
		facts_write(&facts, f->conf, false, false, m);
		msg_add(m, "why", texts[i]);
		assert_true(facts_read(&facts, f->conf, m, T0));
		assert_null(facts.claims[0].why);
		assert_null(facts.claims[1].why);
		facts_clear(&facts);
	}
	fixture_free(f);
}

static void
test_idle_groups_are_listed_on_request(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, GROUPS, 1);

	(void)state;
	for (unsigned full = 0; full < 2; full++) {
		AUTO_MSG struct msg *m = msg_new("status");
		struct facts from, to;

		facts_init(&from, f->conf);
		facts_init(&to, f->conf);
		set_claim(&from, 1, CLAIM_RUNNING, 3, -1);
		facts_write(&from, f->conf, false, full == 1, m);
		assert_true(facts_read(&to, f->conf, m, T0));
		assert_int_equal(to.full, full == 1);
		assert_int_equal(to.claims[0].listed, full == 1);
		assert_true(to.claims[1].listed);
		assert_int_equal(to.claims[0].state, CLAIM_IDLE);
		facts_clear(&from);
		facts_clear(&to);
	}
	fixture_free(f);
}

static void
test_what_may_run(void **state)
{
	static const bool may_run[CLAIM_STATE_COUNT] = {
	    [CLAIM_PROBING] = true,
	    [CLAIM_LEFTOVER] = true,
	    [CLAIM_STARTING] = true,
	    [CLAIM_RUNNING] = true,
	    [CLAIM_OFFER] = true,
	    [CLAIM_GIVING] = true,
	    [CLAIM_BROKEN] = true,
	};

	(void)state;
	for (unsigned i = 0; i < CLAIM_STATE_COUNT; i++) {
		assert_int_equal(claim_may_run(i), may_run[i]);
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(claim_state_name(i), claim_state_name(k));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_round_trip),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_known_ones_are_taken_beside_strangers),
	    cmocka_unit_test(test_reasons_stay_as_long_as_the_state),
	    cmocka_unit_test(test_odd_reasons),
	    cmocka_unit_test(test_idle_groups_are_listed_on_request),
	    cmocka_unit_test(test_what_may_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
