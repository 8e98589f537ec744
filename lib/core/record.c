/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/record.h"

#include <assert.h>
#include <string.h>

#include "core/checkpoint.h"
#include "core/record_book.h"
#include "core/record_ring.h"
#include "core/state.h"
#include "proto/seal.h"

/* Room for the frames that say that a segment is full and that it ends. */
#define END_RESERVE 3
/* After so many events that found no room it is tried again. */
#define RETRY_EVENTS 1000

static_assert(FRAME_KIND_COUNT <= TAG_KIND + 1, "a tag has room for each kind");

struct record_writer {
	struct record_header header;	/* a copy */
	const struct conf *conf;
	record_sink *sink;
	void *arg;
	struct record_ring ring;
	uint64_t serial, life;	/* of the segment at hand; serial 0: there is none yet */
	uint64_t at, end;	/* where the next frame goes to, and the segment ends */
	uint64_t events;	/* that the core was told */
	uint64_t retry;	/* nothing is written before so many events; 0: it is written */
	bool ended;	/* the sink cannot take more */
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

static bool
frame_fits(const struct record_writer *w)
{
	return w->frame->len + END_RESERVE <= w->end - w->at;
}

/* Give away what is in the frame, and the end behind it, and begin an empty one. */
static void
frame_out(struct record_writer *w)
{
	const guint len = w->frame->len;

	put_byte(w, FRAME_END);
	put_byte(w, book_sum_byte(&w->book));
	w->ended = !w->sink(w->arg, w->at, w->frame->data, w->frame->len);
	w->at += len;
	g_byte_array_set_size(w->frame, 0);
}

static void
frame_finish(struct record_writer *w)
{
	book_sum(&w->book, w->frame->data, w->frame->len);
	frame_out(w);
}

/* The sum behind a frame that is not in the book yet. */
static void
put_sum(struct record_writer *w)
{
	struct record_book after = {.sum = w->book.sum};

	book_sum(&after, w->frame->data, w->frame->len);
	put_byte(w, book_sum_byte(&after));
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
	put_byte(w, s->talk);
	put_byte(w, s->renewed);
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
		put_byte(w, e->u.medium.missing);
		put_word(w, e->u.medium.reason);
		break;
	case EVENT_ADDRESS:
		pack_u64(w->frame, e->u.address.group);
		pack_u64(w->frame, e->u.address.resource);
		put_byte(w, e->u.address.state);
		put_byte(w, e->u.address.shaken);
		put_word(w, e->u.address.reason);
		break;
	case EVENT_CONFLICT:
		pack_u64(w->frame, e->u.conflict.group);
		pack_u64(w->frame, e->u.conflict.resource);
		put_word(w, e->u.conflict.mac);
		put_word(w, e->u.conflict.interface);
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
put_whole_event(struct record_writer *w, const struct event *e)
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
	put_sum(w);
}

static void
put_result(struct record_writer *w)
{
	const GString *text = w->decisions.text;
	uint16_t check = decisions_check(&w->decisions);

	put_byte(w, text->len > 0 ? FRAME_RESULT : FRAME_RESULT_SILENT);
	put_byte(w, check & 0xff);
	put_byte(w, check >> 8);
	if (text->len > 0)
		pack_bytes(w->frame, text->str, text->len);
}

/* -- segments -- */

/* What stands behind its head: what the core is made of, and what it remembers by now. */
static void
put_body(struct record_writer *w, const struct core *c)
{
	const struct record_header *h = &w->header;
	const char *const texts[] = {h->version, h->node_name, h->hacf, h->haresources};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		pack_bytes(w->frame, texts[i], strlen(texts[i]));
	pack_u64(w->frame, h->seed);
	put_byte(w, c != NULL);
	if (c == NULL)
		return;
	pack_i64(w->frame, c->stepped_at.ns);
	pack_i64(w->frame, c->wall_s);
	pack_u64(w->frame, w->decisions.digest);
	core_save(c, w->frame);
}

/*
 * Begin the next segment, in the place of the oldest. c: a core in the middle of its life; NULL: it
 * is about to begin.
 *
 * Errors: false, nothing changed: a segment has no room for that.
 */
static bool
segment_next(struct record_writer *w, const struct core *c)
{
	struct segment_head h = {
	    .serial = w->serial + 1, .life = w->life, .events = w->events};
	uint8_t head[SEGMENT_HEAD_SIZE] = {0};

	g_byte_array_set_size(w->frame, 0);
	g_byte_array_append(w->frame, head, sizeof(head));
	put_body(w, c);
	/* Something must fit in behind it. */
	if (w->frame->len > w->ring.segment_size / 4 * 3) {
		g_byte_array_set_size(w->frame, 0);
		return false;
	}
	h.body_len = w->frame->len - SEGMENT_HEAD_SIZE;
	h.body_sum =
	    record_sum(RECORD_SUM_START, w->frame->data + SEGMENT_HEAD_SIZE, h.body_len);
	segment_head_write(&h, head);
	memcpy(w->frame->data, head, sizeof(head));

	w->serial = h.serial;
	w->at = record_ring_place(&w->ring, h.serial);
	w->end = w->at + w->ring.segment_size;
	w->retry = 0;
	book_clear(&w->book);
	book_init(&w->book, head, sizeof(head));
	if (c != NULL) {
		w->book.now = c->stepped_at;
		w->book.wall_s = c->wall_s;
	}
	frame_out(w);
	return true;
}

/* What comes now is not in the record. */
static void
segment_full(struct record_writer *w)
{
	w->retry = w->events + RETRY_EVENTS;
	g_byte_array_set_size(w->frame, 0);
	if (w->at == w->end)
		return;
	put_byte(w, FRAME_FULL);
	frame_out(w);
	w->end = w->at;
}

static void
write_event(struct record_writer *w, const struct core *c, const struct event *e)
{
	put_whole_event(w, e);
	if (!frame_fits(w)) {
		if (!c->started || !segment_next(w, c)) {
			segment_full(w);
			return;
		}
		put_whole_event(w, e);
	}
	if (frame_fits(w))
		frame_finish(w);
	else
		segment_full(w);
}

/* In the next segment if this one is full: it begins where the step ended. */
static void
write_result(struct record_writer *w, const struct core *c)
{
	put_result(w);
	if (!frame_fits(w)) {
		if (!segment_next(w, c)) {
			segment_full(w);
			return;
		}
		put_result(w);
	}
	if (frame_fits(w))
		frame_finish(w);
	else
		segment_full(w);
}

/* -- the writer -- */

struct record_writer *
record_writer_new(const struct record_header *h, const struct conf *conf,
    const struct record_place *place, record_sink *sink, void *arg)
{
	struct record_writer *w = g_new0(struct record_writer, 1);
	uint8_t head[RECORD_HEAD_SIZE];

	w->header = (struct record_header){g_strdup(h->version), g_strdup(h->node_name),
	    g_strdup(h->hacf), g_strdup(h->haresources), h->seed};
	w->conf = conf;
	w->sink = sink;
	w->arg = arg;
	w->ring = record_ring_of_size(place->size);
	w->serial = place->serial;
	w->life = place->life + 1;
	w->frame = g_byte_array_new();
	book_init(&w->book, "", 0);
	decisions_init(&w->decisions);
	if (place->serial == 0) {
		record_ring_write(&w->ring, head);
		w->ended = !sink(arg, 0, head, sizeof(head));
	}
	if (!w->ended && !segment_next(w, NULL))
		segment_full(w);
	return w;
}

bool
record_place_find(
    size_t size, record_source *source, void *arg, struct record_place *place)
{
	const struct record_ring ours = record_ring_of_size(size);
	struct record_ring ring;
	uint8_t head[SEGMENT_HEAD_SIZE];
	struct segment_head h;

	*place = (struct record_place){.size = size};
	if (!source(arg, 0, head, RECORD_HEAD_SIZE) ||
	    record_ring_read(&ring, head, RECORD_HEAD_SIZE) != NULL ||
	    ring.segments != ours.segments || ring.segment_size != ours.segment_size)
		return false;
	for (unsigned i = 1; i <= ring.segments; i++) {
		if (!source(arg, record_ring_place(&ring, i), head, sizeof(head)) ||
		    !segment_head_read(&h, head, sizeof(head)) || h.serial <= place->serial)
			continue;
		place->serial = h.serial;
		place->life = h.life;
	}
	return place->serial > 0;
}

void
record_writer_free(struct record_writer *w)
{
	if (w == NULL)
		return;
	g_free((char *)w->header.version);
	g_free((char *)w->header.node_name);
	g_free((char *)w->header.hacf);
	g_free((char *)w->header.haresources);
	g_byte_array_unref(w->frame);
	book_clear(&w->book);
	decisions_clear(&w->decisions);
	g_free(w);
}

uint64_t
record_writer_serial(const struct record_writer *w)
{
	return w->serial;
}

static void
writer_line(void *arg, enum trace_level level, const char *line)
{
	struct record_writer *w = arg;

	if (!w->ended && w->retry == 0)
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
	if (w->retry > 0 && w->events >= w->retry && !segment_next(w, c))
		w->retry = w->events + RETRY_EVENTS;
	if (w->retry == 0)
		write_event(w, c, e);
	w->events++;
	decisions_next(&w->decisions);
	core_step(c, e, out);
	if (w->ended || w->retry > 0)
		return;
	decisions_actions(&w->decisions, out);
	write_result(w, c);
}
