/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/shrink.h"

#include <string.h>

#include "base/text.h"
#include "sim/judge.h"

/* Runs that are worth it, for one failure. */
#define ATTEMPTS_MAX 400

struct shrinking {
	struct draw *d;
	uint64_t seed;
	enum rule rule;
	unsigned attempts;
};

static bool
still_fails(struct shrinking *s, const struct draw *d)
{
	struct verdict v;

	if (s->attempts >= ATTEMPTS_MAX)
		return false;
	s->attempts++;
	judge_run(d, s->seed, NULL, NULL, &v);
	bool fails = v.rule == s->rule;

	verdict_clear(&v);
	return fails;
}

static GPtrArray *
copy_list(const GPtrArray *list)
{
	GPtrArray *copy = g_ptr_array_new_with_free_func(g_free);

	for (unsigned i = 0; i < list->len; i++)
		g_ptr_array_add(copy, g_strdup(g_ptr_array_index(list, i)));
	return copy;
}

static struct draw
copy_draw(const struct draw *d)
{
	struct draw copy = *d;

	copy.setup = copy_list(d->setup);
	copy.faults = copy_list(d->faults);
	copy.healing = copy_list(d->healing);
	return copy;
}

/* Owns: takes attempt. */
static bool
keep_if_it_fails(struct shrinking *s, struct draw *attempt)
{
	if (!still_fails(s, attempt)) {
		draw_clear(attempt);
		return false;
	}
	draw_clear(s->d);
	*s->d = *attempt;
	return true;
}

/* Pieces of the faults, first large ones. */
static void
leave_out_faults(struct shrinking *s)
{
	for (unsigned chunk = MAX(s->d->faults->len / 2, 1);; chunk /= 2) {
		for (unsigned from = 0; from < s->d->faults->len;) {
			struct draw attempt = copy_draw(s->d);

			g_ptr_array_remove_range(attempt.faults, from,
			    MIN(chunk, attempt.faults->len - from));
			if (!keep_if_it_fails(s, &attempt))
				from += chunk;
		}
		if (chunk == 1)
			return;
	}
}

static bool
mentions(const char *statement, const char *word)
{
	g_auto(GStrv) words = g_strsplit(statement, " ", -1);

	return g_strv_contains((const char *const *)words, word);
}

static void
drop_mentions(GPtrArray *list, const char *word)
{
	for (unsigned i = list->len; i-- > 0;) {
		if (mentions(g_ptr_array_index(list, i), word))
			g_ptr_array_remove_index(list, i);
	}
}

/* The last of three nodes or more, with all that is said about it. */
static void
leave_out_node(struct shrinking *s)
{
	const char *nodes = g_ptr_array_index(s->d->setup, 0);
	g_auto(GStrv) words = g_strsplit(nodes, " ", -1);
	unsigned count = g_strv_length(words);

	if (count < 4)
		return;
	struct draw attempt = copy_draw(s->d);

	drop_mentions(attempt.faults, words[count - 1]);
	drop_mentions(attempt.healing, words[count - 1]);
	g_ptr_array_remove_index(attempt.setup, 0);
	drop_mentions(attempt.setup, words[count - 1]);
	g_clear_pointer(&words[count - 1], g_free);
	g_ptr_array_insert(attempt.setup, 0, g_strjoinv(" ", words));
	keep_if_it_fails(s, &attempt);
}

static void
leave_out_setup(struct shrinking *s)
{
	for (unsigned i = s->d->setup->len; i-- > 1;) {
		struct draw attempt = copy_draw(s->d);

		g_ptr_array_remove_index(attempt.setup, i);
		keep_if_it_fails(s, &attempt);
	}
}

/* Every pause by half, as often as that works. */
static void
shorten_pauses(struct shrinking *s)
{
	for (unsigned i = 0; i < s->d->faults->len; i++) {
		struct span length;
		const char *statement = g_ptr_array_index(s->d->faults, i);

		if (!g_str_has_prefix(statement, "run ") ||
		    !text_to_span(statement + strlen("run "), &length) || span_ms(length) < 2000)
			continue;
		struct draw attempt = copy_draw(s->d);
		char **shorter = (char **)&g_ptr_array_index(attempt.faults, i);

		g_free(*shorter);
		*shorter = g_strdup_printf("run %lldms", (long long)span_ms(length) / 2);
		if (keep_if_it_fails(s, &attempt))
			i--;
	}
}

void
shrink_draw(struct draw *d, uint64_t seed, enum rule rule)
{
	struct shrinking s = {.d = d, .seed = seed, .rule = rule};

	leave_out_faults(&s);
	leave_out_node(&s);
	leave_out_setup(&s);
	shorten_pauses(&s);
	leave_out_faults(&s);
}
