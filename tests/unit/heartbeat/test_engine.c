/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two whole engines, each a process behind its channel, over real sockets. The test is the
 * master of both: it hands them their configuration and sockets and answers what they ask.
 */
#include "engine.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "channel.h"
#include "core/action.h"
#include "core/event.h"

/* Long enough for the slowest machine; nothing here waits for it when things go well. */
#define PATIENCE_MS 60000

static const char hacf[] = "keepalive 50ms\ndeadtime 1s\nwarntime 500ms\ninitdead 30s\n"
			   "auto_failback off\nlogfacility none\nmemreserve 64\n"
			   "ucast lo 127.0.0.1\nnode alpha beta\n";
static const char haresources[] = "alpha dummy\n";
static const char authkeys[] = "auth 1\n1 sha1 a-test-secret\n";

struct machine {
	const char *name;
	pid_t pid;
	int channel;
	int send, receive; /* ours, to be handed out */
	GString *log;
	bool active, runs, exited;
	int starts;
};

static int
udp_bound(struct sockaddr_in *address)
{
	socklen_t len = sizeof(*address);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	*address = (struct sockaddr_in){
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)address, sizeof(*address)), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)address, &len), 0);
	return fd;
}

static int
udp_connected(const struct sockaddr_in *address)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(
	    connect(fd, (const struct sockaddr *)address, sizeof(*address)), 0);
	return fd;
}

static void
tell(struct machine *m, struct channel_record r, const void *tail, size_t len, int fd)
{
	assert_int_equal(channel_send(m->channel, &r, tail, len, fd), 0);
}

static struct machine alpha = {.name = "alpha", .channel = -1};
static struct machine beta = {.name = "beta", .channel = -1};

/* The process of an engine holds no end but its own, else it would keep others alive. */
static pid_t
engine_fork(int ends[2])
{
	assert_int_equal(channel_pair(ends), 0);

	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		close(alpha.channel);
		close(beta.channel);
		exit(engine_main(ends[1]));
	}
	close(ends[1]);
	return pid;
}

static void
machine_boot(struct machine *m, uint64_t generation)
{
	const char *const texts[] = {hacf, haresources, authkeys, m->name};
	char start[17] = {0};
	int ends[2];

	m->pid = engine_fork(ends);
	m->channel = ends[0];
	m->active = m->exited = false;
	if (m->log == NULL)
		m->log = g_string_new(NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++)
		tell(m, (struct channel_record){.type = CHANNEL_CONF, .number = i},
		    texts[i], strlen(texts[i]), -1);
	tell(m, (struct channel_record){.type = CHANNEL_SOCKET, .op = SOCKET_SEND}, NULL, 0,
	    m->send);
	tell(m, (struct channel_record){.type = CHANNEL_SOCKET, .op = SOCKET_RECEIVE}, NULL,
	    0, m->receive);
	memcpy(start, m->name, strlen(m->name));
	start[16] = (char)(m->runs ? HINT_RUNNING : HINT_UNKNOWN);
	tell(m, (struct channel_record){.type = CHANNEL_START, .job = generation}, start,
	    sizeof(start), -1);
}

/* The resource of the test is a flag: it starts, stops and tells its status at once. */
static void
machine_run(struct machine *m, const struct channel_record *r)
{
	struct channel_record done = {.type = CHANNEL_CHILD,
	    .job = r->job,
	    .agent = AGENT_HEARTBEAT,
	    .end = CHILD_EXITED};
	const char *output = "";

	if (r->op == OP_STATUS) {
		output = m->runs ? "running" : "stopped";
		done.code = m->runs ? 0 : 3;
	} else if (r->op == OP_START) {
		m->starts += !m->runs;
		m->runs = true;
	} else if (r->op == OP_STOP) {
		m->runs = false;
	}
	tell(m, done, output, strlen(output), -1);
}

static void
machine_take(struct machine *m)
{
	struct channel_record r;
	g_autofree char *tail = NULL;
	int fd;

	if (m->channel < 0 || channel_receive(m->channel, &r, &tail, &fd) != 0)
		return;
	if (r.type == CHANNEL_RUN)
		machine_run(m, &r);
	else if (r.type == CHANNEL_ACTIVE)
		m->active = true;
	else if (r.type == CHANNEL_EXIT)
		m->exited = true;
	else if (r.type == CHANNEL_LOG)
		g_string_append_printf(m->log, "%s\n", tail);
}

