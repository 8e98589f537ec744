/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/judge.h"

#include <string.h>

#include "base/text.h"
#include "sim/scenario.h"

/* After the end nothing may move for so long. */
#define REST "run 10min"

struct watcher {
	GString *trace;
	struct coverage *coverage;
	uint64_t fingerprint;
	unsigned starts;
};

/* Changes of state that the code can make; see the picture in core/group.c. */
static const unsigned char possible[][2] = {
    {CLAIM_IDLE, CLAIM_PROBING},
    {CLAIM_IDLE, CLAIM_RUNNING},
    {CLAIM_IDLE, CLAIM_WANT},
    {CLAIM_AWAY, CLAIM_WANT},
    {CLAIM_FAILED, CLAIM_IDLE},
    {CLAIM_PROBING, CLAIM_IDLE},
    {CLAIM_PROBING, CLAIM_LEFTOVER},
    {CLAIM_PROBING, CLAIM_GIVING},
    {CLAIM_LEFTOVER, CLAIM_STARTING},
    {CLAIM_LEFTOVER, CLAIM_GIVING},
    {CLAIM_WANT, CLAIM_IDLE},
    {CLAIM_WANT, CLAIM_AWAY},
    {CLAIM_WANT, CLAIM_STARTING},
    {CLAIM_STARTING, CLAIM_RUNNING},
    {CLAIM_STARTING, CLAIM_GIVING},
    {CLAIM_RUNNING, CLAIM_OFFER},
    {CLAIM_RUNNING, CLAIM_GIVING},
    {CLAIM_RUNNING, CLAIM_LEFTOVER},
    {CLAIM_OFFER, CLAIM_RUNNING},
    {CLAIM_OFFER, CLAIM_GIVING},
    {CLAIM_OFFER, CLAIM_LEFTOVER},
    {CLAIM_GIVING, CLAIM_IDLE},
    {CLAIM_GIVING, CLAIM_AWAY},
    {CLAIM_GIVING, CLAIM_FAILED},
    {CLAIM_GIVING, CLAIM_BROKEN},
    {CLAIM_BROKEN, CLAIM_GIVING},
};

void
coverage_count(const struct coverage *c, unsigned *seen, unsigned *of)
{
	*seen = 0;
	*of = G_N_ELEMENTS(possible);
	for (size_t i = 0; i < G_N_ELEMENTS(possible); i++)
		*seen += c->seen[possible[i][0]][possible[i][1]] > 0 ? 1 : 0;
}

static int
state_named(const char *name, size_t len)
{
	for (unsigned i = 0; i < CLAIM_STATE_COUNT; i++) {
		const char *known = claim_state_name(i);

		if (strlen(known) == len && strncmp(known, name, len) == 0)
			return (int)i;
	}
	return -1;
}

/* "... group KEY: running -> offered (why)" */
static void
note_transition(struct watcher *w, const char *line)
{
	const char *group = strstr(line, ": group ");
	const char *arrow = group != NULL ? strstr(group, " -> ") : NULL;

	if (arrow == NULL)
		return;
	const char *before = arrow, *after = arrow + 4;
	while (before > group && before[-1] != ' ')
		before--;
	int from = state_named(before, (size_t)(arrow - before));
	int to = state_named(after, strcspn(after, " "));

	if (from < 0 || to < 0)
		return;
	if (to == CLAIM_STARTING)
		w->starts++;
	if (w->coverage != NULL)
		w->coverage->seen[from][to]++;
}

