/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/replay.h"

#include <string.h>

#include "core/checkpoint.h"
#include "core/state.h"

/* -- what is in it -- */

static void
span_add_event(struct record_span *span, const struct event *e)
{
	if (span->events++ == 0) {
		span->first = e->now;
		span->first_wall_s = e->wall_s;
	}
	span->last = e->now;
	span->last_wall_s = e->wall_s;
}

static void
span_add_life(struct record_span *span, const struct record_item *item, uint64_t *life)
{
	if (item->begin.life == *life)
		return;
	if (span->lives++ == 0)
		span->begins_within = item->begin.checkpoint != NULL;
	*life = item->begin.life;
}

bool
replay_span(const void *bytes, size_t len, struct record_span *span, char **why)
{
	struct record_reader *r = record_reader_new(bytes, len, why);
	struct record_item item;
	enum record_kind kind;
	uint64_t life = 0;

	*span = (struct record_span){.events = 0};
	if (r == NULL)
		return false;
	while ((kind = record_read(r, &item)) != RECORD_END) {
		if (kind == RECORD_BEGIN)
			span_add_life(span, &item, &life);
		else if (kind == RECORD_EVENT)
			span_add_event(span, &item.event);
		else if (kind == RECORD_BAD && *why == NULL)
			*why = g_strdup(item.text);
	}
	record_reader_free(r);
	return *why == NULL;
}

/* -- looking ahead -- */

/* The numbers in the record of the events on which a core's record ended, in their order. */
static GArray *
unfinished_find(const void *bytes, size_t len, char **why)
{
	struct record_reader *r = record_reader_new(bytes, len, why);
	GArray *found = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	uint64_t events = 0, open = 0, life = 0;
	struct record_item item;
	enum record_kind kind = RECORD_BAD;

	while (r != NULL && kind != RECORD_END) {
		kind = record_read(r, &item);
		if (open > 0 &&
		    (kind == RECORD_END || (kind == RECORD_BEGIN && item.begin.life != life)))
			g_array_append_val(found, open);
		if (kind == RECORD_BEGIN)
			life = item.begin.life;
		else
			open = kind == RECORD_EVENT ? ++events : 0;
	}
	record_reader_free(r);
	return found;
}

/* -- telling it -- */

struct run {
	const struct replay_owner *owner;
	struct record_reader *reader;
	uint64_t read;	/* events */
	uint64_t life, events;	/* of the core, and that it was told */
	struct core *core;	/* NULL: nothing can be told until the next segment */
	struct actions *actions;
	struct decisions decisions;
	bool due;	/* the result of its last event was not read yet */
	bool full;	/* the record says itself that something is missing now */
	GArray *unfinished;
	guint unfinished_next;
	uint64_t life_counted;
};

static void
run_line(void *arg, enum trace_level level, const char *line)
{
	decisions_line(arg, level, line);
}

/* Owns: why is taken. */
static void
gap(struct run *run, struct replay *out, char *why)
{
	if (run->owner->gap != NULL)
		run->owner->gap(run->owner->arg, why);
	if (out->why == NULL && !run->full)
		out->why = why;
	else
		g_free(why);
}

