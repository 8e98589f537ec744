/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define HACF \
	"logfacility none\nkeepalive 1\ndeadtime 5\ninitdead 10\nauto_failback on\n" \
	"ucast eth0 10.0.0.1\nucast eth1 10.1.0.1\nping 10.0.0.254\n"
#define GROUPS "alpha IPaddr::10.0.0.9 httpd\nbeta IPaddr::10.0.0.10\n"

enum { ALPHA, BETA };

static GString *said;

static void
hear(void *arg, const char *line)
{
	(void)arg;
	g_string_append_printf(said, "%s\n", line);
}

static struct world *
make(const char *hacf, const char *haresources, uint64_t seed)
{
	char *nodes[] = {"alpha", "beta", NULL};

	g_string_truncate(said, 0);
	return world_new(nodes, hacf, haresources, seed, TRACE_INFO, hear, NULL);
}

static struct world *
both_up(void)
{
	struct world *w = make(HACF, GROUPS, 1);

	assert_non_null(w);
	world_boot(w, ALPHA);
	world_boot(w, BETA);
	world_run(w, span_from_ms(5000));
	return w;
}

static void
assert_holders(const struct world *w, const char *expected)
{
	g_autofree char *holders = world_holders(w);

	assert_string_equal(holders, expected);
}

#define SHARED "alpha: IPaddr::10.0.0.9 httpd | beta: IPaddr::10.0.0.10"
#define BETA_ALL "beta: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10"

