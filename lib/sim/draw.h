/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A cluster and a schedule of faults, drawn from a seed, as statements of sim/scenario.h.
 */
#ifndef HB_SIM_DRAW_H
#define HB_SIM_DRAW_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What may happen, and with it what the judge may ask. */
enum draw_class {
	DRAW_CALM,	/* lost, late, doubled packets; nobody fails: nothing may move */
	DRAW_HONEST,	/* machines, programs and administrators fail, but who is silent for deadtime
			 * is dead indeed: never two holders */
	DRAW_HARSH,	/* cables are cut, machines sleep, daemons are killed: two holders only as long
			 * as that lasts */
	DRAW_CLASS_COUNT
};

struct draw {
	enum draw_class class;
	GPtrArray *setup;	/* char *: the cluster, up to everything running */
	GPtrArray *faults;	/* char *: what happens; any of them may be left out */
	GPtrArray *healing;	/* char *: everything mended and started */
	int64_t keepalive_ms, deadtime_ms, initdead_ms;
	bool failback;
};

/* Append a statement to a list of them. */
void draw_put(GPtrArray *list, const char *format, ...) __attribute__((format(printf, 2, 3)));

void draw_scenario(uint64_t seed, struct draw *out);
/* With so many nodes: 2 or 3; 0: as drawn. */
void draw_scenario_of(uint64_t seed, unsigned nodes, struct draw *out);
void draw_clear(struct draw *d);

const char *draw_class_name(enum draw_class class);

#endif
