/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The runner with doubles for what it runs: a resource "sh" is a shell with its argument, "IPaddr" an
 * address, "gone" a script that nobody has.
 */
#include "runner.h"

#include <errno.h>
#include <glib.h>
#include <pwd.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "address.h"
#include "announce.h"
#include "keep/announcements.h"
#include "picture.h"
#include "script.h"

#define PATIENCE_S 30

static unsigned announced;	/* frames of the announcer seen by the double */
static bool held_up;	/* in the kernel: KILL does not reach anybody */

int
kill(pid_t pid, int signo)
{
	return signo == SIGKILL && held_up ? 0 : (int)syscall(SYS_kill, pid, signo);
}

int
address_perform(const char *script, char *const *args, enum resource_op op, GString *output)
{
	(void)script;
	(void)args;
	g_string_assign(output, "as told");
	return op == OP_STATUS ? 7 : 0;
}

int
address_status(const char *script, char *const *args, GString *output)
{
	return address_perform(script, args, OP_STATUS, output);
}

static struct address_memory remembered = {.interface = "eth9"};
static unsigned told;	/* starts and stops that picture_performed() was told of */

int
address_start(
    const char *script, char *const *args, const struct address_memory *memory, GString *output)
{
	assert_ptr_equal(memory, &remembered);
	return address_perform(script, args, OP_START, output);
}

const struct address_memory *
picture_memory(const struct picture *p, unsigned group, unsigned resource)
{
	(void)p;
	(void)group;
	(void)resource;
	return &remembered;
}

void
picture_performed(struct picture *p, unsigned group, unsigned resource, enum resource_op op)
{
	(void)p;
	(void)group;
	(void)resource;
	(void)op;
	told++;
}

struct address_world *
address_world_new(void)
{
	static char here;

	return (struct address_world *)(void *)&here;
}

void
address_world_free(struct address_world *w)
{
	(void)w;
}

const struct netlink_link *
address_here(const struct address_world *w, const struct address_words *words)
{
	static const struct netlink_link link = {.flags = IFF_UP | IFF_RUNNING};

	(void)w;
	(void)words;
	return &link;
}

unsigned
announce_forms(int family)
{
	(void)family;
	return 2;
}

int
announce_send(struct announce_sockets *s, const struct netlink_link *link, int family,
    const unsigned char *ip, unsigned form)
{
	(void)s;
	(void)link;
	(void)family;
	(void)ip;
	(void)form;
	announced++;
	return 0;
}

void
announce_sockets_close(struct announce_sockets *s)
{
	(void)s;
}

int
address_probe(const struct address_world *w, struct announce_sockets *sockets, const char *script,
    char *const *args, GString *output)
{
	(void)w;
	(void)sockets;
	(void)script;
	(void)args;
	(void)output;
	return 0;
}

int
script_resolve(const struct conf *c, const struct conf_resource *r, enum resource_op op,
    struct script_call *out, char **why)
{
	(void)c;
	(void)op;
	*out = (struct script_call){.agent = AGENT_HEARTBEAT};
	if (strcmp(r->script, "gone") == 0) {
		*why = g_strdup("looked everywhere");
		return -ENOENT;
	}
	*why = NULL;
	if (strcmp(r->script, "IPaddr") == 0) {
		out->agent = AGENT_NATIVE;
		return 0;
	}
	out->argv = g_new0(char *, 4);
	out->argv[0] = g_strdup("/bin/sh");
	out->argv[1] = g_strdup("-c");
	out->argv[2] = g_strdup(r->args[0]);
	out->environment = script_environment(c);
	return 0;
}

char *
script_unit(const struct script_call *call)
{
	(void)call;
	return NULL;
}

void
script_call_clear(struct script_call *call)
{
	g_strfreev(call->argv);
	g_strfreev(call->environment);
}

void
script_check(const struct conf *c, const char *haresources_path, GPtrArray *faults)
{
	(void)c;
	(void)haresources_path;
	(void)faults;
}

char **
script_environment(const struct conf *c)
{
	const char *const environment[] = {"PATH=/usr/bin:/bin", "HA_NICEFAILBACK=yes", NULL};

	(void)c;
	return g_strdupv((char **)environment);
}

