/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/daemon.h"

#include "core/view.h"
#include "sim/old_node.h"

static void
host_trace(void *arg, enum trace_level level, const char *text)
{
	struct host *h = arg;

	if (level <= h->w->verbosity)
		world_say(h->w, h->conf->nodes[h->index], text);
}

/* -- our core, and the flight record of each of its lives -- */

static bool
record_piece(void *arg, const void *bytes, size_t len)
{
	struct host *h = arg;

	g_byte_array_append(h->record, bytes, (guint)len);
	return true;
}

/* Where the core of a life that begins is to say things. */
static struct trace
record_begin(struct host *h, uint64_t seed)
{
	const struct record_header header = {"simulated", h->conf->nodes[h->index], h->hacf,
	    h->haresources_used, seed};
	const struct trace sink = {host_trace, h};

	if (h->w->record_done == NULL)
		return sink;
	h->record = g_byte_array_new();
	h->writer = record_writer_new(&header, h->conf, SIZE_MAX, record_piece, h);
	return record_writer_trace(h->writer, sink);
}

void
world_record(struct world *w, world_record_fn *done, void *arg)
{
	w->record_done = done;
	w->record_arg = arg;
}

static void
ours_boot(struct host *h, uint64_t seed)
{
	h->core = core_new(h->conf, seed, record_begin(h, seed));
}

static void
ours_step(struct host *h, const struct event *e, struct actions *out)
{
	record_step(h->writer, h->core, e, out);
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

static void
ours_end(struct host *h)
{
	g_clear_pointer(&h->core, core_free);
	respawned_gone(h);
	if (h->writer == NULL)
		return;
	h->w->record_done(h->w->record_arg, h->index, h->record->data, h->record->len);
	g_clear_pointer(&h->writer, record_writer_free);
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
