/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/record.h"

#include <assert.h>
#include <string.h>

#include "core/record_book.h"
#include "proto/seal.h"

/* Room for the frame that says that the record is full, and then some. */
#define FULL_RESERVE 16

static_assert(FRAME_KIND_COUNT <= TAG_KIND + 1, "a tag has room for each kind");

struct record_writer {
	const struct conf *conf;
	record_sink *sink;
	void *arg;
	size_t room;
	bool ended;	/* full, or the sink cannot take more */
	struct record_book book;
	GByteArray *frame;	/* the one at hand */
	struct decisions decisions;
	struct trace trace;	/* where the core's lines go on to */
};

/* -- frames -- */

static void
put_byte(struct record_writer *w, unsigned value)
{
	const guint8 byte = (guint8)value;

	g_byte_array_append(w->frame, &byte, 1);
}

static void
put_moment(struct record_writer *w, struct moment from, struct moment to)
{
	pack_i64(w->frame, to.ns - from.ns);
}

static void
put_word_bytes(struct record_writer *w, const void *bytes, size_t len)
{
	GBytes *word = text_bytes(bytes, len);
	gpointer known = g_hash_table_lookup(w->book.word_index, word);

	if (known != NULL) {
		pack_u64(w->frame, WORD_FIRST + GPOINTER_TO_UINT(known) - 1);
		g_bytes_unref(word);
		return;
	}
	pack_u64(w->frame, WORD_NEW);
	pack_bytes(w->frame, bytes, len);
	if (book_keeps(&w->book, len))
		book_keep(&w->book, word);
	else
		g_bytes_unref(word);
}

static void
put_word(struct record_writer *w, const char *text)
{
	if (text == NULL)
		pack_u64(w->frame, WORD_NONE);
	else
		put_word_bytes(w, text, strlen(text));
}

/* Give the frame away and begin an empty one. */
static void
frame_out(struct record_writer *w)
{
	book_sum(&w->book, w->frame->data, w->frame->len);
	w->ended = !w->sink(w->arg, w->frame->data, w->frame->len);
	w->room -= w->frame->len;
	g_byte_array_set_size(w->frame, 0);
}

static void
frame_finish(struct record_writer *w)
{
	if (w->frame->len + FULL_RESERVE > w->room) {
		g_byte_array_set_size(w->frame, 0);
		put_byte(w, FRAME_FULL);
		frame_out(w);
		w->ended = true;
		return;
	}
	frame_out(w);
}

/* The same with the sum behind it. */
static void
frame_finish_summed(struct record_writer *w)
{
	struct record_book after = {.sum = w->book.sum};

	book_sum(&after, w->frame->data, w->frame->len);
	put_byte(w, book_sum_byte(&after));
	frame_finish(w);
}

/* -- packets -- */

static void
put_changes(struct record_writer *w, const struct pattern *p, const struct msg *m, int64_t wall_s)
{
	unsigned changed = 0;
	guint mark = w->frame->len;
	g_autoptr(GByteArray) changes = g_byte_array_new();

	for (size_t i = 0; i < msg_count(m); i++) {
		const struct field *f = msg_field(m, i);
		g_autoptr(GBytes) foreseen = pattern_foresee(p, i, wall_s);
		g_autoptr(GBytes) real = text_bytes(f->value, f->len);
		uint64_t expected, number;

		if (g_bytes_equal(foreseen, real))
			continue;
		changed++;
		pack_u64(changes, i);
		if (f->type == FIELD_STRING && value_is_hex(f->value, f->len, &number) &&
		    value_is_hex(g_bytes_get_data(foreseen, NULL),
			g_bytes_get_size(foreseen) - 1, &expected)) {
			pack_u64(changes, CHANGE_NUMBER);
			pack_i64(changes, (int64_t)(number - expected));
		} else {
			pack_u64(changes, CHANGE_VALUE);
			pack_bytes(changes, f->value, f->len);
		}
	}
	if (changed == 0) {
		w->frame->data[0] |= TAG_AS_FORESEEN;
		return;
	}
	pack_u64(w->frame, changed);
	g_byte_array_append(w->frame, changes->data, changes->len);
	assert(w->frame->len > mark);
}

static void
put_whole(struct record_writer *w, const struct msg *m)
{
	pack_u64(w->frame, msg_count(m));
	for (size_t i = 0; i < msg_count(m); i++) {
		const struct field *f = msg_field(m, i);

		put_word(w, f->name);
		put_byte(w, f->type);
		pack_bytes(w->frame, f->value, f->len);
	}
}

static void
put_packet_times(
    struct record_writer *w, struct moment from, const struct event *e)
{
	put_moment(w, from, e->now);
	put_moment(w, e->u.packet.received, e->now);
}

static void
put_packet(struct record_writer *w, const struct event *e)
{
	const struct event_packet *p = &e->u.packet;
	AUTO_MSG struct msg *m = NULL;
	enum seal_result result = seal_open(&w->conf->keys, p->bytes, p->len, &m);
	int index = m != NULL ? book_find(&w->book, p->medium, p->source, m) : -1;
	struct pattern *known = index >= 0 ? g_ptr_array_index(w->book.patterns, index) : NULL;

	if (known != NULL && pattern_fits(known, m)) {
		pack_u64(w->frame, PATTERN_FIRST + (unsigned)index);
		put_packet_times(w, beat_next(&known->beat, &w->book), e);
		put_changes(w, known, m, e->wall_s);
	} else {
		pack_u64(w->frame, m != NULL ? PATTERN_NEW : PATTERN_REFUSED);
		put_packet_times(w, w->book.now, e);
		pack_u64(w->frame, p->medium);
		put_word(w, p->source);
		if (m == NULL) {
			put_byte(w, result);
			return;
		}
		put_whole(w, m);
	}
	known = book_learn(&w->book, p->medium, p->source, g_steal_pointer(&m));
	if (known != NULL) {
		beat_came(&known->beat, e->now);
		known->wall_s = e->wall_s;
	}
}

