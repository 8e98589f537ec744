/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A core in the hands of a fuzz target: it is fed with events, its clock is kept, and after
 * each step what it asks of the world is judged by claims that hold for any input whatever.
 */
#ifndef HB_TEST_FUZZ_CLUSTER_H
#define HB_TEST_FUZZ_CLUSTER_H

#include "core/core.h"
#include "fuzz.h"
#include "proto/msg.h"

/* No secret: a signature costs little then, and seal.c is about the others. */
#define CLUSTER_KEYS "auth 1\n1 crc\n2 sha1 secret\n"
#define CLUSTER_GENERATION 7

struct cluster_job {
	uint64_t job;
	int group; /* -1: an announcement or a client */
	unsigned resource;
	bool sets; /* the start of an address: one may be put back at any time */
	bool killed;
};

struct cluster {
	const struct conf *conf;
	struct core *core;
	struct actions *out; /* of the last step */
	struct moment now;
	GArray *jobs;	 /* struct cluster_job: not ended yet, oldest first */
	GArray *clients; /* uint32_t: connected */
	uint64_t job_last;
	uint64_t version;   /* of its facts, as its last status told them */
	bool over;	    /* ACTION_EXIT was given */
	uint64_t trace_sum; /* over all it said and did */
};

/* Started. hints: one a group, or NULL. */
void cluster_begin(struct cluster *k, const struct conf *conf, uint64_t seed,
    const enum group_hint *hints);
void cluster_end(struct cluster *k);

/* One event, now. */
void cluster_step(struct cluster *k, struct event e);
/* Only the clock moves. */
void cluster_sleep(struct cluster *k, int64_t ms);
/* A timer event at the next deadline, or that long behind it. */
void cluster_timer(struct cluster *k, int64_t late_ms);
/* Timers as they are due, for so long; at most so many. */
void cluster_run(struct cluster *k, int64_t ms, unsigned timers_max);

void cluster_packet(
    struct cluster *k, unsigned medium, const void *bytes, size_t len, int64_t age_ms);
/* Sign and send. Owns: takes m. */
void cluster_message(struct cluster *k, unsigned medium, struct msg *m, int64_t age_ms);

/* End the open job with that index, counted round. */
void cluster_child(struct cluster *k, unsigned index, enum agent_class agent,
    enum child_end end, int code, const char *output);
void cluster_client(struct cluster *k, uint32_t client, bool connected, const char *user,
    uint32_t uid, const char *group);
void cluster_request(struct cluster *k, uint32_t client, const void *bytes, size_t len);

#endif
