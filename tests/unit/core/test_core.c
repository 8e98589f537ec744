/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/core.h"

#include "base/prng.h"
#include "fixture.h"
#include "proto/request.h"
#include "proto/seal.h"

#define BUSY \
	THREE_NODES \
	"ping 10.0.0.254\nucast eth1 10.1.0.1\nserial /dev/ttyS0\n" \
	"respawn root /bin/one\napiauth ipfail uid=hacluster\n"
#define GROUPS "node1 IPaddr::10.0.0.9 httpd\nnode2 IPaddr::10.0.0.10\nnode3 db\n"
#define SOUP_STEPS 2500
#define SOUP_SEEDS 3

/* -- soup: anything that can happen, in any order -- */

struct soup {
	struct fixture *f;
	struct prng prng;
	struct peer peers[2];
};

static uint64_t
below(struct soup *s, uint64_t n)
{
	return prng_between(&s->prng, 0, n - 1);
}

static const char *
pick(struct soup *s, const char *const *words, size_t n)
{
	return words[below(s, n)];
}
#define PICK(s, words) pick(s, words, G_N_ELEMENTS(words))

static void
soup_noise(struct soup *s)
{
	unsigned char bytes[200];
	size_t len = below(s, sizeof(bytes));

	for (size_t i = 0; i < len; i++)
		bytes[i] = (unsigned char)below(s, 256);
	fixture_receive_bytes(
	    s->f, (unsigned)below(s, s->f->conf->media_count), bytes, len);
}

static char *
soup_holds(struct soup *s)
{
	GString *text = g_string_new(NULL);

	for (unsigned g = 0; g < s->f->conf->group_count; g++) {
		if (below(s, 3) == 0)
			continue;
		g_string_append_printf(text, "%s%s:%c:%x", text->len > 0 ? " " : "",
		    s->f->conf->groups[g].id, "-axplwsrogb?"[below(s, 12)],
		    (unsigned)below(s, 99));
		if (below(s, 2) == 0)
			g_string_append_printf(text, ":node%u", (unsigned)below(s, 5));
	}
	return g_string_free(text, FALSE);
}

/* Signed well, and anything may stand in it. */
static void
soup_message(struct soup *s)
{
	static const char *const types[] = {"status", "status", "status", "status",
	    "shutdone", "hb_takeover", "NS_rexmit", "NS_nak_rexmit", "NS_ackmsg",
	    "starting", "num_ping_nodes", "hbapi-clstat", "NS_st", "resource"};
	static const char *const names[] = {"st", "dt", "facts", "holds", "heard", "leave",
	    "orphan", "rsc_hold", "firstseq", "lastseq", "ackseq", "to_id", "dest", "conf",
	    "seq", "hg"};
	static const char *const values[] = {"", "0", "1", "2", "-1", "ff",
	    "ffffffffffffffff", "active", "up", "init", "dead", "all", "local", "node1",
	    "node2", "ipfail", "nonsense", "7", "64"};
	struct peer *p = &s->peers[below(s, 2)];
	g_autofree char *holds = soup_holds(s);
	const char *type = PICK(s, types);
	struct msg *m;

	if (below(s, 40) == 0) {
		p->generation++;
		p->seq = 0;
	}
	p->seq += below(s, 10) == 0 ? below(s, 400) : 0;
	p->version += below(s, 2);
	p->deaf = below(s, 4) == 0;
	p->holds = holds;
	p->leave = below(s, 20) == 0 ? "1" : below(s, 40) == 0 ? "2" : NULL;
	if (strcmp(type, "status") == 0)
		m = peer_status_message(s->f, p);
	else
		m = peer_message(s->f, p, type);
	p->holds = "";
	for (uint64_t i = below(s, 3); i > 0; i--)
		msg_set(m, PICK(s, names), PICK(s, values));
	g_autoptr(GByteArray) bytes =
	    seal_close(&s->f->conf->keys, m, (enum wire_form)below(s, 2), true);

	msg_free(m);
	if (below(s, 8) == 0)
		bytes->data[below(s, bytes->len)] ^= 1;
	fixture_receive_bytes(
	    s->f, (unsigned)below(s, s->f->conf->media_count), bytes->data, bytes->len);
}

