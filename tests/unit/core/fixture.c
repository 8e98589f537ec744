/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include "proto/request.h"
#include "proto/seal.h"
#include "sim/twin.h"

/* Tests change a core between its steps, so each step has a twin of its own; that costs much, and
 * later steps of long tests bring nothing new. */
#define TWIN_EVERY 1
#define TWIN_STEPS 300

static void
hear(void *arg, enum trace_level level, const char *line)
{
	struct fixture *f = arg;

	g_string_append_printf(f->said, "%s %s\n", trace_level_name(level), line);
	g_string_append_printf(f->log, "%s %s\n", trace_level_name(level), line);
}

struct fixture *
fixture_new(const char *hacf, const char *haresources, uint64_t seed)
{
	struct fixture *f = g_new0(struct fixture, 1);
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf_text text = {
	    .hacf_path = "ha.cf",
	    .hacf = hacf,
	    .haresources_path = "haresources",
	    .haresources = haresources,
	    .authkeys_path = "authkeys",
	    .authkeys = VECTOR_KEYS,
	    .authkeys_mode = 0600,
	    .authkeys_owner_ok = true,
	    .node_name = "node1",
	};

	f->conf = conf_parse(&text, faults);
	for (unsigned i = 0; f->conf == NULL && i < faults->len; i++) {
		g_autofree char *line = fault_text(g_ptr_array_index(faults, i));
		print_error("%s\n", line);
	}
	assert_non_null(f->conf);
	f->said = g_string_new(NULL);
	f->log = g_string_new(NULL);
	f->jobs = g_array_new(FALSE, FALSE, sizeof(struct open_job));
	f->out = actions_new();
	f->began = f->now = (struct moment){INT64_C(5000000000000)};
	f->twin = twin_new(f->conf, TWIN_EVERY);
	f->c = core_new(f->conf, seed, twin_trace(f->twin, (struct trace){hear, f}));
	return f;
}

void
fixture_free(struct fixture *f)
{
	core_free(f->c);
	twin_free(f->twin);
	record_writer_free(f->writer);
	g_clear_pointer(&f->record, g_byte_array_unref);
	conf_free(f->conf);
	actions_free(f->out);
	g_array_unref(f->jobs);
	g_string_free(f->said, TRUE);
	g_string_free(f->log, TRUE);
	g_free(f);
}

bool
fixture_piece(void *arg, uint64_t at, const void *bytes, size_t len)
{
	GByteArray *record = arg;

	if (at + len > record->len)
		g_byte_array_set_size(record, (guint)(at + len));
	memcpy(record->data + at, bytes, len);
	return true;
}

void
fixture_record(
    struct fixture *f, const char *hacf, const char *haresources, uint64_t seed, size_t size)
{
	const struct record_place place = {.size = size};
	const struct record_header h = {"1.2.3", "node1", hacf, haresources, seed};

	f->record = g_byte_array_new();
	f->writer = record_writer_new(&h, f->conf, &place, fixture_piece, f->record);
	f->c->trace = record_writer_trace(f->writer, f->c->trace);
}

void
fixture_start(struct fixture *f, enum group_hint hint)
{
	enum group_hint hints[16];
	struct event e = {.type = EVENT_START};

	for (unsigned i = 0; i < G_N_ELEMENTS(hints); i++)
		hints[i] = hint;
	assert_true(f->conf->group_count <= G_N_ELEMENTS(hints));
	e.u.start.generation = OUR_GENERATION;
	memcpy(e.u.start.uuid, "uuid of node1...", 16);
	e.u.start.hints = hints;
	e.u.start.renewed = f->renewed;
	fixture_step(f, e);
}

struct fixture *
fixture_started(const char *hacf, const char *haresources)
{
	struct fixture *f = fixture_new(hacf, haresources, 1);

	fixture_start(f, HINT_STOPPED);
	return f;
}

static void
note_action(struct fixture *f, const struct action *a)
{
	g_autofree char *text = action_text(a);

	g_string_append_printf(f->log, "> %s\n", text);
	if (a->bytes != NULL) {
		g_autofree char *sum =
		    g_compute_checksum_for_bytes(G_CHECKSUM_MD5, a->bytes);
		g_string_append_printf(f->log, ">   %s\n", sum);
	}
	if (a->type == ACTION_RUN && a->op != OP_ANNOUNCE &&
	    (a->op != OP_PROBE || f->keeps_probes)) {
		struct open_job j = {a->job, a->op, a->group, a->resource};
		g_array_append_val(f->jobs, j);
	}
}

