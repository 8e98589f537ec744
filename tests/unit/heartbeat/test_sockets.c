/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * On the loopback interface, where there is one that may be used.
 */
#include "sockets.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "files.h"

static char *to_self[] = {"127.0.0.1", NULL}, *to_self6[] = {"::1", NULL};

/* A port that nobody has now. */
static unsigned
free_port(void)
{
	struct sockaddr_in any = {.sin_family = AF_INET};
	socklen_t len = sizeof(any);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&any, sizeof(any)), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&any, &len), 0);
	close(fd);
	return ntohs(any.sin_port);
}

static struct conf_medium
ucast(unsigned port, char **hosts, unsigned line)
{
	return (struct conf_medium){.kind = MEDIUM_UCAST,
	    .name = "lo",
	    .device = "lo",
	    .hosts = hosts,
	    .port = port,
	    .line = line};
}

static int
fd_of(const struct sockets *s, unsigned medium, enum socket_role role)
{
	const GArray *all = sockets_of(s, medium);

	for (guint i = 0; i < all->len; i++) {
		const struct opened_socket *o = &g_array_index(all, struct opened_socket, i);

		if (o->role == role)
			return o->fd;
	}
	return -1;
}

static void
assert_carries(int from, int to)
{
	struct pollfd p = {.fd = to, .events = POLLIN};
	char text[8];

	assert_int_equal(send(from, "beat", 4, 0), 4);
	assert_int_equal(poll(&p, 1, 10000), 1);
	assert_int_equal(recv(to, text, sizeof(text), 0), 4);
}

static void
test_unicast(void **state)
{
	const unsigned port = free_port();
	struct conf_medium media[] = {
	    ucast(port, to_self, 1), ucast(port, to_self, 2), ucast(port, to_self6, 3)};
	const struct conf c = {.media = media, .media_count = 3};
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct sockets *s = sockets_open(&c, "ha.cf", NULL, faults), *next;

	(void)state;
	assert_false(files_faulty(faults));
	assert_false(sockets_broken(s, 0));
	/* Two lines of one interface: two ways out, one way in. */
	assert_true(fd_of(s, 0, SOCKET_RECEIVE) >= 0);
	assert_int_equal(fd_of(s, 1, SOCKET_RECEIVE), -1);
	assert_carries(fd_of(s, 0, SOCKET_SEND), fd_of(s, 0, SOCKET_RECEIVE));
	assert_carries(fd_of(s, 1, SOCKET_SEND), fd_of(s, 0, SOCKET_RECEIVE));
	if (!sockets_broken(s, 2))
		assert_carries(fd_of(s, 2, SOCKET_SEND), fd_of(s, 2, SOCKET_RECEIVE));

	/* A reload takes over what did not change, and may be given up. */
	next = sockets_open(&c, "ha.cf", s, faults);
	assert_false(files_faulty(faults));
	assert_carries(fd_of(s, 1, SOCKET_SEND), fd_of(next, 0, SOCKET_RECEIVE));
	sockets_free(next);
	assert_carries(fd_of(s, 0, SOCKET_SEND), fd_of(s, 0, SOCKET_RECEIVE));

	assert_false(sockets_stale(s, &c, 0));
	assert_int_equal(sockets_reopen(s, &c, 0), 0);
	assert_null(sockets_why(s, 0));
	assert_carries(fd_of(s, 1, SOCKET_SEND), fd_of(s, 0, SOCKET_RECEIVE));
	sockets_free(s);
}

