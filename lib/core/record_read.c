/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/record.h"

#include <string.h>

#include "core/record_book.h"
#include "core/record_ring.h"
#include "proto/seal.h"

/* The keys of the replay. They protect nothing: the record itself is what is believed. */
#define REPLAY_KEYS "auth 1\n1 sha1 replay\n"
#define REPLAY_KEY 1
/* An index that REPLAY_KEYS does not list. */
#define OTHER_KEY 2
/* A field whose message is refused although it is signed well. */
#define REFUSED_FIELD "_compressed_payload"
/* Times beyond this do not occur; a sum of two of them still fits. */
#define NS_MAX (INT64_MAX / 4)
#define GROUPS_MAX 4096

enum { TEXT_VERSION, TEXT_NODE, TEXT_HACF, TEXT_HARESOURCES, TEXT_COUNT };

struct segment {
	struct segment_head head;
	const uint8_t *at, *end;
};

struct record_reader {
	GArray *segments;	/* struct segment, the oldest first */
	unsigned missing;	/* segments that should be there too */
	guint next;	/* in segments */
	struct unpack in;	/* of the segment at hand */
	struct record_book book;
	char *texts[TEXT_COUNT];
	uint64_t seed;
	GPtrArray *confs;	/* struct conf *, the last is that of the segment at hand */
	struct conf *conf;
	GPtrArray *held;	/* GBytes * that the event at hand points to */
	GArray *hints;	/* enum group_hint */
	GPtrArray *groups;	/* const char *, and NULL */
	bool started, over;	/* the core; the segment */
	enum record_kind last;
	char *wrong;
	bool mends;	/* sums are put right, not compared */
};

/* -- pieces -- */

/* Owns: lives as long as the event at hand. */
static GBytes *
hold(struct record_reader *r, const void *bytes, size_t len)
{
	GBytes *held = text_bytes(bytes, len);

	g_ptr_array_add(r->held, held);
	return held;
}

/* NULL: no word, or a fault. */
static const char *
take_word(struct record_reader *r, size_t *len)
{
	uint64_t which = unpack_u64(&r->in);
	GBytes *word;

	*len = 0;
	if (r->in.bad || which == WORD_NONE)
		return NULL;
	if (which == WORD_NEW) {
		const void *bytes = unpack_bytes(&r->in, len);

		if (r->in.bad)
			return NULL;
		word = hold(r, bytes, *len);
		if (book_keeps(&r->book, *len))
			book_keep(&r->book, g_bytes_ref(word));
	} else if (which - WORD_FIRST < r->book.words->len) {
		word = g_ptr_array_index(r->book.words, which - WORD_FIRST);
	} else {
		r->in.bad = true;
		return NULL;
	}
	*len = g_bytes_get_size(word) - 1;
	return g_bytes_get_data(word, NULL);
}

static const char *
take_text(struct record_reader *r)
{
	size_t len;

	return take_word(r, &len);
}

static const char *
take_text_always(struct record_reader *r)
{
	const char *text = take_text(r);

	r->in.bad = r->in.bad || text == NULL;
	return text != NULL ? text : "";
}

static unsigned
take_below(struct record_reader *r, unsigned limit)
{
	uint64_t value = unpack_u64(&r->in);

	if (value >= limit) {
		r->in.bad = true;
		return 0;
	}
	return (unsigned)value;
}

static uint32_t
take_u32(struct record_reader *r)
{
	uint64_t value = unpack_u64(&r->in);

	r->in.bad = r->in.bad || value > UINT32_MAX;
	return (uint32_t)value;
}

static int64_t
take_offset(struct record_reader *r, int64_t from)
{
	int64_t offset = unpack_i64(&r->in);

	if (offset < -NS_MAX || offset > NS_MAX) {
		r->in.bad = true;
		return from;
	}
	return from + offset;
}

/* Time never goes back. */
static void
take_now(struct record_reader *r, struct moment from, struct event *e)
{
	e->now.ns = take_offset(r, from.ns);
	if (e->now.ns < r->book.now.ns || e->now.ns > NS_MAX)
		r->in.bad = true;
	if (r->in.bad)
		e->now = r->book.now;
}

/* -- packets -- */

static struct msg *
take_whole(struct record_reader *r)
{
	unsigned count = take_below(r, MSG_FIELDS_MAX + 1);
	struct msg *m = msg_new(NULL);

	for (unsigned i = 0; i < count && !r->in.bad; i++) {
		const char *name = take_text_always(r);
		unsigned type = take_below(r, FIELD_COMPRESSED + 1);
		size_t len;
		const void *value = unpack_bytes(&r->in, &len);

		if (!r->in.bad && !msg_add_bytes(m, name, (enum field_type)type, value, len))
			r->in.bad = true;
	}
	return m;
}

