/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which packets count, and what a status changes. What is lost on the way: test_receive_lost.c. */
#include "core/receive.h"

#include <stdlib.h>

#include "core/node.h"
#include "core/view.h"
#include "one_peer.h"
#include "proto/envelope.h"
#include "proto/seal.h"

static uint64_t
all_drops(void)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < DROP_COUNT; i++)
		sum += f->c->drops[i];
	return sum;
}

/* -- the packets of tests/vectors -- */

/* What becomes of each hand-made one; DROP_COUNT: nothing is wrong with it. */
static const struct {
	int number;
	enum drop drop;
} verdicts[] = {
    {111, DROP_FORGED},
    {112, DROP_FORGED},
    {113, DROP_FORGED},
    {114, DROP_FORGED},
    {115, DROP_NO_KEY},
    {117, DROP_UNSIGNED},
    {118, DROP_FORGED},
    {119, DROP_BAD_FRAME},
    {120, DROP_BAD_FRAME},
    {121, DROP_BAD_FRAME},
    {123, DROP_UNSIGNED},
    {124, DROP_FORGED},
    {125, DROP_FORGED},
    {126, DROP_BAD_FRAME},
    {127, DROP_BAD_FRAME},
    {129, DROP_UNKNOWN_NODE},
    {130, DROP_UNKNOWN_NODE},
    {131, DROP_BAD_ENVELOPE},
    {132, DROP_BAD_ENVELOPE},
    {133, DROP_BAD_ENVELOPE},
    {138, DROP_REPLAY},
    {139, DROP_REPLAY},
    {141, DROP_BAD_TEXT},
};

static enum drop
verdict_of(int number)
{
	for (size_t i = 0; i < G_N_ELEMENTS(verdicts); i++) {
		if (verdicts[i].number == number)
			return verdicts[i].drop;
	}
	return DROP_COUNT;
}

static void
play_vector(const char *file, int number)
{
	g_autofree char *path = g_build_filename(TEST_SRCDIR, "vectors", file, NULL);
	g_autofree char *bytes = NULL;
	const struct node *n = &f->c->nodes[1];
	enum drop expected = verdict_of(number);
	uint64_t before[DROP_COUNT];
	uint64_t seq = n->status_seq;
	struct moment heard = n->heard_at, link = n->paths[0].heard;
	gsize len;

	assert_true(g_file_get_contents(path, &bytes, &len, NULL));
	memcpy(before, f->c->drops, sizeof(before));
	fixture_sleep(f, 10);
	fixture_receive_bytes(f, 0, bytes, len);
	for (unsigned d = 0; d < DROP_COUNT; d++) {
		if (f->c->drops[d] - before[d] != (d == expected ? 1U : 0U))
			fail_msg("%s: counter %s", file, drop_name(d));
	}
	bool used = n->status_seq > seq;
	bool alive = moment_before(heard, n->heard_at);
	bool linked = moment_before(link, n->paths[0].heard);
	/* A copy of the newest refreshes its link; an old one nothing at all. */
	bool state = number == 136 || number == 137;

	if (used != (expected == DROP_COUNT && !state) || alive != used)
		fail_msg("%s: used %d, alive %d", file, used, alive);
	if (linked != (used || number == 136))
		fail_msg("%s: link refreshed %d", file, linked);
}

static void
test_vectors_in_order(void **state)
{
	g_autofree char *path =
	    g_build_filename(TEST_SRCDIR, "vectors", "vectors.tsv", NULL);
	g_autofree char *text = NULL;
	unsigned played = 0;

	(void)state;
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		g_auto(GStrv) columns = g_strsplit(*line, "\t", 7);

		if (g_strv_length(columns) != 7 ||
		    !g_str_has_prefix(columns[6], "made by hand"))
			continue;
		/* 137 is 136's bytes again, "after a newer one". */
		if (atoi(columns[0]) == 137) {
			p.generation = f->c->nodes[1].generation;
			p.seq = f->c->nodes[1].inbox.last;
			peer_status(f, &p, NULL);
		}
		play_vector(columns[0], atoi(columns[0]));
		played++;
	}
	assert_true(played >= 35);
}

/* -- causes -- */

static void
status_with(const char *name, const char *value)
{
	struct msg *m = peer_status_message(f, &p);

	msg_set(m, name, value);
	fixture_receive(f, m);
}