static void
test_port_in_use(void **state)
{
	struct sockaddr_in any = {.sin_family = AF_INET};
	struct conf_medium media[] = {ucast(0, to_self, 12)};
	const struct conf c = {.media = media, .media_count = 1};
	g_autoptr(GPtrArray) faults = conf_faults_new();
	socklen_t len = sizeof(any);
	const int yes = 1;
	int stranger = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	const struct fault *f;
	struct sockets *s;

	(void)state;
	/* Even one that is willing to share. */
	setsockopt(stranger, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	assert_int_equal(bind(stranger, (struct sockaddr *)&any, sizeof(any)), 0);
	assert_int_equal(getsockname(stranger, (struct sockaddr *)&any, &len), 0);
	media[0].port = ntohs(any.sin_port);
	s = sockets_open(&c, "ha.cf", NULL, faults);
	assert_int_equal(faults->len, 1);
	f = g_ptr_array_index(faults, 0);
	assert_true(f->is_error);
	assert_int_equal(f->line, 12);
	assert_non_null(strstr(f->text, "is in use by another program"));
	sockets_free(s);
	close(stranger);
}

static void
test_faults(void **state)
{
	const unsigned port = free_port();
	const struct conf_medium cases[] = {
	    {.kind = MEDIUM_SERIAL, .name = "/dev/null", .device = "/dev/null", .baud = 19200},
	    {.kind = MEDIUM_SERIAL, .name = "/dev/null", .device = "/dev/null", .baud = 42},
	    {.kind = MEDIUM_BCAST, .name = "lo", .device = "lo", .port = port},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct conf_medium media[] = {cases[i]};
		const struct conf c = {.media = media, .media_count = 1};
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct sockets *s = sockets_open(&c, "ha.cf", NULL, faults);

		assert_true(files_faulty(faults));
		sockets_free(s);
	}
}

/* What is not there yet is no fault: the medium waits for it, and what can be received is. */
static void
test_not_there_yet(void **state)
{
	static char *unknown[] = {"no-such-host.invalid", NULL};
	const unsigned port = free_port();
	const struct conf_medium cases[] = {
	    {.kind = MEDIUM_UCAST, .name = "no0", .device = "no0", .hosts = to_self, .port = port},
	    {.kind = MEDIUM_BCAST, .name = "no0", .device = "no0", .port = port},
	    {.kind = MEDIUM_MCAST, .name = "no0", .device = "no0", .hosts = to_self, .port = port},
	    {.kind = MEDIUM_SERIAL, .name = "/nonexistent", .device = "/nonexistent", .baud = 9600},
	    ucast(port, unknown, 1),
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct conf_medium media[] = {cases[i]};
		const struct conf c = {.media = media, .media_count = 1};
		const bool by_name = cases[i].hosts == unknown;
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct sockets *s = sockets_open(&c, "ha.cf", NULL, faults);

		assert_false(files_faulty(faults));
		assert_true(sockets_broken(s, 0));
		assert_int_equal(sockets_missing(s, 0), !by_name);
		assert_non_null(sockets_why(s, 0));
		assert_false(sockets_send(s, 0));
		assert_false(sockets_stale(s, &c, 0));
		assert_int_equal(fd_of(s, 0, SOCKET_RECEIVE) >= 0, by_name);
		sockets_free(s);
	}
}

/* Once known, a name is not looked up again: when a medium breaks nobody may answer. */
static void
test_name_is_looked_up_once(void **state)
{
	static char *by_name[] = {"127.0.0.1", NULL}, *unknown[] = {"no-such-host.invalid", NULL};
	struct conf_medium media[] = {ucast(free_port(), by_name, 1)};
	const struct conf c = {.media = media, .media_count = 1};
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct sockets *s = sockets_open(&c, "ha.cf", NULL, faults);

	(void)state;
	assert_false(files_faulty(faults));
	media[0].hosts = unknown;
	assert_int_equal(sockets_reopen(s, &c, 0), 0);
	assert_carries(fd_of(s, 0, SOCKET_SEND), fd_of(s, 0, SOCKET_RECEIVE));
	sockets_free(s);
}

/* The lock of the line must not stay with the engine's copy. */
static void
test_serial_line_again(void **state)
{
	const int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	struct conf_medium media[1];
	const struct conf c = {.media = media, .media_count = 1};
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct sockets *s;
	int copy;

	(void)state;
	if (terminal < 0 || grantpt(terminal) < 0 || unlockpt(terminal) < 0)
		skip();
	media[0] = (struct conf_medium){.kind = MEDIUM_SERIAL,
	    .name = ptsname(terminal),
	    .device = ptsname(terminal),
	    .baud = 19200};
	s = sockets_open(&c, "ha.cf", NULL, faults);
	assert_false(files_faulty(faults));
	copy = dup(fd_of(s, 0, SOCKET_BOTH));
	assert_int_equal(sockets_reopen(s, &c, 0), 0);
	assert_true(fd_of(s, 0, SOCKET_BOTH) >= 0);
	close(copy);
	sockets_free(s);
	close(terminal);
}

/* Pulled out and plugged in: the file of that name is another terminal. */
static void
test_serial_line_replaced(void **state)
{
	const int terminals[] = {posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC),
	    posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)};
	g_autofree char *directory = g_dir_make_tmp("sockets.XXXXXX", NULL);
	g_autofree char *line = g_build_filename(directory, "line", NULL);
	struct conf_medium media[] = {
	    {.kind = MEDIUM_SERIAL, .name = line, .device = line, .baud = 19200}};
	const struct conf c = {.media = media, .media_count = 1};
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct sockets *s;

	(void)state;
	for (int i = 0; i < 2; i++) {
		if (terminals[i] < 0 || grantpt(terminals[i]) < 0 || unlockpt(terminals[i]) < 0)
			skip();
	}
	assert_int_equal(symlink(ptsname(terminals[0]), line), 0);
	s = sockets_open(&c, "ha.cf", NULL, faults);
	assert_false(sockets_broken(s, 0));
	assert_false(sockets_stale(s, &c, 0));
	unlink(line);
	/* It serves as long as there is no other one. */
	assert_false(sockets_stale(s, &c, 0));
	assert_int_equal(symlink(ptsname(terminals[1]), line), 0);
	assert_true(sockets_stale(s, &c, 0));
	assert_int_equal(sockets_reopen(s, &c, 0), 0);
	assert_false(sockets_stale(s, &c, 0));
	sockets_free(s);
	unlink(line);
	rmdir(directory);
	close(terminals[0]);
	close(terminals[1]);
}