static void
soup_child(struct soup *s)
{
	static const char *const outputs[] = {
	    "", "running", "stopped", "not running", "OK"};
	enum child_end end =
	    (enum child_end)(below(s, 3) == 0 ? below(s, CHILD_END_COUNT) : 0);
	int code = below(s, 3) == 0 ? (int)below(s, 256) : 0;
	struct event e = {.type = EVENT_CHILD};

	if (below(s, 4) != 0) {
		fixture_end(s->f, (enum agent_class)below(s, AGENT_NONE + 1), end, code,
		    PICK(s, outputs));
		return;
	}
	e.u.child = (struct event_child){(OUR_GENERATION << 24) + below(s, 50),
	    (enum agent_class)below(s, AGENT_NONE + 1), end, code, NULL};
	fixture_step(s->f, e);
}

static void
soup_client(struct soup *s)
{
	static const char *const types[] = {"status", "standby", "takeover", "retry",
	    "subscribe", "signon", "message", "message", "nothing"};
	static const char *const names[] = {
	    "set", "name", "type", "dest", "group", "x_seq", "x_abc"};
	static const char *const values[] = {"all", "local", "foreign", "failback",
	    "ipfail", "abc", "node2", "", "IPaddr::10.0.0.9", "nonsense"};
	struct event e = {.type = EVENT_CLIENT};
	uint32_t client = (uint32_t)below(s, 4);

	if (below(s, 4) == 0) {
		e.u.client = (struct event_client){
		    client, below(s, 2) == 0, 0, 0, "hacluster", NULL};
		fixture_step(s->f, e);
		return;
	}
	AUTO_MSG struct msg *m = msg_new(PICK(s, types));

	for (uint64_t i = below(s, 4); i > 0; i--)
		msg_add(m, PICK(s, names), PICK(s, values));
	g_autoptr(GByteArray) bytes = request_encode(m);

	if (below(s, 8) == 0)
		bytes->data[below(s, bytes->len)] ^= (guint8)(1 + below(s, 255));
	e = (struct event){.type = EVENT_REQUEST};
	e.u.request = (struct event_request){client, bytes->data, bytes->len};
	fixture_step(s->f, e);
}

static void
soup_time(struct soup *s)
{
	switch (below(s, 8)) {
	case 0:
		fixture_sleep(s->f, (int64_t)below(s, 20000));
		fixture_step(s->f, (struct event){.type = EVENT_TIMER});
		break;
	case 1:
		fixture_pass(s->f, (int64_t)below(s, 20000));
		break;
	default:
		fixture_pass(s->f, (int64_t)below(s, 500));
		break;
	}
}

static void
soup_address(struct soup *s)
{
	struct event e = {.type = EVENT_ADDRESS};
	unsigned group = (unsigned)below(s, s->f->conf->group_count);

	e.u.address = (struct event_address){
	    group, (unsigned)below(s, s->f->conf->groups[group].resource_count),
	    (enum address_state)below(s, ADDRESS_STATE_COUNT), below(s, 2) == 0, "eth0 is down"};
	fixture_step(s->f, e);
}

static void
soup_step(struct soup *s)
{
	struct event e = {.type = EVENT_MEDIUM};

	switch (below(s, 12)) {
	case 0:
		soup_noise(s);
		break;
	case 1:
	case 2:
		soup_client(s);
		break;
	case 3:
	case 4:
		soup_child(s);
		break;
	case 5:
		e.u.medium = (struct event_medium){
		    (unsigned)below(s, s->f->conf->media_count), below(s, 2) == 0, below(s, 2) == 0, NULL};
		fixture_step(s->f, e);
		break;
	case 6:
		soup_address(s);
		break;
	case 7:
		soup_time(s);
		break;
	default:
		soup_message(s);
		break;
	}
}