static void
test_more_causes(void **state)
{
	(void)state;
	peer_status(f, &p, NULL);
	status_with("holds", "nonsense");
	assert_int_equal(f->c->drops[DROP_BAD_FACTS], 1);
	status_with("facts", "");
	assert_int_equal(f->c->drops[DROP_BAD_FACTS], 2);
	status_with("src", "node9");
	assert_int_equal(f->c->drops[DROP_UNKNOWN_NODE], 1);
	status_with("hg", "xyz");
	assert_int_equal(f->c->drops[DROP_BAD_ENVELOPE], 1);
	status_with("src", "node1");
	assert_int_equal(f->c->drops[DROP_TWIN], 1);
	assert_true(fixture_said(f, "another machine calls itself node1"));
	assert_int_equal(all_drops(), 5);
	for (unsigned i = 0; i < DROP_COUNT; i++) {
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(drop_name(i), drop_name(k));
	}
}

static void
test_a_name_is_logged_escaped(void **state)
{
	(void)state;
	status_with("src", "bad\nname\033[31m");
	assert_true(fixture_said(f, "bad\\x0aname\\x1b[31m"));
	assert_int_equal(fixture_times(f, "\033"), 0);
}

static void
test_said_once_a_minute(void **state)
{
	(void)state;
	fixture_forget(f);
	for (unsigned i = 0; i < 10; i++)
		fixture_receive_bytes(f, 0, "garbage", 7);
	assert_int_equal(fixture_times(f, "dropped: bad-frame"), 1);
	assert_int_equal(f->c->drops[DROP_BAD_FRAME], 10);
	/* Another cause is not hidden behind it. */
	status_with("src", "node9");
	assert_int_equal(fixture_times(f, "dropped: unknown-node"), 1);
	fixture_sleep(f, 59999);
	fixture_receive_bytes(f, 0, "garbage", 7);
	assert_int_equal(fixture_times(f, "dropped: bad-frame"), 1);
	fixture_sleep(f, 1);
	fixture_receive_bytes(f, 0, "garbage", 7);
	assert_int_equal(fixture_times(f, "dropped: bad-frame"), 2);
	assert_true(fixture_said(f, "(and 10 more like it)"));
}

