/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "probe.h"

#include <errno.h>
#include <glib.h>

#include "address.h"
#include "announce.h"
#include "clock.h"
#include "job.h"

#define TIMES 2

struct probe {
	uint64_t job;
	struct conf_resource address;	/* a copy: the configuration may be replaced meanwhile */
	struct span pause;
	unsigned sent;
	struct moment due;	/* of the next frame, or of the end */
};

struct probes {
	qb_loop_t *loop;
	probe_done_fn *done;
	void *arg;
	struct announce_sockets sockets;
	GQueue waiting;	/* struct probe *, the next one first */
	struct moment rests_until;	/* for what was sent last */
	bool armed;
	qb_loop_timer_handle timer;
};

static void
probe_free(void *data)
{
	struct probe *p = data;

	job_resource_clear(&p->address);
	g_free(p);
}

static void probes_turn(void *data);

/* When the first is due, and what was sent before has had its time on the wire. */
static void
arm(struct probes *p, struct moment now)
{
	const struct probe *first = g_queue_peek_head(&p->waiting);

	if (p->armed || first == NULL)
		return;
	const struct moment at = moment_max(now, moment_max(first->due, p->rests_until));
	p->armed = qb_loop_timer_add(p->loop, QB_LOOP_MED, (uint64_t)moment_since(at, now).ns, p,
		       probes_turn, &p->timer) == 0;
}

static void
probe_end(struct probes *p, struct probe *one, int code, const char *output)
{
	p->done(p->arg, one->job, code, output);
	probe_free(one);
}

/* The times of all are equal, so those that wait longest are due first. */
static void
probe_send(struct probes *p, struct probe *one, const struct address_world *w, struct moment now)
{
	g_autoptr(GString) output = g_string_new(NULL);
	const int code = w != NULL
			     ? address_probe(w, &p->sockets, one->address.script,
				   one->address.args, output)
			     : EXIT_FAILURE;

	if (code != 0) {
		probe_end(p, one, code, output->str);
		return;
	}
	one->sent++;
	one->due = moment_add(now, one->pause);
	g_queue_push_tail(&p->waiting, one);
}

static void
probes_turn(void *data)
{
	struct probes *p = data;
	const struct moment now = clock_read().now;
	struct address_world *w = NULL;
	unsigned frames = 0;

	p->armed = false;

	for (unsigned left = p->waiting.length; left > 0 && frames < PROBE_FRAMES; left--) {
		struct probe *one = g_queue_peek_head(&p->waiting);

		if (!moment_reached(now, one->due))
			break;
		g_queue_pop_head(&p->waiting);
		if (one->sent == TIMES) {
			probe_end(p, one, 0, "");
			continue;
		}
		if (w == NULL)
			w = address_world_new();
		probe_send(p, one, w, now);
		frames++;
	}
	address_world_free(w);
	p->rests_until = moment_add(now, span_from_ms(frames * PROBE_PAUSE_MS / PROBE_FRAMES));
	arm(p, now);
}

int
probes_add(struct probes *p, uint64_t job, const struct conf_resource *address, struct span timeout)
{
	struct probe *one;

	if (p->waiting.length >= PROBES_MAX)
		return -EAGAIN;
	one = g_new0(struct probe, 1);
	one->job = job;
	one->pause = (struct span){timeout.ns / TIMES};
	one->due = clock_read().now;
	job_resource_copy(&one->address, address);
	/* What was sent once already has waited longer, and is not due for a while. */
	g_queue_push_head(&p->waiting, one);
	arm(p, one->due);
	return 0;
}

void
probes_drop(struct probes *p)
{
	g_queue_clear_full(&p->waiting, probe_free);
	if (p->armed)
		qb_loop_timer_del(p->loop, p->timer);
	p->armed = false;
}

struct probes *
probes_new(qb_loop_t *loop, probe_done_fn *done, void *arg)
{
	struct probes *p = g_new0(struct probes, 1);

	p->loop = loop;
	p->done = done;
	p->arg = arg;
	p->sockets = (struct announce_sockets)ANNOUNCE_SOCKETS_NONE;
	g_queue_init(&p->waiting);
	return p;
}

void
probes_free(struct probes *p)
{
	if (p == NULL)
		return;
	probes_drop(p);
	announce_sockets_close(&p->sockets);
	g_free(p);
}