/* -- the other events -- */

static void
put_start(struct record_writer *w, const struct event_start *s)
{
	pack_u64(w->frame, s->generation);
	g_byte_array_append(w->frame, s->uuid, sizeof(s->uuid));
	for (unsigned i = 0; i < w->conf->group_count; i++)
		put_byte(w, s->hints != NULL ? s->hints[i] : HINT_UNKNOWN);
}

static void
put_child(struct record_writer *w, const struct event_child *c)
{
	pack_u64(w->frame, c->job);
	put_byte(w, c->agent);
	put_byte(w, c->end);
	pack_i64(w->frame, c->code);
	put_word(w, c->output);
}

static void
put_client(struct record_writer *w, const struct event_client *c)
{
	unsigned count = c->groups != NULL ? g_strv_length((char **)c->groups) : 0;

	pack_u64(w->frame, c->client);
	put_byte(w, c->connected);
	pack_u64(w->frame, c->uid);
	pack_u64(w->frame, c->gid);
	put_word(w, c->user);
	pack_u64(w->frame, count);
	for (unsigned i = 0; i < count; i++)
		put_word(w, c->groups[i]);
}

static void
put_event(struct record_writer *w, const struct event *e)
{
	switch (e->type) {
	case EVENT_START:
		put_start(w, &e->u.start);
		break;
	case EVENT_CHILD:
		put_child(w, &e->u.child);
		break;
	case EVENT_REQUEST:
		pack_u64(w->frame, e->u.request.client);
		put_word_bytes(w, e->u.request.bytes, e->u.request.len);
		break;
	case EVENT_CLIENT:
		put_client(w, &e->u.client);
		break;
	case EVENT_MEDIUM:
		pack_u64(w->frame, e->u.medium.medium);
		put_byte(w, e->u.medium.up);
		put_word(w, e->u.medium.reason);
		break;
	case EVENT_PACKET:
	case EVENT_TIMER:
	case EVENT_LEAVE:
	case EVENT_ORPHANED:
	case EVENT_TYPE_COUNT:
		break;
	}
}

static void
write_event(struct record_writer *w, const struct event *e)
{
	int64_t passed = e->wall_s - w->book.wall_s;
	bool is_short = passed >= 0 && passed < TAG_WALL_MAX;

	put_byte(w, e->type | (is_short ? (unsigned)passed : TAG_WALL_MAX) << TAG_WALL_SHIFT);
	if (!is_short)
		pack_i64(w->frame, passed);
	if (e->type == EVENT_PACKET) {
		put_packet(w, e);
	} else if (e->type == EVENT_TIMER) {
		put_moment(w, beat_next(&w->book.timer, &w->book), e->now);
		beat_came(&w->book.timer, e->now);
	} else {
		put_moment(w, w->book.now, e->now);
		put_event(w, e);
	}
	w->book.now = e->now;
	w->book.wall_s = e->wall_s;
	frame_finish_summed(w);
}

static void
write_result(struct record_writer *w)
{
	const GString *text = w->decisions.text;
	uint16_t check = decisions_check(&w->decisions);

	put_byte(w, text->len > 0 ? FRAME_RESULT : FRAME_RESULT_SILENT);
	put_byte(w, check & 0xff);
	put_byte(w, check >> 8);
	if (text->len > 0)
		pack_bytes(w->frame, text->str, text->len);
	frame_finish(w);
}

/* -- the writer -- */

static void
write_header(struct record_writer *w, const struct record_header *h)
{
	const char *const texts[] = {h->version, h->node_name, h->hacf, h->haresources};

	g_byte_array_append(w->frame, (const guint8 *)RECORD_MAGIC, strlen(RECORD_MAGIC));
	pack_u64(w->frame, RECORD_FORMAT);
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		pack_bytes(w->frame, texts[i], strlen(texts[i]));
	pack_u64(w->frame, h->seed);
	frame_finish_summed(w);
}

struct record_writer *
record_writer_new(const struct record_header *h, const struct conf *conf, size_t limit,
    record_sink *sink, void *arg)
{
	struct record_writer *w = g_new0(struct record_writer, 1);

	w->conf = conf;
	w->sink = sink;
	w->arg = arg;
	w->room = limit;
	w->frame = g_byte_array_new();
	book_init(&w->book);
	decisions_init(&w->decisions);
	write_header(w, h);
	return w;
}

void
record_writer_free(struct record_writer *w)
{
	if (w == NULL)
		return;
	g_byte_array_unref(w->frame);
	book_clear(&w->book);
	decisions_clear(&w->decisions);
	g_free(w);
}

static void
writer_line(void *arg, enum trace_level level, const char *line)
{
	struct record_writer *w = arg;

	if (!w->ended)
		decisions_line(&w->decisions, level, line);
	if (w->trace.emit != NULL)
		w->trace.emit(w->trace.arg, level, line);
}

struct trace
record_writer_trace(struct record_writer *w, struct trace sink)
{
	w->trace = sink;
	return (struct trace){writer_line, w};
}

void
record_step(
    struct record_writer *w, struct core *c, const struct event *e, struct actions *out)
{
	if (w == NULL || w->ended) {
		core_step(c, e, out);
		return;
	}
	write_event(w, e);
	decisions_next(&w->decisions);
	core_step(c, e, out);
	if (w->ended)
		return;
	decisions_actions(&w->decisions, out);
	write_result(w);
}
