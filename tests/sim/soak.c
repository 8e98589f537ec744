/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Simulated clusters by seed, with a judge beside them.
 *
 *   soak --seeds FROM COUNT     these seeds (make check)
 *   soak --seconds S            fresh seeds for so long (make soak)
 *   soak --seconds-fixed S      seeds from 1 on for so long, up to the first violation
 *   soak --two-nodes S          fresh seeds for so long, two nodes each: the figure of speed
 *   soak --seed N [NODES]       one seed, with its trace; NODES: 2 if --two-nodes drew it
 *
 * Seconds are of the processor, so that other work on the machine changes nothing. The last line is
 * for people and machines; exit code 1 if anything was violated. A failure prints the shortest
 * schedule found, which is a story, and the command that replays it.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sim/judge.h"
#include "sim/retell.h"
#include "sim/scenario.h"
#include "sim/shrink.h"

/* Every so many seeds one is run twice. */
#define TWICE_EVERY 16
/* ... and another one told again, from flight records this small that they are overwritten. */
#define RETELL_EVERY 32
#define RETELL_RECORD_SIZE (40 * 1024)
#define RETELL_REST "run 7200s"
#define RETELL_TWIN_EVERY 5
/* Enough to look at. */
#define VIOLATIONS_MAX 10

struct sum {
	struct coverage coverage;
	uint64_t seeds, steps, by_class[DRAW_CLASS_COUNT];
	unsigned nodes;	/* 0: as drawn */
	int64_t simulated_ms;
	unsigned violations;
	uint64_t retold, rolled;	/* flight records; those that were overwritten in part */
};

static double
seconds_used(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

static void
print_list(const GPtrArray *list)
{
	for (unsigned i = 0; i < list->len; i++)
		printf("%s\n", (const char *)g_ptr_array_index(list, i));
}

static void
report(struct draw *d, uint64_t seed, unsigned nodes, const struct verdict *v)
{
	printf("\nseed %" G_GUINT64_FORMAT " (%s): %s: %s\n", seed, draw_class_name(d->class),
	    rule_name(v->rule), v->violation);
	printf("# found after %.1f s\n", seconds_used());
	fflush(stdout);
	shrink_draw(d, seed, v->rule);
	printf("# the shortest schedule found; replay it: tests/sim/soak --seed %" G_GUINT64_FORMAT
	       "%s\n", seed, nodes == 2 ? " 2" : "");
	print_list(d->setup);
	print_list(d->faults);
	print_list(d->healing);
	fflush(stdout);
}

static void
tell_all(struct scenario *s, const GPtrArray *statements)
{
	for (unsigned i = 0; i < statements->len; i++)
		g_free(scenario_do(s, g_ptr_array_index(statements, i)));
}

static void
ignore_line(void *arg, const char *line)
{
	(void)arg;
	(void)line;
}

/* What a core goes on to do is the same after it was saved and loaded, and from its record. */
static char *
retell_seed(struct sum *sum, const struct draw *d, uint64_t seed)
{
	struct scenario *s = scenario_new(seed, TRACE_CRITICAL, ignore_line, NULL);
	char *wrong = NULL;
	struct retell r;

	retell_init(&r);
	const struct world_recording recording =
	    retell_recording(&r, RETELL_RECORD_SIZE, RETELL_TWIN_EVERY);

	scenario_record(s, &recording);
	tell_all(s, d->setup);
	tell_all(s, d->faults);
	tell_all(s, d->healing);
	g_free(scenario_do(s, RETELL_REST));
	scenario_free(s);
	sum->retold += r.records;
	sum->rolled += r.rolled;
	if (r.wrong->len > 0)
		wrong = g_strdup_printf("told again it is another story: %s", r.wrong->str);
	retell_clear(&r);
	return wrong;
}

static void
run_seed(struct sum *sum, uint64_t seed, GString *trace)
{
	struct draw d;
	struct verdict v;

	draw_scenario_of(seed, sum->nodes, &d);
	judge_run(&d, seed, &sum->coverage, trace, &v);
	sum->seeds++;
	sum->by_class[d.class]++;
	sum->steps += v.steps;
	sum->simulated_ms += v.simulated_ms;
	if (v.violation == NULL && seed % TWICE_EVERY == 0) {
		struct verdict again;

		judge_run(&d, seed, NULL, NULL, &again);
		if (again.fingerprint != v.fingerprint)
			verdict_blame(&v, RULE_TRACE, "two runs of one seed differ");
		verdict_clear(&again);
	}
	if (v.violation == NULL && seed % RETELL_EVERY == RETELL_EVERY / 2) {
		g_autofree char *wrong = retell_seed(sum, &d, seed);

		if (wrong != NULL)
			verdict_blame(&v, RULE_TRACE, "%s", wrong);
	}
	if (v.violation != NULL) {
		sum->violations++;
		/* With a trace: as it is, not shortened. */
		if (trace == NULL)
			report(&d, seed, sum->nodes, &v);
		else
			g_string_append_printf(trace, "violated: %s: %s\n", rule_name(v.rule), v.violation);
	}
	verdict_clear(&v);
	draw_clear(&d);
}

static void
progress(const struct sum *sum)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r%6.0f s  %8" G_GUINT64_FORMAT " seeds  %10.1f simulated hours  %u violations ",
		    seconds_used(), sum->seeds, (double)sum->simulated_ms / 3600e3, sum->violations);
}