struct bench {
	qb_loop_t *loop;
	struct runner *runner;
	struct conf conf;
	struct conf_group groups[2];
	struct conf_resource resources[2];
	struct conf_client clients[2];
	char *args[2][2];
	unsigned awaited;
	GString *story;	/* "job:end:code:output" of each report, a blank between them */
};

static void
done(void *arg, uint64_t job, enum agent_class agent, enum child_end end, int code,
    const char *output)
{
	struct bench *b = arg;

	(void)agent;
	g_string_append_printf(b->story, "%s%u:%s:%d:%s", b->story->len > 0 ? " " : "",
	    (unsigned)job, child_end_name(end), code, output);
	if (b->awaited > 0 && --b->awaited == 0)
		qb_loop_stop(b->loop);
}

static void
set_resource(struct bench *b, unsigned group, const char *script, const char *arg)
{
	b->args[group][0] = (char *)arg;
	b->resources[group] = (struct conf_resource){
	    .text = (char *)script, .script = (char *)script, .args = b->args[group]};
}

static int
bench_new(void **state)
{
	struct bench *b = g_new0(struct bench, 1);

	b->loop = qb_loop_create();
	b->story = g_string_new(NULL);
	for (unsigned i = 0; i < 2; i++) {
		b->groups[i].key = i == 0 ? "web" : "db";
		b->groups[i].resources = &b->resources[i];
		b->groups[i].resource_count = 1;
		set_resource(b, i, "sh", "exit 0");
	}
	b->conf.groups = b->groups;
	b->conf.group_count = 2;
	b->conf.clients = b->clients;
	b->runner = runner_new(b->loop, &b->conf, done, b);
	announced = 0;
	alarm(PATIENCE_S);
	*state = b;
	return 0;
}

static int
bench_free(void **state)
{
	struct bench *b = *state;

	runner_free(b->runner);
	qb_loop_destroy(b->loop);
	g_string_free(b->story, TRUE);
	g_free(b);
	return 0;
}

static void
await(struct bench *b, unsigned reports)
{
	b->awaited = reports;
	qb_loop_run(b->loop);
}

static void
test_programs(void **state)
{
	struct bench *b = *state;
	const struct span limit = span_from_ms(60000);

	set_resource(b, 0, "sh", "printf 'is running'; exit 4");
	assert_int_equal(runner_run(b->runner, 1, OP_STATUS, 0, 0, limit), 0);
	assert_true(runner_group_busy(b->runner, 0));
	assert_false(runner_group_busy(b->runner, 1));
	await(b, 1);
	assert_string_equal(b->story->str, "1:exited:4:is running");
	assert_false(runner_group_busy(b->runner, 0));
}

static void
test_asks_for_nonsense(void **state)
{
	struct bench *b = *state;
	const struct span limit = span_from_ms(0);

	assert_int_equal(runner_run(b->runner, 1, OP_START, 2, 0, limit), -EINVAL);
	assert_int_equal(runner_run(b->runner, 1, OP_START, 0, 1, limit), -EINVAL);
	assert_int_equal(runner_client_start(b->runner, 1, 0), -EINVAL);
	runner_kill(b->runner, 99);
	assert_string_equal(b->story->str, "");
}

static void
test_timeout_and_kill(void **state)
{
	struct bench *b = *state;

	set_resource(b, 0, "sh", "exec sleep 1000");
	set_resource(b, 1, "sh", "exec sleep 1000");
	assert_int_equal(runner_run(b->runner, 1, OP_STOP, 0, 0, span_from_ms(50)), 0);
	await(b, 1);
	assert_int_equal(runner_run(b->runner, 2, OP_STOP, 1, 0, span_from_ms(0)), 0);
	runner_kill(b->runner, 2);
	await(b, 1);
	assert_non_null(strstr(b->story->str, "1:timed out:15:"));
	assert_non_null(strstr(b->story->str, "2:killed:15:"));
}

static void
test_missing_script(void **state)
{
	struct bench *b = *state;

	set_resource(b, 0, "gone", NULL);
	assert_int_equal(runner_run(b->runner, 1, OP_START, 0, 0, span_from_ms(0)), 0);
	assert_string_equal(b->story->str, "1:not found:0:looked everywhere");
}

static void
stop_loop(void *data)
{
	qb_loop_stop(data);
}

static void
pass(struct bench *b, int64_t ms)
{
	qb_loop_timer_handle ignored;

	qb_loop_timer_add(
	    b->loop, QB_LOOP_LOW, (uint64_t)span_from_ms(ms).ns, b->loop, stop_loop, &ignored);
	qb_loop_run(b->loop);
}

