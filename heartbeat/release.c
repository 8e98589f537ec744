/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "release.h"

#include <glib.h>

#include "core/group.h"
#include "log.h"

/* Between a stop that failed and the next. */
#define AGAIN_MS 1000

struct stopping {
	struct release *release;
	unsigned group;
	unsigned left;	/* resources still to be stopped: the last of them is at work */
	enum resource_op op;
	bool ours;
	qb_loop_timer_handle again;
	bool waits;	/* that timer runs */
};

struct release {
	qb_loop_t *loop;
	const struct conf *conf;
	struct release_owner owner;
	struct span patience;
	struct stopping *groups;	/* one a group */
	unsigned groups_left;
	bool over;	/* the peers have what they waited for */
	qb_loop_timer_handle end;
	bool waits;	/* that timer runs */
};

static const char *
resource_text(const struct stopping *s)
{
	return s->release->conf->groups[s->group].resources[s->left - 1].text;
}

static void stopping_run(struct stopping *s, enum resource_op op);

static void
stopping_again(void *data)
{
	struct stopping *s = data;

	s->waits = false;
	log_write(TRACE_INFO, "Retrying failed stop operation [%s]", resource_text(s));
	stopping_run(s, OP_STOP);
}

static void
stopping_next(struct stopping *s)
{
	struct release *r = s->release;

	if (--s->left > 0)
		stopping_run(s, OP_STOP);
	else if (--r->groups_left == 0)
		r->owner.done(r->owner.arg);
}

/* It still runs, or nobody knows. */
static void
stopping_failed(struct stopping *s)
{
	struct release *r = s->release;

	if (r->over && !s->ours) {
		log_write(TRACE_CRITICAL,
		    "Resource STOP failure. %s was running before we started: stop it by hand",
		    resource_text(s));
		stopping_next(s);
		return;
	}
	s->waits = qb_loop_timer_add(r->loop, QB_LOOP_MED, (uint64_t)span_from_ms(AGAIN_MS).ns, s,
		       stopping_again, &s->again) == 0;
}

static void
stopping_run(struct stopping *s, enum resource_op op)
{
	const struct release_owner *o = &s->release->owner;

	s->op = op;
	if (o->run(o->arg, op, s->group, s->left - 1) < 0)
		stopping_failed(s);
}

void
release_ended(struct release *r, unsigned group, const struct event_child *e)
{
	struct stopping *s = &r->groups[group];
	bool missing = e->end == CHILD_NOT_FOUND;

	if (s->op == OP_STOP) {
		if ((e->end == CHILD_EXITED && e->code == 0) || (missing && !s->ours)) {
			stopping_next(s);
			return;
		}
		log_write(TRACE_ERROR, "stop of %s failed", resource_text(s));
		stopping_run(s, OP_STATUS);
		return;
	}
	/* A script that vanished cannot say that what it started is gone. */
	if (group_status_runs(e) || (missing && s->ours))
		stopping_failed(s);
	else
		stopping_next(s);
}

static void
time_is_up(void *data)
{
	struct release *r = data;

	r->waits = false;
	r->over = true;
	for (unsigned i = 0; i < r->conf->group_count; i++) {
		const struct stopping *s = &r->groups[i];

		if (s->left > 0 && s->ours) {
			g_autofree char *reason = g_strdup_printf("%s is not stopped, and the "
			    "other nodes start it about now", resource_text(s));

			r->owner.too_late(r->owner.arg, reason);
			return;
		}
	}
}

struct release *
release_new(qb_loop_t *loop, const struct conf *c, const enum group_hint *hints,
    struct span patience, const struct release_owner *owner)
{
	struct release *r = g_new0(struct release, 1);

	r->loop = loop;
	r->conf = c;
	r->owner = *owner;
	r->patience = patience;
	r->groups = g_new0(struct stopping, c->group_count + 1);
	for (unsigned i = 0; i < c->group_count; i++) {
		struct stopping *s = &r->groups[i];

		s->release = r;
		s->group = i;
		s->ours = hints[i] != HINT_UNKNOWN;
		s->left = hint_may_run(hints[i]) ? c->groups[i].resource_count : 0;
		if (s->left > 0)
			r->groups_left++;
	}
	return r;
}

void
release_begin(struct release *r)
{
	if (r->groups_left == 0) {
		r->owner.done(r->owner.arg);
		return;
	}
	r->waits = qb_loop_timer_add(r->loop, QB_LOOP_HIGH, (uint64_t)MAX(r->patience.ns, 0), r,
		       time_is_up, &r->end) == 0;
	for (unsigned i = 0; i < r->conf->group_count; i++) {
		if (r->groups[i].left > 0)
			stopping_run(&r->groups[i], OP_STOP);
	}
}

void
release_free(struct release *r)
{
	if (r == NULL)
		return;
	if (r->waits)
		qb_loop_timer_del(r->loop, r->end);
	for (unsigned i = 0; i < r->conf->group_count; i++) {
		if (r->groups[i].waits)
			qb_loop_timer_del(r->loop, r->groups[i].again);
	}
	g_free(r->groups);
	g_free(r);
}