static int
finish(const struct sum *sum)
{
	double hours = (double)sum->simulated_ms / 3600e3, used = seconds_used();
	unsigned seen, possible, states, states_possible;
	g_autofree char *unseen = coverage_unseen(&sum->coverage);

	coverage_count(&sum->coverage, &seen, &possible, &states, &states_possible);
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\n");
	if (*unseen != '\0')
		printf("never seen: %s\n", unseen);
	printf("SOAK: %s seeds=%" G_GUINT64_FORMAT " calm=%" G_GUINT64_FORMAT " honest=%" G_GUINT64_FORMAT
	       " harsh=%" G_GUINT64_FORMAT " hours=%.1f hours_per_second=%.1f steps=%" G_GUINT64_FORMAT
	       " states=%u/%u transitions=%u/%u records=%" G_GUINT64_FORMAT
	       " rolled=%" G_GUINT64_FORMAT " violations=%u cpu=%.0fs\n",
	    sum->violations == 0 ? "PASS" : "FAIL", sum->seeds, sum->by_class[DRAW_CALM],
	    sum->by_class[DRAW_HONEST], sum->by_class[DRAW_HARSH], hours,
	    used > 0 ? hours / used : 0, sum->steps, states, states_possible, seen, possible,
	    sum->retold, sum->rolled, sum->violations, used);
	return sum->violations == 0 && sum->seeds > 0 ? 0 : 1;
}

static void
run_for(struct sum *sum, uint64_t seed, double seconds, unsigned violations_max)
{
	while (seconds_used() < seconds && sum->violations < violations_max) {
		run_seed(sum, seed++, NULL);
		progress(sum);
	}
}

static int
usage(void)
{
	fprintf(stderr,
	    "usage: soak --seeds FROM COUNT | --seconds S | --seconds-fixed S | --two-nodes S | "
	    "--seed N [2]\n");
	return 2;
}

int
main(int argc, char **argv)
{
	struct sum sum = {0};
	const char *how = argc > 2 ? argv[1] : "";
	double seconds = argc > 2 ? g_ascii_strtod(argv[2], NULL) : 0;
	uint64_t first = argc > 2 ? g_ascii_strtoull(argv[2], NULL, 10) : 0;

	if ((argc == 3 || (argc == 4 && strcmp(argv[3], "2") == 0)) && strcmp(how, "--seed") == 0) {
		g_autoptr(GString) trace = g_string_new(NULL);

		sum.nodes = argc == 4 ? 2 : 0;
		run_seed(&sum, first, trace);
		printf("%s", trace->str);
	} else if (argc == 3 && strcmp(how, "--seconds") == 0) {
		run_for(&sum, (uint64_t)g_get_real_time(), seconds, VIOLATIONS_MAX);
	} else if (argc == 3 && strcmp(how, "--seconds-fixed") == 0) {
		run_for(&sum, 1, seconds, 1);
	} else if (argc == 3 && strcmp(how, "--two-nodes") == 0) {
		sum.nodes = 2;
		run_for(&sum, (uint64_t)g_get_real_time(), seconds, VIOLATIONS_MAX);
	} else if (argc == 4 && strcmp(how, "--seeds") == 0) {
		uint64_t count = g_ascii_strtoull(argv[3], NULL, 10);

		for (uint64_t i = 0; i < count && sum.violations < VIOLATIONS_MAX; i++) {
			run_seed(&sum, first + i, NULL);
			progress(&sum);
		}
	} else {
		return usage();
	}
	return finish(&sum);
}