static void
test_address_is_announced_again(void **state)
{
	struct bench *b = *state;
	g_autofree char *why = NULL;

	set_resource(b, 0, "IPaddr", "10.9.9.9");
	assert_int_equal(runner_run(b->runner, 1, OP_STATUS, 0, 0, span_from_ms(0)), 0);
	assert_int_equal(runner_run(b->runner, 2, OP_START, 0, 0, span_from_ms(0)), 0);
	assert_string_equal(b->story->str, "1:exited:7:as told 2:exited:0:as told");
	/* At once, in both forms. */
	assert_int_equal(announced, 2);
	assert_false(runner_quiet(b->runner, &why));
	assert_string_equal(why, "the announcement of an address");
	while (announced < 2 * ANNOUNCE_ROUNDS)
		pass(b, ANNOUNCE_ROUND_MS);
	pass(b, 3 * ANNOUNCE_ROUND_MS);
	assert_int_equal(announced, 2 * ANNOUNCE_ROUNDS);
	g_clear_pointer(&why, g_free);
	assert_true(runner_quiet(b->runner, &why));
	/* When ordered, too. */
	assert_int_equal(runner_run(b->runner, 3, OP_ANNOUNCE, 0, 0, span_from_ms(0)), 0);
	assert_int_equal(announced, 2 * ANNOUNCE_ROUNDS + 2);
	assert_non_null(strstr(b->story->str, " 3:exited:0:"));
}

static void
test_stop_ends_announcements(void **state)
{
	struct bench *b = *state;

	set_resource(b, 0, "IPaddr", "10.9.9.9");
	assert_int_equal(runner_run(b->runner, 1, OP_START, 0, 0, span_from_ms(0)), 0);
	assert_int_equal(runner_run(b->runner, 2, OP_STOP, 0, 0, span_from_ms(0)), 0);
	assert_int_equal(announced, 2);
	pass(b, 2 * ANNOUNCE_ROUND_MS);
	assert_int_equal(announced, 2);
}

/* What runs is refreshed, whoever started it; an upgrade does not wait for that. */
static void
test_what_runs_is_refreshed(void **state)
{
	struct bench *b = *state;
	g_autofree char *why = NULL;

	set_resource(b, 0, "IPaddr", "10.9.9.9");
	runner_hold(b->runner, 0);
	b->resources[0].kind = RESOURCE_SCRIPT;
	runner_hold(b->runner, 0);
	b->resources[0].kind = RESOURCE_ADDRESS;
	b->conf.announce = span_from_ms(20);
	runner_renew(b->runner, &b->conf);
	assert_int_equal(announced, 0);
	while (announced < 6)
		pass(b, 20);
	assert_true(runner_quiet(b->runner, &why));
	assert_int_equal(runner_run(b->runner, 1, OP_STOP, 0, 0, span_from_ms(0)), 0);
	announced = 0;
	pass(b, 100);
	assert_int_equal(announced, 0);
	runner_hold(b->runner, 0);
	b->conf.announce = span_from_ms(0);
	runner_renew(b->runner, &b->conf);
	pass(b, 100);
	assert_int_equal(announced, 0);
}

static void
test_a_start_knows_what_the_picture_remembers(void **state)
{
	struct bench *b = *state;

	told = 0;
	runner_watch(b->runner, (struct picture *)(void *)b);
	set_resource(b, 0, "IPaddr", "10.9.9.9");
	/* address_start() asserts what it is given. */
	assert_int_equal(runner_run(b->runner, 1, OP_START, 0, 0, span_from_ms(0)), 0);
	assert_int_equal(runner_run(b->runner, 2, OP_STOP, 0, 0, span_from_ms(0)), 0);
	assert_int_equal(told, 2);
	/* One that did not succeed changes nothing. */
	assert_int_equal(runner_run(b->runner, 3, OP_STATUS, 0, 0, span_from_ms(0)), 0);
	assert_int_equal(told, 2);
}

