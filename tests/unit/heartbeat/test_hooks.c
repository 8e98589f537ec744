/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hooks.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/hook.h"
#include "scratch.h"

#define PATIENCE_S 30

struct bench {
	char *directory, *rcd;
	qb_loop_t *loop;
	struct conf conf;
	char *nodes[2];
	char *parameters[3];
	struct hooks *hooks;
};

static int
bench_new(void **state)
{
	struct bench *b = g_new0(struct bench, 1);

	b->directory = g_dir_make_tmp("hb-test-XXXXXX", NULL);
	b->rcd = g_build_filename(b->directory, "rc.d", NULL);
	assert_int_equal(mkdir(b->rcd, 0755), 0);
	b->loop = qb_loop_create();
	b->nodes[0] = (char *)"alpha";
	b->parameters[0] = (char *)"deadtime";
	b->parameters[1] = (char *)"30";
	b->conf = (struct conf){
	    .nodes = b->nodes,
	    .node_count = 1,
	    .parameters = b->parameters,
	    .resource_timeout = span_from_ms(20000),
	    .coreroot = (char *)"/nonexistent",
	    .auto_failback = FAILBACK_ON,
	};
	b->hooks = hooks_new(b->loop, b->directory, &b->conf);
	*state = b;
	return 0;
}

static int
bench_free(void **state)
{
	struct bench *b = *state;
	g_autofree char *command = g_strconcat("rm -r ", b->directory, NULL);

	hooks_free(b->hooks);
	qb_loop_destroy(b->loop);
	assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
	g_free(b->directory);
	g_free(b->rcd);
	g_free(b);
	return 0;
}

/* A script that appends what it says to the file "out". */
static void
script(const struct bench *b, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(b->directory, name, NULL);
	g_autofree char *whole =
	    g_strdup_printf("#!/bin/sh\nexec >>%s/out\n%s\n", b->directory, text);

	assert_true(g_file_set_contents(path, whole, -1, NULL));
	assert_int_equal(chmod(path, 0755), 0);
}

static char *
out(const struct bench *b)
{
	g_autofree char *path = g_build_filename(b->directory, "out", NULL);
	char *text = NULL;

	return g_file_get_contents(path, &text, NULL, NULL) ? text : g_strdup("");
}

static void
look(void *data)
{
	struct bench *b = data;
	qb_loop_timer_handle ignored;

	if (hooks_busy(b->hooks))
		qb_loop_timer_add(b->loop, QB_LOOP_LOW, 2000000, b, look, &ignored);
	else
		qb_loop_stop(b->loop);
}

static void
until_idle(struct bench *b)
{
	alarm(PATIENCE_S);
	look(b);
	qb_loop_run(b->loop);
	alarm(0);
}

#define RUN(b, words) hooks_run((b)->hooks, words, sizeof(words))

static void
test_fields_become_variables(void **state)
{
	struct bench *b = *state;
	g_autofree char *said = NULL;

	script(b, "rc.d/status",
	    "echo \"$1 $HA_t $HA_st $HA_src $HA_OSTATUS $HA_CURHOST $HA_deadtime $HA_NICEFAILBACK\"");
	assert_int_equal(RUN(b, "status\0t\0status\0st\0dead\0src\0beta\0OSTATUS\0active"), 0);
	until_idle(b);
	said = out(b);
	assert_string_equal(said, "status status dead beta active alpha 30 yes\n");
}

/* Nobody's value reaches a shell as anything but a value. */
static void
test_values_are_values(void **state)
{
	struct bench *b = *state;
	g_autofree char *said = NULL;

	script(b, "rc.d/alarm", "printf '%s\\n' \"$HA_what\"");
	assert_int_equal(RUN(b, "alarm\0what\0$(id) `id`; rm -rf x\nHA_DIR=/tmp"), 0);
	until_idle(b);
	said = out(b);
	assert_string_equal(said, "$(id) `id`; rm -rf x\nHA_DIR=/tmp\n");
}

static void
test_what_a_message_cannot_set(void **state)
{
	struct bench *b = *state;
	g_autofree char *said = NULL;

	script(b, "rc.d/alarm",
	    "echo \"$HA_CURHOST $HA_deadtime $HA_first\"; env | grep -c 'evil' ");
	assert_int_equal(RUN(b, "alarm\0CURHOST\0evil\0FUNCS\0evil\0NOARCHBIN\0evil\0DIR\0evil\0"
				"LOGFILE\0evil\0deadtime\0evil\0a-b\0evil\0PATH=x\0evil\0"
				"first\0one\0first\0evil"), 0);
	until_idle(b);
	said = out(b);
	assert_string_equal(said, "alpha 30 one\n0\n");
}

