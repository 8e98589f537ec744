/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/mishap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

#include "sim/scenario.h"

static void
ignore_line(void *arg, const char *line)
{
	(void)arg;
	(void)line;
}

static void
add(GPtrArray *list, const char *statement)
{
	g_ptr_array_add(list, g_strdup(statement));
}

static struct draw
draw_of(enum draw_class class, const char *ping)
{
	struct draw d = {.class = class, .keepalive_ms = 2000, .deadtime_ms = 30000};

	d.setup = g_ptr_array_new_with_free_func(g_free);
	d.faults = g_ptr_array_new_with_free_func(g_free);
	d.healing = g_ptr_array_new_with_free_func(g_free);
	add(d.setup, "nodes alpha beta");
	if (ping != NULL)
		add(d.setup, ping);
	add(d.setup, "group alpha IPaddr::10.0.0.9 svc1");
	add(d.setup, "group beta IPaddr::10.0.0.10");
	add(d.setup, "boot all");
	return d;
}

static bool
mentions(const GPtrArray *list, const char *text)
{
	for (unsigned i = 0; i < list->len; i++) {
		if (strstr(g_ptr_array_index(list, i), text) != NULL)
			return true;
	}
	return false;
}

static void
play(struct scenario *s, const GPtrArray *list)
{
	for (unsigned i = 0; i < list->len; i++) {
		const char *statement = g_ptr_array_index(list, i);
		g_autofree char *why = scenario_do(s, statement);

		if (why != NULL)
			fail_msg("%s: %s", statement, why);
	}
}

/* Each is drawn in its class and in no milder one, and every statement can be carried out. */
static void
test_classes(void **state)
{
	static const struct {
		const char *what;
		enum draw_class from;
	} cases[] = {
	    {"clock ", DRAW_CALM},
	    {"corrupt ", DRAW_CALM},
	    {"ping-lost ", DRAW_CALM},
	    {"ping-back ", DRAW_CALM},
	    {"delay ", DRAW_CALM},
	    {" losing", DRAW_HONEST},
	    {"ask ", DRAW_HONEST},
	    {"gone alpha IPaddr", DRAW_CALM},
	    {"flush ", DRAW_CALM},
	    {"ifdown ", DRAW_CALM},
	    {"plug ", DRAW_CALM},
	    {"sends-fail ", DRAW_CALM},
	    {"gone alpha svc1", DRAW_HONEST},
	    {"suspend ", DRAW_HONEST},
	    {"haresources ", DRAW_HONEST},
	    {"reload ", DRAW_HONEST},
	    {"kill-engine ", DRAW_HONEST},
	    {"cut ", DRAW_HARSH},
	    {" probe exit 1", DRAW_HONEST},
	};

	(void)state;
	for (unsigned class = 0; class < DRAW_CLASS_COUNT; class++) {
		struct draw d = draw_of(class, "conf ping 10.0.9.1");

		g_ptr_array_insert(d.setup, 1, g_strdup("conf ucast eth0 10.0.0.1"));
		g_ptr_array_insert(d.setup, 1, g_strdup("conf ucast eth1 10.0.1.1"));
		struct scenario *s = scenario_new(1, TRACE_CRITICAL, ignore_line, NULL);
		struct prng prng;

		prng_seed(&prng, class + 1);
		for (unsigned i = 0; i < 200; i++)
			mishap_draw(&prng, &d);
		for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
			if (mentions(d.faults, cases[i].what) != (class >= cases[i].from))
				fail_msg("class %u: %s", class, cases[i].what);
		}
		mishap_mend(&d, d.healing);
		mishap_mend_last(&d, d.healing);
		play(s, d.setup);
		play(s, d.faults);
		play(s, d.healing);
		scenario_free(s);
		draw_clear(&d);
	}
}

static void
test_ping_nodes(void **state)
{
	g_autoptr(GPtrArray) setup = g_ptr_array_new_with_free_func(g_free);
	struct draw none = draw_of(DRAW_HONEST, NULL);
	struct draw group = draw_of(DRAW_HONEST, "conf ping_group far 10.0.9.1 10.0.9.2");
	struct prng prng;

	(void)state;
	prng_seed(&prng, 1);
	for (unsigned i = 0; i < 100; i++) {
		mishap_setup(&prng, setup);
		mishap_draw(&prng, &none);
		mishap_draw(&prng, &group);
	}
	assert_true(mentions(setup, "conf ping 10.0.9.1"));
	assert_true(mentions(setup, "conf ping_group far 10.0.9.1"));
	assert_true(setup->len < 60);
	assert_false(mentions(none.faults, "ping-"));
	/* The only link of an honest cluster does not fail. */
	assert_false(mentions(none.faults, "ifdown "));
	assert_true(mentions(group.faults, "ping-lost alpha far"));
	mishap_mend(&group, group.healing);
	assert_true(mentions(group.healing, "ping-back beta far"));
	draw_clear(&none);
	draw_clear(&group);
}

static void
test_masters_are_spared(void **state)
{
	static const char *const faults[] = {"kill-engine alpha", "run 30s", "kill-engine alpha",
	    "kill-engine beta", "run 30s", "kill-engine alpha", "run 35s", "kill-engine alpha"};

	(void)state;
	for (unsigned harsh = 0; harsh < 2; harsh++) {
		struct draw d = draw_of(harsh ? DRAW_HARSH : DRAW_HONEST, NULL);

		for (size_t i = 0; i < G_N_ELEMENTS(faults); i++)
			add(d.faults, faults[i]);
		mishap_spare_masters(&d);
		assert_int_equal(d.faults->len, G_N_ELEMENTS(faults) - (harsh ? 0 : 1));
		if (!harsh)
			assert_string_equal(g_ptr_array_index(d.faults, 5), "run 35s");
		draw_clear(&d);
	}
}

static void
test_only_what_happened_is_mended(void **state)
{
	struct draw d = draw_of(DRAW_HONEST, NULL);

	(void)state;
	add(d.faults, "clock alpha +1h");
	mishap_mend(&d, d.healing);
	mishap_mend_last(&d, d.healing);
	assert_int_equal(d.healing->len, 0);
	add(d.faults, "gone alpha svc1");
	add(d.faults, "corrupt 5");
	mishap_mend(&d, d.healing);
	assert_true(mentions(d.healing, "restore all"));
	assert_true(mentions(d.healing, "corrupt 0"));
	assert_false(mentions(d.healing, "ifup"));
	add(d.faults, "linkdown alpha eth0");
	add(d.faults, "unplug alpha eth0");
	add(d.faults, "sends-fail alpha eth0");
	mishap_mend(&d, d.healing);
	assert_true(mentions(d.healing, "ifup all"));
	assert_true(mentions(d.healing, "plug all"));
	assert_true(mentions(d.healing, "sends-work all"));
	assert_false(mentions(d.healing, "haresources"));
	add(d.faults, "haresources alpha beta IPaddr::10.0.0.10");
	mishap_mend(&d, d.healing);
	mishap_mend_last(&d, d.healing);
	assert_true(mentions(d.healing,
	    "haresources all alpha IPaddr::10.0.0.9 svc1 | beta IPaddr::10.0.0.10"));
	assert_true(mentions(d.healing, "reload all"));
	assert_true(mentions(d.healing, "stop beta"));
	draw_clear(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_classes),
	    cmocka_unit_test(test_ping_nodes),
	    cmocka_unit_test(test_masters_are_spared),
	    cmocka_unit_test(test_only_what_happened_is_mended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