/* Another program that goes on with them: no datagram is lost, and no port is free meanwhile. */
static void
test_handed_over(void **state)
{
	const unsigned port = free_port();
	struct conf_medium media[] = {ucast(port, to_self, 1), ucast(port, to_self, 2)};
	const struct conf c = {.media = media, .media_count = 2};
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct sockets *s = sockets_open(&c, "ha.cf", NULL, faults), *old, *next;
	struct handoff *h = handoff_new();
	char text[8];

	(void)state;
	assert_false(files_faulty(faults));
	assert_int_equal(send(fd_of(s, 1, SOCKET_SEND), "beat", 4, 0), 4);
	sockets_hand_over(s, h);
	assert_int_equal(h->sockets->len, 3);
	old = sockets_handed_over(h);
	next = sockets_open(&c, "ha.cf", old, faults);
	assert_int_equal(faults->len, 0);
	/* The descriptors are the handoff's still. */
	sockets_let_go(old);
	sockets_free(s);
	assert_int_equal(recv(fd_of(next, 0, SOCKET_RECEIVE), text, sizeof(text), 0), 4);
	assert_carries(fd_of(next, 1, SOCKET_SEND), fd_of(next, 0, SOCKET_RECEIVE));
	sockets_free(next);
	handoff_free(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_unicast),
	    cmocka_unit_test(test_port_in_use),
	    cmocka_unit_test(test_faults),
	    cmocka_unit_test(test_not_there_yet),
	    cmocka_unit_test(test_name_is_looked_up_once),
	    cmocka_unit_test(test_serial_line_again),
	    cmocka_unit_test(test_serial_line_replaced),
	    cmocka_unit_test(test_handed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
