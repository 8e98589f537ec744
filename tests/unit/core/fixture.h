/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A core in a test's hands: made from three texts, fed with events, asked what it said and
 * what it wants done. Nothing is replaced: these are the real configuration, keys and
 * messages.
 */
#ifndef HB_TEST_CORE_FIXTURE_H
#define HB_TEST_CORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/record.h"
#include "core/state.h"
#include "proto/msg.h"

/* Two nodes, one link; times far apart so that nothing coincides. */
#define TWO_NODES \
	"logfacility none\nkeepalive 1\nwarntime 5\ndeadtime 10\ninitdead 30\n" \
	"auto_failback on\nucast eth0 10.0.0.1\nnode node1 node2\n"
#define THREE_NODES TWO_NODES "node node3\n"
#define ONE_GROUP "node1 IPaddr::10.0.0.9 httpd\n"
/* What the hand-made packets of tests/vectors are signed for. */
#define VECTOR_KEYS "auth 1\n1 sha1 secret\n2 md5 second-key\n3 crc\n"
#define BOTH_GROUPS "node1 IPaddr::10.0.0.9\nnode2 IPaddr::10.0.0.10\n"
#define OUR_GENERATION 7

struct open_job {
	uint64_t job;
	enum resource_op op;
	unsigned group, resource;
};

struct fixture {
	struct conf *conf;
	struct core *c;
	struct actions *out; /* of the last step */
	GString *said;	     /* "LEVEL line\n" since fixture_forget() */
	GString *log;	     /* actions and lines of its whole life */
	GArray *jobs; /* struct open_job: resource operations not ended yet, oldest first */
	struct moment now, began;
	struct record_writer *writer; /* NULL: nothing is recorded */
	GByteArray *record;	      /* its flight record */
	struct twin *twin; /* saved and loaded at each step, it must go on alike */
	unsigned steps;
	bool renewed; /* of the START */
	bool keeps_probes; /* the test answers them; else each is answered at once: by nobody */
};

/* A core before its start. The test fails if the configuration is refused. */
struct fixture *fixture_new(const char *hacf, const char *haresources, uint64_t seed);
void fixture_free(struct fixture *f);

/* Before the start: record it from now on, as made of these. */
void fixture_record(
    struct fixture *f, const char *hacf, const char *haresources, uint64_t seed, size_t size);

/* A record_sink into a GByteArray. */
bool fixture_piece(void *record, uint64_t at, const void *bytes, size_t len);

/* EVENT_START at time 0; hint for every group. */
void fixture_start(struct fixture *f, enum group_hint hint);
/* New and started, nothing known of any group to run. */
struct fixture *fixture_started(const char *hacf, const char *haresources);

/* One event, now; the actions of the one before are gone. */
void fixture_step(struct fixture *f, struct event e);
/* Let time pass, with a timer event at each deadline on the way; at the end of it none is
 * due. */
void fixture_pass(struct fixture *f, int64_t ms);
/* Only move the clock: the core is not called. */
void fixture_sleep(struct fixture *f, int64_t ms);
int64_t fixture_ms(const struct fixture *f);

/* End the oldest open job; its text is "start 0/1": operation, group, resource. */
const char *fixture_end(struct fixture *f, enum agent_class agent, enum child_end end,
    int code, const char *output);
/* End all jobs as if every program did well and nothing ran before; as many as that takes.
 */
void fixture_end_all(struct fixture *f);

/* What was said or done. */
bool fixture_said(const struct fixture *f, const char *part);
unsigned fixture_times(const struct fixture *f, const char *part);
void fixture_forget(struct fixture *f);
unsigned fixture_count(const struct fixture *f, enum action_type type);
const struct action *fixture_action(
    const struct fixture *f, enum action_type type, unsigned nth);
/* The nth message of a type among those sent in the last step by medium 0; NULL: none. */
struct msg *fixture_sent(const struct fixture *f, const char *type, unsigned nth);

/* -- another node, played by hand -- */

struct peer {
	const char *name, *st, *holds;
	uint64_t generation, seq, version, dt;
	bool deaf;		    /* has not seen our facts */
	const char *heard;	    /* instead of our life and the version that it is in */
	const char *leave, *digest; /* digest NULL: ours */
};

struct peer peer_new(const char *name);
/* A message with the fields of the envelope; the next number unless it is NS_. */
struct msg *peer_message(struct fixture *f, struct peer *p, const char *type);
/* Its status with its facts, having seen all of ours. */
struct msg *peer_status_message(struct fixture *f, struct peer *p);
/* It has all that we sent: none of it is kept for long. */
void peer_acknowledge(struct fixture *f, struct peer *p);
/* A status of a 3.0.6, received. */
void peer_old_status(struct fixture *f, struct peer *p);
/* A word of a 3.0.6, received: "resource rsc_hold=local rtype=full isstable=1". */
void peer_old_says(struct fixture *f, struct peer *p, const char *words);
/*
 * What the last step said in that dialect, one message after the other: "starting; resource
 * rsc_hold=none isstable=0". Owns: the caller's.
 */
char *fixture_old_words(const struct fixture *f);
/* They are these. */
void fixture_expect_old_words(const struct fixture *f, const char *expected);
/* Send it to the core, signed with our key. Owns: takes m. */
void fixture_receive(struct fixture *f, struct msg *m);
void fixture_receive_bytes(
    struct fixture *f, unsigned medium, const void *bytes, size_t len);
/* peer_status_message() received; holds NULL: as before. */
void peer_status(struct fixture *f, struct peer *p, const char *holds);

/* Its stand on the first two groups, as "r:1"; NULL: none. */
void peer_holds(struct fixture *f, struct peer *p, const char *first, const char *second);
/* Of BOTH_GROUPS the first runs here, the second on node2, and all is told. */
struct fixture *fixture_both_running(const char *hacf, struct peer *p);

/* "ID:LETTER:EPOCH[:TARGET]" of a group by index. Owns: the caller's. */
char *claim_word(const struct fixture *f, unsigned group, const char *rest);

/* -- clients -- */

void fixture_connect(
    struct fixture *f, uint32_t client, uint32_t uid, const char *user, const char *group);
/* A request; pairs of names and values, NULL-ended. The reply, or NULL. Owns: the caller's.
 */
struct msg *fixture_ask(struct fixture *f, uint32_t client, const char *type, ...)
    __attribute__((sentinel));
/* The reply to that is "ok", if part is NULL, or an error with this in its text. Owns: takes reply. */
void fixture_answers(struct msg *reply, const char *part);
/* The nth message for a client in the last step, or NULL. Owns: the caller's. */
struct msg *fixture_told(const struct fixture *f, uint32_t client, unsigned nth);

#endif
