/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Simulated clusters by seed, with a judge beside them.
 *
 *   soak --seeds FROM COUNT     these seeds (make check)
 *   soak --seconds S            fresh seeds for so long (make soak)
 *   soak --seconds-fixed S      seeds from 1 on for so long, up to the first violation
 *   soak --seed N               one seed, with its trace
 *
 * The last line is for people and machines; exit code 1 if anything was violated. A failure prints
 * the shortest schedule found, which is a story, and the command that replays it.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sim/judge.h"
#include "sim/retell.h"
#include "sim/scenario.h"

/* Every so many seeds one is run twice. */
#define TWICE_EVERY 16
/* ... and another one told again, from flight records this small that they are overwritten. */
#define RETELL_EVERY 32
#define RETELL_RECORD_SIZE (96 * 1024)
#define RETELL_TWIN_EVERY 5

struct sum {
	struct coverage coverage;
	uint64_t seeds, steps, by_class[DRAW_CLASS_COUNT];
	int64_t simulated_ms;
	unsigned violations;
	uint64_t retold, rolled;	/* flight records; those that were overwritten in part */
};

static void
print_list(const GPtrArray *list, const bool *left_out)
{
	for (unsigned i = 0; i < list->len; i++) {
		if (left_out == NULL || !left_out[i])
			printf("%s\n", (const char *)g_ptr_array_index(list, i));
	}
}

static void
report(const struct draw *d, uint64_t seed, const char *violation)
{
	g_autofree bool *left_out = g_new0(bool, d->faults->len + 1);

	printf("\nseed %" G_GUINT64_FORMAT " (%s): %s\n", seed, draw_class_name(d->class), violation);
	judge_shrink(d, seed, left_out);
	printf("# the shortest schedule found; replay it: tests/sim/soak --seed %" G_GUINT64_FORMAT
	       "\n", seed);
	print_list(d->setup, NULL);
	print_list(d->faults, left_out);
	print_list(d->healing, NULL);
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

	draw_scenario(seed, &d);
	judge_run(&d, seed, NULL, &sum->coverage, trace, &v);
	sum->seeds++;
	sum->by_class[d.class]++;
	sum->steps += v.steps;
	sum->simulated_ms += v.simulated_ms;
	if (v.violation == NULL && seed % TWICE_EVERY == 0) {
		struct verdict again;

		judge_run(&d, seed, NULL, NULL, NULL, &again);
		if (again.fingerprint != v.fingerprint)
			v.violation = g_strdup("two runs of one seed differ");
		g_free(again.violation);
	}
	if (v.violation == NULL && seed % RETELL_EVERY == RETELL_EVERY / 2)
		v.violation = retell_seed(sum, &d, seed);
	if (v.violation != NULL) {
		sum->violations++;
		report(&d, seed, v.violation);
	}
	g_free(v.violation);
	draw_clear(&d);
}

static void
progress(const struct sum *sum, double elapsed)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r%6.0f s  %8" G_GUINT64_FORMAT " seeds  %10.1f simulated hours  %u violations ",
		    elapsed, sum->seeds, (double)sum->simulated_ms / 3600e3, sum->violations);
}

static int
finish(const struct sum *sum, double elapsed)
{
	double hours = (double)sum->simulated_ms / 3600e3;
	unsigned seen, possible;

	coverage_count(&sum->coverage, &seen, &possible);
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\n");
	printf("SOAK: %s seeds=%" G_GUINT64_FORMAT " calm=%" G_GUINT64_FORMAT " honest=%" G_GUINT64_FORMAT
	       " harsh=%" G_GUINT64_FORMAT " hours=%.1f hours_per_second=%.1f steps=%" G_GUINT64_FORMAT
	       " transitions=%u/%u records=%" G_GUINT64_FORMAT " rolled=%" G_GUINT64_FORMAT
	       " violations=%u time=%.0fs\n",
	    sum->violations == 0 ? "PASS" : "FAIL", sum->seeds, sum->by_class[DRAW_CALM],
	    sum->by_class[DRAW_HONEST], sum->by_class[DRAW_HARSH], hours,
	    elapsed > 0 ? hours / elapsed : 0, sum->steps, seen, possible, sum->retold,
	    sum->rolled, sum->violations, elapsed);
	return sum->violations == 0 && sum->seeds > 0 ? 0 : 1;
}

static int
usage(void)
{
	fprintf(stderr, "usage: soak --seeds FROM COUNT | --seconds S | --seed N\n");
	return 2;
}

int
main(int argc, char **argv)
{
	struct sum sum = {0};
	g_autoptr(GTimer) timer = g_timer_new();

	if (argc == 3 && strcmp(argv[1], "--seed") == 0) {
		g_autoptr(GString) trace = g_string_new(NULL);
		uint64_t seed = g_ascii_strtoull(argv[2], NULL, 10);

		run_seed(&sum, seed, trace);
		printf("%s", trace->str);
	} else if (argc == 3 && strcmp(argv[1], "--seconds") == 0) {
		double seconds = g_ascii_strtod(argv[2], NULL);
		uint64_t seed = (uint64_t)g_get_real_time();

		while (g_timer_elapsed(timer, NULL) < seconds && sum.violations < 10) {
			run_seed(&sum, seed++, NULL);
			progress(&sum, g_timer_elapsed(timer, NULL));
		}
	} else if (argc == 3 && strcmp(argv[1], "--seconds-fixed") == 0) {
		double seconds = g_ascii_strtod(argv[2], NULL);

		for (uint64_t seed = 1;
		    g_timer_elapsed(timer, NULL) < seconds && sum.violations == 0; seed++)
			run_seed(&sum, seed, NULL);
	} else if (argc == 4 && strcmp(argv[1], "--seeds") == 0) {
		uint64_t seed = g_ascii_strtoull(argv[2], NULL, 10);
		uint64_t count = g_ascii_strtoull(argv[3], NULL, 10);

		for (uint64_t i = 0; i < count && sum.violations < 10; i++) {
			run_seed(&sum, seed + i, NULL);
			progress(&sum, g_timer_elapsed(timer, NULL));
		}
	} else {
		return usage();
	}
	return finish(&sum, g_timer_elapsed(timer, NULL));
}
