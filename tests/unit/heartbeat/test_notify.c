/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "notify.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

#define ABSTRACT "@heartbeat-test-notify"

/* name: as in $NOTIFY_SOCKET, which is set to it. */
static int
manager_new(const char *name)
{
	const int manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	const size_t len = strlen(name);

	memcpy(at.sun_path, name, len);
	if (name[0] == '@')
		at.sun_path[0] = '\0';
	assert_int_equal(bind(manager, (struct sockaddr *)&at,
			     (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)),
	    0);
	setenv("NOTIFY_SOCKET", name, 1);
	return manager;
}

/* The next datagram, or "" if there is none. Owns: the caller's. */
static char *
heard(int manager)
{
	char text[512];
	const ssize_t n = recv(manager, text, sizeof(text) - 1, MSG_DONTWAIT);

	return g_strndup(text, n > 0 ? (size_t)n : 0);
}

static void
expect(int manager, const char *wanted)
{
	g_autofree char *text = heard(manager);

	assert_string_equal(text, wanted);
}

static void
expect_words(int manager)
{
	unsigned long long usec = 0;
	g_autofree char *reloading = NULL;

	notify_ready();
	expect(manager, "READY=1\nSTATUS=running\n");
	notify_ready_as(4711);
	expect(manager, "MAINPID=4711\nREADY=1\nSTATUS=running\n");
	notify_status("all is well\nREADY=1");
	expect(manager, "STATUS=all is well\n");
	notify_stopping();
	expect(manager, "STOPPING=1\nSTATUS=giving up all resources\n");
	notify_reloading();
	reloading = heard(manager);
	assert_int_equal(sscanf(reloading, "RELOADING=1\nMONOTONIC_USEC=%llu\nSTATUS=", &usec), 1);
	assert_true(usec > 0);
	expect(manager, "");
}

static void
test_words(void **state)
{
	g_autofree char *path = g_build_filename(*state, "notify", NULL);
	int manager = manager_new(path);

	expect_words(manager);
	close(manager);
	manager = manager_new(ABSTRACT);
	expect_words(manager);
	close(manager);
	unsetenv("NOTIFY_SOCKET");
}

/* Started by hand, or under a manager that has gone: nothing is sent, and nothing goes wrong. */
static void
test_nobody(void **state)
{
	g_autofree char *path = g_build_filename(*state, "absent", NULL);
	g_autofree char *long_name = g_strnfill(200, 'x');
	const char *const names[] = {path, "", "@", "no/path", long_name};

	unsetenv("NOTIFY_SOCKET");
	notify_ready();
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		long_name[0] = '/';
		setenv("NOTIFY_SOCKET", names[i], 1);
		notify_stopping();
		notify_tick();
	}
	unsetenv("NOTIFY_SOCKET");
	notify_tick();
	assert_int_equal(access(path, F_OK), -1);
}

/* The manager is busy: nobody waits for it, and it learns the latest in the end. */
static void
test_full(void **state)
{
	const int manager = manager_new(ABSTRACT);
	int sent = 0, taken = 0;

	(void)state;
	/* As many as the kernel queues, and more. */
	for (; sent < 2000; sent++)
		notify_status("noise");
	notify_ready();
	notify_status("active");
	for (;; taken++) {
		g_autofree char *text = heard(manager);

		if (text[0] == '\0')
			break;
		assert_string_equal(text, "STATUS=noise\n");
	}
	assert_true(taken < sent);
	notify_tick();
	expect(manager, "READY=1\nSTATUS=active\n");
	notify_tick();
	expect(manager, "");
	close(manager);
	unsetenv("NOTIFY_SOCKET");
}

static void
test_watchdog(void **state)
{
	const struct span second = span_from_ms(1000);
	const int manager = manager_new(ABSTRACT);
	g_autofree char *self = g_strdup_printf("%ld", (long)getpid());
	static const struct {
		const char *usec, *pid;	/* NULL: unset; "self": our number */
		int64_t interval_ms;
		bool pets;
	} cases[] = {
	    {NULL, NULL, 1000, false},
	    {"500000", "self", 250, true},
	    {"500000", NULL, 250, true},
	    {"30000000", "self", 1000, true},
	    {"1", "self", 10, true},
	    {"500000", "1", 1000, false},
	    {"500000", "x", 1000, false},
	    {"0", "self", 1000, false},
	    {"-1", "self", 1000, false},
	    {"99999999999999999999", "self", 1000, false},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *pid = g_strcmp0(cases[i].pid, "self") == 0 ? self : cases[i].pid;

		unsetenv("WATCHDOG_USEC");
		unsetenv("WATCHDOG_PID");
		if (cases[i].usec != NULL)
			setenv("WATCHDOG_USEC", cases[i].usec, 1);
		if (pid != NULL)
			setenv("WATCHDOG_PID", pid, 1);
		assert_int_equal(span_ms(notify_interval(second)), cases[i].interval_ms);
		notify_tick();
		expect(manager, cases[i].pets ? "WATCHDOG=1\n" : "");
	}
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
	unsetenv("NOTIFY_SOCKET");
	close(manager);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, scratch_new, scratch_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_words),
	    CASE(test_nobody),
	    CASE(test_full),
	    CASE(test_watchdog),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
