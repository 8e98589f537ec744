/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a status costs the core, from the datagram to the end of the step: one of ours, and one of a
 * 3.0.6 (with the second signature inside that it adds). Two nodes, two groups, both at rest.
 *
 *   packet [ROUNDS]     each kind so many times, by turns; the median of 25 blocks
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/core.h"
#include "proto/msg.h"
#include "proto/seal.h"

#define BLOCKS 25

static const char hacf[] =
    "logfacility none\nkeepalive 1\ndeadtime 10\ninitdead 30\nauto_failback on\n"
    "ucast eth0 10.0.0.1\nnode node1 node2\n";

struct bench {
	struct conf *conf;
	struct core *core;
	struct actions *actions;
	struct moment now;
	uint64_t seq, version;
	bool old;
};

static void
quiet(void *arg, enum trace_level level, const char *line)
{
	(void)arg;
	(void)level;
	(void)line;
}

static void
step(struct bench *b, struct event e)
{
	e.now = b->now;
	e.wall_s = 1700000000;
	actions_clear(b->actions);
	core_step(b->core, &e, b->actions);
}

static struct msg *
message(struct bench *b, const char *type)
{
	struct msg *m = msg_new(type);

	msg_add(m, "src", "node2");
	msg_add_binary(m, "srcuuid", "uuid of another2", 16);
	msg_add_hex(m, "seq", ++b->seq);
	msg_add_hex(m, "hg", 1700000000);
	msg_add_hex(m, "ts", 1700000000);
	msg_add(m, "ld", "0.24 0.17 0.09 5/114 22");
	msg_add(m, "ttl", "3");
	return m;
}

static GByteArray *
status(struct bench *b)
{
	struct msg *m = message(b, "status");

	msg_add(m, "st", "active");
	msg_add(m, "dt", "2710");
	msg_add(m, "protocol", "1");
	if (b->old) {
		msg_add(m, "auth", "1 c9722cb8000b1e38e7ac534cc28f64a861ca2bdc");
	} else {
		msg_add(m, "have", "1");
		msg_add_hex(m, "facts", b->version);
		msg_add(m, "conf", b->conf->digest);
		msg_add_format(m, "holds", "%s:r:1", b->conf->groups[1].id);
		msg_add(m, "heard", "node1:7:1");
	}
	GByteArray *bytes = seal_close(&b->conf->keys, m, WIRE_NETSTRING, true);

	msg_free(m);
	return bytes;
}

static void
receive(struct bench *b, const GByteArray *bytes)
{
	struct event e = {.type = EVENT_PACKET};

	e.u.packet = (struct event_packet){0, "10.0.0.2", bytes->data, bytes->len, b->now};
	step(b, e);
}

static struct bench *
bench_new(bool old)
{
	struct bench *b = g_new0(struct bench, 1);
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf_text text = {
	    .hacf_path = "ha.cf",
	    .hacf = hacf,
	    .haresources_path = "haresources",
	    .haresources = "node1 IPaddr::10.0.0.9\nnode2 IPaddr::10.0.0.10\n",
	    .authkeys_path = "authkeys",
	    .authkeys = "auth 1\n1 sha1 secret\n",
	    .authkeys_mode = 0600,
	    .authkeys_owner_ok = true,
	    .node_name = "node1",
	};
	enum group_hint hints[] = {HINT_RUNNING, HINT_STOPPED};
	struct event e = {.type = EVENT_START};

	b->conf = conf_parse(&text, faults);
	b->core = core_new(b->conf, 1, (struct trace){quiet, NULL});
	b->actions = actions_new();
	b->now = (struct moment){INT64_C(5000000000000)};
	b->version = 1;
	b->old = old;
	e.u.start.generation = 7;
	e.u.start.hints = hints;
	step(b, e);
	g_autoptr(GByteArray) first = status(b);
	receive(b, first);
	if (old) {
		struct msg *m = message(b, "resource");

		msg_add(m, "rsc_hold", "local");
		msg_add(m, "rtype", "full");
		msg_add(m, "isstable", "1");
		g_autoptr(GByteArray) bytes = seal_close(&b->conf->keys, m, WIRE_NETSTRING, true);
		msg_free(m);
		receive(b, bytes);
	}
	return b;
}

static void
bench_free(struct bench *b)
{
	core_free(b->core);
	actions_free(b->actions);
	conf_free(b->conf);
	g_free(b);
}

static int64_t
processor_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Nanoseconds a packet; making them does not count. */
static double
block(struct bench *b, unsigned rounds)
{
	g_autoptr(GPtrArray) packets =
	    g_ptr_array_new_with_free_func((GDestroyNotify)g_byte_array_unref);

	for (unsigned i = 0; i < rounds; i++)
		g_ptr_array_add(packets, status(b));
	int64_t began = processor_ns();

	for (unsigned i = 0; i < rounds; i++)
		receive(b, g_ptr_array_index(packets, i));
	return (double)(processor_ns() - began) / rounds;
}

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

int
main(int argc, char **argv)
{
	unsigned rounds = argc > 1 ? (unsigned)atoi(argv[1]) : 2000;
	struct bench *ours = bench_new(false), *old = bench_new(true);
	double time_ours[BLOCKS], time_old[BLOCKS];

	for (unsigned i = 0; i < BLOCKS; i++) {
		time_ours[i] = block(ours, rounds);
		time_old[i] = block(old, rounds);
	}
	qsort(time_ours, BLOCKS, sizeof(double), compare);
	qsort(time_old, BLOCKS, sizeof(double), compare);
	printf("a status of ours %.1f us, of a 3.0.6 %.1f us: ratio %.2f (median of %d blocks of %u)\n",
	    time_ours[BLOCKS / 2] / 1000, time_old[BLOCKS / 2] / 1000,
	    time_old[BLOCKS / 2] / time_ours[BLOCKS / 2], BLOCKS, rounds);
	bench_free(ours);
	bench_free(old);
	return 0;
}