/* The stop that a dead engine began must end before its successor's start begins. */
static void
test_engines_do_not_overlap(void **state)
{
	struct bench *b = *state;
	g_autofree char *dir = g_dir_make_tmp("hb-test-XXXXXX", NULL);
	g_autofree char *flag = g_build_filename(dir, "flag", NULL);
	g_autofree char *old = g_strdup_printf("while [ ! -e %s ]; do sleep 0.01; done; rm %s", flag,
	    flag);
	g_autofree char *new = g_strdup_printf("[ ! -e %s ] && echo alone", flag);

	set_resource(b, 0, "sh", old);
	assert_int_equal(runner_run(b->runner, 1, OP_STOP, 0, 0, span_from_ms(0)), 0);
	assert_true(runner_group_busy(b->runner, 0));
	runner_renew(b->runner, &b->conf);
	assert_true(runner_group_busy(b->runner, 0));
	set_resource(b, 0, "sh", new);
	/* The same number, which is another job now. */
	assert_int_equal(runner_run(b->runner, 1, OP_START, 0, 0, span_from_ms(0)), 0);
	/* Another group does not wait. */
	set_resource(b, 1, "sh", "echo other");
	assert_int_equal(runner_run(b->runner, 2, OP_START, 1, 0, span_from_ms(0)), 0);
	await(b, 1);
	assert_string_equal(b->story->str, "2:exited:0:other\n");
	assert_true(g_file_set_contents(flag, "", 0, NULL));
	await(b, 1);
	assert_string_equal(b->story->str, "2:exited:0:other\n 1:exited:0:alone\n");
	rmdir(dir);
}

/* Somebody else has it: an address does not wait until a script of an older engine has ended. */
static void
test_an_address_goes_beside_an_older_engine(void **state)
{
	struct bench *b = *state;

	set_resource(b, 0, "sh", "exec sleep 1000");
	assert_int_equal(runner_run(b->runner, 1, OP_STOP, 0, 0, span_from_ms(100)), 0);
	runner_renew(b->runner, &b->conf);
	set_resource(b, 0, "IPaddr", "10.9.9.9");
	assert_int_equal(runner_run(b->runner, 2, OP_STOP, 0, 0, span_from_ms(0)), 0);
	assert_string_equal(b->story->str, "2:exited:0:as told");
	/* Its start waits, and a stop behind that. */
	assert_int_equal(runner_run(b->runner, 3, OP_START, 0, 0, span_from_ms(0)), 0);
	assert_int_equal(runner_run(b->runner, 4, OP_STOP, 0, 0, span_from_ms(0)), 0);
	assert_string_equal(b->story->str, "2:exited:0:as told");
	await(b, 2);
	assert_string_equal(b->story->str, "2:exited:0:as told 3:exited:0:as told 4:exited:0:as told");
}

static void
test_wish_of_a_dead_engine(void **state)
{
	struct bench *b = *state;

	set_resource(b, 0, "sh", "exec sleep 1000");
	assert_int_equal(runner_run(b->runner, 1, OP_STOP, 0, 0, span_from_ms(100)), 0);
	runner_renew(b->runner, &b->conf);
	assert_int_equal(runner_run(b->runner, 2, OP_START, 0, 0, span_from_ms(0)), 0);
	/* It waits, and is withdrawn: by its engine, and with it. */
	assert_int_equal(runner_run(b->runner, 3, OP_START, 0, 0, span_from_ms(0)), 0);
	runner_kill(b->runner, 3);
	assert_string_equal(b->story->str, "3:killed:0:");
	runner_renew(b->runner, &b->conf);
	set_resource(b, 0, "sh", "echo third");
	assert_int_equal(runner_run(b->runner, 4, OP_START, 0, 0, span_from_ms(0)), 0);
	await(b, 1);
	assert_string_equal(b->story->str, "3:killed:0: 4:exited:0:third\n");
}

static void
test_clients(void **state)
{
	struct bench *b = *state;
	const struct passwd *me = getpwuid(getuid());

	assert_non_null(me);
	b->clients[0] = (struct conf_client){
	    .user = me->pw_name, .command = "/bin/sleep 1000", .line = 3};
	b->conf.client_count = 1;
	assert_false(runner_client_stop_last(b->runner));
	assert_int_equal(runner_client_start(b->runner, 1, 0), 0);
	assert_int_equal(runner_client_start(b->runner, 2, 0), -EALREADY);
	/* The next engine takes it over: its end is told under the new number. */
	runner_renew(b->runner, &b->conf);
	assert_int_equal(runner_client_start(b->runner, 9, 0), 0);
	assert_int_equal(runner_client_start(b->runner, 10, 0), -EALREADY);
	assert_true(runner_client_stop_last(b->runner));
	await(b, 1);
	assert_string_equal(b->story->str, "9:killed:15:");
	assert_false(runner_client_stop_last(b->runner));
}