static void
step(struct fixture *f, struct event e, struct actions *out)
{
	e.now = f->now;
	e.wall_s = 1700000000 + f->now.ns / 1000000000;
	struct twin *twin = f->steps++ < TWIN_STEPS ? f->twin : NULL;
	g_autofree char *difference = twin_step(twin, f->writer, f->c, &e, out);

	if (difference != NULL)
		fail_msg("%s", difference);
	for (size_t i = 0; i < actions_count(out); i++)
		note_action(f, actions_get(out, i));
}

/* Nobody else has the address; what follows from that is done in the same step. */
static void
answer_probe(struct fixture *f, uint64_t job)
{
	struct event e = {.type = EVENT_CHILD};
	struct actions *more = actions_new();

	e.u.child = (struct event_child){job, AGENT_NATIVE, CHILD_EXITED, 0, ""};
	step(f, e, more);
	for (size_t i = 0; i < actions_count(more); i++) {
		const struct action *from = actions_get(more, i);
		struct action *to = actions_add(f->out, from->type);

		*to = *from;
		to->bytes = from->bytes != NULL ? g_bytes_ref(from->bytes) : NULL;
		to->reason = g_strdup(from->reason);
	}
	actions_free(more);
}

void
fixture_step(struct fixture *f, struct event e)
{
	actions_clear(f->out);
	step(f, e, f->out);
	for (size_t i = 0; i < actions_count(f->out); i++) {
		const struct action *a = actions_get(f->out, i);

		if (a->type == ACTION_RUN && a->op == OP_PROBE && !f->keeps_probes)
			answer_probe(f, a->job);
	}
}

void
fixture_pass(struct fixture *f, int64_t ms)
{
	struct moment end = moment_add(f->now, span_from_ms(ms));

	while (!moment_before(end, core_deadline(f->c))) {
		f->now = moment_max(f->now, core_deadline(f->c));
		fixture_step(f, (struct event){.type = EVENT_TIMER});
	}
	f->now = end;
}

void
fixture_sleep(struct fixture *f, int64_t ms)
{
	f->now = moment_add(f->now, span_from_ms(ms));
}

int64_t
fixture_ms(const struct fixture *f)
{
	return span_ms(moment_since(f->now, f->began));
}

const char *
fixture_end(struct fixture *f, enum agent_class agent, enum child_end end, int code,
    const char *output)
{
	static char text[64];
	struct event e = {.type = EVENT_CHILD};

	if (f->jobs->len == 0)
		return "none";
	struct open_job j = g_array_index(f->jobs, struct open_job, 0);

	g_array_remove_index(f->jobs, 0);
	g_snprintf(
	    text, sizeof(text), "%s %u/%u", resource_op_name(j.op), j.group, j.resource);
	e.u.child = (struct event_child){j.job, agent, end, code, output};
	fixture_step(f, e);
	return text;
}

void
fixture_end_all(struct fixture *f)
{
	while (f->jobs->len > 0)
		fixture_end(f, AGENT_HEARTBEAT, CHILD_EXITED, 0, "stopped");
}

bool
fixture_said(const struct fixture *f, const char *part)
{
	return strstr(f->said->str, part) != NULL;
}

unsigned
fixture_times(const struct fixture *f, const char *part)
{
	unsigned count = 0;

	for (const char *at = f->said->str; (at = strstr(at, part)) != NULL;
	     at += strlen(part))
		count++;
	return count;
}

void
fixture_forget(struct fixture *f)
{
	g_string_truncate(f->said, 0);
}

const struct action *
fixture_action(const struct fixture *f, enum action_type type, unsigned nth)
{
	for (size_t i = 0; i < actions_count(f->out); i++) {
		const struct action *a = actions_get(f->out, i);

		if (a->type == type && nth-- == 0)
			return a;
	}
	return NULL;
}

unsigned
fixture_count(const struct fixture *f, enum action_type type)
{
	unsigned count = 0;

	while (fixture_action(f, type, count) != NULL)
		count++;
	return count;
}

