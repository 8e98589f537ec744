/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/twin.h"

#include <string.h>

#include "core/checkpoint.h"

struct twin {
	const struct conf *conf;
	unsigned every, steps;	/* of it */
	struct core *core;	/* NULL: none yet */
	struct actions *actions;
	struct decisions ours, its;
	struct trace trace;	/* where the core's lines go on to */
};

struct twin *
twin_new(const struct conf *conf, unsigned every)
{
	struct twin *t = g_new0(struct twin, 1);

	t->conf = conf;
	t->every = every;
	t->actions = actions_new();
	decisions_init(&t->ours);
	decisions_init(&t->its);
	return t;
}

void
twin_free(struct twin *t)
{
	if (t == NULL)
		return;
	core_free(t->core);
	actions_free(t->actions);
	decisions_clear(&t->ours);
	decisions_clear(&t->its);
	g_free(t);
}

static void
hear_ours(void *arg, enum trace_level level, const char *line)
{
	struct twin *t = arg;

	if (t->core != NULL)
		decisions_line(&t->ours, level, line);
	if (t->trace.emit != NULL)
		t->trace.emit(t->trace.arg, level, line);
}

static void
hear_its(void *arg, enum trace_level level, const char *line)
{
	decisions_line(arg, level, line);
}

struct trace
twin_trace(struct twin *t, struct trace sink)
{
	t->trace = sink;
	return (struct trace){hear_ours, t};
}

static char *
compare_memory(const GByteArray *ours, const GByteArray *its, const char *when)
{
	guint at = 0;

	while (at < ours->len && at < its->len && ours->data[at] == its->data[at])
		at++;
	if (at == ours->len && at == its->len)
		return NULL;
	return g_strdup_printf("a core and its twin differ %s: in byte %u of %u and %u that they save",
	    when, at, ours->len, its->len);
}

static char *
twin_renew(struct twin *t, const struct core *c)
{
	g_autoptr(GByteArray) saved = g_byte_array_new();
	g_autoptr(GByteArray) again = g_byte_array_new();

	core_save(c, saved);
	core_free(t->core);
	t->core = core_load(t->conf, saved->data, saved->len, (struct trace){hear_its, &t->its});
	t->its.digest = t->ours.digest;
	t->steps = 0;
	if (t->core == NULL)
		return g_strdup("a core does not load what it saved");
	core_save(t->core, again);
	return compare_memory(saved, again, "once it is loaded");
}

/* Its last step: is what it remembers the same? */
static char *
twin_end(struct twin *t, const struct core *c)
{
	g_autoptr(GByteArray) saved = g_byte_array_new();
	g_autoptr(GByteArray) its = g_byte_array_new();

	core_save(c, saved);
	core_save(t->core, its);
	g_clear_pointer(&t->core, core_free);
	return compare_memory(saved, its, "after a step");
}

static char *
twin_after(struct twin *t, const struct core *c, const struct event *e, const struct actions *out)
{
	decisions_next(&t->its);
	core_step(t->core, e, t->actions);
	decisions_actions(&t->ours, out);
	decisions_actions(&t->its, t->actions);
	actions_clear(t->actions);
	if (t->ours.digest == t->its.digest && strcmp(t->ours.text->str, t->its.text->str) == 0)
		return ++t->steps < t->every ? NULL : twin_end(t, c);
	return g_strdup_printf("a core and its twin do not do the same on event %s:\n%s---- its twin:\n%s",
	    event_type_name(e->type), t->ours.text->str, t->its.text->str);
}

char *
twin_step(struct twin *t, struct record_writer *w, struct core *c, const struct event *e,
    struct actions *out)
{
	char *difference = t != NULL && t->core == NULL ? twin_renew(t, c) : NULL;

	if (t != NULL)
		decisions_next(&t->ours);
	record_step(w, c, e, out);
	return t == NULL || difference != NULL ? difference : twin_after(t, c, e, out);
}
