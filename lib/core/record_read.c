/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The way through a flight record: its segments, oldest first, the frames of each, and whether their
 * bytes are those that were written. What an event holds is the matter of record_take.c.
 */
#include "core/record.h"

#include "core/record_book.h"
#include "core/record_ring.h"
#include "core/record_take.h"

enum { TEXT_VERSION, TEXT_NODE, TEXT_HACF, TEXT_HARESOURCES, TEXT_COUNT };

struct segment {
	struct segment_head head;
	const uint8_t *at, *end;
};

struct record_reader {
	GArray *segments;	/* struct segment, the oldest first */
	unsigned missing;	/* segments that should be there too */
	guint next;	/* in segments */
	struct take take;	/* of the segment at hand */
	char *texts[TEXT_COUNT];
	uint64_t seed;
	GPtrArray *confs;	/* struct conf *, the last is that of the segment at hand */
	bool over;	/* the segment */
	enum record_kind last;
	char *wrong;
	bool mends;	/* sums are put right, not compared */
};

/* -- frames -- */

/* The next byte: is it the sum so far? */
static bool
sum_follows(struct record_reader *r)
{
	uint8_t expected = book_sum_byte(&r->take.book);
	const uint8_t *at = r->take.in.at;
	uint8_t found = unpack_byte(&r->take.in);

	/* Who mends gave us bytes that may be written to. */
	if (r->mends && !r->take.in.bad)
		*(uint8_t *)at = found = expected;
	return !r->take.in.bad && found == expected;
}

/* The bytes since then, and behind them their sum. */
static bool
sum_is_right(struct record_reader *r, const uint8_t *since)
{
	book_sum(&r->take.book, since, (size_t)(r->take.in.at - since));
	if (!sum_follows(r))
		return false;
	book_sum(&r->take.book, r->take.in.at - 1, 1);
	return true;
}

static enum record_kind
bad(struct record_reader *r, const char *otherwise)
{
	g_free(r->wrong);
	r->wrong = g_strdup(
	    r->take.in.at == r->take.in.end ? "it ends in the middle: is it cut off?" : otherwise);
	return RECORD_BAD;
}

static enum record_kind
read_event(struct record_reader *r, uint8_t tag, const uint8_t *since, struct event *e)
{
	if (!take_event(&r->take, tag, e))
		return bad(r, "there is something in it that cannot be");
	if (!sum_is_right(r, since))
		return bad(r, "its bytes are not those that were written");
	r->take.book.now = e->now;
	r->take.book.wall_s = e->wall_s;
	return RECORD_EVENT;
}

static enum record_kind
read_result(struct record_reader *r, bool silent, const uint8_t *since, struct record_item *item)
{
	item->check = unpack_byte(&r->take.in);
	item->check |= (uint16_t)(unpack_byte(&r->take.in) << 8);
	item->text = "";
	if (!silent) {
		size_t len;
		const void *text = unpack_bytes(&r->take.in, &len);

		item->text = g_bytes_get_data(take_hold(&r->take, text, len), NULL);
	}
	if (r->take.in.bad || (r->last != RECORD_EVENT && r->last != RECORD_BEGIN))
		return bad(r, "a result is in a wrong place");
	book_sum(&r->take.book, since, (size_t)(r->take.in.at - since));
	return RECORD_RESULT;
}

static enum record_kind
read_frame(struct record_reader *r, struct record_item *item)
{
	const uint8_t *since = r->take.in.at;

	uint8_t tag = unpack_byte(&r->take.in);

	if (!r->take.in.bad && (tag & TAG_KIND) < EVENT_TYPE_COUNT) {
		if (r->last == RECORD_EVENT)
			return bad(r, "an event has no result");
		return read_event(r, tag, since, &item->event);
	}
	if (tag == FRAME_RESULT || tag == FRAME_RESULT_SILENT)
		return read_result(r, tag == FRAME_RESULT_SILENT, since, item);
	bool full = !r->take.in.bad && tag == FRAME_FULL;

	if (full)
		tag = unpack_byte(&r->take.in);
	if (!r->take.in.bad && tag == FRAME_END) {
		if (sum_follows(r))
			return full ? RECORD_FULL : RECORD_END;
		return bad(r, "its bytes are not those that were written");
	}
	return bad(r, "there is something in it that is no event");
}

/* -- segments -- */

