/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/facts.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"

/* What this version speaks; goes into the field `have`. */
#define FACTS_DIALECT "1"

static const struct {
	char letter;
	const char *name;
	bool may_run;
} states[] = {
    [CLAIM_IDLE] = {'-', "stopped", false},
    [CLAIM_AWAY] = {'a', "away", false},
    [CLAIM_FAILED] = {'x', "failed", false},
    [CLAIM_PROBING] = {'p', "probing", true},
    [CLAIM_LEFTOVER] = {'l', "leftover", true},
    [CLAIM_WANT] = {'w', "waiting", false},
    [CLAIM_STARTING] = {'s', "starting", true},
    [CLAIM_RUNNING] = {'r', "running", true},
    [CLAIM_OFFER] = {'o', "offered", true},
    [CLAIM_GIVING] = {'g', "stopping", true},
    [CLAIM_BROKEN] = {'b', "broken", true},
};
static_assert(G_N_ELEMENTS(states) == CLAIM_STATE_COUNT, "a row for each state");

bool
claim_may_run(enum claim_state state)
{
	assert(state < CLAIM_STATE_COUNT);
	return states[state].may_run;
}

const char *
claim_state_name(enum claim_state state)
{
	assert(state < CLAIM_STATE_COUNT);
	return states[state].name;
}

/* Reasons are for people; a longer one is cut. Unit: bytes. */
#define WHY_MAX 200

static void
claims_reset(struct claim *claims, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		g_free(claims[i].why);
		claims[i] = (struct claim){.state = CLAIM_IDLE, .target = -1};
	}
}

void
facts_init(struct facts *f, const struct conf *conf)
{
	memset(f, 0, sizeof(*f));
	f->group_count = conf->group_count;
	f->claims = g_new0(struct claim, conf->group_count);
	f->seen = g_new0(struct seen, conf->node_count);
	claims_reset(f->claims, conf->group_count);
}

void
facts_clear(struct facts *f)
{
	claims_reset(f->claims, f->group_count);
	g_free(f->claims);
	g_free(f->seen);
	memset(f, 0, sizeof(*f));
}

void
facts_reset(struct facts *f, const struct conf *conf)
{
	struct claim *claims = f->claims;
	struct seen *seen = f->seen;

	memset(f, 0, sizeof(*f));
	f->group_count = conf->group_count;
	claims_reset(claims, conf->group_count);
	memset(seen, 0, conf->node_count * sizeof(*seen));
	f->claims = claims;
	f->seen = seen;
}

static void
claim_visit(struct visit *v, struct claim *c, const struct conf *conf)
{
	VISIT_UPTO(v, c->state, CLAIM_STATE_COUNT - 1);
	VISIT(v, c->epoch);
	visit_index(v, &c->target, conf->node_count);
	VISIT(v, c->listed);
	VISIT(v, c->since);
	VISIT(v, c->why);
}

static void
seen_visit(struct visit *v, struct seen *s)
{
	VISIT(v, s->generation);
	VISIT(v, s->version);
	VISIT(v, s->past);
}

void
facts_visit(struct visit *v, struct facts *f, const struct conf *conf)
{
	VISIT(v, f->known);
	VISIT(v, f->version);
	VISIT_UPTO(v, f->leave, LEAVE_DONE);
	visit_word(v, &f->gives, facts_gives_word);
	VISIT(v, f->orphaned);
	VISIT(v, f->firm);
	visit_buffer(v, f->digest, sizeof(f->digest));
	VISIT(v, f->full);
	NOT_VISITED(f->group_count);
	for (unsigned i = 0; i < conf->group_count; i++)
		claim_visit(v, &f->claims[i], conf);
	for (unsigned i = 0; i < conf->node_count; i++)
		seen_visit(v, &f->seen[i]);
}

static bool
facts_offer_any(const struct facts *f, const struct conf *conf)
{
	for (unsigned i = 0; i < conf->group_count; i++) {
		if (f->claims[i].state == CLAIM_OFFER)
			return true;
	}
	return false;
}

/* Only words that are known, so that nothing of a message outlives it. */
const char *
facts_gives_word(const char *word)
{
	static const char *const words[] = {"all", "local", "foreign"};

	for (size_t i = 0; word != NULL && i < G_N_ELEMENTS(words); i++) {
		if (strcmp(word, words[i]) == 0)
			return words[i];
	}
	return NULL;
}

/* "ID REASON" a line. */
static void
reasons_write(const struct facts *f, const struct conf *conf, struct msg *m)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (unsigned i = 0; i < conf->group_count; i++) {
		const struct claim *c = &f->claims[i];

		if (c->why != NULL)
			g_string_append_printf(text, "%s%s %.*s", text->len > 0 ? "\n" : "",
			    conf->groups[i].id, WHY_MAX, c->why);
	}
	if (text->len > 0)
		msg_add(m, "why", text->str);
}

static void
reasons_read(struct facts *f, const struct conf *conf, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", conf->group_count + 1);

	for (char **line = lines; *line != NULL; line++) {
		char *blank = strchr(*line, ' ');

		if (blank == NULL)
			continue;
		*blank = '\0';
		int group = conf_group_index(conf, *line);
		if (group < 0)
			continue;
		g_free(f->claims[group].why);
		f->claims[group].why = text_escape(blank + 1, strlen(blank + 1), WHY_MAX);
	}
}

void
facts_write(const struct facts *f, const struct conf *conf, bool with_reasons, bool full,
    struct msg *m)
{
	g_autoptr(GString) holds = g_string_new(NULL);
	g_autoptr(GString) heard = g_string_new(NULL);

