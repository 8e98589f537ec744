/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The service and the client library against each other: a child process serves with
 * control.c alone, and answers by a few fixed rules in place of the core.
 */
#include "control.h"

#include <errno.h>
#include <glib.h>
#include <glob.h>
#include <pwd.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "client/hbclient.h"
#include "proto/request.h"

#define FLOOD 20000

/* ---- the child ---- */

struct server {
	struct control *control;
	struct event_client last; /* who connected last */
	unsigned came, went;
};

static void
server_send(struct server *s, uint32_t client, struct msg *m)
{
	g_autoptr(GByteArray) bytes = request_encode(m);

	control_reply(s->control, client, bytes->data, bytes->len);
	msg_free(m);
}

static void
server_client(void *arg, const struct event_client *c)
{
	struct server *s = arg;

	if (c->connected)
		s->came++;
	else
		s->went++;
	s->last = *c;
}

static void
server_notice(struct server *s, uint32_t client, const char *what, const char *value)
{
	struct msg *m = msg_new("notice");

	msg_add(m, "what", what);
	msg_add(m, "x_value", value);
	server_send(s, client, m);
}

static void
server_request(void *arg, const struct event_request *r)
{
	struct server *s = arg;
	struct msg *request = request_decode(r->bytes, r->len);
	struct msg *reply = msg_new("reply");
	const char *type = request != NULL ? msg_type(request) : "";
	g_autofree char *big = NULL;

	if (strcmp(type, "status") == 0) {
		msg_add(reply, "result", "ok");
		big = g_strnfill(REPLY_MAX / 2, 'j');
		msg_add(reply, "json", big);
	} else if (strcmp(type, "standby") == 0) {
		msg_add(reply, "result", "error");
		msg_add_format(reply, "text", "no %s for you", msg_get(request, "set"));
	} else if (strcmp(type, "retry") == 0) {
		msg_add(reply, "result", "ok");
		msg_add_format(reply, "text", "%u came, %u went", s->came, s->went);
	} else if (strcmp(type, "subscribe") == 0) {
		msg_add(reply, "result", "ok");
		for (int i = 0; i < FLOOD; i++)
			server_notice(s, r->client, "node", "flood");
	} else if (strcmp(type, "record") == 0) {
		msg_add(reply, "result", "ok");
		msg_add(reply, "size", "1000");
		msg_add_binary(reply, "record", "a\0b", strcmp(msg_get(request, "from"), "997") == 0 ? 3 : 0);
	} else if (strcmp(type, "message") == 0) {
		const char *value = msg_get(request, "x_value");

		server_notice(s, r->client, "message", value != NULL ? value : "none");
		msg_add(reply, "result", "ok");
	} else {
		msg_add(reply, "neither", "here nor there");
	}
	server_send(s, r->client, reply);
	msg_free(request);
}

static void
server_run(int ready)
{
	struct server s = {0};
	struct control_owner owner = {server_client, server_request, {0}, &s};
	qb_loop_t *loop = qb_loop_create();
	int error = 0;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	s.control = control_new(loop, &owner, &error);
	if (write(ready, &error, sizeof(error)) == sizeof(error) && s.control != NULL)
		qb_loop_run(loop);
	_exit(1);
}

/* ---- an impostor ---- */

/* What libqb says at once: a connection is wanted, of that size. */
#define HANDSHAKE_SIZE 24

/* Has the name, and ends with whether more than a handshake came. */
static void
impostor_run(int ready)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	char bytes[1024];
	ssize_t n;
	size_t all = 0;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (geteuid() == 0 && setuid(65534) < 0)
		_exit(1);
	memcpy(name.sun_path + 1, REQUEST_SERVICE, strlen(REQUEST_SERVICE));
	if (bind(listener, (struct sockaddr *)&name, sizeof(name)) < 0 || listen(listener, 5) < 0 ||
	    write(ready, "", 1) != 1)
		_exit(1);

	const int caller = accept(listener, NULL, NULL);
	while ((n = read(caller, bytes, sizeof(bytes))) > 0)
		all += (size_t)n;
	_exit(all <= HANDSHAKE_SIZE ? 0 : 2);
}

/* ---- the parent ---- */

/* In the place of the system's: who the engine runs as. */
static struct passwd engine_user;

struct passwd *
getpwnam(const char *name)
{
	return strcmp(name, "hacluster") == 0 ? &engine_user : NULL;
}

static pid_t server;