struct msg *
fixture_sent(const struct fixture *f, const char *type, unsigned nth)
{
	const struct action *a;

	for (unsigned i = 0; (a = fixture_action(f, ACTION_SEND, i)) != NULL; i++) {
		struct msg *m;
		size_t len;
		const void *bytes = g_bytes_get_data(a->bytes, &len);

		if (a->medium != 0)
			continue;
		assert_int_equal(seal_open(&f->conf->keys, bytes, len, &m), SEAL_OK);
		if (strcmp(msg_type(m), type) == 0 && nth-- == 0)
			return m;
		msg_free(m);
	}
	return NULL;
}

/* -- another node -- */

struct peer
peer_new(const char *name)
{
	return (struct peer){.name = name,
	    .st = "active",
	    .holds = "",
	    .generation = 100,
	    .version = 1,
	    .dt = 10000};
}

struct msg *
peer_message(struct fixture *f, struct peer *p, const char *type)
{
	struct msg *m = msg_new(type);
	char uuid[16] = "uuid of another";

	(void)f;
	uuid[15] = p->name[strlen(p->name) - 1];
	msg_add(m, "src", p->name);
	msg_add_binary(m, "srcuuid", uuid, 16);
	if (!g_str_has_prefix(type, "NS_"))
		msg_add_hex(m, "seq", ++p->seq);
	msg_add_hex(m, "hg", p->generation);
	msg_add_hex(m, "ts", 1700000000);
	msg_add(m, "ttl", "3");
	return m;
}

struct msg *
peer_status_message(struct fixture *f, struct peer *p)
{
	struct msg *m = peer_message(f, p, "status");
	g_autofree char *heard = p->heard != NULL ? g_strdup(p->heard)
	    : p->deaf		     ? g_strdup("")
				     : g_strdup_printf("node1:%x:%" G_GINT64_MODIFIER "x",
					   OUR_GENERATION, f->c->self->facts.version);

	msg_add(m, "st", p->st);
	msg_add_hex(m, "dt", p->dt);
	msg_add(m, "protocol", "1");
	msg_add(m, "have", "1");
	msg_add_hex(m, "facts", p->version);
	msg_add(m, "conf", p->digest != NULL ? p->digest : f->conf->digest);
	msg_add(m, "holds", p->holds);
	msg_add(m, "heard", heard);
	if (p->leave != NULL)
		msg_add(m, "leave", p->leave);
	return m;
}

void
peer_acknowledge(struct fixture *f, struct peer *p)
{
	struct msg *m = peer_message(f, p, "NS_ackmsg");

	msg_add(m, "dest", "node1");
	msg_add_hex(m, "ackseq", f->c->outbox.last);
	fixture_receive(f, m);
}

void
peer_old_status(struct fixture *f, struct peer *p)
{
	struct msg *m = peer_message(f, p, "status");

	msg_add(m, "st", p->st);
	msg_add_hex(m, "dt", p->dt);
	msg_add(m, "protocol", "1");
	fixture_receive(f, m);
}

void
peer_old_says(struct fixture *f, struct peer *p, const char *words)
{
	g_auto(GStrv) each = g_strsplit(words, " ", -1);
	struct msg *m = peer_message(f, p, each[0]);

	for (unsigned i = 1; each[i] != NULL; i++) {
		g_auto(GStrv) pair = g_strsplit(each[i], "=", 2);

		msg_add(m, pair[0], pair[1]);
	}
	fixture_receive(f, m);
}

char *
fixture_old_words(const struct fixture *f)
{
	static const char *const fields[] = {"dest", "rsc_hold", "isstable", "info", "ipaddr", "weown",
	    "nodelist", NULL};
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < actions_count(f->out); i++) {
		const struct action *a = actions_get(f->out, i);
		struct msg *m = NULL;

		if (a->type != ACTION_SEND || a->medium != 0 ||
		    seal_open(&f->conf->keys, g_bytes_get_data(a->bytes, NULL),
			g_bytes_get_size(a->bytes), &m) != SEAL_OK)
			continue;
		if (strcmp(msg_type(m), "status") != 0 && !g_str_has_prefix(msg_type(m), "NS_")) {
			g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", msg_type(m));
			for (unsigned k = 0; fields[k] != NULL; k++) {
				if (msg_get(m, fields[k]) != NULL)
					g_string_append_printf(
					    text, " %s=%s", fields[k], msg_get(m, fields[k]));
			}
		}
		msg_free(m);
	}
	return g_string_free(text, FALSE);
}