static GBytes *
take_change(struct record_reader *r, GBytes *foreseen)
{
	unsigned how = take_below(r, CHANGE_NUMBER + 1);
	uint64_t number;
	size_t len;

	if (how == CHANGE_VALUE) {
		const void *value = unpack_bytes(&r->in, &len);

		return text_bytes(value, len);
	}
	if (!value_is_hex(
		g_bytes_get_data(foreseen, NULL), g_bytes_get_size(foreseen) - 1, &number))
		r->in.bad = true;
	else
		number += (uint64_t)unpack_i64(&r->in);
	g_autofree char *changed =
	    g_strdup_printf("%" G_GINT64_MODIFIER "x", r->in.bad ? 0 : number);

	return text_bytes(changed, strlen(changed));
}

/* Changes stand in the order of the fields. */
static struct msg *
take_changes(struct record_reader *r, const struct pattern *p, unsigned count, int64_t wall_s)
{
	struct msg *m = msg_new(NULL);
	size_t next = count > 0 ? unpack_u64(&r->in) : SIZE_MAX;

	for (size_t i = 0; i < msg_count(p->m); i++) {
		const struct field *f = msg_field(p->m, i);
		GBytes *value = pattern_foresee(p, i, wall_s);

		if (i == next) {
			GBytes *changed = take_change(r, value);

			g_bytes_unref(value);
			value = changed;
			next = --count > 0 ? unpack_u64(&r->in) : SIZE_MAX;
		}
		if (!msg_add_bytes(m, f->name, f->type, g_bytes_get_data(value, NULL),
			g_bytes_get_size(value) - 1))
			r->in.bad = true;
		g_bytes_unref(value);
	}
	r->in.bad = r->in.bad || count > 0;
	return m;
}

/* A packet that is refused for that reason. */
static GByteArray *
packet_refused(const struct conf *conf, enum seal_result why)
{
	struct keyring ring = conf->keys;
	AUTO_MSG struct msg *m = msg_new("refused");

	switch (why) {
	case SEAL_UNSIGNED:
		return wire_encode(m, WIRE_NETSTRING, NULL);
	case SEAL_NO_KEY:
		ring.keys[OTHER_KEY] = ring.keys[REPLAY_KEY];
		ring.signing = OTHER_KEY;
		return seal_close(&ring, m, WIRE_NETSTRING, false);
	case SEAL_FORGED:
		ring.keys[REPLAY_KEY].secret = (char *)"other";
		ring.keys[REPLAY_KEY].secret_len = strlen("other");
		return seal_close(&ring, m, WIRE_NETSTRING, false);
	case SEAL_BAD_TEXT:
		msg_add(m, REFUSED_FIELD, "");
		return seal_close(&ring, m, WIRE_NETSTRING, false);
	case SEAL_OK:
	case SEAL_BAD_FRAME:
	case SEAL_RESULT_COUNT:
		break;
	}
	return g_byte_array_new();
}

static void
packet_set(struct record_reader *r, struct event_packet *p, GByteArray *sealed)
{
	GBytes *held = hold(r, sealed->data, sealed->len);

	p->bytes = g_bytes_get_data(held, NULL);
	p->len = sealed->len;
	g_byte_array_unref(sealed);
}

static void
take_packet_times(struct record_reader *r, struct moment from, struct event *e)
{
	take_now(r, from, e);
	int64_t before = unpack_i64(&r->in);

	if (before < 0 || before > NS_MAX)
		r->in.bad = true;
	else
		e->u.packet.received.ns = e->now.ns - before;
}

static void
take_packet(struct record_reader *r, struct event *e, bool as_foreseen)
{
	struct event_packet *p = &e->u.packet;
	uint64_t which = unpack_u64(&r->in);
	struct pattern *known = NULL;
	AUTO_MSG struct msg *m = NULL;

	if (which >= PATTERN_FIRST) {
		if (which - PATTERN_FIRST >= r->book.patterns->len) {
			r->in.bad = true;
			return;
		}
		known = g_ptr_array_index(r->book.patterns, which - PATTERN_FIRST);
		p->medium = known->medium;
		p->source = known->source;
		take_packet_times(r, beat_next(&known->beat, &r->book), e);
		m = take_changes(r, known,
		    as_foreseen ? 0 : take_below(r, MSG_FIELDS_MAX + 1), e->wall_s);
	} else {
		take_packet_times(r, r->book.now, e);
		p->medium = take_below(r, r->conf->media_count);
		p->source = take_text(r);
		if (which == PATTERN_REFUSED) {
			unsigned why = take_below(r, SEAL_RESULT_COUNT);

			r->in.bad = r->in.bad || why == SEAL_OK;
			packet_set(r, p, packet_refused(r->conf, (enum seal_result)why));
			return;
		}
		m = take_whole(r);
	}
	if (r->in.bad)
		return;
	packet_set(r, p, seal_close(&r->conf->keys, m, WIRE_NETSTRING, false));
	known = book_learn(&r->book, p->medium, p->source, g_steal_pointer(&m));
	if (known != NULL) {
		beat_came(&known->beat, e->now);
		known->wall_s = e->wall_s;
	}
}