	for (unsigned i = 0; i < conf->group_count; i++) {
		const struct claim *c = &f->claims[i];

		if (c->state == CLAIM_IDLE && c->epoch == 0 && !full)
			continue;
		g_string_append_printf(holds, "%s%s:%c:%" PRIx64, holds->len > 0 ? " " : "",
		    conf->groups[i].id, states[c->state].letter, c->epoch);
		if (c->target >= 0)
			g_string_append_printf(holds, ":%s", conf->nodes[c->target]);
	}
	for (unsigned i = 0; i < conf->node_count; i++) {
		const struct seen *s = &f->seen[i];

		if (s->generation == 0)
			continue;
		g_string_append_printf(heard, "%s%s:%" PRIx64 ":%" PRIx64 "%s",
		    heard->len > 0 ? " " : "", conf->nodes[i], s->generation, s->version,
		    s->past ? ":past" : "");
	}
	msg_add(m, "have", FACTS_DIALECT);
	msg_add_hex(m, "facts", f->version);
	msg_add(m, "conf", conf->digest);
	msg_add(m, "holds", holds->str);
	msg_add(m, "heard", heard->str);
	if (with_reasons)
		reasons_write(f, conf, m);
	if (f->leave != LEAVE_NOT)
		msg_add(m, "leave", f->leave == LEAVE_DONE ? "2" : "1");
	if (f->gives != NULL && facts_offer_any(f, conf))
		msg_add(m, "gives", f->gives);
	if (f->orphaned)
		msg_add(m, "orphan", "1");
	if (full)
		msg_add(m, "full", "1");
}

static bool
state_from_letter(const char *word, enum claim_state *out)
{
	if (word[0] == '\0' || word[1] != '\0')
		return false;
	for (unsigned i = 0; i < CLAIM_STATE_COUNT; i++) {
		if (states[i].letter == word[0]) {
			*out = i;
			return true;
		}
	}
	return false;
}

/* "ID:LETTER:EPOCH[:NODE]" */
static bool
claim_read(const char *word, const struct conf *conf, struct facts *f)
{
	g_auto(GStrv) parts = g_strsplit(word, ":", 4);
	struct claim claim = {.target = -1, .listed = true};

	if (g_strv_length(parts) < 3 || !state_from_letter(parts[1], &claim.state) ||
	    !text_hex_to_u64(parts[2], &claim.epoch))
		return false;
	if (parts[3] != NULL)
		claim.target = conf_node_index(conf, parts[3]);
	int group = conf_group_index(conf, parts[0]);
	if (group >= 0) {
		g_free(f->claims[group].why);
		f->claims[group] = claim;
	}
	return true;
}

/* "NODE:GENERATION:VERSION[:past]" */
static bool
seen_read(const char *word, const struct conf *conf, struct facts *f)
{
	g_auto(GStrv) parts = g_strsplit(word, ":", 4);
	struct seen s = {0};

	if (g_strv_length(parts) < 3 || !text_hex_to_u64(parts[1], &s.generation) ||
	    !text_hex_to_u64(parts[2], &s.version))
		return false;
	s.past = parts[3] != NULL && strcmp(parts[3], "past") == 0;
	if (parts[3] != NULL && !s.past)
		return false;
	int node = conf_node_index(conf, parts[0]);
	if (node >= 0)
		f->seen[node] = s;
	return true;
}

typedef bool word_reader(const char *word, const struct conf *conf, struct facts *f);

static bool
each_word(const char *list, word_reader *read, const struct conf *conf, struct facts *f)
{
	g_auto(GStrv) words = g_strsplit(list, " ", -1);

	for (char **w = words; *w != NULL; w++) {
		if (**w != '\0' && !read(*w, conf, f))
			return false;
	}
	return true;
}

static void
claims_keep(struct facts *fresh, struct facts *before, struct moment now)
{
	for (unsigned i = 0; i < fresh->group_count; i++) {
		struct claim *new = &fresh->claims[i];
		struct claim *old = &before->claims[i];
		bool same = before->known && new->state == old->state && new->epoch == old->epoch;

		new->since = same ? old->since : now;
		if (same)
			new->why = g_steal_pointer(&old->why);
	}
}

bool
facts_read(struct facts *f, const struct conf *conf, const struct msg *m, struct moment now)
{
	const char *holds = msg_get(m, "holds");
	const char *heard = msg_get(m, "heard");
	const char *digest = msg_get(m, "conf");
	const char *why = msg_get(m, "why");
	struct facts fresh;

	facts_init(&fresh, conf);
	if (holds == NULL || heard == NULL || !msg_get_hex(m, "facts", &fresh.version) ||
	    !each_word(holds, claim_read, conf, &fresh) ||
	    !each_word(heard, seen_read, conf, &fresh)) {
		facts_clear(&fresh);
		return false;
	}
	fresh.known = true;
	const char *leave = msg_get(m, "leave");
	if (leave != NULL)
		fresh.leave = strcmp(leave, "2") == 0 ? LEAVE_DONE : LEAVE_BEGUN;
	fresh.gives = facts_gives_word(msg_get(m, "gives"));
	fresh.orphaned = g_strcmp0(msg_get(m, "orphan"), "1") == 0;
	fresh.full = g_strcmp0(msg_get(m, "full"), "1") == 0;
	if (digest != NULL)
		g_strlcpy(fresh.digest, digest, sizeof(fresh.digest));
	claims_keep(&fresh, f, now);
	if (why != NULL)
		reasons_read(&fresh, conf, why);
	facts_clear(f);
	*f = fresh;
	return true;
}
