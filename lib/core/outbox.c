/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/outbox.h"

#include <assert.h>

struct outbox_entry {
	uint64_t seq;
	struct msg *m;
	struct moment sent, resent;
	bool was_resent;
};

static void
entry_free(gpointer data)
{
	struct outbox_entry *e = data;

	msg_free(e->m);
	g_free(e);
}

void
outbox_init(struct outbox *out)
{
	out->last = 0;
	out->kept = g_queue_new();
}

void
outbox_clear(struct outbox *out)
{
	g_queue_free_full(g_steal_pointer(&out->kept), entry_free);
}

uint64_t
outbox_next(struct outbox *out)
{
	return ++out->last;
}

void
outbox_keep(struct outbox *out, uint64_t seq, struct msg *m, struct moment now)
{
	struct outbox_entry *e = g_new0(struct outbox_entry, 1);

	e->seq = seq;
	e->m = m;
	e->sent = now;
	g_queue_push_tail(out->kept, e);
	if (g_queue_get_length(out->kept) > OUTBOX_KEPT_MAX)
		entry_free(g_queue_pop_head(out->kept));
}

void
outbox_release(struct outbox *out, uint64_t seq, struct moment now)
{
	struct outbox_entry *e;

	while ((e = g_queue_peek_head(out->kept)) != NULL && e->seq <= seq &&
	    span_ms(moment_since(now, e->sent)) > 2000)
		entry_free(g_queue_pop_head(out->kept));
}

enum outbox_verdict
outbox_find(struct outbox *out, uint64_t seq, struct moment now, unsigned delay_max_ms,
    const struct msg **m)
{
	struct outbox_entry *oldest = g_queue_peek_head(out->kept);

	*m = NULL;
	if (seq > out->last)
		return OUTBOX_UNSENT;
	if (oldest == NULL)
		return OUTBOX_GONE;
	if (seq < oldest->seq)
		return OUTBOX_TOO_LOW;
	for (GList *l = out->kept->head; l != NULL; l = l->next) {
		struct outbox_entry *e = l->data;

		if (e->seq != seq)
			continue;
		/* Two peers that lost the same message ask at nearly the same time. */
		if (e->was_resent &&
		    span_ms(moment_since(now, e->resent)) < (int64_t)delay_max_ms - 10)
			return OUTBOX_RECENT;
		e->was_resent = true;
		e->resent = now;
		*m = e->m;
		return OUTBOX_RESEND;
	}
	return OUTBOX_GONE;
}