static void
tell_lines(const struct run *run, const struct event *e)
{
	if (run->owner->line == NULL)
		return;
	g_auto(GStrv) lines = g_strsplit(run->decisions.text->str, "\n", -1);

	for (unsigned i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
		run->owner->line(run->owner->arg, e, lines[i]);
}

static struct core *
core_of_segment(struct run *run, const struct record_item *item)
{
	const struct conf *conf = record_reader_conf(run->reader);
	const struct trace trace = {run_line, &run->decisions};

	if (item->begin.checkpoint == NULL)
		return core_new(conf, record_reader_header(run->reader).seed, trace);

	struct core *c =
	    core_load(conf, item->begin.checkpoint, item->begin.checkpoint_len, trace);

	if (c == NULL || (c->started && c->stepped_at.ns == item->begin.now.ns))
		return c;
	core_free(c);
	return NULL;
}

/* The core came here by itself: does it remember what the recorded one did? */
static void
compare_memory(struct run *run, const struct record_item *item, struct replay *out)
{
	g_autoptr(GByteArray) ours = g_byte_array_new();

	core_save(run->core, ours);
	if (ours->len == item->begin.checkpoint_len &&
	    memcmp(ours->data, item->begin.checkpoint, ours->len) == 0)
		return;

	struct core *theirs = core_of_segment(run, item);

	/* Another version may decide the same and remember it in another form. */
	if (theirs != NULL) {
		out->result = REPLAY_DIFFERS;
		out->memory = true;
		out->recorded = g_strdup("");
		out->now = g_strdup("");
	}
	core_free(theirs);
}

static void
begin(struct run *run, const struct record_item *item, struct replay *out)
{
	bool same_life = run->core != NULL && run->life == item->begin.life;

	g_free(out->version);
	out->version = g_strdup(record_reader_header(run->reader).version);
	span_add_life(&out->span, item, &run->life_counted);
	if (same_life && run->events == item->begin.events && item->begin.checkpoint != NULL &&
	    run->core->conf == record_reader_conf(run->reader)) {
		compare_memory(run, item, out);
		return;
	}
	if (same_life)
		gap(run, out, g_strdup("some events are not in it"));
	run->full = false;
	core_free(run->core);
	decisions_clear(&run->decisions);
	decisions_init(&run->decisions);
	run->due = false;
	run->life = item->begin.life;
	run->events = item->begin.events;
	run->core = core_of_segment(run, item);
	if (item->begin.checkpoint != NULL)
		run->decisions.digest = item->begin.digest;
	if (run->core == NULL)
		gap(run, out,
		    g_strdup_printf("this version cannot use what the core of version %s remembered",
			out->version));
}

static void
step(struct run *run, const struct event *e, struct replay *out)
{
	const GArray *unfinished = run->unfinished;

	run->read++;
	if (run->core == NULL)
		return;
	span_add_event(&out->span, e);
	out->type = e->type;
	while (run->unfinished_next < unfinished->len &&
	    g_array_index(unfinished, uint64_t, run->unfinished_next) < run->read)
		run->unfinished_next++;
	if (run->owner->unfinished != NULL && run->unfinished_next < unfinished->len &&
	    g_array_index(unfinished, uint64_t, run->unfinished_next) == run->read)
		run->owner->unfinished(run->owner->arg, e);
	decisions_next(&run->decisions);
	core_step(run->core, e, run->actions);
	decisions_actions(&run->decisions, run->actions);
	actions_clear(run->actions);
	run->events++;
	run->due = true;
	tell_lines(run, e);
}

static void
compare(struct run *run, const struct record_item *item, struct replay *out)
{
	if (!run->due)
		return;
	run->due = false;
	if (item->check == decisions_check(&run->decisions) &&
	    strcmp(item->text, run->decisions.text->str) == 0)
		return;
	out->result = REPLAY_DIFFERS;
	out->recorded = g_strdup(item->text);
	out->now = g_strdup(run->decisions.text->str);
}

static void
play(struct run *run, struct replay *out)
{
	struct record_item item;

	while (out->result == REPLAY_SAME) {
		switch (record_read(run->reader, &item)) {
		case RECORD_BEGIN:
			begin(run, &item, out);
			break;
		case RECORD_EVENT:
			step(run, &item.event, out);
			break;
		case RECORD_RESULT:
			compare(run, &item, out);
			break;
		case RECORD_FULL:
			run->full = out->full = true;
			break;
		case RECORD_BAD:
			gap(run, out, g_strdup_printf("damaged after event %" G_GUINT64_FORMAT ": %s",
			    run->read, item.text));
			break;
		case RECORD_END:
			return;
		}
	}
}

/* What it comes to if nothing differs. */
static void
conclude(struct replay *out)
{
	if (out->result != REPLAY_SAME)
		return;
	if (out->span.events == 0) {
		out->result = REPLAY_REFUSED;
		if (out->why == NULL)
			out->why = g_strdup("it holds no event");
	} else if (out->why != NULL) {
		out->result = REPLAY_DAMAGED;
	}
}

struct replay
replay_run(const void *bytes, size_t len, const struct replay_owner *owner)
{
	struct replay out = {.result = REPLAY_REFUSED};
	struct run run = {.owner = owner};

	run.unfinished = unfinished_find(bytes, len, &out.why);
	if (out.why == NULL) {
		out.result = REPLAY_SAME;
		run.reader = record_reader_new(bytes, len, &out.why);
		run.actions = actions_new();
		decisions_init(&run.decisions);
		play(&run, &out);
		conclude(&out);
		core_free(run.core);
		decisions_clear(&run.decisions);
		actions_free(run.actions);
		record_reader_free(run.reader);
	}
	g_array_unref(run.unfinished);
	return out;
}

void
replay_clear(struct replay *r)
{
	g_free(r->version);
	g_free(r->why);
	g_free(r->recorded);
	g_free(r->now);
}
