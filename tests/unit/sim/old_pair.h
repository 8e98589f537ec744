/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two models of 3.0.6 nodes against each other, for the tests of lib/sim/old_*.c: a wire of 1 ms,
 * scripts that take 0.3 s, and a record of what was said, in the words of the charts in compat
 * resources.md section 11.
 */
#ifndef HB_TESTS_OLD_PAIR_H
#define HB_TESTS_OLD_PAIR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "proto/request.h"
#include "proto/seal.h"
#include "sim/old_state.h"

#define PAIR_HACF \
	"logfacility none\nkeepalive 500ms\ndeadtime 2\ninitdead 4\n" \
	"ucast eth0 10.0.0.1\nnode node1 node2\n"
#define PAIR_GROUPS "node1 rA\nnode2 rB\n"

/* Something said on the wire. */
struct said {
	int64_t ms;
	unsigned node;
	uint64_t seq;
	char *text;
};

/* A packet or the end of a program, under way. */
struct flight {
	struct moment at;
	uint64_t order;
	unsigned to;
	uint64_t life;
	GBytes *packet;	/* NULL: a program */
	unsigned medium;
	struct action run;
};

struct pair {
	struct conf *conf[2];
	struct old_node *node[2];
	uint64_t generation[2];
	uint64_t life[2];
	bool powered[2], cut, ping_lost[2];
	bool running[2][8];	/* by group; each has one resource */
	int start_code[2], stop_code[2];	/* exit codes of start and stop */
	struct moment now;
	uint64_t order, seed;
	GPtrArray *flights;
	GPtrArray *said;
	char *status[2];	/* last status said */
	unsigned starts, doubles, reboots;
	unsigned drop_percent;
	struct prng prng;
};

static inline void
said_free(gpointer data)
{
	struct said *s = data;

	g_free(s->text);
	g_free(s);
}

static inline void
flight_free(gpointer data)
{
	struct flight *f = data;

	g_clear_pointer(&f->packet, g_bytes_unref);
	g_free(f);
}

static inline struct pair *
pair_new(uint64_t seed, const char *more)
{
	struct pair *p = g_new0(struct pair, 1);
	g_autofree char *hacf = g_strdup_printf("%s%s", PAIR_HACF, more);

	p->seed = seed;
	p->flights = g_ptr_array_new_with_free_func(flight_free);
	p->said = g_ptr_array_new_with_free_func(said_free);
	prng_seed(&p->prng, seed);
	for (unsigned i = 0; i < 2; i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf_text text = {
		    .hacf_path = "ha.cf",
		    .hacf = hacf,
		    .haresources_path = "haresources",
		    .haresources = PAIR_GROUPS,
		    .authkeys_path = "authkeys",
		    .authkeys = "auth 1\n1 crc\n",
		    .authkeys_mode = 0600,
		    .authkeys_owner_ok = true,
		    .node_name = i == 0 ? "node1" : "node2",
		};
		p->conf[i] = conf_parse(&text, faults);
		assert_non_null(p->conf[i]);
		p->generation[i] = 1000;
	}
	return p;
}

static inline void
pair_free(struct pair *p)
{
	for (unsigned i = 0; i < 2; i++) {
		old_node_free(p->node[i]);
		conf_free(p->conf[i]);
		g_free(p->status[i]);
	}
	g_ptr_array_unref(p->flights);
	g_ptr_array_unref(p->said);
	g_free(p);
}

/* -- what was said -- */

static inline void
pair_say(struct pair *p, unsigned node, const struct msg *m)
{
	static const char *const shown[] = {"dest", "node", "nodelist", "ipaddr", "rsc_hold",
	    "isstable", "num_ping", "weown", "ok", "result", "info"};
	const char *type = msg_type(m);
	g_autoptr(GString) text = g_string_new(type);
	struct said *s;

	if (g_str_has_prefix(type, "NS_"))
		return;
	if (strcmp(type, "status") == 0) {
		g_string_append_printf(text, " %s dt=%s", msg_get(m, "st"), msg_get(m, "dt"));
		if (g_strcmp0(text->str, p->status[node]) == 0)
			return;
		g_free(p->status[node]);
		p->status[node] = g_strdup(text->str);
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(shown); i++) {
		const char *value = msg_get(m, shown[i]);
		/* Words are shown as they are, names with what they are. */
		bool named = i < 1 || strcmp(shown[i], "weown") == 0;

		/* The lists of nodes are all the same. */
		if (value != NULL && (strcmp(type, "repnodes") != 0 || i == 0))
			g_string_append_printf(
			    text, " %s%s%s", named ? shown[i] : "", named ? "=" : "", value);
	}
	s = g_new0(struct said, 1);
	s->ms = p->now.ns / 1000000;
	s->node = node + 1;
	s->text = g_strdup(text->str);
	msg_get_hex(m, "seq", &s->seq);
	g_ptr_array_add(p->said, s);
}

