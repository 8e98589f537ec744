/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/replay.h"

#include <string.h>

struct run {
	const struct replay_owner *owner;
	struct record_reader *reader;
	struct core *core;
	struct actions *actions;
	struct decisions decisions;
	uint64_t total;	/* events in the record */
	bool last_unfinished;
};

static void
run_line(void *arg, enum trace_level level, const char *line)
{
	decisions_line(arg, level, line);
}

/* Can all of it be read? Counts the events. */
static bool
look_through(const void *bytes, size_t len, struct run *run, struct replay *out)
{
	struct record_reader *r = record_reader_new(bytes, len, &out->why);
	struct record_item item;
	enum record_kind kind, before = RECORD_RESULT;

	if (r == NULL)
		return false;
	out->version = g_strdup(record_reader_header(r).version);
	while ((kind = record_read(r, &item)) == RECORD_EVENT || kind == RECORD_RESULT) {
		run->total += kind == RECORD_EVENT;
		before = kind;
	}
	run->last_unfinished = before == RECORD_EVENT;
	out->full = kind == RECORD_FULL;
	if (kind == RECORD_BAD)
		out->why = g_strdup_printf(
		    "damaged after event %" G_GUINT64_FORMAT ": %s", run->total, item.text);
	else if (run->total == 0)
		out->why = g_strdup("it holds no event");
	record_reader_free(r);
	return out->why == NULL;
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

static void
step(struct run *run, const struct event *e, struct replay *out)
{
	if (out->events++ == 0)
		out->first = e->now;
	out->last = e->now;
	out->wall_s = e->wall_s;
	out->type = e->type;
	if (out->events == run->total && run->last_unfinished && run->owner->unfinished != NULL)
		run->owner->unfinished(run->owner->arg, e);
	decisions_next(&run->decisions);
	core_step(run->core, e, run->actions);
	decisions_actions(&run->decisions, run->actions);
	actions_clear(run->actions);
	tell_lines(run, e);
}

static void
compare(const struct run *run, const struct record_item *item, struct replay *out)
{
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
		case RECORD_EVENT:
			step(run, &item.event, out);
			break;
		case RECORD_RESULT:
			compare(run, &item, out);
			break;
		case RECORD_FULL:
		case RECORD_END:
		case RECORD_BAD:
			return;
		}
	}
}

struct replay
replay_run(const void *bytes, size_t len, const struct replay_owner *owner)
{
	struct replay out = {.result = REPLAY_REFUSED};
	struct run run = {.owner = owner};

	if (!look_through(bytes, len, &run, &out))
		return out;
	out.result = REPLAY_SAME;
	run.reader = record_reader_new(bytes, len, &out.why);
	run.actions = actions_new();
	decisions_init(&run.decisions);
	run.core = core_new(record_reader_conf(run.reader), record_reader_header(run.reader).seed,
	    (struct trace){run_line, &run.decisions});
	play(&run, &out);
	core_free(run.core);
	decisions_clear(&run.decisions);
	actions_free(run.actions);
	record_reader_free(run.reader);
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
