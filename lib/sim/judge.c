/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/judge.h"

#include <string.h>

#include "base/text.h"
#include "sim/rules.h"
#include "sim/scenario.h"

/* After the end nothing may move for so long. */
#define REST "run 10min"

struct trial {
	struct scenario *s;
	struct rules rules;
	struct verdict *v;
	GString *trace;
	struct coverage *coverage;
	unsigned starts;
};

static void
hear_line(void *arg, const char *line)
{
	struct trial *t = arg;
	struct transition change;

	/* FNV-1a, 64 bits */
	for (const char *c = line; *c != '\0'; c++)
		t->v->fingerprint =
		    (t->v->fingerprint ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
	if (t->trace != NULL)
		g_string_append_printf(t->trace, "%s\n", line);
	if (transition_read(line, &change)) {
		t->starts += change.to == CLAIM_STARTING ? 1 : 0;
		if (t->coverage != NULL)
			coverage_note(t->coverage, &change);
	}
	rules_line(&t->rules, line);
}

/* Time passes in small pieces, so that the rules can look. */
static void
pass_time(struct trial *t, struct span length)
{
	struct world *w = scenario_world(t->s);
	struct moment end = moment_add(world_now(w), length);

	while (moment_before(world_now(w), end) && t->v->violation == NULL) {
		struct span left = moment_since(end, world_now(w));
		struct span pace = rules_pace(&t->rules);

		world_run(w, span_exceeds(left, pace) ? pace : left);
		rules_look(&t->rules);
	}
}

static void
tell(struct trial *t, const char *statement)
{
	struct span length;

	if (t->v->violation != NULL)
		return;
	if (scenario_world(t->s) != NULL && g_str_has_prefix(statement, "run ") &&
	    text_to_span(statement + strlen("run "), &length)) {
		pass_time(t, length);
		return;
	}
	rules_statement(&t->rules, statement);
	g_autofree char *wrong = scenario_do(t->s, statement);
	if (wrong != NULL)
		verdict_blame(t->v, RULE_SCENARIO, "the scenario itself is wrong: %s: %s", statement,
		    wrong);
	if (t->rules.w == NULL)
		t->rules.w = scenario_world(t->s);
	rules_look(&t->rules);
}

static void
tell_all(struct trial *t, const GPtrArray *statements)
{
	for (unsigned i = 0; i < statements->len; i++)
		tell(t, g_ptr_array_index(statements, i));
}

static void
judge_end(const struct world *w, struct verdict *v)
{
	for (unsigned g = 0; g < world_group_count(w); g++) {
		unsigned whole = 0, parts = 0;

		for (unsigned h = 0; h < world_host_count(w); h++) {
			unsigned runs = world_group_runs(w, h, g);

			whole += runs == 2 ? 1 : 0;
			parts += runs == 1 ? 1 : 0;
		}
		if (whole != 1 || parts != 0)
			verdict_blame(v, RULE_END,
			    "group %s runs whole on %u nodes and in part on %u, in the end",
			    world_group_key(w, g), whole, parts);
	}
	for (unsigned h = 0; h < world_host_count(w); h++) {
		if (!world_is_settled(w, h))
			verdict_blame(v, RULE_END, "node %s is not settled in the end",
			    world_node_name(w, h));
	}
}

static void
heal(struct trial *t, const struct draw *d)
{
	for (unsigned i = 0; i < d->healing->len; i++) {
		const char *statement = g_ptr_array_index(d->healing, i);

		tell(t, statement);
		/* From the end of the first pause on, everybody has noticed. */
		if (t->rules.w != NULL && g_str_has_prefix(statement, "run "))
			rules_be_strict(&t->rules);
	}
	if (t->v->violation == NULL && t->rules.w != NULL)
		judge_end(t->rules.w, t->v);
}

void
judge_run(const struct draw *d, uint64_t seed, struct coverage *coverage, GString *trace,
    struct verdict *out)
{
	struct trial t = {.v = out, .trace = trace, .coverage = coverage};

	memset(out, 0, sizeof(*out));
	out->fingerprint = UINT64_C(0xcbf29ce484222325);
	rules_init(&t.rules, d, out);
	t.s = scenario_new(seed, TRACE_INFO, hear_line, &t);
	tell_all(&t, d->setup);
	unsigned starts = t.starts;

	tell_all(&t, d->faults);
	if (d->class == DRAW_CALM && t.starts != starts)
		verdict_blame(out, RULE_UNASKED, "something moved though nobody had failed");
	heal(&t, d);
	starts = t.starts;
	tell(&t, REST);
	if (t.starts != starts)
		verdict_blame(out, RULE_UNASKED, "something moved long after all was well");
	if (t.rules.w != NULL) {
		out->simulated_ms =
		    span_ms(moment_since(world_now(t.rules.w), world_began(t.rules.w)));
		out->steps = world_steps(t.rules.w);
	}
	rules_clear(&t.rules);
	scenario_free(t.s);
}
