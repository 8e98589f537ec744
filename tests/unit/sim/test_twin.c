/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A twin that never differs is worth nothing: here the core is changed behind its back. */
#include "sim/twin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

#include "core/state.h"

struct bench {
	struct conf *conf;
	struct twin *twin;
	struct core *core;
	struct actions *out;
	struct moment now;
	unsigned lines;
};

static void
hear(void *arg, enum trace_level level, const char *line)
{
	struct bench *b = arg;

	(void)level;
	(void)line;
	b->lines++;
}

static char *
step(struct bench *b, enum event_type type)
{
	const struct event e = {.type = type, .now = b->now, .wall_s = 1700000000};

	actions_clear(b->out);
	return twin_step(b->twin, NULL, b->core, &e, b->out);
}

static void
bench_init(struct bench *b, unsigned every)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	const struct conf_text text = {.hacf_path = "ha.cf",
	    .hacf = "logfacility none\nucast eth0 10.0.0.1\nnode node1 node2\n",
	    .haresources_path = "haresources",
	    .haresources = "node1 IPaddr::10.0.0.9\n",
	    .authkeys_path = "authkeys",
	    .authkeys = "auth 1\n1 crc\n",
	    .authkeys_owner_ok = true,
	    .node_name = "node1"};

	*b = (struct bench){.now = {1000000000}};
	b->conf = conf_parse(&text, faults);
	assert_non_null(b->conf);
	b->twin = twin_new(b->conf, every);
	b->core = core_new(b->conf, 1, twin_trace(b->twin, (struct trace){hear, b}));
	b->out = actions_new();
	assert_null(step(b, EVENT_START));
	assert_true(b->lines > 0);
}

static void
bench_clear(struct bench *b)
{
	core_free(b->core);
	twin_free(b->twin);
	actions_free(b->out);
	conf_free(b->conf);
}

static void
test_they_go_on_alike(void **state)
{
	(void)state;
	for (unsigned every = 1; every < 8; every += 3) {
		struct bench b;

		bench_init(&b, every);
		for (unsigned i = 0; i < 200; i++) {
			b.now = core_deadline(b.core);
			assert_null(step(&b, EVENT_TIMER));
		}
		bench_clear(&b);
	}
}

/* Something that is told at the next step, and something that is not. */
static void
test_differences(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b, 100);
	b.core->generation++;
	b.now = core_deadline(b.core);
	g_autofree char *told = step(&b, EVENT_TIMER);
	assert_non_null(strstr(told, "not do the same on event timer"));
	bench_clear(&b);

	bench_init(&b, 2);
	b.core->nodes[1].late++;
	b.now = core_deadline(b.core);
	g_autofree char *kept = step(&b, EVENT_TIMER);
	assert_non_null(strstr(kept, "differ after a step"));
	bench_clear(&b);
}

static void
test_none(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b, 1);
	twin_free(b.twin);
	b.core->trace = (struct trace){hear, &b};
	b.twin = NULL;
	b.now = core_deadline(b.core);
	assert_null(step(&b, EVENT_TIMER));
	assert_true(actions_count(b.out) > 0);
	bench_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_they_go_on_alike),
	    cmocka_unit_test(test_differences),
	    cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
