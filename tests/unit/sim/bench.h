/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A running cluster with the rules beside it, for the tests of each rule. */
#ifndef TEST_SIM_BENCH_H
#define TEST_SIM_BENCH_H

#include <string.h>

#include "sim/rules.h"
#include "sim/scenario.h"
#include "trial.h"

enum { ALPHA, BETA };

struct bench {
	struct draw d;
	struct verdict v;
	struct rules r;
	struct scenario *s;
};

static inline void
bench_line(void *arg, const char *line)
{
	struct bench *b = arg;

	rules_line(&b->r, line);
}

/* Statements that the rules are told; "run" in small steps. */
static inline void
bench_do(struct bench *b, const char *statements)
{
	g_auto(GStrv) parts = g_strsplit(statements, ";", -1);

	for (char **part = parts; *part != NULL; part++) {
		unsigned seconds = 0;

		if (g_str_has_prefix(*part, "run "))
			seconds = (unsigned)g_ascii_strtoull(*part + 4, NULL, 10);
		else
			rules_statement(&b->r, *part);
		g_autofree char *wrong = seconds > 0 ? NULL : scenario_do(b->s, *part);
		assert_null(wrong);
		b->r.w = scenario_world(b->s);
		for (unsigned i = 0; i < 2 * seconds; i++) {
			world_run(b->r.w, span_from_ms(500));
			rules_look(&b->r);
		}
	}
}

/* Two nodes; alpha runs the group. */
static inline void
bench_begin(struct bench *b, enum draw_class class)
{
	memset(b, 0, sizeof(*b));
	b->d = trial_draw(class, "", "");
	rules_init(&b->r, &b->d, &b->v);
	b->s = scenario_new(1, TRACE_INFO, bench_line, b);
	for (unsigned i = 0; i < b->d.setup->len; i++)
		bench_do(b, g_ptr_array_index(b->d.setup, i));
	assert_null(b->v.violation);
}

static inline void
bench_end(struct bench *b)
{
	rules_clear(&b->r);
	scenario_free(b->s);
	verdict_clear(&b->v);
	draw_clear(&b->d);
}

static inline void
bench_blames(const struct bench *b, enum rule rule, const char *words)
{
	if (b->v.rule != rule)
		fail_msg("%s: %s", rule_name(b->v.rule), b->v.violation);
	if (words != NULL && strstr(b->v.violation, words) == NULL)
		fail_msg("%s", b->v.violation);
}

#endif
