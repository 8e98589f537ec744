/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/rules.h"

#include <string.h>

#include "base/text.h"

/* Of so many beats one arrives: noise is drawn such that this can be relied on. */
#define ROUND_BEATS 15

void
rules_init(struct rules *r, const struct draw *d, struct verdict *v)
{
	memset(r, 0, sizeof(*r));
	r->d = d;
	r->v = v;
	r->strict = d->class != DRAW_HARSH;
	r->orderly = true;
	r->bad_programs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	r->letters = g_array_new(FALSE, TRUE, sizeof(struct letter));
	r->asked_at = (struct moment){INT64_MIN / 2};
	for (unsigned g = 0; g < RULES_GROUPS_MAX; g++) {
		r->free_since[g] = MOMENT_NEVER;
		r->reach[g] = (struct rules_reach){MOMENT_NEVER, MOMENT_NEVER, MOMENT_NEVER};
		for (unsigned h = 0; h < RULES_HOSTS_MAX; h++)
			r->stands[h][g].bare_since = r->stands[h][g].nowhere_since = MOMENT_NEVER;
	}
}

void
rules_clear(struct rules *r)
{
	g_clear_pointer(&r->bad_programs, g_hash_table_unref);
	g_clear_pointer(&r->letters, g_array_unref);
}

struct span
rules_round(const struct rules *r)
{
	return span_from_ms(ROUND_BEATS * r->d->keepalive_ms + 5000);
}

struct span
rules_pace(const struct rules *r)
{
	return span_from_ms(MAX(r->d->keepalive_ms / 2, 500));
}

void
rules_be_strict(struct rules *r)
{
	struct moment now = world_now(r->w);

	if (r->strict)
		return;
	r->strict = true;
	r->doubles = world_doubles(r->w);
	r->excused_until = r->healed_at = moment_add(now, rules_round(r));
	/* What was seen before does not count. */
	for (unsigned h = 0; h < world_host_count(r->w); h++) {
		for (unsigned g = 0; g < world_group_count(r->w); g++)
			r->stands[h][g].since = now;
	}
}

/* -- statements -- */

static int
group_of_resource(const struct rules *r, const char *resource)
{
	int group = -1;

	for (unsigned i = 0; i < r->d->setup->len; i++) {
		const char *line = g_ptr_array_index(r->d->setup, i);

		if (!g_str_has_prefix(line, "group "))
			continue;
		group++;
		g_auto(GStrv) words = g_strsplit(line, " ", -1);
		if (g_strv_contains((const char *const *)words, resource))
			return group;
	}
	return -1;
}

/* script HOST RESOURCE OP HOW [takes TIME] */
static void
note_script(struct rules *r, char **word, unsigned count)
{
	int host = count > 4 ? world_host(r->w, word[1]) : -1;
	int group = count > 4 ? group_of_resource(r, word[2]) : -1;

	if (host < 0 || group < 0)
		return;
	struct rules_stand *stand = &r->stands[host][group];
	char *key = g_strdup_printf("%s %s %s", word[1], word[2], word[3]);
	bool good = strcmp(word[4], "ok") == 0 && count == 5;

	const unsigned address = world_has_address_named(r->w, (unsigned)group, word[2]) ? 1 : 0;

	if (!good && g_hash_table_add(r->bad_programs, key)) {
		stand->bad_programs++;
		stand->bad_addresses += address;
	} else if (good) {
		bool was_bad = g_hash_table_remove(r->bad_programs, key);

		g_free(key);
		stand->bad_programs -= was_bad ? 1 : 0;
		stand->bad_addresses -= was_bad ? address : 0;
		if (was_bad)
			stand->good_since = world_now(r->w);
	}
}

static void
note_tampering(struct rules *r, char **word, unsigned count)
{
	int host = count > 2 ? world_host(r->w, word[1]) : -1;
	int group = count > 2 ? group_of_resource(r, word[2]) : -1;

	/* An address is put back. */
	if (host >= 0 && group >= 0 && !world_has_address_named(r->w, (unsigned)group, word[2]))
		r->stands[host][group].tampered = true;
}

