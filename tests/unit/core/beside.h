/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One node of ours, node1, beside 3.0.6, node2, for the tests of the dialect. A test with another
 * ha.cf defines BESIDE_HACF before this.
 */
#ifndef HB_TEST_CORE_BESIDE_H
#define HB_TEST_CORE_BESIDE_H

#include "core/dialect_state.h"
#include "fixture.h"

#ifndef BESIDE_HACF
#define BESIDE_HACF TWO_NODES
#endif

static struct fixture *f;
static struct peer p;

static inline int
setup(void **state)
{
	(void)state;
	f = fixture_started(BESIDE_HACF, BOTH_GROUPS);
	p = peer_new("node2");
	fixture_end_all(f);
	return 0;
}

static inline int
teardown(void **state)
{
	(void)state;
	fixture_free(f);
	return 0;
}

static inline enum claim_state
ours(unsigned group)
{
	return f->c->groups[group].claim->state;
}

static inline enum claim_state
theirs(unsigned group)
{
	return f->c->nodes[1].facts.claims[group].state;
}

static inline enum talk
talk(void)
{
	return f->c->nodes[1].dialect.talk;
}

/* hb_standby */
static inline void
standby(const char *set)
{
	fixture_connect(f, 1, 0, "root", "root");
	msg_free(fixture_ask(f, 1, "standby", "set", set, NULL));
}

/* We see it start, so that all it runs is what it says. */
static inline void
starts(void)
{
	p.st = "up";
	peer_old_status(f, &p);
	p.st = "active";
	peer_old_status(f, &p);
}

/* Both run their own, and each knows it of the other. */
static inline void
both_run(void)
{
	starts();
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0");
	fixture_end_all(f);
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	fixture_expect_old_words(f, "resource rsc_hold=local isstable=1");
	assert_int_equal(ours(0), CLAIM_RUNNING);
	assert_int_equal(ours(1), CLAIM_IDLE);
}

/* We have stopped our own for it, and it is to start it. */
static inline void
we_gave(void)
{
	both_run();
	standby("local");
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=other");
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	assert_int_equal(talk(), TALK_GIVEN);
}

/* Time passes; gives how often we said what we hold. */
static inline unsigned
quiet(int64_t ms)
{
	unsigned said = 0;

	for (; ms > 0; ms -= 100) {
		/* What is read is of the last step, if there was none since that is this one. */
		peer_old_status(f, &p);
		fixture_pass(f, 100);
		g_autofree char *words = fixture_old_words(f);
		said += strstr(words, "resource rsc_hold") != NULL ? 1 : 0;
	}
	return said;
}

#endif
