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

static void
field_visit(struct visit *v, struct field *f)
{
	const void *value = f->value;

	VISIT(v, f->name);
	VISIT_UPTO(v, f->type, FIELD_COMPRESSED);
	visit_blob(v, &value, &f->len);
	f->value = (char *)value;
}

/* All that it holds. */
static void
visit_message(struct visit *v, struct msg *m)
{
	unsigned count = visit_count(v, (unsigned)msg_count(m), MSG_FIELDS_MAX);

	for (unsigned i = 0; i < count && !v->in.bad; i++) {
		struct field f = {.name = NULL};

		if (v->out != NULL)
			f = *msg_field(m, i);
		field_visit(v, &f);
		if (v->out != NULL)
			continue;
		visit_expect(v, f.name != NULL && msg_add_bytes(m, f.name, f.type, f.value, f.len));
		g_free(f.name);
	}
}

static void
entry_visit(struct visit *v, struct outbox_entry *e)
{
	VISIT(v, e->seq);
	visit_message(v, e->m);
	VISIT(v, e->sent);
	VISIT(v, e->resent);
	VISIT(v, e->was_resent);
}

void
outbox_visit(struct visit *v, struct outbox *out)
{
	unsigned count = visit_count(v, g_queue_get_length(out->kept), OUTBOX_KEPT_MAX);
	GList *l = out->kept->head;

	VISIT(v, out->last);
	for (unsigned i = 0; i < count && !v->in.bad; i++) {
		if (v->out == NULL)
			outbox_keep(out, 0, msg_new(NULL), MOMENT_NEVER);
		l = v->out == NULL ? out->kept->tail : l;
		entry_visit(v, l->data);
		l = l->next;
	}
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
