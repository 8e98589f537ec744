/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/finding.h"

#include <assert.h>
#include <string.h>

#include "sim/finding_advice.h"

static const char *const level_names[] = {
    [FINDING_OK] = "ok",
    [FINDING_NOTE] = "note",
    [FINDING_RISK] = "RISK",
    [FINDING_BAD] = "BAD",
};
static_assert(G_N_ELEMENTS(level_names) == FINDING_LEVEL_COUNT, "a name for each level");

const char *
finding_level_name(enum finding_level level)
{
	assert(level < FINDING_LEVEL_COUNT);
	return level_names[level];
}

char *
finding_letter(unsigned group)
{
	const char letter = (char)('A' + group % 26);

	return group < 26 ? g_strdup_printf("%c", letter)
			  : g_strdup_printf("%c%u", letter, group / 26);
}

char *
finding_span(struct span s)
{
	const int64_t ms = span_ms(s);

	if (s.ns <= 0)
		return g_strdup("-");
	if (ms < 1000)
		return g_strdup_printf("%dms", (int)MAX(ms, 1));
	if (ms < 10000)
		return g_strdup_printf("%d.%ds", (int)(ms / 1000), (int)(ms % 1000 / 100));
	if (ms < 100000)
		return g_strdup_printf("%ds", (int)((ms + 500) / 1000));
	if (ms < 3600000)
		return g_strdup_printf(
		    "%dm%02ds", (int)(ms / 60000), (int)(ms / 1000 % 60));
	return g_strdup_printf("%dh%02dm", (int)(ms / 3600000), (int)(ms / 60000 % 60));
}

/* -- what happened, in words -- */

/* By whom it was served, one after the other. */
static void
append_path(GString *out, char *const *node, const GArray *servers, bool from_nothing)
{
	const unsigned first = from_nothing ? 0 : 1;

	g_string_append(out, from_nothing ? "starts on " : "moves to ");
	if (!from_nothing && servers->len == 3 &&
	    g_array_index(servers, unsigned, 0) == g_array_index(servers, unsigned, 2)) {
		g_string_append_printf(
		    out, "%s, and back", node[g_array_index(servers, unsigned, 1)]);
		return;
	}
	for (unsigned i = first; i < servers->len; i++)
		g_string_append_printf(out, "%s%s", i > first ? ", then " : "",
		    node[g_array_index(servers, unsigned, i)]);
}

static char *
group_happened(const struct cluster *c, const struct plan_row *row, const struct play *p,
    unsigned group)
{
	g_autoptr(GArray) servers = outage_servers(p->outage, group);
	const struct outage_sum sum = outage_sum(p->outage, group);
	const bool from_nothing = row->setup == 0;
	GString *out = g_string_new(NULL);

	if (servers->len == 0)
		g_string_append(out, "does not run");
	else if (servers->len > 1 || from_nothing)
		append_path(out, c->conf->nodes, servers, from_nothing);
	else if (sum.twice.ns > 0)
		g_string_append_printf(out, "two nodes run it, later only %s",
		    c->conf->nodes[g_array_index(servers, unsigned, 0)]);
	else
		g_string_append_printf(out, "%s on %s",
		    sum.gaps == 0 ? "stays"
		    : sum.served  ? "interrupted, stays"
				  : "ran",
		    c->conf->nodes[g_array_index(servers, unsigned, 0)]);
	if (servers->len > 1 && sum.twice.ns > 0)
		g_string_append(out, "; two ran it meanwhile");
	if (servers->len > 0 && !sum.served)
		g_string_append(out, ", then nowhere");
	return g_string_free(out, FALSE);
}

static char *
group_holder(const struct cluster *c, const struct play *p, unsigned group)
{
	const struct outage_sum sum = outage_sum(p->outage, group);

	return g_strdup(sum.served ? c->conf->nodes[sum.holder] : "nobody");
}

