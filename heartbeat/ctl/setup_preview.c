/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "setup_preview.h"

#include <string.h>

#include "simulate_rows.h"

/* What people fear first. The last row of a kind is the one that lasts. */
static const struct {
	enum plan_kind kind;
	bool of_home; /* of the node where the group is at home */
	bool last;
} shown[] = {
    {PLAN_POWER, true, true},
    {PLAN_MOVE, true, false},
    {PLAN_STOP, true, false},
    {PLAN_APART, false, true},
};

static const struct simulated *
row_of(const struct simulation *s, size_t which)
{
	const char *home = s->cluster->conf->nodes[s->cluster->conf->groups[0].preferred];
	const struct simulated *found = NULL;

	for (unsigned i = 0; i < s->rows->len; i++) {
		const struct simulated *one = g_ptr_array_index(s->rows, i);

		if (one->row->kind != shown[which].kind ||
		    (shown[which].of_home && g_strcmp0(one->row->node, home) != 0))
			continue;
		found = one;
		if (!shown[which].last)
			break;
	}
	return found;
}

static void
put_row(GString *out, const struct simulated *one)
{
	const struct finding *f = &one->finding;
	g_autofree char *twice = finding_span(f->twice_longest);
	g_autofree char *outage = finding_span(f->longest);

	g_string_append_printf(out, "  %-4s  %s: %s", finding_level_name(f->level),
	    one->row->title, f->happened);
	if (strcmp(twice, "-") != 0)
		g_string_append_printf(out, ", for %s", twice);
	else if (strcmp(outage, "-") != 0)
		g_string_append_printf(out, ", no service for %s", outage);
	g_string_append_c(out, '\n');
}

static void
put_sum(GString *out, const struct simulation *s)
{
	g_string_append_printf(out, "  Of %u faults tried:", s->rows->len);
	for (int i = FINDING_LEVEL_COUNT - 1; i >= 0; i--)
		g_string_append_printf(out, " %u %s%s",
		    simulation_count(s, (enum finding_level)i),
		    finding_level_name((enum finding_level)i), i > 0 ? "," : "");
	g_string_append(out, "; see hbctl simulate\n");
}

char *
setup_preview(const struct conf_text *text)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(simulated_free);
	struct cluster *c = cluster_new(text, span_from_ms(1000), faults);
	struct simulation s = {.cluster = c, .rows = rows};

	if (c == NULL)
		return NULL;
	GPtrArray *plan = plan_make(c);
	g_ptr_array_set_free_func(plan, NULL);
	for (unsigned i = 0; i < plan->len; i++)
		g_ptr_array_add(rows, simulated_new(g_ptr_array_index(plan, i)));
	g_ptr_array_unref(plan);
	simulation_run(&s, false);

	GString *out = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(shown); i++) {
		const struct simulated *one = row_of(&s, i);

		if (one != NULL)
			put_row(out, one);
	}
	put_sum(out, &s);
	g_ptr_array_unref(s.general);
	g_ptr_array_set_size(rows, 0);
	cluster_free(c);
	return g_string_free(out, FALSE);
}