/* Whoever counts them waits until there are not two any more. */
static void
test_a_line_that_goes_takes_its_client(void **state)
{
	struct bench *b = *state;
	g_autofree char *dir = g_dir_make_tmp("hb-runner-XXXXXX", NULL);
	g_autofree char *file = g_build_filename(dir, "pids", NULL);
	g_autofree char *command =
	    g_strdup_printf("/bin/sh -c 'echo $$ >> %s; exec sleep 1000'", file);
	g_autofree char *count = g_strdup_printf(
	    "n=2; while [ $n = 2 ]; do n=0; for p in $(cat %s); do"
	    " if kill -0 $p 2> /dev/null; then n=$((n + 1)); fi; done; sleep 0.01; done; echo $n", file);
	g_autofree char *both =
	    g_strdup_printf("until [ \"$(cat %s 2> /dev/null | wc -l)\" = 2 ]; do sleep 0.01; done", file);

	for (unsigned i = 0; i < 2; i++)
		b->clients[i] = (struct conf_client){
		    .user = getpwuid(getuid())->pw_name, .command = command, .line = 3 + i};
	b->conf.client_count = 2;
	assert_int_equal(runner_client_start(b->runner, 1, 0), 0);
	assert_int_equal(runner_client_start(b->runner, 2, 1), 0);
	set_resource(b, 0, "sh", both);
	assert_int_equal(runner_run(b->runner, 3, OP_START, 0, 0, span_from_ms(0)), 0);
	await(b, 1);
	b->conf.client_count = 1;
	runner_renew(b->runner, &b->conf);
	assert_int_equal(runner_client_start(b->runner, 9, 0), 0);
	set_resource(b, 0, "sh", count);
	assert_int_equal(runner_run(b->runner, 10, OP_START, 0, 0, span_from_ms(0)), 0);
	await(b, 1);
	assert_string_equal(b->story->str, "3:exited:0: 10:exited:0:1\n");
	assert_true(runner_client_stop_last(b->runner));
	await(b, 1);
	assert_string_equal(b->story->str, "3:exited:0: 10:exited:0:1\n 9:killed:15:");
	unlink(file);
	rmdir(dir);
}

static void
test_clients_are_not_told_how_groups_move(void **state)
{
	struct bench *b = *state;

	b->clients[0] = (struct conf_client){.user = getpwuid(getuid())->pw_name,
	    .command = "/bin/sh -c 'exit ${HA_NICEFAILBACK:+7}'", .line = 3};
	b->conf.client_count = 1;
	assert_int_equal(runner_client_start(b->runner, 1, 0), 0);
	await(b, 1);
	assert_string_equal(b->story->str, "1:exited:0:");
	set_resource(b, 0, "sh", "exit ${HA_NICEFAILBACK:+7}");
	assert_int_equal(runner_run(b->runner, 2, OP_START, 0, 0, span_from_ms(0)), 0);
	await(b, 1);
	assert_string_equal(b->story->str, "1:exited:0: 2:exited:7:");
}

static void
test_client_of_nobody(void **state)
{
	struct bench *b = *state;

	b->clients[0] = (struct conf_client){
	    .user = "no-such-user-here", .command = "/bin/true", .line = 3};
	b->conf.client_count = 1;
	assert_int_equal(runner_client_start(b->runner, 1, 0), 0);
	assert_non_null(strstr(b->story->str, "1:exited:127:"));
}