/* Serve both until it is so, or fail. */
#define UNTIL(condition) \
	do { \
		gint64 until = g_get_monotonic_time() + PATIENCE_MS * 1000LL; \
		while (!(condition)) { \
			if (g_get_monotonic_time() > until) { \
				print_error("alpha:\n%s\nbeta:\n%s\n", alpha.log->str, \
				    beta.log->str); \
				fail_msg("never: %s", #condition); \
			} \
			serve(); \
		} \
	} while (0)

static void
serve(void)
{
	struct pollfd p[] = {{.fd = alpha.channel, .events = POLLIN},
	    {.fd = beta.channel, .events = POLLIN}};

	poll(p, 2, 20);
	machine_take(&alpha);
	machine_take(&beta);
}

static void
machine_gone(struct machine *m, int expected_exit)
{
	int status;

	close(m->channel);
	m->channel = -1;
	assert_int_equal(waitpid(m->pid, &status, 0), m->pid);
	m->pid = 0;
	if (expected_exit >= 0) {
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), expected_exit);
	}
}

static int
setup(void **state)
{
	struct sockaddr_in a, b;

	(void)state;
	/* A service name of our own: a Heartbeat may run on this machine. */
	if (geteuid() == 0 && unshare(CLONE_NEWNET) == 0)
		(void)!system("ip link set lo up");
	alpha.receive = udp_bound(&a);
	beta.receive = udp_bound(&b);
	alpha.send = udp_connected(&b);
	beta.send = udp_connected(&a);
	return 0;
}

static int
teardown(void **state)
{
	struct machine *const both[] = {&alpha, &beta};

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		if (both[i]->pid > 0)
			kill(both[i]->pid, SIGKILL);
		if (both[i]->log != NULL)
			g_string_free(both[i]->log, TRUE);
		close(both[i]->send);
		close(both[i]->receive);
	}
	return 0;
}

static void
two_engines_become_active_and_one_starts_the_group(void **state)
{
	(void)state;
	machine_boot(&alpha, 100);
	machine_boot(&beta, 200);
	UNTIL(alpha.active && beta.active);
	UNTIL(alpha.runs);
	assert_false(beta.runs);
}

static void
an_engine_that_dies_is_followed_by_one_that_knows_what_runs(void **state)
{
	(void)state;
	kill(alpha.pid, SIGKILL);
	machine_gone(&alpha, -1);
	machine_boot(&alpha, 101);
	UNTIL(alpha.active);
	UNTIL(strstr(beta.log->str, "restart on node alpha") != NULL);
	assert_true(alpha.runs);
	assert_false(beta.runs);
	assert_int_equal(alpha.starts, 1);
}

static void
a_node_without_its_master_says_so_and_ends(void **state)
{
	(void)state;
	close(beta.channel);
	beta.channel = -1;
	machine_gone(&beta, EXIT_FAILURE);
	machine_boot(&beta, 201);
	UNTIL(beta.active);
}

static void
leaving_hands_the_group_over(void **state)
{
	(void)state;
	tell(&alpha, (struct channel_record){.type = CHANNEL_LEAVE}, NULL, 0, -1);
	UNTIL(alpha.exited);
	assert_false(alpha.runs);
	machine_gone(&alpha, EXIT_SUCCESS);
	UNTIL(beta.runs);
	tell(&beta, (struct channel_record){.type = CHANNEL_LEAVE}, NULL, 0, -1);
	UNTIL(beta.exited);
	assert_false(beta.runs);
	machine_gone(&beta, EXIT_SUCCESS);
}

static void
half_a_configuration_makes_no_engine(void **state)
{
	(void)state;
	machine_boot(&alpha, 102);
	kill(alpha.pid, SIGKILL);
	machine_gone(&alpha, -1);

	static const struct {
		uint32_t type, number;
		const char *tail;
	} wrong[] = {
	    {CHANNEL_START, 0, "0123456789abcdef"},
	    {CHANNEL_CONF, FILE_AUTHKEYS, "auth 1\n"},
	    {CHANNEL_CHILD, 0, ""},
	    {CHANNEL_LEAVE, 0, ""},
	    {CHANNEL_RUN, 0, ""},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		int ends[2];
		int status;

		pid_t pid = engine_fork(ends);
		struct channel_record r = {
		    .type = wrong[i].type, .number = wrong[i].number};
		assert_int_equal(
		    channel_send(ends[0], &r, wrong[i].tail, strlen(wrong[i].tail), -1), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), EXIT_FAILURE);
		close(ends[0]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(two_engines_become_active_and_one_starts_the_group),
	    cmocka_unit_test(an_engine_that_dies_is_followed_by_one_that_knows_what_runs),
	    cmocka_unit_test(a_node_without_its_master_says_so_and_ends),
	    cmocka_unit_test(leaving_hands_the_group_over),
	    cmocka_unit_test(half_a_configuration_makes_no_engine),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