static void
test_names(void **state)
{
	struct bench *b = *state;
	g_autofree char *said = NULL;

	script(b, "outside", "echo outside");
	script(b, "rc.d/alarm", "echo $1");
	assert_int_equal(RUN(b, "../outside"), -EINVAL);
	assert_int_equal(RUN(b, ""), -EINVAL);
	assert_int_equal(hooks_run(b->hooks, "alarm", 5), -EINVAL);
	assert_int_equal(hooks_run(b->hooks, "", 0), -EINVAL);
	assert_int_equal(RUN(b, "nothing_of_that_name"), 0);
	assert_false(hooks_busy(b->hooks));
	/* The script's name is in lower case. */
	assert_int_equal(RUN(b, "ALARM"), 0);
	until_idle(b);
	said = out(b);
	assert_string_equal(said, "alarm\n");
}

static void
test_harc(void **state)
{
	struct bench *b = *state;
	g_autofree char *said = NULL;

	script(b, "harc", "echo harc $*");
	script(b, "rc.d/alarm", "echo script");
	assert_int_equal(RUN(b, "alarm"), 0);
	assert_int_equal(RUN(b, "other"), 0);
	until_idle(b);
	said = out(b);
	assert_string_equal(said, "harc alarm\n");
}

/* 3.0.6's needs a shellfuncs that is gone with it. */
static void
test_harc_of_heartbeat_3(void **state)
{
	struct bench *b = *state;
	g_autofree char *path = g_build_filename(b->directory, "harc", NULL);
	g_autofree char *old = NULL, *said = NULL;

	assert_true(g_file_get_contents(TEST_SRCDIR "/unit/conf/old-scripts/harc", &old, NULL, NULL));
	assert_true(g_file_set_contents(path, old, -1, NULL));
	assert_int_equal(chmod(path, 0755), 0);
	script(b, "rc.d/alarm", "echo script $*");
	assert_int_equal(RUN(b, "alarm"), 0);
	until_idle(b);
	said = out(b);
	assert_string_equal(said, "script alarm\n");
}

static void
test_one_after_the_other(void **state)
{
	struct bench *b = *state;
	g_autofree char *said = NULL;

	script(b, "rc.d/slow", "echo begin; sleep 0.1; echo end; exit 3");
	script(b, "rc.d/quick", "echo quick");
	assert_int_equal(RUN(b, "slow"), 0);
	assert_int_equal(RUN(b, "quick"), 0);
	until_idle(b);
	said = out(b);
	assert_string_equal(said, "begin\nend\nquick\n");
}

static void
test_hanging(void **state)
{
	struct bench *b = *state;
	g_autofree char *said = NULL;

	b->conf.resource_timeout = span_from_ms(50);
	script(b, "rc.d/slow", "echo slow; exec sleep 1000");
	script(b, "rc.d/quick", "echo quick");
	assert_int_equal(RUN(b, "slow"), 0);
	b->conf.resource_timeout = span_from_ms(20000);
	assert_int_equal(RUN(b, "quick"), 0);
	until_idle(b);
	said = out(b);
	assert_non_null(strstr(said, "quick"));
}

static void
test_too_many(void **state)
{
	struct bench *b = *state;
	unsigned taken = 0;

	script(b, "rc.d/slow", "exec sleep 1000");
	while (RUN(b, "slow") == 0)
		taken++;
	assert_int_equal(taken, HOOKS_WAITING_MAX + 1);
	assert_int_equal(RUN(b, "slow"), -ENOBUFS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_fields_become_variables, bench_new, bench_free),
	    cmocka_unit_test_setup_teardown(test_values_are_values, bench_new, bench_free),
	    cmocka_unit_test_setup_teardown(
		test_what_a_message_cannot_set, bench_new, bench_free),
	    cmocka_unit_test_setup_teardown(test_names, bench_new, bench_free),
	    cmocka_unit_test_setup_teardown(test_harc, bench_new, bench_free),
	    cmocka_unit_test_setup_teardown(test_harc_of_heartbeat_3, bench_new, bench_free),
	    cmocka_unit_test_setup_teardown(test_one_after_the_other, bench_new, bench_free),
	    cmocka_unit_test_setup_teardown(test_hanging, bench_new, bench_free),
	    cmocka_unit_test_setup_teardown(test_too_many, bench_new, bench_free),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
