/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Simulated clusters of one Heartbeat 3.0.6 and one of ours, by seed, with a judge beside them.
 *
 *   mixed --seeds FROM COUNT     these seeds (make check)
 *   mixed --seconds S            fresh seeds for so long
 *   mixed --seed N               one seed, with its trace
 *
 * Seconds are of the processor. The last line is for people and machines; exit code 1 if anything was
 * violated. A failure prints the shortest schedule found, which is a story, and the command that
 * replays it.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "sim/mixed.h"

#define VIOLATIONS_MAX 10

struct sum {
	uint64_t seeds;
	int64_t simulated_ms;
	unsigned violations;
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
report(const struct mixed *m, uint64_t seed, const char *violation)
{
	g_autofree bool *left_out = g_new0(bool, m->faults->len + 1);

	printf("\nseed %" G_GUINT64_FORMAT ": %s\n", seed, violation);
	mixed_shrink(m, seed, left_out);
	printf("# the shortest schedule found; replay it: tests/sim/mixed --seed %" G_GUINT64_FORMAT
	       "\n",
	    seed);
	print_list(m->setup, NULL);
	print_list(m->faults, left_out);
	print_list(m->healing, NULL);
	fflush(stdout);
}

static void
run_seed(struct sum *sum, uint64_t seed, GString *trace)
{
	struct mixed m;

	mixed_draw(seed, &m);
	g_autofree char *violation = mixed_run(&m, seed, NULL, trace, &sum->simulated_ms);
	sum->seeds++;
	if (violation != NULL) {
		sum->violations++;
		report(&m, seed, violation);
	}
	mixed_clear(&m);
}

static double
seconds_used(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

static int
finish(const struct sum *sum)
{
	double hours = (double)sum->simulated_ms / 3600e3, used = seconds_used();

	printf("MIXED: %s seeds=%" G_GUINT64_FORMAT
	       " hours=%.1f hours_per_second=%.1f violations=%u cpu=%.0fs\n",
	    sum->violations == 0 ? "PASS" : "FAIL", sum->seeds, hours, used > 0 ? hours / used : 0,
	    sum->violations, used);
	return sum->violations == 0 && sum->seeds > 0 ? 0 : 1;
}

int
main(int argc, char **argv)
{
	struct sum sum = {0};

	if (argc == 3 && strcmp(argv[1], "--seed") == 0) {
		g_autoptr(GString) trace = g_string_new(NULL);

		run_seed(&sum, g_ascii_strtoull(argv[2], NULL, 10), trace);
		printf("%s", trace->str);
	} else if (argc == 3 && strcmp(argv[1], "--seconds") == 0) {
		double seconds = g_ascii_strtod(argv[2], NULL);
		uint64_t seed = (uint64_t)g_get_real_time();

		while (seconds_used() < seconds && sum.violations < VIOLATIONS_MAX)
			run_seed(&sum, seed++, NULL);
	} else if (argc == 4 && strcmp(argv[1], "--seeds") == 0) {
		uint64_t seed = g_ascii_strtoull(argv[2], NULL, 10);
		uint64_t count = g_ascii_strtoull(argv[3], NULL, 10);

		for (uint64_t i = 0; i < count && sum.violations < VIOLATIONS_MAX; i++)
			run_seed(&sum, seed + i, NULL);
	} else {
		fprintf(stderr, "usage: mixed --seeds FROM COUNT | --seconds S | --seed N\n");
		return 2;
	}
	return finish(&sum);
}