/* A master that was killed in the middle of it: a second runner finds it, and waits. */
static void
test_what_an_earlier_master_left(void **state)
{
	struct bench *b = *state;
	g_autofree char *dir = g_dir_make_tmp("hb-runner-XXXXXX", NULL);
	g_autofree char *notes = g_build_filename(dir, "running", NULL);
	g_autofree char *flag = g_build_filename(dir, "flag", NULL);
	g_autofree char *old = g_strdup_printf(
	    "trap 'sleep 0.3; rm %s; exit 0' TERM; touch %s; while :; do sleep 0.05; done", flag, flag);
	g_autofree char *new = g_strdup_printf("[ ! -e %s ] && echo alone", flag);
	struct runner *next;

	runner_look_back(b->runner, notes);
	set_resource(b, 0, "sh", old);
	assert_int_equal(runner_run(b->runner, 1, OP_START, 0, 0, span_from_ms(0)), 0);
	while (access(flag, F_OK) < 0)
		pass(b, 10);
	next = runner_new(b->loop, &b->conf, done, b);
	runner_look_back(next, notes);
	assert_true(runner_group_busy(next, 0));
	assert_false(runner_group_busy(next, 1));
	set_resource(b, 0, "sh", new);
	assert_int_equal(runner_run(next, 2, OP_STATUS, 0, 0, span_from_ms(0)), 0);
	assert_string_equal(b->story->str, "");
	/* The double of the earlier one hears of the end as well. */
	await(b, 2);
	assert_non_null(strstr(b->story->str, "2:exited:0:alone\n"));
	assert_false(runner_group_busy(next, 0));
	/* What ended in the usual way is not left over. */
	assert_int_equal(rmdir(notes), 0);
	runner_free(next);
	assert_int_equal(rmdir(dir), 0);
}

/* Nobody knows what it still does: not stopped, and nothing is run beside it. */
static void
test_left_and_stuck(void **state)
{
	struct bench *b = *state;
	g_autofree char *dir = g_dir_make_tmp("hb-runner-XXXXXX", NULL);
	g_autofree char *notes = g_build_filename(dir, "running", NULL);
	g_autofree char *flag = g_build_filename(dir, "flag", NULL);
	g_autofree char *old =
	    g_strdup_printf("trap '' TERM; touch %s; while :; do sleep 0.05; done", flag);
	struct runner *next;

	runner_look_back(b->runner, notes);
	set_resource(b, 0, "sh", old);
	assert_int_equal(runner_run(b->runner, 1, OP_START, 0, 0, span_from_ms(0)), 0);
	while (access(flag, F_OK) < 0)
		pass(b, 10);
	held_up = true;
	next = runner_new(b->loop, &b->conf, done, b);
	runner_look_back(next, notes);
	set_resource(b, 0, "sh", "exit 0");
	assert_int_equal(runner_run(next, 2, OP_STATUS, 0, 0, span_from_ms(0)), 0);
	await(b, 1);
	assert_string_equal(b->story->str, "2:timed out:0:");
	assert_true(runner_group_busy(next, 0));
	assert_int_equal(runner_run(next, 3, OP_STOP, 0, 0, span_from_ms(0)), 0);
	assert_string_equal(b->story->str, "2:timed out:0: 3:timed out:0:");
	held_up = false;
	/* Let the one that has it for a child end it, and be reaped. */
	runner_kill(b->runner, 1);
	await(b, 1);
	while (runner_group_busy(next, 0))
		pass(b, 50);
	assert_int_equal(runner_run(next, 4, OP_STOP, 0, 0, span_from_ms(0)), 0);
	await(b, 1);
	assert_non_null(strstr(b->story->str, "4:exited:0:"));
	assert_int_equal(rmdir(notes), 0);
	runner_free(next);
	unlink(flag);
	assert_int_equal(rmdir(dir), 0);
}

static void
test_notes_that_cannot_be_written(void **state)
{
	struct bench *b = *state;

	runner_look_back(b->runner, "/dev/null/running");
	assert_int_equal(runner_run(b->runner, 1, OP_START, 0, 0, span_from_ms(0)), 0);
	await(b, 1);
	assert_string_equal(b->story->str, "1:exited:0:");
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, bench_new, bench_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_programs),
	    CASE(test_asks_for_nonsense),
	    CASE(test_timeout_and_kill),
	    CASE(test_missing_script),
	    CASE(test_address_is_announced_again),
	    CASE(test_stop_ends_announcements),
	    CASE(test_a_start_knows_what_the_picture_remembers),
	    CASE(test_what_runs_is_refreshed),
	    CASE(test_engines_do_not_overlap),
	    CASE(test_an_address_goes_beside_an_older_engine),
	    CASE(test_wish_of_a_dead_engine),
	    CASE(test_clients),
	    CASE(test_a_line_that_goes_takes_its_client),
	    CASE(test_clients_are_not_told_how_groups_move),
	    CASE(test_client_of_nobody),
	    CASE(test_what_an_earlier_master_left),
	    CASE(test_left_and_stuck),
	    CASE(test_notes_that_cannot_be_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
