/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an event holds, taken from its bytes, in the order in which record.c puts it. The first fault
 * is kept in unpack.bad, so that nobody has to look before the end.
 */
#include "core/record_take.h"

#include <string.h>

#include "proto/seal.h"

/* An index that REPLAY_KEYS does not list. */
#define OTHER_KEY 2
/* A field whose message is refused although it is signed well. */
#define REFUSED_FIELD "_compressed_payload"
/* Times beyond this do not occur; a sum of two of them still fits. */
#define NS_MAX (INT64_MAX / 4)
#define GROUPS_MAX 4096

static void
held_free(gpointer data)
{
	g_bytes_unref(data);
}

void
take_init(struct take *t)
{
	*t = (struct take){.held = g_ptr_array_new_with_free_func(held_free)};
	book_init(&t->book, "", 0);
	t->hints = g_array_new(FALSE, FALSE, sizeof(enum group_hint));
	t->groups = g_ptr_array_new();
}

void
take_clear(struct take *t)
{
	book_clear(&t->book);
	g_ptr_array_unref(t->held);
	g_array_unref(t->hints);
	g_ptr_array_unref(t->groups);
}

/* -- pieces -- */

GBytes *
take_hold(struct take *t, const void *bytes, size_t len)
{
	GBytes *held = text_bytes(bytes, len);

	g_ptr_array_add(t->held, held);
	return held;
}

/* NULL: no word, or a fault. */
static const char *
take_word(struct take *t, size_t *len)
{
	uint64_t which = unpack_u64(&t->in);
	GBytes *word;

	*len = 0;
	if (t->in.bad || which == WORD_NONE)
		return NULL;
	if (which == WORD_NEW) {
		const void *bytes = unpack_bytes(&t->in, len);

		if (t->in.bad)
			return NULL;
		word = take_hold(t, bytes, *len);
		if (book_keeps(&t->book, *len))
			book_keep(&t->book, g_bytes_ref(word));
	} else if (which - WORD_FIRST < t->book.words->len) {
		word = g_ptr_array_index(t->book.words, which - WORD_FIRST);
	} else {
		t->in.bad = true;
		return NULL;
	}
	*len = g_bytes_get_size(word) - 1;
	return g_bytes_get_data(word, NULL);
}

static const char *
take_text(struct take *t)
{
	size_t len;

	return take_word(t, &len);
}

static const char *
take_text_always(struct take *t)
{
	const char *text = take_text(t);

	t->in.bad = t->in.bad || text == NULL;
	return text != NULL ? text : "";
}

unsigned
take_below(struct take *t, unsigned limit)
{
	uint64_t value = unpack_u64(&t->in);

	if (value >= limit) {
		t->in.bad = true;
		return 0;
	}
	return (unsigned)value;
}

static uint32_t
take_u32(struct take *t)
{
	uint64_t value = unpack_u64(&t->in);

	t->in.bad = t->in.bad || value > UINT32_MAX;
	return (uint32_t)value;
}

int64_t
take_offset(struct take *t, int64_t from)
{
	int64_t offset = unpack_i64(&t->in);

	if (offset < -NS_MAX || offset > NS_MAX) {
		t->in.bad = true;
		return from;
	}
	return from + offset;
}

/* Time never goes back. */
static void
take_now(struct take *t, struct moment from, struct event *e)
{
	e->now.ns = take_offset(t, from.ns);
	if (e->now.ns < t->book.now.ns || e->now.ns > NS_MAX)
		t->in.bad = true;
	if (t->in.bad)
		e->now = t->book.now;
}

/* -- packets -- */

static struct msg *
take_whole(struct take *t)
{
	unsigned count = take_below(t, MSG_FIELDS_MAX + 1);
	struct msg *m = msg_new(NULL);

	for (unsigned i = 0; i < count && !t->in.bad; i++) {
		const char *name = take_text_always(t);
		unsigned type = take_below(t, FIELD_COMPRESSED + 1);
		size_t len;
		const void *value = unpack_bytes(&t->in, &len);

		if (!t->in.bad && !msg_add_bytes(m, name, (enum field_type)type, value, len))
			t->in.bad = true;
	}
	return m;
}