static int
setup(void **state)
{
	int ends[2];
	int error = 0;

	(void)state;
	engine_user.pw_uid = geteuid();
	/* A service name of our own: a Heartbeat may run on this machine. */
	if (geteuid() == 0)
		(void)!unshare(CLONE_NEWNET);
	assert_int_equal(pipe(ends), 0);
	server = fork();
	if (server == 0)
		server_run(ends[1]);
	assert_int_equal(read(ends[0], &error, sizeof(error)), sizeof(error));
	close(ends[0]);
	close(ends[1]);
	if (error != 0)
		print_message("no service here (%s)\n", strerror(-error));
	return error;
}

static int
teardown(void **state)
{
	(void)state;
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);

	/* A service that was killed cannot remove its directories. */
	g_autofree char *pattern = g_strdup_printf("/dev/shm/qb-%d-*", (int)server);
	glob_t left = {0};
	if (glob(pattern, 0, NULL, &left) == 0) {
		for (size_t i = 0; i < left.gl_pathc; i++)
			rmdir(left.gl_pathv[i]);
	}
	globfree(&left);
	return 0;
}

static struct hb_client *
connected(void)
{
	struct hb_client *c;

	assert_int_equal(hb_connect(&c), 0);
	assert_non_null(c);
	return c;
}

static void
requests_are_answered(void **state)
{
	struct hb_client *c = connected();
	char *json;

	(void)state;
	assert_int_equal(hb_status(c, &json), 0);
	assert_int_equal(strlen(json), REPLY_MAX / 2);
	free(json);
	assert_int_equal(hb_standby(c, "foreign"), -ECANCELED);
	assert_string_equal(hb_text(c), "no foreign for you");
	assert_int_equal(hb_takeover(c, "all"), -EPROTO);
	assert_int_equal(hb_retry(c, NULL), 0);
	assert_string_equal(hb_text(c), "1 came, 0 went");
	hb_disconnect(c);
}

static void
a_record_comes_in_pieces(void **state)
{
	struct hb_client *c = connected();
	const void *bytes;
	size_t len;
	uint64_t size = 0;

	(void)state;
	assert_int_equal(hb_record(c, 997, &bytes, &len, &size), 0);
	assert_int_equal(size, 1000);
	assert_int_equal(len, 3);
	assert_memory_equal(bytes, "a\0b", 3);
	assert_int_equal(hb_record(c, 1000, &bytes, &len, &size), 0);
	assert_int_equal(len, 0);
	hb_disconnect(c);
}

static void
what_is_too_long_is_refused_here(void **state)
{
	struct hb_client *c = connected();
	g_autofree char *name = g_strnfill(REQUEST_MAX, 'n');

	(void)state;
	assert_int_equal(hb_signon(c, name), -EMSGSIZE);
	assert_int_equal(hb_standby(c, "all"), -ECANCELED);
	hb_disconnect(c);
}

static void
notices_arrive_beside_replies(void **state)
{
	static const char *const fields[] = {"value", "four = 4\nfive", NULL};
	struct hb_client *c = connected();

	(void)state;
	assert_int_equal(hb_notice(c, 0), 0);
	assert_int_equal(hb_message(c, "beta", "num_ping_nodes", fields), 0);
	assert_int_equal(hb_notice(c, 5000), 1);
	assert_string_equal(hb_notice_get(c, "what"), "message");
	assert_string_equal(hb_notice_get(c, "value"), "four = 4\nfive");
	assert_null(hb_notice_get(c, "absent"));
	assert_int_equal(hb_notice(c, 0), 0);
	assert_true(hb_fd(c) >= 0);
	hb_disconnect(c);
}

/* Everything that came in before goes out, and then the connection is gone. */
static void
who_does_not_read_is_disconnected_and_others_go_on(void **state)
{
	struct hb_client *slow = connected();
	struct hb_client *other = connected();
	int result = 1;

	(void)state;
	assert_true(hb_subscribe(slow) != 0);
	for (int i = 0; i < FLOOD && result == 1; i++)
		result = hb_notice(slow, 5000);
	assert_int_equal(result, -ENOTCONN);
	assert_int_equal(hb_retry(other, NULL), 0);
	hb_disconnect(slow);
	hb_disconnect(other);
}

