/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rows of a simulation: played, on all processors, and then told as a table or as JSON.
 */
#ifndef HB_CTL_SIMULATE_ROWS_H
#define HB_CTL_SIMULATE_ROWS_H

#include <stdbool.h>

#include "sim/finding.h"

struct simulated {
	struct plan_row *row;
	struct finding finding;
	int64_t simulated_ms;
	struct finding *tried; /* by advice; one that was not tried has no happened */
};

struct simulation {
	const struct cluster *cluster;
	const char *directory;
	bool no_key;	    /* authkeys was not there, or could not be read */
	GPtrArray *rows;    /* struct simulated *, in the order of the plan */
	GPtrArray *general; /* struct advice * */
	double seconds;	    /* it took */
};

/* Owns: takes row. */
struct simulated *simulated_new(struct plan_row *row);
void simulated_free(gpointer s);

/* Play all rows. progress: show how far it is on standard error. */
void simulation_run(struct simulation *s, bool progress);
unsigned simulation_count(const struct simulation *s, enum finding_level level);
double simulation_hours(const struct simulation *s);

/* The table. Owns: the caller's. */
char *simulate_table(const struct simulation *s, unsigned width, bool colour);
/* What was done in one row, and what the nodes said. Owns: the caller's. */
char *simulate_story(const struct plan_row *row, const struct play *p, bool colour);
char *simulate_json(const struct simulation *s);
/* Faults of the configuration, for machines. */
char *simulate_json_faults(const GPtrArray *faults);

#endif
