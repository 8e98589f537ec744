/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small scenarios for the tests of the judge: two nodes, one group, statements separated by ";". */
#ifndef TEST_SIM_TRIAL_H
#define TEST_SIM_TRIAL_H

#include <glib.h>

#include "sim/draw.h"

static inline GPtrArray *
trial_list(const char *text)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) words = g_strsplit(text, ";", -1);

	for (char **w = words; *w != NULL; w++) {
		if (**w != '\0')
			g_ptr_array_add(list, g_strdup(*w));
	}
	return list;
}

static inline struct draw
trial_draw(enum draw_class class, const char *faults, const char *healing)
{
	return (struct draw){
	    .class = class,
	    .setup = trial_list("nodes alpha beta;conf keepalive 1;conf deadtime 10;conf initdead 20;"
				"conf apiauth judge uid=root;group alpha IPaddr::10.0.0.9 svc1;boot all;"
				"run 30s"),
	    .faults = trial_list(faults),
	    .healing = trial_list(healing),
	    .keepalive_ms = 1000,
	    .deadtime_ms = 10000,
	    .initdead_ms = 20000,
	    .failback = true,
	};
}

#endif
