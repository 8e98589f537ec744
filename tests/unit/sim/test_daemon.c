/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/replay.h"
#include "pair.h"

/* Is there a group that does not run exactly once? */
static bool
each_runs_once(const struct world *w)
{
	for (unsigned g = 0; g < world_group_count(w); g++) {
		if (world_group_runs(w, ALPHA, g) + world_group_runs(w, BETA, g) != 2)
			return false;
	}
	return true;
}

/* Whatever is installed, in whatever order it starts, each group runs once in the end. */
static void
test_any_two(void **state)
{
	static const struct {
		bool old[2];
		int64_t second_after_ms;
	} cases[] = {
	    {{false, true}, 0},
	    {{true, false}, 0},
	    {{true, true}, 0},
	    {{false, true}, 40000},
	    {{true, false}, 40000},
	    {{true, true}, 40000},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct world *w = make(HACF, GROUPS, i);

		for (unsigned h = ALPHA; h <= BETA; h++) {
			world_install(w, h, cases[i].old[h]);
			assert_int_equal(world_is_old(w, h), cases[i].old[h]);
		}
		world_boot(w, ALPHA);
		world_run(w, span_from_ms(cases[i].second_after_ms));
		world_boot(w, BETA);
		world_run(w, span_from_ms(60000));
		assert_true(world_is_settled(w, ALPHA));
		assert_true(world_is_settled(w, BETA));
		assert_holders(w, SHARED);
		assert_int_equal(world_doubles(w), 0);
		world_free(w);
	}
}

static void
test_nothing_is_installed_under_a_running_daemon(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_install(w, ALPHA, true);
	assert_false(world_is_old(w, ALPHA));
	world_power_off(w, ALPHA);
	world_install(w, ALPHA, true);
	assert_true(world_is_old(w, ALPHA));
	world_free(w);
}

/* The generation goes on, whoever counted it, so that nobody is taken for a replay. */
static void
test_upgrade_and_downgrade(void **state)
{
	struct world *w = make(HACF, GROUPS, 1);

	(void)state;
	world_install(w, ALPHA, true);
	world_install(w, BETA, true);
	world_boot(w, ALPHA);
	world_boot(w, BETA);
	world_run(w, span_from_ms(40000));
	/* A healed partition: both have started anew by themselves. */
	world_cut(w, ALPHA, BETA, NULL, true);
	world_cut(w, BETA, ALPHA, NULL, true);
	world_run(w, span_from_ms(30000));
	world_cut(w, ALPHA, BETA, NULL, false);
	world_cut(w, BETA, ALPHA, NULL, false);
	world_run(w, span_from_ms(60000));
	unsigned doubles = world_doubles(w);
	for (unsigned i = 0; i < 4; i++) {
		unsigned host = i % 2;

		world_stop(w, host);
		world_run(w, span_from_ms(30000));
		assert_true(each_runs_once(w));
		world_install(w, host, i >= 2);
		world_boot(w, host);
		world_run(w, span_from_ms(60000));
		assert_holders(w, SHARED);
	}
	assert_int_equal(world_doubles(w), doubles);
	world_free(w);
}

/* Nobody starts another one for a 3.0.6; what it started runs on. */
static void
test_an_old_daemon_dies(void **state)
{
	struct world *w = make(HACF, GROUPS, 1);

	(void)state;
	world_install(w, ALPHA, true);
	world_boot(w, ALPHA);
	world_run(w, span_from_ms(40000));
	world_kill_engine(w, ALPHA);
	assert_false(world_is_settled(w, ALPHA));
	g_autofree char *answer = world_request(w, ALPHA, "standby", "set", "all");
	assert_string_equal(answer, "no answer");
	assert_true(each_runs_once(w));
	world_boot(w, ALPHA);
	world_kill_master(w, ALPHA);
	world_run(w, span_from_ms(10000));
	assert_false(world_is_settled(w, ALPHA));
	world_free(w);
}

static unsigned lives[2];

static void
count_lives(void *arg, unsigned host, const void *bytes, size_t len)
{
	unsigned *count = arg;
	struct record_span span;
	char *why;

	count[host]++;
	assert_true(replay_span(bytes, len, &span, &why));
	lives[host] += span.lives;
}

static void
count_difference(void *arg, unsigned host, const char *how)
{
	(void)arg;
	fail_msg("host %u: %s", host, how);
}

/* Only our lives are recorded; those of one daemon together. */
static void
test_records(void **state)
{
	struct world *w = make(HACF, GROUPS, 1);
	unsigned count[2] = {0, 0};

	(void)state;
	const struct world_recording recording = {
	    1024 * 1024, 3, count_lives, count_difference, count};

	world_record(w, &recording);
	world_install(w, BETA, true);
	world_boot(w, ALPHA);
	world_boot(w, BETA);
	world_run(w, span_from_ms(10000));
	world_power_off(w, BETA);
	world_kill_engine(w, ALPHA);
	world_run(w, span_from_ms(1000));
	world_power_off(w, ALPHA);
	assert_int_equal(count[ALPHA], 1);
	assert_int_equal(lives[ALPHA], 2);
	world_boot(w, ALPHA);
	world_free(w);
	assert_int_equal(count[ALPHA], 2);
	assert_int_equal(lives[ALPHA], 3);
	assert_int_equal(count[BETA], 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_any_two),
	    TEST(test_nothing_is_installed_under_a_running_daemon),
	    TEST(test_upgrade_and_downgrade),
	    TEST(test_an_old_daemon_dies),
	    TEST(test_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
