/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pair.h"

static void
test_a_bad_configuration_is_refused(void **state)
{
	(void)state;
	assert_null(make("keepalife 1\n", GROUPS, 1));
	assert_non_null(strstr(said->str, "ha.cf:1:"));
	/* Said once, not once a host. */
	assert_ptr_equal(strstr(said->str, "keepalife"), g_strrstr(said->str, "keepalife"));
}

static void
test_names(void **state)
{
	struct world *w = make(HACF, GROUPS, 1);

	(void)state;
	assert_int_equal(world_host_count(w), 2);
	assert_int_equal(world_host(w, "beta"), BETA);
	assert_int_equal(world_host(w, "gamma"), -1);
	assert_holders(w, "alpha: off | beta: off");
	world_free(w);
}

static void
test_time_passes_also_without_events(void **state)
{
	struct world *w = make(HACF, GROUPS, 1);
	struct moment began = world_now(w);

	(void)state;
	world_run(w, span_from_ms(1234));
	assert_int_equal(span_ms(moment_since(world_now(w), began)), 1234);
	world_run(w, span_from_ms(0));
	assert_int_equal(span_ms(moment_since(world_now(w), began)), 1234);
	world_free(w);
}

static void
test_the_same_seed_gives_the_same_story(void **state)
{
	g_autofree char *first = NULL;

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct world *w = make(HACF, GROUPS, 7);

		world_loss(w, 30);
		world_duplication(w, 30);
		world_delay(w, span_from_ms(0), span_from_ms(80));
		world_boot(w, ALPHA);
		world_boot(w, BETA);
		world_run(w, span_from_ms(60000));
		world_power_off(w, ALPHA);
		world_run(w, span_from_ms(60000));
		assert_holders(w, "alpha: off | " BETA_ALL);
		assert_int_equal(world_doubles(w), 0);
		world_free(w);
		if (i == 0)
			first = g_strdup(said->str);
		else
			assert_string_equal(first, said->str);
	}
}

/* -- whatever is asked, in whatever order -- */

#define THREE_GROUPS GROUPS "alpha db\n"
#define RANDOM_SEEDS 20

static void
random_act(struct world *w, struct prng *prng, bool *up)
{
	static const char *const resources[] = {
	    "IPaddr::10.0.0.9", "httpd", "IPaddr::10.0.0.10", "db"};
	static const char *const sets[] = {"all", "local", "foreign", "failback"};
	unsigned host = (unsigned)prng_between(prng, 0, 1);
	const char *set = sets[prng_between(prng, 0, 3)];
	struct behaviour b = {.takes = span_from_ms((int64_t)prng_between(prng, 1, 3000))};

	switch (prng_between(prng, 0, 9)) {
	case 0:
	case 1:
		g_free(world_request(w, host, "standby", "set", set));
		break;
	case 2:
	case 3:
		g_free(world_request(w, host, "takeover", "set", set));
		break;
	case 4:
		world_kill_engine(w, host);
		break;
	case 5:
		if (up[1 - host]) {
			up[host] = false;
			world_stop(w, host);
		}
		break;
	case 6:
		if (up[1 - host]) {
			up[host] = false;
			world_power_off(w, host);
		}
		break;
	case 7:
		/* A start of it may be wrong now and then; a stop only takes its time. */
		b.exit_code = prng_between(prng, 0, 4) == 0 ? 1 : 0;
		world_behave(w, host, resources[prng_between(prng, 0, 3)], OP_START, b);
		break;
	case 8:
		world_behave(w, host, resources[prng_between(prng, 0, 3)], OP_STOP, b);
		break;
	default:
		up[host] = true;
		world_boot(w, host);
		break;
	}
}

static unsigned
runs(const char *holders, const char *resource)
{
	g_auto(GStrv) words = g_strsplit(holders, " ", -1);
	unsigned count = 0;

	for (char **word = words; *word != NULL; word++)
		count += strcmp(*word, resource) == 0 ? 1 : 0;
	return count;
}

/* Never two, and in the end, when everything works again, each group exactly once. */
static void
test_never_two_and_nothing_stranded(void **state)
{
	static const char *const resources[] = {
	    "IPaddr::10.0.0.9", "httpd", "IPaddr::10.0.0.10", "db"};

	(void)state;
	for (uint64_t seed = 1; seed <= RANDOM_SEEDS; seed++) {
		struct world *w = make(HACF, THREE_GROUPS, seed);
		bool up[2] = {true, true};
		struct prng prng;

		prng_seed(&prng, seed);
		world_loss(w, (unsigned)prng_between(&prng, 0, 10));
		world_duplication(w, (unsigned)prng_between(&prng, 0, 30));
		world_delay(
		    w, span_from_ms(0), span_from_ms((int64_t)prng_between(&prng, 1, 300)));
		world_boot(w, ALPHA);
		world_boot(w, BETA);
		for (unsigned i = 0; i < 60; i++) {
			random_act(w, &prng, up);
			world_run(w, span_from_ms((int64_t)prng_between(&prng, 0, 4000)));
		}
		for (unsigned i = 0; i < 4; i++) {
			for (unsigned op = OP_START; op <= OP_STOP; op++) {
				world_behave(
				    w, ALPHA, resources[i], op, (struct behaviour){0});
				world_behave(
				    w, BETA, resources[i], op, (struct behaviour){0});
			}
		}
		world_run(w, span_from_ms(30000));
		world_boot(w, ALPHA);
		world_boot(w, BETA);
		world_run(w, span_from_ms(30000));
		g_free(world_request(w, ALPHA, "retry", NULL, NULL));
		g_free(world_request(w, BETA, "retry", NULL, NULL));
		world_run(w, span_from_ms(30000));
		g_autofree char *holders = world_holders(w);

		if (world_doubles(w) != 0)
			fail_msg("seed %u: two at a time:\n%s", (unsigned)seed, said->str);
		for (unsigned i = 0; i < 4; i++) {
			if (runs(holders, resources[i]) != 1)
				fail_msg(
				    "seed %u: %s\n%s", (unsigned)seed, holders, said->str);
		}
		world_free(w);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_a_bad_configuration_is_refused),
	    TEST(test_names),
	    TEST(test_time_passes_also_without_events),
	    TEST(test_the_same_seed_gives_the_same_story),
	    TEST(test_never_two_and_nothing_stranded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