/* -- the other events -- */

static void
take_start(struct record_reader *r, struct event_start *s)
{
	r->in.bad = r->in.bad || r->started;
	r->started = true;
	s->generation = unpack_u64(&r->in);
	for (size_t i = 0; i < sizeof(s->uuid); i++)
		s->uuid[i] = unpack_byte(&r->in);
	g_array_set_size(r->hints, 0);
	for (unsigned i = 0; i < r->conf->group_count; i++) {
		enum group_hint hint = (enum group_hint)take_below(r, HINT_COUNT);

		g_array_append_val(r->hints, hint);
	}
	s->hints = (const enum group_hint *)(void *)r->hints->data;
	s->talk = take_below(r, TALK_MEMORY_COUNT);
	s->renewed = take_below(r, 2) == 1;
}

static void
take_child(struct record_reader *r, struct event_child *c)
{
	c->job = unpack_u64(&r->in);
	c->agent = (enum agent_class)take_below(r, AGENT_NONE + 1);
	c->end = (enum child_end)take_below(r, CHILD_END_COUNT);
	int64_t code = unpack_i64(&r->in);

	r->in.bad = r->in.bad || code < INT32_MIN || code > INT32_MAX;
	c->code = (int)code;
	c->output = take_text(r);
}

static void
take_client(struct record_reader *r, struct event_client *c)
{
	c->client = take_u32(r);
	c->connected = take_below(r, 2) == 1;
	c->uid = take_u32(r);
	c->gid = take_u32(r);
	c->user = take_text_always(r);
	unsigned count = take_below(r, GROUPS_MAX);

	g_ptr_array_set_size(r->groups, 0);
	for (unsigned i = 0; i < count && !r->in.bad; i++)
		g_ptr_array_add(r->groups, (gpointer)take_text_always(r));
	g_ptr_array_add(r->groups, NULL);
	c->groups = (const char *const *)r->groups->pdata;
}

static void
take_event_of_type(struct record_reader *r, struct event *e)
{
	switch (e->type) {
	case EVENT_START:
		take_start(r, &e->u.start);
		break;
	case EVENT_CHILD:
		take_child(r, &e->u.child);
		break;
	case EVENT_REQUEST:
		e->u.request.client = take_u32(r);
		e->u.request.bytes = take_word(r, &e->u.request.len);
		r->in.bad = r->in.bad || e->u.request.bytes == NULL;
		break;
	case EVENT_CLIENT:
		take_client(r, &e->u.client);
		break;
	case EVENT_MEDIUM:
		e->u.medium.medium = take_below(r, r->conf->media_count);
		e->u.medium.up = take_below(r, 2) == 1;
		e->u.medium.reason = take_text(r);
		break;
	case EVENT_PACKET:
	case EVENT_TIMER:
	case EVENT_LEAVE:
	case EVENT_ORPHANED:
	case EVENT_TYPE_COUNT:
		break;
	}
}

/* -- frames -- */

/* The next byte: is it the sum so far? */
static bool
sum_follows(struct record_reader *r)
{
	uint8_t expected = book_sum_byte(&r->book);
	const uint8_t *at = r->in.at;
	uint8_t found = unpack_byte(&r->in);

	/* Who mends gave us bytes that may be written to. */
	if (r->mends && !r->in.bad)
		*(uint8_t *)at = found = expected;
	return !r->in.bad && found == expected;
}

/* The bytes since then, and behind them their sum. */
static bool
sum_is_right(struct record_reader *r, const uint8_t *since)
{
	book_sum(&r->book, since, (size_t)(r->in.at - since));
	if (!sum_follows(r))
		return false;
	book_sum(&r->book, r->in.at - 1, 1);
	return true;
}

static enum record_kind
bad(struct record_reader *r, const char *otherwise)
{
	g_free(r->wrong);
	r->wrong = g_strdup(
	    r->in.at == r->in.end ? "it ends in the middle: is it cut off?" : otherwise);
	return RECORD_BAD;
}