/* -- the world -- */

static inline struct flight *
pair_launch(struct pair *p, unsigned to, int64_t delay_ms)
{
	struct flight *f = g_new0(struct flight, 1);

	f->at = moment_add(p->now, span_from_ms(delay_ms));
	f->order = ++p->order;
	f->to = to;
	f->life = p->life[to];
	g_ptr_array_add(p->flights, f);
	return f;
}

static inline void
pair_sent(struct pair *p, unsigned from, const struct action *a)
{
	unsigned to = 1 - from;
	size_t len;
	const void *bytes = g_bytes_get_data(a->bytes, &len);
	AUTO_MSG struct msg *m = NULL;

	assert_int_equal(seal_open(&p->conf[from]->keys, bytes, len, &m), SEAL_OK);
	if (medium_is_ping(p->conf[from]->media[a->medium].kind)) {
		if (p->ping_lost[from])
			return;
		to = from;
	} else {
		pair_say(p, from, m);
		if (p->cut || !p->powered[to] || prng_between(&p->prng, 1, 100) <= p->drop_percent)
			return;
	}
	struct flight *f = pair_launch(p, to, 1);
	f->packet = g_bytes_ref(a->bytes);
	f->medium = a->medium;
}

static inline void
pair_power_off(struct pair *p, unsigned node)
{
	p->generation[node] = old_node_generation(p->node[node]);
	g_clear_pointer(&p->node[node], old_node_free);
	g_clear_pointer(&p->status[node], g_free);
	p->powered[node] = false;
	p->life[node]++;
	memset(p->running[node], 0, sizeof(p->running[node]));
}

static inline void
pair_step(struct pair *p, unsigned node, struct event *e)
{
	struct actions *out = actions_new();
	bool gone = false, reboot = false;

	e->now = p->now;
	e->wall_s = 1700000000 + p->now.ns / 1000000000;
	old_node_step(p->node[node], e, out);
	for (size_t i = 0; i < actions_count(out); i++) {
		const struct action *a = actions_get(out, i);

		if (a->type == ACTION_SEND) {
			pair_sent(p, node, a);
		} else if (a->type == ACTION_RUN) {
			if (a->op == OP_START) {
				p->starts++;
				p->doubles += p->running[1 - node][a->group] ? 1 : 0;
				p->running[node][a->group] = true;
			}
			pair_launch(p, node, a->op == OP_STATUS ? 10 : 300)->run = *a;
		} else if (a->type == ACTION_EXIT) {
			gone = true;
		} else if (a->type == ACTION_REBOOT) {
			reboot = true;
		}
	}
	actions_free(out);
	p->reboots += reboot ? 1 : 0;
	if (reboot) {
		pair_power_off(p, node);
	} else if (gone) {
		p->generation[node] = old_node_generation(p->node[node]);
		g_clear_pointer(&p->node[node], old_node_free);
		g_clear_pointer(&p->status[node], g_free);
	}
}

static inline void
pair_boot(struct pair *p, unsigned node)
{
	struct event e = {.type = EVENT_START};

	p->powered[node] = true;
	p->node[node] = old_node_new(p->conf[node], p->seed * 2 + node, (struct trace){0});
	e.u.start.generation = ++p->generation[node];
	memset(e.u.start.uuid, 'a' + (int)node, sizeof(e.u.start.uuid));
	pair_step(p, node, &e);
}

/* kill -9 of the daemon; what it started runs on. */
static inline void
pair_kill(struct pair *p, unsigned node)
{
	bool kept[8];

	memcpy(kept, p->running[node], sizeof(kept));
	pair_power_off(p, node);
	p->powered[node] = true;
	memcpy(p->running[node], kept, sizeof(kept));
}

static inline void
pair_leave(struct pair *p, unsigned node)
{
	struct event e = {.type = EVENT_LEAVE};

	pair_step(p, node, &e);
}

static inline void
pair_command(struct pair *p, unsigned node, const char *type, const char *name, const char *value)
{
	AUTO_MSG struct msg *m = msg_new(type);

	if (name != NULL)
		msg_add(m, name, value);
	g_autoptr(GByteArray) bytes = request_encode(m);
	struct event e = {.type = EVENT_REQUEST};
	e.u.request.bytes = bytes->data;
	e.u.request.len = bytes->len;
	pair_step(p, node, &e);
}