/* Of all groups alike, else by letters: "A,C moves to web2; B stays on web2". */
static char *
by_groups(GPtrArray *texts, const char *between)
{
	GString *out = g_string_new(NULL);

	for (unsigned i = 0; i < texts->len; i++) {
		const char *text = g_ptr_array_index(texts, i);
		bool first = true, all = true;

		for (unsigned k = 0; k < texts->len; k++) {
			bool same = strcmp(g_ptr_array_index(texts, k), text) == 0;

			first &= k >= i || !same;
			all &= same;
		}
		if (!first)
			continue;
		g_string_append(out, out->len > 0 ? between : "");
		for (unsigned k = i; !all && k < texts->len; k++) {
			g_autofree char *letter = finding_letter(k);

			if (strcmp(g_ptr_array_index(texts, k), text) == 0)
				g_string_append_printf(
				    out, "%s%s", k > i ? "," : "", letter);
		}
		g_string_append_printf(out, "%s%s", all ? "" : " ", text);
	}
	return g_string_free(out, FALSE);
}

static void
describe(const struct cluster *c, const struct plan_row *row, const struct play *p,
    struct finding *out)
{
	g_autoptr(GPtrArray) happened = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) holders = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *moves = NULL;
	bool still = out->sum.ns == 0 && row->setup > 0;

	for (unsigned g = 0; g < c->conf->group_count; g++) {
		g_autoptr(GArray) servers = outage_servers(p->outage, g);

		still &= servers->len == 1;
		g_ptr_array_add(happened, group_happened(c, row, p, g));
		g_ptr_array_add(holders, group_holder(c, p, g));
	}
	moves = still ? g_strdup("nothing moves") : by_groups(happened, "; ");
	out->holders = by_groups(holders, ", ");
	out->happened = p->restarts == 0 ? g_steal_pointer(&moves)
					 : g_strdup_printf("%s; %s restarts itself", moves,
					       c->conf->nodes[p->restarted]);
}

/* -- how good that is -- */

static void
add_up(const struct cluster *c, const struct play *p, struct finding *out)
{
	out->served = true;
	for (unsigned g = 0; g < c->conf->group_count; g++) {
		const struct outage_sum sum = outage_sum(p->outage, g);

		g_array_append_val(out->groups, sum);
		out->served &= sum.served;
		if (span_exceeds(sum.longest, out->longest))
			out->longest = sum.longest;
		if (span_exceeds(sum.sum, out->sum))
			out->sum = sum.sum;
		if (span_exceeds(sum.twice_longest, out->twice_longest))
			out->twice_longest = sum.twice_longest;
		if (span_exceeds(sum.twice, out->twice))
			out->twice = sum.twice;
	}
}

void
finding_make(const struct cluster *c, const struct plan_row *row, const struct play *p,
    struct finding *out)
{
	memset(out, 0, sizeof(*out));
	out->advices = advices_new();
	out->groups = g_array_new(FALSE, FALSE, sizeof(struct outage_sum));
	if (p->wrong != NULL || p->outage == NULL) {
		out->level = FINDING_BAD;
		out->unplayable = true;
		out->happened = g_strdup_printf("cannot be played: %s",
		    p->wrong != NULL ? p->wrong : "nothing in it acts");
		out->holders = g_strdup("-");
		return;
	}
	add_up(c, p, out);
	describe(c, row, p, out);
	if (!out->served)
		out->level = FINDING_BAD;
	else if (out->twice.ns > 0)
		out->level = row->single ? FINDING_BAD : FINDING_RISK;
	advise(c, row, p, out);
	/* Whoever gives a scenario knows why it is harsh. */
	if (row->kind == PLAN_GIVEN && out->level == FINDING_BAD && out->served)
		out->level = FINDING_RISK;
}

void
finding_clear(struct finding *f)
{
	g_free(f->happened);
	g_free(f->holders);
	g_clear_pointer(&f->groups, g_array_unref);
	g_clear_pointer(&f->advices, g_ptr_array_unref);
	memset(f, 0, sizeof(*f));
}

bool
finding_try(const struct cluster *c, const struct plan_row *row, const struct advice *a,
    struct finding *out)
{
	struct play p;

	memset(out, 0, sizeof(*out));
	if (a->directive == NULL)
		return false;
	struct cluster *changed = cluster_changed(c, a->directive, a->value);

	if (changed == NULL)
		return false;
	play_row(changed, row, &p);
	finding_make(changed, row, &p, out);
	play_clear(&p);
	cluster_free(changed);
	if (!out->served)
		finding_clear(out);
	return out->advices != NULL;
}
