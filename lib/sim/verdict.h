/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a judged run came to. The first violation counts: what follows may follow from it.
 */
#ifndef HB_SIM_VERDICT_H
#define HB_SIM_VERDICT_H

#include <stdint.h>

/* The rules that can be broken; see doc/testing.md "Simulation". */
enum rule {
	RULE_NONE,
	RULE_SCENARIO,	/* the scenario itself cannot be played */
	RULE_TWO,	/* a resource ran on two nodes */
	RULE_ABSENT,	/* a group was without holder though a node could have taken it */
	RULE_STUCK,	/* a conversation did not end */
	RULE_UNASKED,	/* something moved without a reason */
	RULE_UNTRUE,	/* a node told something else than what runs there */
	RULE_REACH,	/* a client did not reach the holder */
	RULE_MESSAGE,	/* a message of a client was lost, doubled or overtaken */
	RULE_END,	/* in the end not all is well */
	RULE_TRACE,	/* two runs of one seed differ */
	RULE_COUNT
};

struct verdict {
	enum rule rule;
	char *violation;	/* NULL: none */
	uint64_t fingerprint;	/* of the trace */
	int64_t simulated_ms;
	uint64_t steps;
};

void verdict_blame(struct verdict *v, enum rule rule, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void verdict_clear(struct verdict *v);

/* "two" "absent" ... */
const char *rule_name(enum rule rule);

#endif