static enum record_kind
read_event(struct record_reader *r, uint8_t tag, const uint8_t *since, struct event *e)
{
	unsigned passed = tag >> TAG_WALL_SHIFT & TAG_WALL_MAX;

	*e = (struct event){.type = (enum event_type)(tag & TAG_KIND)};
	e->wall_s = passed < TAG_WALL_MAX ? r->book.wall_s + passed : take_offset(r, r->book.wall_s);
	if (e->wall_s < 0 || e->wall_s > NS_MAX)
		r->in.bad = true;
	if (e->type == EVENT_PACKET) {
		take_packet(r, e, (tag & TAG_AS_FORESEEN) != 0);
	} else if (e->type == EVENT_TIMER) {
		take_now(r, beat_next(&r->book.timer, &r->book), e);
		beat_came(&r->book.timer, e->now);
	} else {
		take_now(r, r->book.now, e);
		take_event_of_type(r, e);
	}
	if (r->in.bad || !r->started)
		return bad(r, "there is something in it that cannot be");
	if (!sum_is_right(r, since))
		return bad(r, "its bytes are not those that were written");
	r->book.now = e->now;
	r->book.wall_s = e->wall_s;
	return RECORD_EVENT;
}

static enum record_kind
read_result(struct record_reader *r, bool silent, const uint8_t *since, struct record_item *item)
{
	item->check = unpack_byte(&r->in);
	item->check |= (uint16_t)(unpack_byte(&r->in) << 8);
	item->text = "";
	if (!silent) {
		size_t len;
		const void *text = unpack_bytes(&r->in, &len);

		item->text = g_bytes_get_data(hold(r, text, len), NULL);
	}
	if (r->in.bad || (r->last != RECORD_EVENT && r->last != RECORD_BEGIN))
		return bad(r, "a result is in a wrong place");
	book_sum(&r->book, since, (size_t)(r->in.at - since));
	return RECORD_RESULT;
}

static enum record_kind
read_frame(struct record_reader *r, struct record_item *item)
{
	const uint8_t *since = r->in.at;

	uint8_t tag = unpack_byte(&r->in);

	if (!r->in.bad && (tag & TAG_KIND) < EVENT_TYPE_COUNT) {
		if (r->last == RECORD_EVENT)
			return bad(r, "an event has no result");
		return read_event(r, tag, since, &item->event);
	}
	if (tag == FRAME_RESULT || tag == FRAME_RESULT_SILENT)
		return read_result(r, tag == FRAME_RESULT_SILENT, since, item);
	bool full = !r->in.bad && tag == FRAME_FULL;

	if (full)
		tag = unpack_byte(&r->in);
	if (!r->in.bad && tag == FRAME_END) {
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
		const char *bytes = unpack_bytes(&r->in, &len);
		char *text = g_strndup(bytes, len);

		if (i != TEXT_VERSION && g_strcmp0(r->texts[i], text) != 0)
			r->conf = NULL;
		g_free(r->texts[i]);
		r->texts[i] = text;
	}
	r->seed = unpack_u64(&r->in);
	r->started = take_below(r, 2) == 1;
	if (!r->started)
		return;
	item->begin.now.ns = take_offset(r, 0);
	item->begin.wall_s = take_offset(r, 0);
	if (item->begin.now.ns < 0 || item->begin.wall_s < 0)
		r->in.bad = true;
	item->begin.digest = unpack_u64(&r->in);
	item->begin.checkpoint = r->in.at;
	item->begin.checkpoint_len = (size_t)(r->in.end - r->in.at);
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

	r->conf = conf_parse(&text, faults);
	if (r->conf != NULL)
		g_ptr_array_add(r->confs, r->conf);
	for (unsigned i = 0; r->conf == NULL && i < faults->len; i++) {
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

	book_clear(&r->book);
	book_init(&r->book, s->at, SEGMENT_HEAD_SIZE);
	r->in = (struct unpack){.at = body, .end = body + s->head.body_len};
	item->begin.life = s->head.life;
	item->begin.events = s->head.events;
	read_body(r, item);
	if (r->in.bad || (!r->started && r->in.at != r->in.end)) {
		/* Its sum is right: whoever wrote it means something else. */
		g_free(r->wrong);
		r->wrong = g_strdup("its first part says what cannot be");
		return RECORD_BAD;
	}
	g_clear_pointer(&r->wrong, g_free);
	if (r->conf == NULL)
		r->wrong = read_conf(r);
	r->in = (struct unpack){.at = body + s->head.body_len, .end = s->end};
	r->book.now = item->begin.now;
	r->book.wall_s = item->begin.wall_s;
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
	g_ptr_array_set_size(r->held, 0);
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
held_free(gpointer data)
{
	g_bytes_unref(data);
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
	r->held = g_ptr_array_new_with_free_func(held_free);
	r->hints = g_array_new(FALSE, FALSE, sizeof(enum group_hint));
	r->groups = g_ptr_array_new();
	r->over = true;
	book_init(&r->book, "", 0);
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
	book_clear(&r->book);
	for (size_t i = 0; i < TEXT_COUNT; i++)
		g_free(r->texts[i]);
	g_array_unref(r->segments);
	g_ptr_array_unref(r->confs);
	g_ptr_array_unref(r->held);
	g_array_unref(r->hints);
	g_ptr_array_unref(r->groups);
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
	return r->conf;
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