static void
clients_are_limited_and_leaving_makes_room(void **state)
{
	struct hb_client *many[CONTROL_CLIENTS_MAX + 1];
	unsigned n = 0;

	(void)state;
	while (n <= CONTROL_CLIENTS_MAX && hb_connect(&many[n]) == 0)
		n++;
	/* Those of earlier tests may not have been let go yet. */
	assert_true(n >= CONTROL_CLIENTS_MAX - 5 && n <= CONTROL_CLIENTS_MAX);
	for (unsigned i = 0; i < n; i++)
		hb_disconnect(many[i]);
	/* Their going is noticed in time. */
	for (int tries = 0; tries < 500; tries++) {
		if (hb_connect(&many[0]) == 0) {
			hb_disconnect(many[0]);
			return;
		}
		g_usleep(10000);
	}
	fail_msg("nobody can connect any more");
}

static void
a_frozen_service_is_not_waited_for(void **state)
{
	struct hb_client *c = connected();
	struct hb_client *late;

	(void)state;
	assert_int_equal(kill(server, SIGSTOP), 0);
	assert_int_equal(waitpid(server, NULL, WUNTRACED), server);
	hb_set_timeout(c, 50);
	assert_int_equal(hb_standby(c, "all"), -ETIMEDOUT);
	assert_int_equal(hb_connect_within(&late, 50), -ETIMEDOUT);
	assert_null(late);
	kill(server, SIGCONT);
	/* Its answer is on its way, and would be taken for that to the next question. */
	assert_int_equal(hb_takeover(c, "all"), -ENOTCONN);
	hb_disconnect(c);
	c = connected();
	hb_disconnect(c);
}

static void
wake_the_service(int signo)
{
	(void)signo;
	kill(server, SIGCONT);
}

/* The service answers only when the signal has come. */
static void
a_signal_does_not_end_the_wait(void **state)
{
	const struct sigaction interrupt = {.sa_handler = wake_the_service};
	const struct itimerval soon = {.it_value.tv_usec = 50000};
	struct sigaction before;
	struct hb_client *c;

	(void)state;
	assert_int_equal(sigaction(SIGALRM, &interrupt, &before), 0);
	assert_int_equal(kill(server, SIGSTOP), 0);
	assert_int_equal(waitpid(server, NULL, WUNTRACED), server);
	assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
	assert_int_equal(hb_connect_within(&c, 20000), 0);
	sigaction(SIGALRM, &before, NULL);
	hb_disconnect(c);
}

static void
a_service_that_dies_is_noticed(void **state)
{
	struct hb_client *c = connected();
	struct hb_client *late;
	int result;

	(void)state;
	kill(server, SIGKILL);
	assert_int_equal(waitpid(server, NULL, 0), server);
	result = hb_standby(c, "all");
	assert_true(result == -ENOTCONN || result == -EPIPE || result == -ECONNRESET);
	assert_string_equal(hb_strerror(result), "heartbeat has ended meanwhile");
	hb_disconnect(c);
	result = hb_connect(&late);
	assert_string_equal(
	    hb_strerror(result), "heartbeat is not running on this machine");
}

/* Behind the last of the service, which has the name no more. */
static void
somebody_else_under_that_name_is_asked_nothing(void **state)
{
	struct hb_client *c;
	int ends[2], status;
	char byte;

	(void)state;
	/* Neither root nor the engine's user. */
	engine_user.pw_uid = 1;
	assert_int_equal(pipe(ends), 0);
	const pid_t impostor = fork();
	if (impostor == 0)
		impostor_run(ends[1]);
	close(ends[1]);
	assert_int_equal(read(ends[0], &byte, 1), 1);
	close(ends[0]);
	assert_int_equal(hb_connect_within(&c, 20000), -EPERM);
	assert_null(c);
	assert_non_null(strstr(hb_strerror(-EPERM), "somebody else listens"));
	assert_null(strstr(hb_strerror(-EACCES), "somebody else"));
	assert_int_equal(waitpid(impostor, &status, 0), impostor);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(requests_are_answered),
	    cmocka_unit_test(a_record_comes_in_pieces),
	    cmocka_unit_test(what_is_too_long_is_refused_here),
	    cmocka_unit_test(notices_arrive_beside_replies),
	    cmocka_unit_test(who_does_not_read_is_disconnected_and_others_go_on),
	    cmocka_unit_test(clients_are_limited_and_leaving_makes_room),
	    cmocka_unit_test(a_frozen_service_is_not_waited_for),
	    cmocka_unit_test(a_signal_does_not_end_the_wait),
	    cmocka_unit_test(a_service_that_dies_is_noticed),
	    cmocka_unit_test(somebody_else_under_that_name_is_asked_nothing),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