static void
watch_line(void *arg, const char *line)
{
	struct watcher *w = arg;

	/* FNV-1a, 64 bits */
	for (const char *c = line; *c != '\0'; c++)
		w->fingerprint = (w->fingerprint ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
	if (w->trace != NULL)
		g_string_append_printf(w->trace, "%s\n", line);
	note_transition(w, line);
}

static void
blame(struct verdict *v, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The first violation counts. */
static void
blame(struct verdict *v, const char *format, ...)
{
	va_list args;

	if (v->violation != NULL)
		return;
	va_start(args, format);
	v->violation = g_strdup_vprintf(format, args);
	va_end(args);
}

static void
tell(struct scenario *s, const char *statement, struct verdict *v)
{
	g_autofree char *wrong = scenario_do(s, statement);

	if (wrong != NULL)
		blame(v, "the scenario itself is wrong: %s: %s", statement, wrong);
}

static void
judge_groups(const struct world *w, struct verdict *v)
{
	for (unsigned g = 0; g < world_group_count(w); g++) {
		unsigned whole = 0, parts = 0;

		for (unsigned h = 0; h < world_host_count(w); h++) {
			unsigned runs = world_group_runs(w, h, g);

			whole += runs == 2 ? 1 : 0;
			parts += runs == 1 ? 1 : 0;
		}
		if (whole != 1 || parts != 0)
			blame(v, "group %s runs whole on %u nodes and in part on %u, in the end",
			    world_group_key(w, g), whole, parts);
	}
	for (unsigned h = 0; h < world_host_count(w); h++) {
		if (!world_is_settled(w, h))
			blame(v, "node number %u is not settled in the end", h + 1);
	}
}

static void
judge_healing(const struct draw *d, struct scenario *s, struct verdict *v)
{
	unsigned doubles = UINT32_MAX;

	for (unsigned i = 0; i < d->healing->len; i++) {
		const char *statement = g_ptr_array_index(d->healing, i);

		tell(s, statement, v);
		if (scenario_world(s) == NULL)
			return;
		/* From the end of the first pause on, everybody has noticed. */
		if (doubles == UINT32_MAX && g_str_has_prefix(statement, "run "))
			doubles = world_doubles(scenario_world(s));
	}
	if (world_doubles(scenario_world(s)) != doubles)
		blame(v, "a resource was started twice after the faults had ceased");
	judge_groups(scenario_world(s), v);
}

void
judge_run(const struct draw *d, uint64_t seed, const bool *left_out, struct coverage *coverage,
    GString *trace, struct verdict *out)
{
	struct watcher watcher = {
	    .trace = trace, .coverage = coverage, .fingerprint = UINT64_C(0xcbf29ce484222325)};
	struct scenario *s = scenario_new(seed, TRACE_INFO, watch_line, &watcher);
	struct moment began = {0};

	memset(out, 0, sizeof(*out));
	for (unsigned i = 0; i < d->setup->len; i++)
		tell(s, g_ptr_array_index(d->setup, i), out);
	unsigned starts = watcher.starts;

	for (unsigned i = 0; i < d->faults->len; i++) {
		if (left_out == NULL || !left_out[i])
			tell(s, g_ptr_array_index(d->faults, i), out);
	}
	struct world *w = scenario_world(s);

	if (w != NULL && d->class != DRAW_HARSH && world_doubles(w) > 0)
		blame(out, "a resource was started while it ran elsewhere");
	if (w != NULL && d->class == DRAW_CALM && watcher.starts != starts)
		blame(out, "something moved though nobody had failed");
	if (w != NULL)
		judge_healing(d, s, out);
	starts = watcher.starts;
	if (out->violation == NULL)
		tell(s, REST, out);
	if (watcher.starts != starts)
		blame(out, "something moved long after all was well");
	if (w != NULL) {
		began = world_began(w);
		out->simulated_ms = span_ms(moment_since(world_now(w), began));
		out->steps = world_steps(w);
	}
	out->fingerprint = watcher.fingerprint;
	scenario_free(s);
}

static bool
still_fails(const struct draw *d, uint64_t seed, const bool *left_out)
{
	struct verdict v;

	judge_run(d, seed, left_out, NULL, NULL, &v);
	bool fails = v.violation != NULL;

	g_free(v.violation);
	return fails;
}

void
judge_shrink(const struct draw *d, uint64_t seed, bool *left_out)
{
	unsigned count = d->faults->len;
	g_autofree bool *attempt = g_new0(bool, count + 1);

	for (unsigned chunk = MAX(count / 2, 1);; chunk /= 2) {
		for (unsigned from = 0; from < count; from += chunk) {
			memcpy(attempt, left_out, count * sizeof(bool));
			for (unsigned i = from; i < MIN(from + chunk, count); i++)
				attempt[i] = true;
			if (memcmp(attempt, left_out, count * sizeof(bool)) != 0 &&
			    still_fails(d, seed, attempt))
				memcpy(left_out, attempt, count * sizeof(bool));
		}
		if (chunk == 1)
			return;
	}
}