static void
read_body(struct record_reader *r, struct record_item *item)
{
	for (size_t i = 0; i < TEXT_COUNT; i++) {
		size_t len;
		const char *bytes = unpack_bytes(&r->take.in, &len);
		char *text = g_strndup(bytes, len);

		if (i != TEXT_VERSION && g_strcmp0(r->texts[i], text) != 0)
			r->take.conf = NULL;
		g_free(r->texts[i]);
		r->texts[i] = text;
	}
	r->seed = unpack_u64(&r->take.in);
	r->take.started = take_below(&r->take, 2) == 1;
	if (!r->take.started)
		return;
	item->begin.now.ns = take_offset(&r->take, 0);
	item->begin.wall_s = take_offset(&r->take, 0);
	if (item->begin.now.ns < 0 || item->begin.wall_s < 0)
		r->take.in.bad = true;
	item->begin.digest = unpack_u64(&r->take.in);
	item->begin.checkpoint = r->take.in.at;
	item->begin.checkpoint_len = (size_t)(r->take.in.end - r->take.in.at);
}

/* Errors: a sentence. */
static char *
read_conf(struct record_reader *r)
{
	const struct conf_text text = {
	    .hacf_path = "ha.cf",
	    .hacf = r->texts[TEXT_HACF],
	    .haresources_path = "haresources",
	    .haresources = r->texts[TEXT_HARESOURCES],
	    .authkeys_path = "authkeys",
	    .authkeys = REPLAY_KEYS,
	    .authkeys_owner_ok = true,
	    .node_name = r->texts[TEXT_NODE],
	};
	g_autoptr(GPtrArray) faults = conf_faults_new();

	r->take.conf = conf_parse(&text, faults);
	if (r->take.conf != NULL)
		g_ptr_array_add(r->confs, r->take.conf);
	for (unsigned i = 0; r->take.conf == NULL && i < faults->len; i++) {
		const struct fault *f = g_ptr_array_index(faults, i);

		if (!f->is_error)
			continue;
		g_autofree char *fault = fault_text(f);

		return g_strdup_printf("its configuration is refused by this version: %s", fault);
	}
	return NULL;
}

static enum record_kind
read_begin(struct record_reader *r, struct record_item *item)
{
	const struct segment *s = &g_array_index(r->segments, struct segment, r->next++);
	const uint8_t *body = s->at + SEGMENT_HEAD_SIZE;

	book_clear(&r->take.book);
	book_init(&r->take.book, s->at, SEGMENT_HEAD_SIZE);
	r->take.in = (struct unpack){.at = body, .end = body + s->head.body_len};
	item->begin.life = s->head.life;
	item->begin.events = s->head.events;
	read_body(r, item);
	if (r->take.in.bad || (!r->take.started && r->take.in.at != r->take.in.end)) {
		/* Its sum is right: whoever wrote it means something else. */
		g_free(r->wrong);
		r->wrong = g_strdup("its first part says what cannot be");
		return RECORD_BAD;
	}
	g_clear_pointer(&r->wrong, g_free);
	if (r->take.conf == NULL)
		r->wrong = read_conf(r);
	r->take.in = (struct unpack){.at = body + s->head.body_len, .end = s->end};
	r->take.book.now = item->begin.now;
	r->take.book.wall_s = item->begin.wall_s;
	r->over = r->wrong != NULL;
	return r->over ? RECORD_BAD : RECORD_BEGIN;
}

static enum record_kind
read_missing(struct record_reader *r)
{
	g_free(r->wrong);
	r->wrong = g_strdup_printf(
	    "%u older segment%s of it cannot be read", r->missing, r->missing == 1 ? "" : "s");
	r->missing = 0;
	return RECORD_BAD;
}

/* The end of a segment is no item. */
static enum record_kind
read_next(struct record_reader *r, struct record_item *item)
{
	enum record_kind kind = RECORD_END;

	if (r->missing > 0)
		return read_missing(r);
	if (!r->over)
		kind = read_frame(r, item);
	r->over = kind != RECORD_EVENT && kind != RECORD_RESULT;
	if (kind == RECORD_END && r->next < r->segments->len)
		kind = read_begin(r, item);
	return kind;
}

enum record_kind
record_read(struct record_reader *r, struct record_item *item)
{
	*item = (struct record_item){.text = ""};
	g_ptr_array_set_size(r->take.held, 0);
	r->last = read_next(r, item);
	if (r->last == RECORD_BAD)
		item->text = r->wrong;
	return r->last;
}