static void
test_our_own_words_come_back(void **state)
{
	const struct action *a = fixture_action(f, ACTION_SEND, 0);
	g_autoptr(GBytes) bytes = g_bytes_ref(a->bytes);

	(void)state;
	fixture_receive_bytes(f, 0, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	assert_int_equal(all_drops(), 0);
	/* They need no cable for that. */
	assert_false(fixture_said(f, "Link node1:eth0 up."));
	assert_int_equal(f->c->medium_received[0], 0);
	status_with("src", "node2");
	fixture_receive_bytes(f, 0, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	assert_true(fixture_said(f, "Link node1:eth0 up."));
	assert_int_equal(f->c->medium_received[0], 1);
}

static void
test_every_length_of_a_good_packet(void **state)
{
	struct msg *m = peer_status_message(f, &p);
	g_autoptr(GByteArray) bytes = seal_close(&f->conf->keys, m, WIRE_NETSTRING, true);

	(void)state;
	msg_free(m);
	for (guint len = 0; len < bytes->len; len++) {
		g_autofree char *part = g_memdup2(bytes->data, len);
		fixture_receive_bytes(f, 0, part, len);
	}
	assert_int_equal(all_drops(), bytes->len);
	assert_false(f->c->nodes[1].heard);
	fixture_receive_bytes(f, 0, bytes->data, bytes->len);
	assert_true(f->c->nodes[1].heard);
}

/* -- generations -- */

static void
test_restart_forgets_the_old_life(void **state)
{
	g_autofree char *holds = claim_word(f, 0, "r:5");
	struct node *n = &f->c->nodes[1];

	(void)state;
	p.seq = 500;
	peer_status(f, &p, holds);
	assert_int_equal(n->facts.claims[0].state, CLAIM_RUNNING);
	p.generation++;
	p.seq = 0;
	p.version = 0;
	peer_status(f, &p, "");
	assert_true(fixture_said(f, "Heartbeat restart on node node2"));
	assert_int_equal(n->inbox.last, 1);
	assert_int_equal(n->status_seq, 1);
	assert_int_equal(n->facts.claims[0].state, CLAIM_IDLE);
	assert_int_equal(n->status, NODE_ACTIVE);
}

/* The first status of a life was lost: what comes before the next is no word of the life before. */
static void
test_words_of_a_later_life_wait_for_its_status(void **state)
{
	const uint64_t before = p.generation;
	struct node *n = &f->c->nodes[1];

	(void)state;
	p.seq = 30;
	peer_status(f, &p, NULL);
	p.generation++;
	p.seq = 1;
	fixture_receive(f, peer_message(f, &p, "shutdone"));
	p.seq = 32;
	fixture_receive(f, peer_message(f, &p, "shutdone"));
	assert_int_equal(n->generation, before);
	assert_int_equal(n->status, NODE_ACTIVE);
	assert_false(n->left);
	assert_int_equal(n->inbox.last, 31);
	/* Then they are asked for, from the first on. */
	p.seq = 33;
	peer_status(f, &p, NULL);
	assert_int_equal(n->generation, before + 1);
	assert_int_equal(n->inbox.missing->len, 32);
	assert_int_equal(g_array_index(n->inbox.missing, struct inbox_missing, 0).seq, 2);
}

/* A replay is no news, not even of who it is. */
static void
test_a_replay_tells_no_uuid(void **state)
{
	struct msg *m = msg_new("status");
	struct node *n = &f->c->nodes[1];
	uint8_t before[sizeof(n->uuid)];

	(void)state;
	peer_status(f, &p, NULL);
	assert_true(n->has_uuid);
	memcpy(before, n->uuid, sizeof(before));
	msg_add(m, "src", p.name);
	msg_add_binary(m, "srcuuid", "what it once had", sizeof(before));
	msg_add_hex(m, "seq", p.seq + 1);
	msg_add_hex(m, "hg", p.generation - 1);
	msg_add_hex(m, "ts", 1700000000);
	msg_add(m, "ttl", "3");
	fixture_receive(f, m);
	assert_int_equal(f->c->drops[DROP_REPLAY], 1);
	assert_memory_equal(n->uuid, before, sizeof(before));
}

/* Else the node itself, whose generations are lower, would be taken for a replay ever after. */
static void
test_a_generation_that_no_node_can_have(void **state)
{
	const uint64_t own = p.generation;

	(void)state;
	peer_status(f, &p, NULL);
	p.generation = GENERATION_MAX;
	peer_status(f, &p, NULL);
	assert_int_equal(f->c->drops[DROP_BAD_ENVELOPE], 1);
	assert_true(fixture_said(f, "bad-envelope: bad-generation"));
	assert_int_equal(f->c->nodes[1].generation, own);
	p.generation = own + 1;
	p.seq = 0;
	peer_status(f, &p, NULL);
	assert_int_equal(f->c->nodes[1].generation, own + 1);
	assert_int_equal(all_drops(), 1);
}

static void
test_a_dead_node_comes_back_by_a_newer_status_only(void **state)
{
	struct node *n = &f->c->nodes[1];
	struct msg *old, *older, *newest;

	(void)state;
	peer_status(f, &p, NULL);
	old = peer_status_message(f, &p);
	older = msg_copy(old);
	fixture_receive(f, old);
	old = peer_status_message(f, &p);
	newest = msg_copy(old);
	fixture_receive(f, old);
	fixture_pass(f, 10000);
	assert_int_equal(n->status, NODE_DEAD);
	/* It seeks us, and has not heard us yet: nothing odd. */
	fixture_receive(f, newest);
	assert_int_equal(n->status, NODE_DEAD);
	assert_int_equal(f->c->drops[DROP_REPLAY], 0);
	fixture_receive(f, older);
	assert_int_equal(n->status, NODE_DEAD);
	assert_int_equal(f->c->drops[DROP_REPLAY], 1);
	assert_false(n->paths[0].up);
	fixture_receive(f, peer_message(f, &p, "shutdone"));
	assert_false(n->left);
	peer_status(f, &p, NULL);
	assert_int_equal(n->status, NODE_ACTIVE);
	assert_true(fixture_said(f, "CRIT Cluster node node2 returning after partition."));
}

/* The disk of this node has lost a generation, or none higher was stored by a master before. */
static void
test_a_life_that_we_do_not_know_of(void **state)
{
	static const struct {
		uint64_t ahead;
		const char *more;	/* behind it in heard */
		bool renews;
	} cases[] = {
	    {1, ":1", true},
	    {1, ":1:past", true},
	    {0, ":ffffffff", true},
	    {0, ":ffffffff:past", true},
	    {0, ":1", false},
	    {GENERATION_MAX - 2 - OUR_GENERATION, ":1", true},
	    /* No generation could follow. */
	    {GENERATION_MAX - 1 - OUR_GENERATION, ":1", false},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct fixture *one = fixture_started(TWO_NODES, ONE_GROUP);
		struct peer peer = peer_new("node2");
		g_autofree char *heard = g_strdup_printf("node1:%" G_GINT64_MODIFIER "x%s",
		    OUR_GENERATION + cases[i].ahead, cases[i].more);

		peer.heard = heard;
		peer.leave = "2";
		peer_status(one, &peer, NULL);
		assert_int_equal(fixture_count(one, ACTION_RENEW), cases[i].renews ? 1 : 0);
		if (cases[i].renews) {
			assert_int_equal(fixture_action(one, ACTION_RENEW, 0)->generation,
			    OUR_GENERATION + cases[i].ahead);
			assert_true(fixture_said(one, "has heard a later life of ours"));
			/* That was the end of this engine, even if the other goes, too. */
			assert_int_equal(actions_get(one->out, actions_count(one->out) - 1)->type,
			    ACTION_RENEW);
			assert_int_equal(fixture_count(one, ACTION_SEND), 0);
			assert_true(moment_is_never(core_deadline(one->c)));
		}
		fixture_free(one);
	}
}

/* A peer that lies, or is out of its mind, costs one start, not one after the other. */
static void
test_a_life_that_we_do_not_know_of_once_more(void **state)
{
	struct fixture *one = fixture_new(TWO_NODES, ONE_GROUP, 1);
	struct peer peer = peer_new("node2");
	g_autofree char *later = g_strdup_printf("node1:%x:1", OUR_GENERATION + 1);
	g_autofree char *same = g_strdup_printf("node1:%x:ffffffff", OUR_GENERATION);
	const char *const words[] = {later, same};

	(void)state;
	one->renewed = true;
	fixture_start(one, HINT_STOPPED);
	for (unsigned i = 0; i < 2 * G_N_ELEMENTS(words); i++) {
		peer.heard = words[i % G_N_ELEMENTS(words)];
		peer_status(one, &peer, NULL);
		assert_int_equal(fixture_count(one, ACTION_RENEW), 0);
		assert_int_equal(one->c->drops[DROP_BAD_FACTS], i + 1);
		assert_false(view_is_heard_by(one->c, &one->c->nodes[1]));
		fixture_pass(one, 1000);
	}
	assert_int_equal(fixture_times(one, "has heard a still later life"), 1);
	assert_int_equal(one->c->nodes[1].status, NODE_ACTIVE);
	/* Once that can be no echo of the last time it counts. */
	peer.heard = NULL;
	for (unsigned ms = 0; ms <= RENEW_PAUSE_MS; ms += 1000) {
		peer_status(one, &peer, NULL);
		fixture_pass(one, 1000);
	}
	peer.heard = later;
	peer_status(one, &peer, NULL);
	assert_int_equal(fixture_count(one, ACTION_RENEW), 1);
	fixture_free(one);
}

static void
test_an_overtaken_status_is_not_believed(void **state)
{
	g_autofree char *holds = claim_word(f, 0, "r:5");
	struct node *n = &f->c->nodes[1];
	struct msg *late;

	(void)state;
	peer_status(f, &p, NULL);
	late = peer_status_message(f, &p);
	peer_status(f, &p, holds);
	assert_int_equal(n->facts.claims[0].state, CLAIM_RUNNING);
	fixture_receive(f, late);
	assert_int_equal(n->facts.claims[0].state, CLAIM_RUNNING);
	assert_int_equal(all_drops(), 0);
}

/* It lives, but does not say that it takes part. */
static void
test_an_unknown_status_word_is_a_sign_of_life(void **state)
{
	static const char *const words[] = {"dead", "", "standing by"};
	struct node *n = &f->c->nodes[1];

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		p.generation++;
		fixture_pass(f, 9000);
		status_with("st", words[i]);
		assert_int_equal(n->status, NODE_UP);
		assert_true(n->heard);
		assert_int_equal(n->heard_at.ns, f->now.ns);
		fixture_pass(f, 9000);
		assert_int_equal(n->status, NODE_UP);
		peer_status(f, &p, NULL);
		assert_int_equal(n->status, NODE_ACTIVE);
	}
}

/* A 3.0.6: it lives, and nothing is taken before it told what it holds. */
static void
test_without_facts(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct msg *m = peer_message(f, &p, "status");

		msg_add(m, "st", "active");
		msg_add(m, "dt", "2710");
		msg_add(m, "protocol", "1");
		fixture_receive(f, m);
	}
	assert_int_equal(f->c->nodes[1].status, NODE_ACTIVE);
	assert_int_equal(fixture_times(f, "node2 runs 3.0.6"), 1);
	assert_int_equal(f->c->self->facts.claims[0].state, CLAIM_IDLE);
	assert_int_equal(f->jobs->len, 0);
}

