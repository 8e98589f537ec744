/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/coverage.h"

#include <string.h>

/* Changes of state that the code can make; see the picture in core/group.c. */
static const unsigned char possible[][2] = {
    {CLAIM_IDLE, CLAIM_PROBING},
    {CLAIM_IDLE, CLAIM_RUNNING},
    {CLAIM_IDLE, CLAIM_WANT},
    {CLAIM_IDLE, CLAIM_FAILED},
    {CLAIM_AWAY, CLAIM_WANT},
    {CLAIM_AWAY, CLAIM_FAILED},
    {CLAIM_FAILED, CLAIM_IDLE},
    {CLAIM_FAILED, CLAIM_AWAY},
    {CLAIM_PROBING, CLAIM_IDLE},
    {CLAIM_PROBING, CLAIM_LEFTOVER},
    {CLAIM_PROBING, CLAIM_GIVING},
    {CLAIM_LEFTOVER, CLAIM_STARTING},
    {CLAIM_LEFTOVER, CLAIM_GIVING},
    {CLAIM_WANT, CLAIM_IDLE},
    {CLAIM_WANT, CLAIM_AWAY},
    {CLAIM_WANT, CLAIM_STARTING},
    {CLAIM_WANT, CLAIM_FAILED},
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

/* Up to end, if it fits. */
static bool
take_word(char *out, size_t size, const char *word, const char *end)
{
	if (end == NULL || end < word || (size_t)(end - word) >= size)
		return false;
	memcpy(out, word, (size_t)(end - word));
	out[end - word] = '\0';
	return true;
}

bool
transition_read(const char *line, struct transition *out)
{
	const char *host = strstr(line, "] ");
	const char *group = strstr(line, ": group ");
	const char *arrow = group != NULL ? strstr(group, " -> ") : NULL;

	if (host == NULL || arrow == NULL || host > group ||
	    !take_word(out->host, sizeof(out->host), host + 2, group))
		return false;
	const char *key = group + strlen(": group "), *before = arrow;
	while (before > key && before[-1] != ' ')
		before--;
	if (before < key + 2 || !take_word(out->group, sizeof(out->group), key, before - 2))
		return false;
	int from = state_named(before, (size_t)(arrow - before));
	int to = state_named(arrow + 4, strcspn(arrow + 4, " "));

	if (from < 0 || to < 0)
		return false;
	out->from = (enum claim_state)from;
	out->to = (enum claim_state)to;
	return true;
}

bool
coverage_is_possible(enum claim_state from, enum claim_state to)
{
	for (size_t i = 0; i < G_N_ELEMENTS(possible); i++) {
		if (possible[i][0] == from && possible[i][1] == to)
			return true;
	}
	return false;
}

void
coverage_note(struct coverage *c, const struct transition *t)
{
	c->seen[t->from][t->to]++;
}

void
coverage_count(const struct coverage *c, unsigned *seen, unsigned *of, unsigned *states,
    unsigned *states_of)
{
	bool reached[CLAIM_STATE_COUNT] = {[CLAIM_IDLE] = true};

	*seen = *states = 0;
	*of = G_N_ELEMENTS(possible);
	*states_of = CLAIM_STATE_COUNT;
	for (size_t i = 0; i < G_N_ELEMENTS(possible); i++) {
		if (c->seen[possible[i][0]][possible[i][1]] == 0)
			continue;
		*seen += 1;
		reached[possible[i][1]] = true;
	}
	for (unsigned i = 0; i < CLAIM_STATE_COUNT; i++)
		*states += reached[i] ? 1 : 0;
}

char *
coverage_unseen(const struct coverage *c)
{
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(possible); i++) {
		unsigned from = possible[i][0], to = possible[i][1];

		if (c->seen[from][to] == 0)
			g_string_append_printf(out, "%s%s -> %s", out->len > 0 ? ", " : "",
			    claim_state_name(from), claim_state_name(to));
	}
	return g_string_free(out, FALSE);
}