static inline void
pair_arrive(struct pair *p, const struct flight *f)
{
	struct event e = {.type = EVENT_PACKET};
	const struct action *run = &f->run;

	if (f->packet != NULL) {
		e.u.packet.medium = f->medium;
		e.u.packet.bytes = g_bytes_get_data(f->packet, &e.u.packet.len);
		e.u.packet.received = p->now;
	} else {
		bool *runs = &p->running[f->to][run->group];
		int code = run->op == OP_START ? p->start_code[f->to] :
		    run->op == OP_STOP	       ? p->stop_code[f->to] :
						 0;

		e.type = EVENT_CHILD;
		e.u.child.job = run->job;
		e.u.child.end = CHILD_EXITED;
		e.u.child.code = code;
		e.u.child.output = *runs ? "running" : "stopped";
		if ((run->op == OP_STOP && code == 0) || (run->op == OP_START && code != 0))
			*runs = false;
	}
	if (p->node[f->to] != NULL)
		pair_step(p, f->to, &e);
}

static inline void
pair_run_until(struct pair *p, int64_t ms)
{
	struct moment end = {ms * 1000000};

	for (;;) {
		struct moment at = MOMENT_NEVER;
		guint next = 0;
		int timer = -1;

		for (guint i = 0; i < p->flights->len; i++) {
			const struct flight *f = g_ptr_array_index(p->flights, i);

			/* They stand in the order they were sent. */
			if (moment_before(f->at, at)) {
				at = f->at;
				next = i;
			}
		}
		for (unsigned i = 0; i < 2; i++) {
			struct moment due =
			    p->node[i] != NULL ? old_node_deadline(p->node[i]) : MOMENT_NEVER;

			if (moment_before(due, at)) {
				at = due;
				timer = (int)i;
			}
		}
		if (moment_before(end, at))
			break;
		p->now = moment_max(p->now, at);
		if (timer >= 0) {
			struct event e = {.type = EVENT_TIMER};
			pair_step(p, (unsigned)timer, &e);
		} else {
			struct flight *f = g_ptr_array_steal_index(p->flights, next);
			if (f->life == p->life[f->to] || f->packet != NULL)
				pair_arrive(p, f);
			flight_free(f);
		}
	}
	p->now = end;
}

/* -- charts -- */

/* A line of a chart. */
struct line {
	int64_t ms;
	unsigned node;	/* 1 or 2 */
	const char *text;
	enum {
		PLACED,
		LOOSE,	/* its place among the lines of its node is chance */
		MAYBE,	/* the same, and whether it is said at all */
	} order;
	int64_t off_ms;	/* how far from ms it may be */
	uint64_t seq;	/* 0: any */
};

/* Each reaction takes up to a beat of 500 ms, in the charts as in the model. */
#define TOLERANCE_MS 1000
#define SAYS(ms, node, text) SAYS_WITHIN(ms, node, text, TOLERANCE_MS)
/* Where more or fewer reactions add up. */
#define SAYS_WITHIN(ms, node, text, off_ms) {ms, node, text, PLACED, off_ms, 0}
#define SAYS_AS(ms, node, text, off_ms, seq) {ms, node, text, PLACED, off_ms, seq}
#define SAYS_SOMEWHERE(ms, node, text, off_ms) {ms, node, text, LOOSE, off_ms, 0}
#define SAYS_PERHAPS(ms, node, text, off_ms) {ms, node, text, MAYBE, off_ms, 0}

static inline char *
pair_said_text(const struct pair *p)
{
	GString *all = g_string_new(NULL);

	for (guint i = 0; i < p->said->len; i++) {
		const struct said *s = g_ptr_array_index(p->said, i);
		g_string_append_printf(all, "%8lld node%u %s (%llx)\n", (long long)s->ms, s->node,
		    s->text, (unsigned long long)s->seq);
	}
	return g_string_free(all, FALSE);
}

/* node1 and node2, rA and rB change places: two nodes that start together are alike. */
static inline char *
pair_mirror(const char *text)
{
	char *copy = g_strdup(text);

	for (char *c = copy; *c != '\0'; c++) {
		if (g_str_has_prefix(c, "node1") || g_str_has_prefix(c, "node2"))
			c[4] = c[4] == '1' ? '2' : '1';
		else if (g_str_has_prefix(c, "rA") || g_str_has_prefix(c, "rB"))
			c[1] = c[1] == 'A' ? 'B' : 'A';
	}
	return copy;
}

