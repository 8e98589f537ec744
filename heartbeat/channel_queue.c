/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "channel_queue.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <string.h>

#include "clock.h"

struct waiting {
	struct channel_record record;
	void *tail;
	size_t len;
};

struct channel_queue {
	int end;
	GQueue waiting; /* struct waiting * */
	uint64_t lines_lost;
};

struct channel_queue *
channel_queue_new(int end)
{
	struct channel_queue *q = g_new0(struct channel_queue, 1);

	q->end = end;
	g_queue_init(&q->waiting);
	return q;
}

static void
waiting_free(void *data)
{
	struct waiting *w = data;

	g_free(w->tail);
	g_free(w);
}

void
channel_queue_free(struct channel_queue *q)
{
	if (q == NULL)
		return;
	g_queue_clear_full(&q->waiting, waiting_free);
	g_free(q);
}

bool
channel_queue_waiting(const struct channel_queue *q)
{
	return q->waiting.length > 0;
}

bool
channel_queue_has_room(const struct channel_queue *q)
{
	return q->waiting.length < CHANNEL_QUEUE_MAX / 2;
}

static int
log_send(struct channel_queue *q, enum trace_level level, const char *line)
{
	struct channel_record r = {.type = CHANNEL_LOG, .number = level};

	return channel_send(q->end, &r, line, MIN(strlen(line), CHANNEL_LOG_MAX), -1);
}

/* As soon as there is room: people must know that something is missing. */
static void
say_lost(struct channel_queue *q)
{
	if (q->lines_lost == 0)
		return;

	g_autofree char *line = g_strdup_printf(
	    "%" G_GUINT64_FORMAT
	    " log lines were lost: the engine wrote faster than the master took them",
	    q->lines_lost);
	if (log_send(q, TRACE_WARNING, line) == 0)
		q->lines_lost = 0;
}

int
channel_queue_flush(struct channel_queue *q)
{
	struct waiting *w;

	while ((w = g_queue_peek_head(&q->waiting)) != NULL) {
		int result = channel_send(q->end, &w->record, w->tail, w->len, -1);

		if (result == -EAGAIN)
			return 0;
		if (result != 0)
			return result;
		waiting_free(g_queue_pop_head(&q->waiting));
	}
	say_lost(q);
	return 0;
}

int
channel_queue_send(
    struct channel_queue *q, const struct channel_record *r, const void *tail, size_t len)
{
	struct channel_record copy = *r;
	int result = -EAGAIN;

	if (!channel_queue_waiting(q))
		result = channel_send(q->end, &copy, tail, len, -1);
	if (result != -EAGAIN)
		return result;
	if (q->waiting.length >= CHANNEL_QUEUE_MAX)
		return -ENOSPC;

	struct waiting *w = g_new0(struct waiting, 1);
	w->record = *r;
	w->tail = g_memdup2(tail, len);
	w->len = len;
	g_queue_push_tail(&q->waiting, w);
	return 0;
}

void
channel_queue_log(struct channel_queue *q, enum trace_level level, const char *line)
{
	if (channel_queue_waiting(q)) {
		q->lines_lost++;
		return;
	}
	say_lost(q);
	if (q->lines_lost > 0 || log_send(q, level, line) != 0)
		q->lines_lost++;
}

void
channel_queue_finish(struct channel_queue *q, struct span patience)
{
	const struct moment until = moment_add(clock_read().now, patience);

	while (channel_queue_flush(q) == 0 && channel_queue_waiting(q)) {
		struct pollfd p = {.fd = q->end, .events = POLLOUT};
		int64_t left_ms = span_ms(moment_since(until, clock_read().now));

		if (left_ms <= 0 || poll(&p, 1, (int)left_ms) != 1)
			break;
	}
}