static int
setup(void **state)
{
	(void)state;
	said = g_string_new(NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	g_string_free(said, TRUE);
	return 0;
}

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

static void
test_power(void **state)
{
	struct world *w = both_up();

	(void)state;
	assert_holders(w, SHARED);
	world_power_off(w, ALPHA);
	assert_holders(w, "alpha: off | beta: IPaddr::10.0.0.10");
	world_run(w, span_from_ms(10000));
	assert_holders(w, "alpha: off | " BETA_ALL);
	world_boot(w, ALPHA);
	world_boot(w, ALPHA); /* it runs already */
	world_run(w, span_from_ms(10000));
	assert_holders(w, SHARED);
	assert_int_equal(world_doubles(w), 0);
	world_free(w);
}

static void
test_stop(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_stop(w, ALPHA);
	world_run(w, span_from_ms(1000));
	assert_holders(w, "alpha: nothing | " BETA_ALL);
	world_stop(w, ALPHA); /* nobody there to be told */
	world_free(w);
}

/* What the daemons started runs on without them, and the judge sees it. */
static void
test_doubles_are_counted(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_kill_daemons(w, ALPHA);
	assert_holders(w, SHARED);
	world_run(w, span_from_ms(10000));
	assert_int_equal(world_doubles(w), 2);
	assert_non_null(strstr(said->str, "!! httpd starts while it runs on alpha"));
	world_free(w);
}

static void
test_an_engine_is_replaced_at_once(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_kill_engine(w, ALPHA);
	world_run(w, span_from_ms(5000));
	assert_holders(w, SHARED);
	assert_null(strstr(said->str, "is dead"));
	world_power_off(w, ALPHA);
	world_kill_engine(w, ALPHA);
	world_free(w);
}

static void
test_cut_of_one_way_and_one_link(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_cut(w, ALPHA, BETA, "eth1", true);
	world_run(w, span_from_ms(10000));
	assert_non_null(strstr(said->str, "beta: Link alpha:eth1 dead."));
	assert_null(strstr(said->str, "alpha: Link beta:eth1 dead."));
	assert_null(strstr(said->str, "is dead"));
	world_cut(w, ALPHA, BETA, "eth1", false);
	g_string_truncate(said, 0);
	world_run(w, span_from_ms(2000));
	assert_non_null(strstr(said->str, "beta: Link alpha:eth1 up."));
	world_free(w);
}

static void
test_pause(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_pause(w, ALPHA, span_from_ms(4000));
	g_autofree char *answer = world_request(w, ALPHA, "status", NULL, NULL);

	assert_string_equal(answer, "no answer");
	world_run(w, span_from_ms(10000));
	assert_non_null(strstr(said->str, "alpha: we did not run for"));
	assert_null(strstr(said->str, "is dead"));
	assert_holders(w, SHARED);
	world_free(w);
}

static void
test_pings(void **state)
{
	struct world *w = both_up();

	(void)state;
	assert_non_null(strstr(said->str, "Link 10.0.0.254:10.0.0.254 up."));
	world_ping_reach(w, ALPHA, "10.0.0.254", false);
	world_run(w, span_from_ms(10000));
	assert_non_null(strstr(said->str, "alpha: node 10.0.0.254: is dead"));
	assert_null(strstr(said->str, "beta: node 10.0.0.254: is dead"));
	world_free(w);
}

static void
test_behaviour(void **state)
{
	static const struct {
		struct behaviour start;
		const char *holders; /* after 10 s */
	} cases[] = {
	    {{.takes = {1000000}}, SHARED},
	    {{.exit_code = 1}, "alpha: nothing | " BETA_ALL},
	    {{.missing = true}, "alpha: nothing | " BETA_ALL},
	    {{.takes = {INT64_C(20000000000)}}, SHARED},
	    /* From its first moment a start may use the data. */
	    {{.hangs = true}, SHARED},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct world *w = make(HACF, GROUPS, 1);

		world_behave(w, ALPHA, "httpd", OP_START, cases[i].start);
		world_boot(w, ALPHA);
		world_boot(w, BETA);
		world_run(w, span_from_ms(10000));
		assert_holders(w, cases[i].holders);
		world_free(w);
	}
}

static void
test_set_running(void **state)
{
	struct world *w = make(HACF, GROUPS, 1);

	(void)state;
	world_boot(w, ALPHA);
	world_set_running(w, ALPHA, "httpd", true);
	assert_holders(w, "alpha: httpd | beta: off");
	world_set_running(w, ALPHA, "httpd", false);
	world_set_running(w, ALPHA, "no such thing", true);
	assert_holders(w, "alpha: nothing | beta: off");
	world_free(w);
}

static void
test_requests_and_strangers(void **state)
{
	struct world *w = both_up();
	g_autofree char *json = world_request(w, BETA, "status", NULL, NULL);
	g_autofree char *wrong = world_request(w, BETA, "standby", "set", "some");
	g_autofree char *ok = world_request(w, BETA, "standby", "set", "all");

	(void)state;
	assert_int_equal(json[0], '{');
	assert_string_equal(wrong, "set must be one of all, local, foreign, failback");
	assert_string_equal(ok, "ok");
	world_inject(w, ALPHA, "hello", 5);
	world_run(w, span_from_ms(2000));
	assert_non_null(
	    strstr(said->str, "packet from stranger by eth0 dropped: bad-frame"));
	world_power_off(w, BETA);
	g_autofree char *off = world_request(w, BETA, "status", NULL, NULL);

	assert_string_equal(off, "no answer");
	world_inject(w, BETA, "hello", 5);
	world_run(w, span_from_ms(10));
	world_free(w);
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
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_a_bad_configuration_is_refused),
	    TEST(test_names),
	    TEST(test_time_passes_also_without_events),
	    TEST(test_the_same_seed_gives_the_same_story),
	    TEST(test_power),
	    TEST(test_stop),
	    TEST(test_doubles_are_counted),
	    TEST(test_an_engine_is_replaced_at_once),
	    TEST(test_cut_of_one_way_and_one_link),
	    TEST(test_pause),
	    TEST(test_pings),
	    TEST(test_behaviour),
	    TEST(test_set_running),
	    TEST(test_requests_and_strangers),
	    TEST(test_never_two_and_nothing_stranded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