/* -- the whole -- */

/* The segment of that slot, if one is there and whole. */
static bool
segment_find(struct record_reader *r, const struct record_ring *ring, unsigned slot,
    const uint8_t *bytes, size_t len, struct segment *s)
{
	const uint64_t place = record_ring_place(ring, slot + 1);

	if (place >= len)
		return false;
	s->at = bytes + place;
	s->end = s->at + MIN(ring->segment_size, len - place);
	const size_t size = (size_t)(s->end - s->at);

	if (r->mends)
		segment_head_mend((uint8_t *)s->at, size);
	return segment_head_read(&s->head, s->at, size) &&
	    (s->head.serial - 1) % ring->segments == slot &&
	    s->head.body_len <= size - SEGMENT_HEAD_SIZE &&
	    s->head.body_sum ==
		record_sum(RECORD_SUM_START, s->at + SEGMENT_HEAD_SIZE, s->head.body_len);
}

/* All that follow each other, up to the newest. */
static void
segments_find(
    struct record_reader *r, const struct record_ring *ring, const uint8_t *bytes, size_t len)
{
	g_autofree struct segment *found = g_new0(struct segment, ring->segments);
	uint64_t newest = 0, oldest;

	for (unsigned i = 0; i < ring->segments; i++) {
		if (!segment_find(r, ring, i, bytes, len, &found[i]))
			found[i].head.serial = 0;
		newest = MAX(newest, found[i].head.serial);
	}
	oldest = newest;
	while (oldest > 1 && newest - oldest + 1 < ring->segments &&
	    found[(oldest - 2) % ring->segments].head.serial == oldest - 1)
		oldest--;
	/* Counted from the oldest: the last number of all has none behind it. */
	for (uint64_t i = 0; newest > 0 && i <= newest - oldest; i++)
		g_array_append_val(r->segments, found[(oldest + i - 1) % ring->segments]);
	/* The next one may have been begun when the record was taken. */
	if (newest > 0)
		r->missing = (unsigned)(MIN(newest, ring->segments - 1) -
		    MIN(r->segments->len, ring->segments - 1));
}

static void
conf_drop(gpointer data)
{
	conf_free(data);
}

static struct record_reader *
reader_new(const void *bytes, size_t len, bool mends, char **why)
{
	struct record_reader *r = g_new0(struct record_reader, 1);
	struct record_ring ring;
	const char *wrong;

	r->mends = mends;
	r->segments = g_array_new(FALSE, FALSE, sizeof(struct segment));
	r->confs = g_ptr_array_new_with_free_func(conf_drop);
	take_init(&r->take);
	r->over = true;
	wrong = record_ring_read(&ring, bytes, len);
	if (wrong == NULL) {
		segments_find(r, &ring, bytes, len);
		wrong = r->segments->len == 0 ? "nothing in it can be read" : NULL;
	}
	*why = g_strdup(wrong);
	if (wrong == NULL)
		return r;
	record_reader_free(r);
	return NULL;
}

struct record_reader *
record_reader_new(const void *bytes, size_t len, char **why)
{
	return reader_new(bytes, len, false, why);
}

void
record_reader_free(struct record_reader *r)
{
	if (r == NULL)
		return;
	take_clear(&r->take);
	for (size_t i = 0; i < TEXT_COUNT; i++)
		g_free(r->texts[i]);
	g_array_unref(r->segments);
	g_ptr_array_unref(r->confs);
	g_free(r->wrong);
	g_free(r);
}

struct record_header
record_reader_header(const struct record_reader *r)
{
	return (struct record_header){
	    .version = r->texts[TEXT_VERSION],
	    .node_name = r->texts[TEXT_NODE],
	    .hacf = r->texts[TEXT_HACF],
	    .haresources = r->texts[TEXT_HARESOURCES],
	    .seed = r->seed,
	};
}

const struct conf *
record_reader_conf(const struct record_reader *r)
{
	return r->take.conf;
}

void
record_mend(uint8_t *bytes, size_t len)
{
	g_autofree char *why = NULL;
	struct record_reader *r;
	struct record_item item;

	record_ring_mend(bytes, len);
	r = reader_new(bytes, len, true, &why);
	while (r != NULL && record_read(r, &item) != RECORD_END)
		continue;
	record_reader_free(r);
}