static void
note_network(struct rules *r, char **word, unsigned count)
{
	const bool none = g_strcmp0(word[1], "0") == 0;

	if (strcmp(word[0], "loss") == 0) {
		r->loses = !none;
	} else if (strcmp(word[0], "corrupt") == 0) {
		r->corrupts = !none;
	} else if (strcmp(word[0], "delay") == 0 && count > 2) {
		r->orderly = r->orderly && strcmp(word[1], word[2]) == 0;
		text_to_span(word[2], &r->latest);
	}
	r->orderly = r->orderly && !r->loses && !r->corrupts;
}

void
rules_statement(struct rules *r, const char *statement)
{
	g_auto(GStrv) word = g_strsplit(statement, " ", -1);
	unsigned count = g_strv_length(word);

	if (count == 0)
		return;
	note_network(r, word, count);
	if (r->w == NULL)
		return;
	for (unsigned h = 0; h < world_host_count(r->w); h++) {
		for (unsigned g = 0; g < world_group_count(r->w); g++)
			r->stands[h][g].quick_retries = 0;
	}
	if (strcmp(word[0], "ask") == 0)
		r->asked_at = world_now(r->w);
	else if (strcmp(word[0], "script") == 0)
		note_script(r, word, count);
	else if (strcmp(word[0], "running") == 0 || strcmp(word[0], "gone") == 0)
		note_tampering(r, word, count);
}

/* -- lines: "[TIME] HOST: ..." -- */

static int
group_named(const struct rules *r, const char *key)
{
	for (unsigned g = 0; g < world_group_count(r->w); g++) {
		if (strcmp(world_group_key(r->w, g), key) == 0)
			return (int)g;
	}
	return -1;
}

void
rules_line(struct rules *r, const char *line)
{
	const char *host_at = strstr(line, "] ");
	const char *text = host_at != NULL ? strstr(host_at, ": ") : NULL;
	struct transition t;

	if (r->w == NULL || text == NULL)
		return;
	g_autofree char *name = g_strndup(host_at + 2, (size_t)(text - host_at - 2));
	int host = world_host(r->w, name);

	if (host < 0)
		return;
	int group = transition_read(line, &t) ? group_named(r, t.group) : -1;

	if (group >= 0)
		moves_transition(r, (unsigned)host, (unsigned)group, &t);
	else if (g_str_has_prefix(text, ": client "))
		letters_line(r, (unsigned)host, text + strlen(": client "));
}

/* -- looking -- */

struct moment
rules_known_at(const struct rules *r, unsigned host)
{
	const struct rules_host *h = &r->hosts[host];
	struct span beats = span_from_ms(2 * r->d->keepalive_ms + 1000);

	if (!h->look.awake)
		return moment_add(h->silent_since,
		    span_add(span_from_ms(MAX(r->d->deadtime_ms, r->d->initdead_ms)), beats));
	/* Others wait for it, that it takes its groups itself. */
	if (!h->look.active)
		return moment_add(h->born, span_add(span_from_ms(r->d->initdead_ms), beats));
	return h->active_since;
}

static void
look_at_host(struct rules *r, unsigned host)
{
	struct rules_host *h = &r->hosts[host];
	struct moment now = world_now(r->w);
	struct world_look look;

	world_look(r->w, host, &look);
	if (look.daemon && look.generation != h->look.generation)
		h->born = now;
	else if (look.awake && !h->look.awake)
		/* It blames nobody for the time that it did not run. */
		r->excused_until = moment_max(r->excused_until,
		    moment_add(now, span_from_ms(r->d->deadtime_ms + 2 * r->d->keepalive_ms)));
	if (!look.awake && h->look.awake)
		h->silent_since = now;
	if (look.active && (!h->look.active || look.generation != h->look.generation))
		h->active_since = now;
	if (look.leaving && !h->look.leaving)
		h->leaving_since = now;
	h->look = look;
}

void
rules_look(struct rules *r)
{
	if (r->w == NULL || world_host_count(r->w) > RULES_HOSTS_MAX ||
	    world_group_count(r->w) > RULES_GROUPS_MAX)
		return;
	for (unsigned h = 0; h < world_host_count(r->w); h++)
		look_at_host(r, h);
	holding_look(r);
	reach_look(r);
	letters_look(r);
}