static struct fixture *
soup(uint64_t seed, unsigned steps)
{
	struct soup s = {.f = fixture_new(BUSY, GROUPS, seed)};

	prng_seed(&s.prng, seed);
	s.peers[0] = peer_new("node2");
	s.peers[1] = peer_new("node3");
	fixture_start(s.f, (enum group_hint)below(&s, HINT_COUNT));
	for (unsigned i = 0; i < steps; i++)
		soup_step(&s);
	fixture_step(
	    s.f, (struct event){.type = below(&s, 2) == 0 ? EVENT_LEAVE : EVENT_ORPHANED});
	for (unsigned i = 0; i < 200; i++)
		soup_step(&s);
	return s.f;
}

static void
test_soup_trips_no_assertion(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SOUP_SEEDS; seed++) {
		struct fixture *f = soup(seed, SOUP_STEPS);
		unsigned found = 0;

		/* The soup was not thin: it came to all of this. */
		static const char *const marks[] = {"> run", "> reply", "-> active",
		    "is dead", "-> starting", "-> stopping", "dropped: forged",
		    "dropped: replay"};
		for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
			found += strstr(f->log->str, marks[i]) != NULL ? 1 : 0;
		assert_int_equal(found, G_N_ELEMENTS(marks));
		fixture_free(f);
	}
}

static void
test_same_events_same_actions_and_trace(void **state)
{
	struct fixture *a = soup(42, 1500), *b = soup(42, 1500), *other = soup(43, 1500);

	(void)state;
	assert_true(a->log->len > 10000);
	assert_int_equal(a->log->len, b->log->len);
	assert_memory_equal(a->log->str, b->log->str, a->log->len);
	assert_string_not_equal(a->log->str, other->log->str);
	fixture_free(a);
	fixture_free(b);
	fixture_free(other);
}

/* -- time -- */

static void
test_nothing_is_awaited_before_the_start(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, ONE_GROUP, 1);

	(void)state;
	assert_true(moment_is_never(core_deadline(f->c)));
	fixture_free(f);
}

static void
test_after_a_timer_the_deadline_lies_ahead(void **state)
{
	struct fixture *f = fixture_started(BUSY, GROUPS);

	(void)state;
	for (unsigned i = 0; i < 500; i++) {
		assert_false(moment_is_never(core_deadline(f->c)));
		f->now = moment_max(f->now, core_deadline(f->c));
		fixture_step(f, (struct event){.type = EVENT_TIMER});
		assert_true(moment_before(f->now, core_deadline(f->c)));
		if (i % 7 == 0)
			fixture_end_all(f);
	}
	fixture_free(f);
}

/* A timer that comes too early, or twice, does no harm. */
static void
test_a_timer_too_early(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct moment due = core_deadline(f->c);

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		fixture_sleep(f, i);
		fixture_step(f, (struct event){.type = EVENT_TIMER});
		assert_int_equal(actions_count(f->out), 0);
		assert_int_equal(core_deadline(f->c).ns, due.ns);
	}
	fixture_free(f);
}

static void
test_a_beat_each_keepalive(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, "node1 httpd\n");

	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		assert_int_equal(
		    moment_since(core_deadline(f->c), f->now).ns, f->conf->keepalive.ns);
		f->now = core_deadline(f->c);
		fixture_step(f, (struct event){.type = EVENT_TIMER});
		assert_int_equal(fixture_count(f, ACTION_SEND), 1);
	}
	fixture_free(f);
}

/* -- media -- */

