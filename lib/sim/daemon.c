/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/daemon.h"

#include <string.h>

#include "core/view.h"
#include "sim/old_node.h"

static void
host_trace(void *arg, enum trace_level level, const char *text)
{
	struct host *h = arg;

	if (level <= h->w->verbosity)
		world_say(h->w, h->conf->nodes[h->index], text);
}

/* -- our core, and the flight record -- */

static bool
record_piece(void *arg, uint64_t at, const void *bytes, size_t len)
{
	struct host *h = arg;

	if (at + len > h->record->len)
		g_byte_array_set_size(h->record, (guint)(at + len));
	memcpy(h->record->data + at, bytes, len);
	return true;
}

static bool
record_look(void *arg, uint64_t at, void *bytes, size_t len)
{
	const struct host *h = arg;

	if (at > h->record->len || len > h->record->len - at)
		return false;
	memcpy(bytes, h->record->data + at, len);
	return true;
}

/* Where the core of a life that begins is to say things. */
static struct trace
record_begin(struct host *h, uint64_t seed)
{
	const struct record_header header = {"simulated", h->conf->nodes[h->index], h->hacf,
	    h->haresources_used, seed};
	const struct world_recording *r = &h->w->recording;
	struct trace sink = {host_trace, h};
	struct record_place place;

	if (r->done == NULL)
		return sink;
	h->twin = twin_new(h->conf, r->twin_every);
	sink = twin_trace(h->twin, sink);
	if (h->record == NULL)
		h->record = g_byte_array_new();
	record_place_find(r->size, record_look, h, &place);
	h->writer = record_writer_new(&header, h->conf, &place, record_piece, h);
	return record_writer_trace(h->writer, sink);
}

void
world_record(struct world *w, const struct world_recording *recording)
{
	w->recording = *recording;
}

static void
ours_boot(struct host *h, uint64_t seed)
{
	h->core = core_new(h->conf, seed, record_begin(h, seed));
}

static void
ours_step(struct host *h, const struct event *e, struct actions *out)
{
	g_autofree char *difference = twin_step(h->twin, h->writer, h->core, e, out);

	if (difference != NULL)
		h->w->recording.differs(h->w->recording.arg, h->index, difference);
}

static struct moment
ours_deadline(const struct host *h)
{
	return core_deadline(h->core);
}

static bool
ours_is_settled(const struct host *h)
{
	return view_is_settled(h->core);
}

void
daemon_engine_gone(struct host *h)
{
	g_clear_pointer(&h->core, core_free);
	respawned_gone(h);
	g_clear_pointer(&h->writer, record_writer_free);
	g_clear_pointer(&h->twin, twin_free);
}

static void
ours_end(struct host *h)
{
	const struct world_recording *r = &h->w->recording;

	daemon_engine_gone(h);
	if (h->record == NULL)
		return;
	r->done(r->arg, h->index, h->record->data, h->record->len);
	g_clear_pointer(&h->record, g_byte_array_unref);
}

const struct daemon_kind daemon_ours = {
    .boot = ours_boot,
    .step = ours_step,
    .deadline = ours_deadline,
    .is_settled = ours_is_settled,
    .end = ours_end,
};

/* -- a 3.0.6 -- */

static void
old_boot(struct host *h, uint64_t seed)
{
	h->old = old_node_new(h->conf, seed, (struct trace){host_trace, h});
}

static void
old_step(struct host *h, const struct event *e, struct actions *out)
{
	old_node_step(h->old, e, out);
}

static struct moment
old_deadline(const struct host *h)
{
	return old_node_deadline(h->old);
}

static bool
old_is_settled(const struct host *h)
{
	return old_node_is_settled(h->old);
}

static void
old_end(struct host *h)
{
	if (h->old == NULL)
		return;
	/* It may have started anew by itself. */
	h->generation = old_node_generation(h->old);
	g_clear_pointer(&h->old, old_node_free);
}

const struct daemon_kind daemon_old = {
    .boot = old_boot,
    .step = old_step,
    .deadline = old_deadline,
    .is_settled = old_is_settled,
    .end = old_end,
};