static void
test_drift_is_said_once(void **state)
{
	(void)state;
	p.digest = "12345678";
	peer_status(f, &p, NULL);
	peer_status(f, &p, NULL);
	assert_int_equal(fixture_times(f, "haresources differs"), 1);
	p.digest = NULL;
	peer_status(f, &p, NULL);
	p.digest = "12345678";
	peer_status(f, &p, NULL);
	assert_int_equal(fixture_times(f, "haresources differs"), 2);
}

/* A 3.0.6 takes them at once; who reads our log should know that we do not. */
static void
test_node_lists_are_refused_aloud(void **state)
{
	static const struct {
		const char *type, *list, *said;
	} cases[] = {
	    {"addnode", "node3 Node4", "WARN node node2 was told to add [node3 Node4], here nothing changes: "
		"add them to the node lines of ha.cf on all nodes, and reload\n"},
	    {"delnode", "node1 ", "WARN node node2 was told to delete [node1], here nothing changes: "
		"take them out of the node lines of ha.cf on all nodes, and reload\n"},
	    {"addnode", "a\nERROR", "WARN node node2 was told to add [a\\x0aERROR], "},
	    {"delnode", NULL, "WARN node node2 was told to delete [], "},
	};

	(void)state;
	peer_status(f, &p, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct msg *m = peer_message(f, &p, cases[i].type);

		if (cases[i].list != NULL)
			msg_add(m, "nodelist", cases[i].list);
		fixture_forget(f);
		fixture_receive(f, m);
		if (!fixture_said(f, cases[i].said))
			fail_msg("%s", f->said->str);
		assert_int_equal(fixture_count(f, ACTION_HOOK), 0);
	}
}