static GBytes *
take_change(struct take *t, GBytes *foreseen)
{
	unsigned how = take_below(t, CHANGE_NUMBER + 1);
	uint64_t number;
	size_t len;

	if (how == CHANGE_VALUE) {
		const void *value = unpack_bytes(&t->in, &len);

		return text_bytes(value, len);
	}
	if (!value_is_hex(
		g_bytes_get_data(foreseen, NULL), g_bytes_get_size(foreseen) - 1, &number))
		t->in.bad = true;
	else
		number += (uint64_t)unpack_i64(&t->in);
	g_autofree char *changed =
	    g_strdup_printf("%" G_GINT64_MODIFIER "x", t->in.bad ? 0 : number);

	return text_bytes(changed, strlen(changed));
}

/* Changes stand in the order of the fields. */
static struct msg *
take_changes(struct take *t, const struct pattern *p, unsigned count, int64_t wall_s)
{
	struct msg *m = msg_new(NULL);
	size_t next = count > 0 ? unpack_u64(&t->in) : SIZE_MAX;

	for (size_t i = 0; i < msg_count(p->m); i++) {
		const struct field *f = msg_field(p->m, i);
		GBytes *value = pattern_foresee(p, i, wall_s);

		if (i == next) {
			GBytes *changed = take_change(t, value);

			g_bytes_unref(value);
			value = changed;
			next = --count > 0 ? unpack_u64(&t->in) : SIZE_MAX;
		}
		if (!msg_add_bytes(m, f->name, f->type, g_bytes_get_data(value, NULL),
			g_bytes_get_size(value) - 1))
			t->in.bad = true;
		g_bytes_unref(value);
	}
	t->in.bad = t->in.bad || count > 0;
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
packet_set(struct take *t, struct event_packet *p, GByteArray *sealed)
{
	GBytes *held = take_hold(t, sealed->data, sealed->len);

	p->bytes = g_bytes_get_data(held, NULL);
	p->len = sealed->len;
	g_byte_array_unref(sealed);
}

static void
take_packet_times(struct take *t, struct moment from, struct event *e)
{
	take_now(t, from, e);
	int64_t before = unpack_i64(&t->in);

	if (before < 0 || before > NS_MAX)
		t->in.bad = true;
	else
		e->u.packet.received.ns = e->now.ns - before;
}

static void
take_packet(struct take *t, struct event *e, bool as_foreseen)
{
	struct event_packet *p = &e->u.packet;
	uint64_t which = unpack_u64(&t->in);
	struct pattern *known = NULL;
	AUTO_MSG struct msg *m = NULL;

	if (which >= PATTERN_FIRST) {
		if (which - PATTERN_FIRST >= t->book.patterns->len) {
			t->in.bad = true;
			return;
		}
		known = g_ptr_array_index(t->book.patterns, which - PATTERN_FIRST);
		p->medium = known->medium;
		p->source = known->source;
		take_packet_times(t, beat_next(&known->beat, &t->book), e);
		m = take_changes(t, known,
		    as_foreseen ? 0 : take_below(t, MSG_FIELDS_MAX + 1), e->wall_s);
	} else {
		take_packet_times(t, t->book.now, e);
		p->medium = take_below(t, t->conf->media_count);
		p->source = take_text(t);
		if (which == PATTERN_REFUSED) {
			unsigned why = take_below(t, SEAL_RESULT_COUNT);

			t->in.bad = t->in.bad || why == SEAL_OK;
			packet_set(t, p, packet_refused(t->conf, (enum seal_result)why));
			return;
		}
		m = take_whole(t);
	}
	if (t->in.bad)
		return;
	packet_set(t, p, seal_close(&t->conf->keys, m, WIRE_NETSTRING, false));
	known = book_learn(&t->book, p->medium, p->source, g_steal_pointer(&m));
	if (known != NULL) {
		beat_came(&known->beat, e->now);
		known->wall_s = e->wall_s;
	}
}

/* -- the other events -- */

static void
take_start(struct take *t, struct event_start *s)
{
	t->in.bad = t->in.bad || t->started;
	t->started = true;
	s->generation = unpack_u64(&t->in);
	for (size_t i = 0; i < sizeof(s->uuid); i++)
		s->uuid[i] = unpack_byte(&t->in);
	g_array_set_size(t->hints, 0);
	for (unsigned i = 0; i < t->conf->group_count; i++) {
		enum group_hint hint = (enum group_hint)take_below(t, HINT_COUNT);

		g_array_append_val(t->hints, hint);
	}
	s->hints = (const enum group_hint *)(void *)t->hints->data;
	s->talk = take_below(t, TALK_MEMORY_COUNT);
	s->renewed = take_below(t, 2) == 1;
}

static void
take_child(struct take *t, struct event_child *c)
{
	c->job = unpack_u64(&t->in);
	c->agent = (enum agent_class)take_below(t, AGENT_NONE + 1);
	c->end = (enum child_end)take_below(t, CHILD_END_COUNT);
	int64_t code = unpack_i64(&t->in);

	t->in.bad = t->in.bad || code < INT32_MIN || code > INT32_MAX;
	c->code = (int)code;
	c->output = take_text(t);
}

static void
take_client(struct take *t, struct event_client *c)
{
	c->client = take_u32(t);
	c->connected = take_below(t, 2) == 1;
	c->uid = take_u32(t);
	c->gid = take_u32(t);
	c->user = take_text_always(t);
	unsigned count = take_below(t, GROUPS_MAX);

	g_ptr_array_set_size(t->groups, 0);
	for (unsigned i = 0; i < count && !t->in.bad; i++)
		g_ptr_array_add(t->groups, (gpointer)take_text_always(t));
	g_ptr_array_add(t->groups, NULL);
	c->groups = (const char *const *)t->groups->pdata;
}

static void
take_address(struct take *t, struct event_address *a)
{
	a->group = take_below(t, t->conf->group_count);
	if (!t->in.bad)
		a->resource = take_below(t, t->conf->groups[a->group].resource_count);
	a->state = (enum address_state)take_below(t, ADDRESS_STATE_COUNT);
	a->shaken = take_below(t, 2) == 1;
	a->reason = take_text(t);
}

static void
take_conflict(struct take *t, struct event_conflict *e)
{
	e->group = take_below(t, t->conf->group_count);
	if (!t->in.bad)
		e->resource = take_below(t, t->conf->groups[e->group].resource_count);
	e->mac = take_text_always(t);
	e->interface = take_text_always(t);
}

static void
take_event_of_type(struct take *t, struct event *e)
{
	switch (e->type) {
	case EVENT_START:
		take_start(t, &e->u.start);
		break;
	case EVENT_CHILD:
		take_child(t, &e->u.child);
		break;
	case EVENT_REQUEST:
		e->u.request.client = take_u32(t);
		e->u.request.bytes = take_word(t, &e->u.request.len);
		t->in.bad = t->in.bad || e->u.request.bytes == NULL;
		break;
	case EVENT_CLIENT:
		take_client(t, &e->u.client);
		break;
	case EVENT_MEDIUM:
		e->u.medium.medium = take_below(t, t->conf->media_count);
		e->u.medium.up = take_below(t, 2) == 1;
		e->u.medium.missing = take_below(t, 2) == 1;
		e->u.medium.reason = take_text(t);
		break;
	case EVENT_ADDRESS:
		take_address(t, &e->u.address);
		break;
	case EVENT_CONFLICT:
		take_conflict(t, &e->u.conflict);
		break;
	case EVENT_PACKET:
	case EVENT_TIMER:
	case EVENT_LEAVE:
	case EVENT_ORPHANED:
	case EVENT_TYPE_COUNT:
		break;
	}
}

bool
take_event(struct take *t, uint8_t tag, struct event *e)
{
	unsigned passed = tag >> TAG_WALL_SHIFT & TAG_WALL_MAX;

	*e = (struct event){.type = (enum event_type)(tag & TAG_KIND)};
	e->wall_s = passed < TAG_WALL_MAX ? t->book.wall_s + passed : take_offset(t, t->book.wall_s);
	if (e->wall_s < 0 || e->wall_s > NS_MAX)
		t->in.bad = true;
	if (e->type == EVENT_PACKET) {
		take_packet(t, e, (tag & TAG_AS_FORESEEN) != 0);
	} else if (e->type == EVENT_TIMER) {
		take_now(t, beat_next(&t->book.timer, &t->book), e);
		beat_came(&t->book.timer, e->now);
	} else {
		take_now(t, t->book.now, e);
		take_event_of_type(t, e);
	}
	return !t->in.bad && t->started;
}
