/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/outage.h"

#include "pair.h"

static void
look(void *arg)
{
	outage_look(arg);
}

static struct outage *
watch(struct world *w)
{
	struct outage *o = outage_new(w);

	world_watch(w, look, o);
	outage_count_from_now(o);
	return o;
}

static void
run_s(struct world *w, struct outage *o, int64_t seconds)
{
	world_run(w, span_from_ms(seconds * 1000));
	outage_look(o);
}

static void
assert_servers(const struct outage *o, unsigned group, const char *expected)
{
	g_autoptr(GArray) servers = outage_servers(o, group);
	g_autoptr(GString) text = g_string_new(NULL);

	for (unsigned i = 0; i < servers->len; i++)
		g_string_append_printf(text, "%u", g_array_index(servers, unsigned, i));
	assert_string_equal(text->str, expected);
}

static void
test_while_nothing_happens_all_is_served(void **state)
{
	struct world *w = both_up();
	struct outage *o = watch(w);

	(void)state;
	run_s(w, o, 600);
	for (unsigned g = 0; g < 2; g++) {
		const struct outage_sum sum = outage_sum(o, g);

		assert_int_equal(sum.gaps, 0);
		assert_int_equal(sum.longest.ns, 0);
		assert_int_equal(sum.twice.ns, 0);
		assert_true(sum.served);
		assert_int_equal(sum.holder, g == 0 ? ALPHA : BETA);
	}
	assert_servers(o, 0, "0");
	assert_servers(o, 1, "1");
	assert_int_equal(
	    span_ms(moment_since(outage_ended(o), outage_counted_from(o))), 600000);
	outage_free(o);
	world_free(w);
}

static void
test_a_power_cut_is_an_outage_until_the_other_has_started_all(void **state)
{
	struct world *w = both_up();
	struct outage *o;

	(void)state;
	world_takes(w, span_from_ms(2000));
	o = watch(w);
	world_power_off(w, ALPHA);
	outage_look(o);
	run_s(w, o, 60);
	const struct outage_sum sum = outage_sum(o, 0);

	/* Up to deadtime, less the age of the last beat, and the start of httpd. */
	assert_in_range((uint64_t)span_ms(sum.longest), 6000, 7100);
	assert_int_equal(sum.gaps, 1);
	assert_int_equal(sum.longest.ns, sum.sum.ns);
	assert_true(sum.served);
	assert_int_equal(sum.holder, BETA);
	assert_servers(o, 0, "01");
	assert_int_equal(outage_sum(o, 1).gaps, 0);
	outage_free(o);
	world_free(w);
}

static void
test_a_move_is_an_outage_from_the_first_stop_on(void **state)
{
	struct world *w = both_up();
	struct outage *o;

	(void)state;
	world_takes(w, span_from_ms(3000));
	o = watch(w);
	g_free(world_request(w, ALPHA, "standby", "set", "all"));
	run_s(w, o, 60);
	/* One stop and one start of httpd; addresses take a millisecond. */
	assert_in_range((uint64_t)span_ms(outage_sum(o, 0).longest), 6000, 6100);
	assert_int_equal(outage_sum(o, 0).twice.ns, 0);
	outage_free(o);
	world_free(w);
}

static void
test_a_frozen_machine_serves_nobody_and_holds_nothing(void **state)
{
	struct world *w = both_up();
	struct outage *o = watch(w);

	(void)state;
	run_s(w, o, 1);
	world_pause(w, ALPHA, span_from_ms(2000));
	outage_look(o);
	run_s(w, o, 30);
	const struct outage_sum sum = outage_sum(o, 0);

	assert_in_range((uint64_t)span_ms(sum.longest), 2000, 2100);
	assert_int_equal(sum.twice.ns, 0);
	const GArray *alpha = outage_host(o, ALPHA);

	assert_int_equal(alpha->len, 3);
	assert_int_equal(g_array_index(alpha, struct stretch, 1).what, HOST_FROZEN);
	outage_free(o);
	world_free(w);
}

static void
test_a_partition_is_held_twice(void **state)
{
	struct world *w = both_up();
	struct outage *o = watch(w);

	(void)state;
	world_cut(w, ALPHA, BETA, NULL, true);
	world_cut(w, BETA, ALPHA, NULL, true);
	run_s(w, o, 65);
	assert_false(outage_sum(o, 0).served);
	world_cut(w, ALPHA, BETA, NULL, false);
	world_cut(w, BETA, ALPHA, NULL, false);
	run_s(w, o, 60);
	const struct outage_sum sum = outage_sum(o, 0);

	assert_in_range((uint64_t)span_ms(sum.twice), 58000, 63000);
	assert_true(sum.twice.ns == sum.twice_longest.ns);
	assert_int_equal(outage_doubles(o, 0)->len, 1);
	assert_true(sum.served);
	outage_free(o);
	world_free(w);
}

static void
test_what_starts_and_stops_is_seen(void **state)
{
	struct world *w = make(HACF, GROUPS, 1);
	struct outage *o;
	bool seen[PHASE_COUNT] = {false};

	(void)state;
	world_takes(w, span_from_ms(1000));
	o = watch(w);
	world_boot(w, ALPHA);
	world_boot(w, BETA);
	run_s(w, o, 10);
	world_stop(w, ALPHA);
	run_s(w, o, 20);
	const GArray *phases = outage_group(o, ALPHA, 0);

	for (unsigned i = 0; i < phases->len; i++) {
		const struct stretch *s = &g_array_index(phases, struct stretch, i);

		seen[s->what] = true;
		/* In order, and without a gap. */
		if (i > 0)
			assert_int_equal(
			    g_array_index(phases, struct stretch, i - 1).to.ns, s->from.ns);
	}
	assert_true(seen[PHASE_NOTHING] && seen[PHASE_STARTING] && seen[PHASE_SERVING] &&
		    seen[PHASE_STOPPING]);
	assert_int_equal(
	    outage_began(o).ns, g_array_index(phases, struct stretch, 0).from.ns);
	outage_free(o);
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_while_nothing_happens_all_is_served),
	    TEST(test_a_power_cut_is_an_outage_until_the_other_has_started_all),
	    TEST(test_a_move_is_an_outage_from_the_first_stop_on),
	    TEST(test_a_frozen_machine_serves_nobody_and_holds_nothing),
	    TEST(test_a_partition_is_held_twice),
	    TEST(test_what_starts_and_stops_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