static void
test_medium_down_is_said_once(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct event e = {.type = EVENT_MEDIUM};

	(void)state;
	e.u.medium = (struct event_medium){.reason = "Network is unreachable"};
	for (unsigned i = 0; i < 3; i++)
		fixture_step(f, e);
	assert_int_equal(fixture_times(f, "ERROR write failure on ucast eth0"), 1);
	assert_true(fixture_said(f, "Network is unreachable"));
	assert_true(f->c->medium_failing[0]);
	/* Now and then is not yet again. */
	for (unsigned i = 0; i < 6; i++) {
		e.u.medium.up = i % 2 == 0;
		fixture_step(f, e);
		assert_int_equal(f->c->medium_failing[0], !e.u.medium.up);
		fixture_pass(f, 900);
	}
	e.u.medium = (struct event_medium){.up = true, .reason = "9 failed attempts"};
	for (unsigned i = 0; i < 3; i++)
		fixture_step(f, e);
	fixture_pass(f, 999);
	assert_int_equal(fixture_times(f, "down -> up"), 0);
	assert_true(f->c->medium_down[0]);
	fixture_pass(f, 1);
	assert_int_equal(fixture_times(f, "down -> up (sending works again: 9 failed attempts)"), 1);
	assert_int_equal(fixture_times(f, "write failure"), 1);
	assert_false(f->c->medium_down[0]);
	fixture_free(f);
}

/* A medium that was opened anew is used at once. */
static void
test_medium_opened_anew(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct event e = {.type = EVENT_MEDIUM, .u.medium = {.up = true}};

	(void)state;
	fixture_step(f, e);
	assert_non_null(fixture_action(f, ACTION_SEND, 0));
	e.u.medium.up = false;
	fixture_step(f, e);
	assert_null(fixture_action(f, ACTION_SEND, 0));
	fixture_step(f, e);
	assert_non_null(fixture_action(f, ACTION_SEND, 0));
	fixture_free(f);
}

/* Nobody can be called silent as long as no path is there; initdead begins with the first. */
static void
test_no_path_is_there(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES "ucast eth1 10.0.1.2\n", ONE_GROUP, 1);
	struct event e = {.type = EVENT_MEDIUM, .u.medium = {.missing = true, .reason = "there is no eth0"}};

	(void)state;
	fixture_start(f, HINT_STOPPED);
	fixture_step(f, e);
	assert_false(fixture_said(f, "None of the paths"));
	e.u.medium.medium = 1;
	fixture_step(f, e);
	assert_true(fixture_said(f, "None of the paths to other nodes that ha.cf names is there: waiting"));
	fixture_pass(f, 3600 * 1000);
	assert_int_equal(f->c->self->status, NODE_UP);
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_IDLE);
	/* There, though nothing can be sent yet. */
	e.u.medium.missing = false;
	fixture_step(f, e);
	assert_true(fixture_said(f, "a path to other nodes is there"));
	fixture_pass(f, 29000);
	assert_int_equal(f->c->self->status, NODE_UP);
	fixture_pass(f, 2000);
	assert_int_equal(f->c->self->status, NODE_ACTIVE);
	fixture_free(f);
}

static void
test_jobs_of_an_earlier_engine(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct event e = {.type = EVENT_CHILD};

	(void)state;
	fixture_pass(f, 30000);
	assert_int_equal(f->jobs->len, 1);
	uint64_t job = g_array_index(f->jobs, struct open_job, 0).job;

	/* Numbers of generation 7 lie above all of generation 6. */
	assert_int_equal(job >> 24, OUR_GENERATION);
	e.u.child = (struct event_child){
	    job - (UINT64_C(1) << 24), AGENT_NATIVE, CHILD_EXITED, 0, ""};
	fixture_step(f, e);
	assert_int_equal(f->c->groups[0].job, job);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_nothing_is_awaited_before_the_start),
	    cmocka_unit_test(test_after_a_timer_the_deadline_lies_ahead),
	    cmocka_unit_test(test_a_timer_too_early),
	    cmocka_unit_test(test_a_beat_each_keepalive),
	    cmocka_unit_test(test_medium_down_is_said_once),
	    cmocka_unit_test(test_medium_opened_anew),
	    cmocka_unit_test(test_no_path_is_there),
	    cmocka_unit_test(test_jobs_of_an_earlier_engine),
	    cmocka_unit_test(test_same_events_same_actions_and_trace),
	    cmocka_unit_test(test_soup_trips_no_assertion),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