/* The line that is meant, or NULL. */
static inline struct said *
pair_match(const struct pair *p, int64_t from_ms, const struct line *want, bool mirrored,
    const bool *taken, guint *cursor)
{
	g_autofree char *text =
	    mirrored ? pair_mirror(want->text) : g_strdup(want->text);
	unsigned node = mirrored ? 3 - want->node : want->node;

	for (guint i = want->order == PLACED ? *cursor : 0; i < p->said->len; i++) {
		struct said *s = g_ptr_array_index(p->said, i);

		if (s->node != node || s->ms < from_ms || taken[i] || strcmp(s->text, text) != 0)
			continue;
		*cursor = i;
		return s;
	}
	return NULL;
}

/*
 * What was said from the moment from_ms on is the chart: nothing else, of each node in its order,
 * and at about its times.
 *
 * Gives: NULL, or what is wrong (the caller's).
 */
static inline char *
pair_differs(const struct pair *p, int64_t from_ms, const struct line *chart, size_t count,
    bool mirrored)
{
	g_autofree bool *taken = g_new0(bool, p->said->len + 1);
	guint cursor[3] = {0};

	for (size_t i = 0; i < count; i++) {
		const struct line *want = &chart[i];
		guint at = cursor[want->node];
		const struct said *got = pair_match(p, from_ms, want, mirrored, taken, &at);

		if (got == NULL && want->order == MAYBE)
			continue;
		if (got == NULL)
			return g_strdup_printf("node%u does not say \"%s\" there", want->node,
			    want->text);
		taken[at] = true;
		if (want->order == PLACED)
			cursor[want->node] = at;
		int64_t said_ms = got->ms - from_ms;
		if (said_ms < want->ms - want->off_ms || said_ms > want->ms + want->off_ms)
			return g_strdup_printf("node%u says \"%s\" at %lld, not %lld", want->node,
			    want->text, (long long)said_ms, (long long)want->ms);
		if (want->seq != 0 && got->seq != want->seq)
			return g_strdup_printf("\"%s\" has number %llx", want->text,
			    (unsigned long long)got->seq);
	}
	for (guint i = 0; i < p->said->len; i++) {
		const struct said *s = g_ptr_array_index(p->said, i);
		if (s->ms >= from_ms && !taken[i])
			return g_strdup_printf("node%u says \"%s\" at %lld", s->node, s->text,
			    (long long)(s->ms - from_ms));
	}
	return NULL;
}

static inline void
pair_is_chart(const struct pair *p, int64_t from_ms, const struct line *chart, size_t count,
    bool mirrored)
{
	g_autofree char *wrong = pair_differs(p, from_ms, chart, count, mirrored);
	g_autofree char *all = pair_said_text(p);

	if (wrong != NULL)
		fail_msg("seed %u%s: %s\n%s", (unsigned)p->seed, mirrored ? " (mirrored)" : "",
		    wrong, all);
}

#define PAIR_CHART(p, from_ms, chart) \
	pair_is_chart(p, from_ms, chart, G_N_ELEMENTS(chart), false)
#define PAIR_SEEDS 12

/* Did node2 say it first? */
static inline bool
pair_second_first(const struct pair *p, const char *text)
{
	for (guint i = 0; i < p->said->len; i++) {
		const struct said *s = g_ptr_array_index(p->said, i);
		if (strcmp(s->text, text) == 0)
			return s->node == 2;
	}
	return false;
}

static inline bool
pair_said(const struct pair *p, int64_t from_ms, const char *text)
{
	for (guint i = 0; i < p->said->len; i++) {
		const struct said *s = g_ptr_array_index(p->said, i);
		if (s->ms >= from_ms && strcmp(s->text, text) == 0)
			return true;
	}
	return false;
}

static inline void
pair_holds(const struct pair *p, const char *expected)
{
	g_autoptr(GString) all = g_string_new(NULL);

	for (unsigned i = 0; i < 2; i++) {
		g_string_append_printf(all, "%snode%u:", i > 0 ? " " : "", i + 1);
		for (unsigned g = 0; g < p->conf[i]->group_count; g++) {
			if (p->running[i][g])
				g_string_append_printf(all, " %s", p->conf[i]->groups[g].key);
		}
	}
	if (strcmp(all->str, expected) != 0) {
		g_autofree char *said = pair_said_text(p);
		fail_msg("seed %u: \"%s\", not \"%s\"\n%s", (unsigned)p->seed, all->str, expected,
		    said);
	}
}

/* Both have started together and taken their own. Gives the time in ms. */
static inline int64_t
pair_both_up(struct pair *p)
{
	pair_boot(p, 0);
	pair_boot(p, 1);
	pair_run_until(p, 20000);
	pair_holds(p, "node1: rA node2: rB");
	return 20000;
}

#endif
