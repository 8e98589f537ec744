/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The engine as the master sees it. The program that is started in the place of the engine is
 * this one: what it does stands in the text that would be the name of the node.
 */
#include "engine_process.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "privs.h"

#define PATIENCE_S 30

/* Doubles: here it stays who it is. */
int
privs_become_engine(const struct conf *c)
{
	return strcmp(c->coreroot, "/refuse") == 0 ? -EPERM : 0;
}

int
privs_engine_user(uint32_t *uid, uint32_t *gid)
{
	*uid = *gid = 0;
	return -ENOENT;
}

/* --- the double of the engine ---------------------------------------------------------------- */

static void
say(int channel, enum channel_type type, unsigned group, unsigned number)
{
	struct channel_record r = {.type = type, .group = group, .number = number};

	channel_send(channel, &r, NULL, 0, -1);
}

static int
double_take(int channel, const struct channel_record *r, const char *tail)
{
	static char name[32];
	static size_t texts;

	switch ((enum channel_type)r->type) {
	case CHANNEL_CONF:
		texts += r->tail_len;
		if (r->number != FILE_NODE_NAME)
			return -1;
		g_strlcpy(name, tail, sizeof(name));
		if (strcmp(name, "crash") != 0)
			return -1;
		/* START stays unread: its last words count all the same. */
		for (unsigned i = 1; i <= 3; i++)
			say(channel, CHANNEL_GROUP, i, HINT_RUNNING);
		raise(SIGKILL);
		return -1;
	case CHANNEL_START:
		say(channel, CHANNEL_GROUP, (unsigned)texts, (unsigned)tail[STORE_UUID_SIZE]);
		return -1;
	case CHANNEL_LEAVE:
		say(channel, CHANNEL_EXIT, 0, 0);
		return 7;
	default:
		return -1;
	}
}

static int
double_main(int channel)
{
	for (;;) {
		struct pollfd p = {.fd = channel, .events = POLLIN};
		struct channel_record r;
		g_autofree char *tail = NULL;
		int fd, code, result;

		poll(&p, 1, -1);
		result = channel_receive(channel, &r, &tail, &fd);
		if (result == -EPIPE)
			return 1;
		code = result == 0 ? double_take(channel, &r, tail) : -1;
		if (code >= 0)
			return code;
	}
}

/* --- the master's side ----------------------------------------------------------------------- */

struct bench {
	qb_loop_t *loop;
	struct engine_process *engine;
	struct conf conf;
	struct conf_group group;
	struct files files;
	struct sockets *sockets;
	enum group_hint hint;
	GString *story;
	bool gone;
};

static void
record(void *arg, const struct channel_record *r, const char *tail)
{
	struct bench *b = arg;
	const struct channel_record leave = {.type = CHANNEL_LEAVE};

	if (r->type == CHANNEL_GROUP)
		g_string_append_printf(b->story, "group %u hint %u; ", r->group, r->number);
	else if (r->type == CHANNEL_EXIT)
		g_string_append(b->story, "exit; ");
	else
		g_string_append_printf(b->story, "%s; ", tail);
	if (strcmp(b->files.node_name, "obey") == 0 && r->type == CHANNEL_GROUP)
		engine_process_send(b->engine, &leave, NULL, 0);
	if (strcmp(b->files.node_name, "kill") == 0)
		engine_process_kill(b->engine);
	if (strcmp(b->files.node_name, "obey") != 0 && r->type == CHANNEL_GROUP &&
	    strcmp(b->files.node_name, "crash") != 0)
		qb_loop_stop(b->loop);
}

static void
gone(void *arg, const char *how)
{
	struct bench *b = arg;

	b->gone = true;
	g_string_append(b->story, how);
	qb_loop_stop(b->loop);
}

static int
bench_new(void **state)
{
	struct bench *b = g_new0(struct bench, 1);
	g_autoptr(GPtrArray) faults = conf_faults_new();

	b->loop = qb_loop_create();
	b->story = g_string_new(NULL);
	b->conf.coreroot = (char *)"/nonexistent";
	b->conf.groups = &b->group;
	b->conf.group_count = 1;
	b->hint = HINT_AWAY;
	b->sockets = sockets_open(&b->conf, "ha.cf", NULL, faults);
	alarm(PATIENCE_S);
	*state = b;
	return 0;
}

static int
bench_free(void **state)
{
	struct bench *b = *state;

	engine_process_free(b->engine);
	sockets_free(b->sockets);
	qb_loop_destroy(b->loop);
	g_string_free(b->story, TRUE);
	g_free(b);
	return 0;
}

static void
start(struct bench *b, const char *name)
{
	const struct engine_owner owner = {record, gone, b};
	const struct engine_brief brief = {.conf = &b->conf,
	    .fifo = -1,
	    .files = &b->files,
	    .sockets = b->sockets,
	    .generation = 1,
	    .hints = &b->hint,
	    .record = -1};

	b->files.hacf = (char *)"12345";
	b->files.node_name = (char *)name;
	assert_int_equal(engine_process_start(b->loop, &brief, &owner, &b->engine), 0);
	qb_loop_run(b->loop);
}

/* Its texts and hints arrive whole, it is told to leave, and how it ended is known. */
static void
test_life(void **state)
{
	struct bench *b = *state;

	start(b, "obey");
	assert_string_equal(b->story->str, "group 9 hint 4; exit; exit code 7");
}

static void
test_last_words(void **state)
{
	struct bench *b = *state;

	start(b, "crash");
	assert_string_equal(b->story->str,
	    "group 1 hint 2; group 2 hint 2; group 3 hint 2; killed by signal 9 [Killed]");
}

/* Who cannot give up root must not be an engine. */
static void
test_refused(void **state)
{
	struct bench *b = *state;

	b->conf.coreroot = (char *)"/refuse";
	start(b, "obey");
	assert_string_equal(b->story->str,
	    "engine: cannot give up root: Operation not permitted; exit code 1");
}

/* We end it ourselves, also in the middle of its words: nobody is told that it died. */
static void
test_ended(void **state)
{
	struct bench *b = *state;

	start(b, "kill");
	assert_string_equal(b->story->str, "group 9 hint 4; ");
	engine_process_free(b->engine);
	start(b, "finish");
	engine_process_finish(b->engine);
	assert_string_equal(b->story->str, "group 9 hint 4; group 11 hint 4; ");
	engine_process_send(b->engine, &(struct channel_record){.type = CHANNEL_LEAVE}, NULL, 0);
	assert_false(b->gone);
}

int
main(int argc, char **argv)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, bench_new, bench_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_life),
	    CASE(test_last_words),
	    CASE(test_refused),
	    CASE(test_ended),
	};

	if (argc == 3 && strcmp(argv[1], ENGINE_ARGUMENT) == 0)
		return double_main((int)strtol(argv[2], NULL, 10));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