void
fixture_expect_old_words(const struct fixture *f, const char *expected)
{
	g_autofree char *words = fixture_old_words(f);

	assert_string_equal(words, expected);
}

void
fixture_receive_bytes(struct fixture *f, unsigned medium, const void *bytes, size_t len)
{
	struct event e = {.type = EVENT_PACKET};

	e.u.packet = (struct event_packet){medium, "10.0.0.2", bytes, len, f->now};
	fixture_step(f, e);
}

void
fixture_receive(struct fixture *f, struct msg *m)
{
	g_autoptr(GByteArray) bytes = seal_close(&f->conf->keys, m, WIRE_NETSTRING, true);

	msg_free(m);
	fixture_receive_bytes(f, 0, bytes->data, bytes->len);
}

void
peer_status(struct fixture *f, struct peer *p, const char *holds)
{
	if (holds != NULL && strcmp(holds, p->holds) != 0)
		p->version++;
	if (holds != NULL)
		p->holds = holds;
	fixture_receive(f, peer_status_message(f, p));
}

char *
claim_word(const struct fixture *f, unsigned group, const char *rest)
{
	return g_strdup_printf("%s:%s", f->conf->groups[group].id, rest);
}

void
peer_holds(struct fixture *f, struct peer *p, const char *first, const char *second)
{
	g_autofree char *a = first != NULL ? claim_word(f, 0, first) : g_strdup("");
	g_autofree char *b = second != NULL ? claim_word(f, 1, second) : g_strdup("");
	g_autofree char *all = g_strdup_printf("%s %s", a, b);

	peer_status(f, p, g_intern_string(all));
}

struct fixture *
fixture_both_running(const char *hacf, struct peer *p)
{
	struct fixture *f = fixture_started(hacf, BOTH_GROUPS);

	*p = peer_new("node2");
	peer_holds(f, p, NULL, "r:1");
	peer_status(f, p, NULL);
	fixture_end_all(f);
	peer_status(f, p, NULL);
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_RUNNING);
	assert_int_equal(f->c->groups[1].claim->state, CLAIM_IDLE);
	return f;
}

/* -- clients -- */

void
fixture_connect(
    struct fixture *f, uint32_t client, uint32_t uid, const char *user, const char *group)
{
	const char *groups[] = {group, NULL};
	struct event e = {.type = EVENT_CLIENT};

	e.u.client = (struct event_client){client, true, uid, uid, user, groups};
	fixture_step(f, e);
}

struct msg *
fixture_told(const struct fixture *f, uint32_t client, unsigned nth)
{
	const struct action *a;

	for (unsigned i = 0; (a = fixture_action(f, ACTION_REPLY, i)) != NULL; i++) {
		size_t len;
		const void *bytes = g_bytes_get_data(a->bytes, &len);

		if (a->client == client && nth-- == 0)
			return request_decode(bytes, len);
	}
	return NULL;
}

struct msg *
fixture_ask(struct fixture *f, uint32_t client, const char *type, ...)
{
	struct event e = {.type = EVENT_REQUEST};
	AUTO_MSG struct msg *m = msg_new(type);
	const char *name;
	va_list args;

	va_start(args, type);
	while ((name = va_arg(args, const char *)) != NULL)
		msg_add(m, name, va_arg(args, const char *));
	va_end(args);
	g_autoptr(GByteArray) bytes = request_encode(m);

	e.u.request = (struct event_request){client, bytes->data, bytes->len};
	fixture_step(f, e);
	for (unsigned i = 0;; i++) {
		struct msg *told = fixture_told(f, client, i);

		if (told == NULL || strcmp(msg_type(told), "reply") == 0)
			return told;
		msg_free(told);
	}
}

void
fixture_answers(struct msg *reply, const char *part)
{
	assert_non_null(reply);
	assert_string_equal(msg_get(reply, "result"), part == NULL ? "ok" : "error");
	if (part != NULL && strstr(msg_get(reply, "text"), part) == NULL)
		fail_msg("'%s', not '%s'", msg_get(reply, "text"), part);
	msg_free(reply);
}