static void
test_addressed_to_another(void **state)
{
	struct msg *m;

	(void)state;
	peer_status(f, &p, NULL);
	m = peer_message(f, &p, "shutdone");
	msg_add(m, "dest", "node2");
	fixture_receive(f, m);
	assert_false(f->c->nodes[1].left);
	/* It counts in the sequence all the same. */
	assert_int_equal(f->c->nodes[1].inbox.last, p.seq);
	m = peer_message(f, &p, "shutdone");
	msg_add(m, "dest", "node1");
	fixture_receive(f, m);
	assert_true(f->c->nodes[1].left);
	/* What it says while it ends does not bring it back. */
	peer_status(f, &p, NULL);
	assert_true(f->c->nodes[1].left);
	assert_int_equal(f->c->nodes[1].status, NODE_DEAD);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_vectors_in_order),
	    TEST(test_more_causes),
	    TEST(test_a_name_is_logged_escaped),
	    TEST(test_said_once_a_minute),
	    TEST(test_our_own_words_come_back),
	    TEST(test_every_length_of_a_good_packet),
	    TEST(test_restart_forgets_the_old_life),
	    TEST(test_words_of_a_later_life_wait_for_its_status),
	    TEST(test_a_replay_tells_no_uuid),
	    TEST(test_a_generation_that_no_node_can_have),
	    TEST(test_a_dead_node_comes_back_by_a_newer_status_only),
	    TEST(test_a_life_that_we_do_not_know_of),
	    TEST(test_a_life_that_we_do_not_know_of_once_more),
	    TEST(test_an_overtaken_status_is_not_believed),
	    TEST(test_an_unknown_status_word_is_a_sign_of_life),
	    TEST(test_without_facts),
	    TEST(test_drift_is_said_once),
	    TEST(test_node_lists_are_refused_aloud),
	    TEST(test_addressed_to_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
