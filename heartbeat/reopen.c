/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reopen.h"

#include <glib.h>

#include "base/monotime.h"
#include "log.h"

struct reopen {
	qb_loop_t *loop;
	const struct setup *setup;
	reopen_tried_fn *tried;
	void *arg;
	bool *due;	/* by medium */
	bool armed;
	qb_loop_timer_handle timer;
};

static void reopen_all(void *data);

static void
arm(struct reopen *r)
{
	if (!r->armed)
		r->armed = qb_loop_timer_add(r->loop, QB_LOOP_MED,
			       (uint64_t)span_from_ms(REOPEN_MS).ns, r, reopen_all, &r->timer) == 0;
}

static void
reopen_one(struct reopen *r, unsigned medium)
{
	const struct conf_medium *m = &r->setup->conf->media[medium];

	r->due[medium] = sockets_reopen(r->setup->sockets, r->setup->conf, medium) < 0;
	if (r->due[medium]) {
		log_write(TRACE_DEBUG, "%s %s: still broken: %s", medium_kind_name(m->kind), m->name,
		    sockets_why(r->setup->sockets, medium));
		arm(r);
		return;
	}
	log_write(TRACE_INFO, "%s %s: opened again", medium_kind_name(m->kind), m->name);
}

static void
reopen_all(void *data)
{
	struct reopen *r = data;

	r->armed = false;
	for (unsigned i = 0; i < r->setup->conf->media_count; i++) {
		if (!r->due[i])
			continue;
		reopen_one(r, i);
		/* Also what is left of it when it failed: it may still receive. */
		r->tried(r->arg, i);
	}
}

void
reopen_medium(struct reopen *r, unsigned medium)
{
	if (medium >= r->setup->conf->media_count)
		return;
	r->due[medium] = true;
	arm(r);
}

void
reopen_look(struct reopen *r)
{
	for (unsigned i = 0; i < r->setup->conf->media_count; i++) {
		if (!sockets_broken(r->setup->sockets, i) &&
		    !sockets_stale(r->setup->sockets, r->setup->conf, i))
			continue;
		reopen_one(r, i);
		r->tried(r->arg, i);
	}
}

void
reopen_broken(struct reopen *r)
{
	for (unsigned i = 0; i < r->setup->conf->media_count; i++) {
		if (sockets_broken(r->setup->sockets, i))
			reopen_medium(r, i);
	}
}

struct reopen *
reopen_new(qb_loop_t *loop, const struct setup *setup, reopen_tried_fn *tried, void *arg)
{
	struct reopen *r = g_new0(struct reopen, 1);

	r->loop = loop;
	r->setup = setup;
	r->tried = tried;
	r->arg = arg;
	r->due = g_new0(bool, setup->conf->media_count + 1);
	return r;
}

void
reopen_free(struct reopen *r)
{
	if (r == NULL)
		return;
	if (r->armed)
		qb_loop_timer_del(r->loop, r->timer);
	g_free(r->due);
	g_free(r);
}
