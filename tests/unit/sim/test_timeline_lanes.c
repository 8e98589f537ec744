/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "howto.h"
#include "sim/plan.h"
#include "sim/timeline_picture.h"

/* The lane of a host, or of what clients saw, as the scenario made it. */
static GString *
lane_of(struct cluster *c, const char *scenario, int host)
{
	struct plan_row *row = plan_given(c, "test", scenario);
	g_autoptr(GArray) moments = g_array_new(FALSE, FALSE, sizeof(struct moment));
	GString *out = g_string_new(NULL);
	struct play play;

	play_row(c, row, &play);
	const struct moment ends[] = {outage_began(play.outage), outage_ended(play.outage)};
	struct picture p = {.out = out,
	    .c = c,
	    .p = &play,
	    .hosts = c->conf->node_count,
	    .groups = c->conf->group_count,
	    .left = 150};

	g_array_append_vals(moments, ends, 2);
	axis_init(&p.axis, moments, moment_since(ends[1], ends[0]), p.left, WIDTH - RIGHT);
	if (host >= 0) {
		lanes_host(&p, (unsigned)host, 100);
	} else {
		lanes_clients(&p, 0, 100);
		lanes_lengths(&p, 0, 100);
	}
	axis_clear(&p.axis);
	play_clear(&play);
	plan_row_free(row);
	return out;
}

static unsigned
count(const GString *text, const char *word)
{
	unsigned n = 0;

	for (const char *at = text->str; (at = strstr(at, word)) != NULL; at++)
		n++;
	return n;
}

static void
test_a_host_shows_how_it_was_and_what_it_ran(void **state)
{
	static const struct {
		const char *scenario, *text;
		unsigned whole, starting, stopping, times;
	} cases[] = {
	    /* Five resources are started one after the other: that is one bar. */
	    {"run 1min", "", 1, 1, 0, 0},
	    {"power-off web1; run 10min", ">off<", 1, 1, 0, 1},
	    {"pause web1 20s; run 1min", ">frozen<", 1, 1, 0, 1},
	    {"kill-daemons web1; run 10s; run 10s; boot web1; run 1s", ">no heartbeat<", 1,
		1, 0, 1},
	    {"ask web1 standby all; run 1min", "", 1, 1, 1, 0},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct cluster *c = howto_a();
		g_autoptr(GString) lane = lane_of(c, cases[i].scenario, 0);

		if (count(lane, "fill=\"#0072b2\"/>") != cases[i].whole ||
		    count(lane, "url(#starting)") != cases[i].starting ||
		    count(lane, "url(#stopping)") != cases[i].stopping)
			fail_msg("%s: %s", cases[i].scenario, lane->str);
		if (cases[i].times > 0)
			assert_int_equal(count(lane, cases[i].text), cases[i].times);
		assert_int_equal(count(lane, ">web1<"), 1);
		cluster_free(c);
	}
}

static void
test_clients_show_outages_with_their_length(void **state)
{
	static const struct {
		const char *scenario, *text;
		unsigned outages, doubles;
	} cases[] = {
	    {"run 1min", "", 0, 0},
	    {"power-off web1; run 1min", ">34s<", 1, 0},
	    {"ask web1 standby all; run 1min", ">8.0s<", 1, 0},
	    {"cut web1 web2; run 2min; mend web1 web2; run 1min", ">twice ", 1, 1},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct cluster *c = howto_a();
		g_autoptr(GString) lane = lane_of(c, cases[i].scenario, -1);

		if (count(lane, "fill=\"#c1121f\"") != cases[i].outages ||
		    count(lane, "fill=\"#5b0e7a\"") != cases[i].doubles ||
		    strstr(lane->str, cases[i].text) == NULL)
			fail_msg("%s: %s", cases[i].scenario, lane->str);
		cluster_free(c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_host_shows_how_it_was_and_what_it_ran),
	    cmocka_unit_test(test_clients_show_outages_with_their_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
