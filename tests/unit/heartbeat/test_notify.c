/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "notify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

#ifdef HAVE_SYSTEMD
static void
test_words(void **state)
{
	g_autofree char *path = g_build_filename(*state, "notify", NULL);
	const int manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	static const char *const words[] = {
	    "READY=1\n", "RELOADING=1\n", "STATUS=all is well", "STOPPING=1\n"};

	g_strlcpy(at.sun_path, path, sizeof(at.sun_path));
	assert_int_equal(bind(manager, (struct sockaddr *)&at, sizeof(at)), 0);
	setenv("NOTIFY_SOCKET", path, 1);
	notify_ready();
	notify_reloading();
	notify_status("all is well");
	notify_stopping();
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		char text[256];
		ssize_t n = recv(manager, text, sizeof(text) - 1, MSG_DONTWAIT);

		assert_true(n > 0);
		text[n] = '\0';
		assert_non_null(strstr(text, words[i]));
	}
	unsetenv("NOTIFY_SOCKET");
	close(manager);
}
#endif

/* Started by hand, or built without systemd: nobody listens, and nothing goes wrong. */
static void
test_nobody(void **state)
{
	g_autofree char *path = g_build_filename(*state, "absent", NULL);

	unsetenv("NOTIFY_SOCKET");
	notify_ready();
	setenv("NOTIFY_SOCKET", path, 1);
	notify_stopping();
	unsetenv("NOTIFY_SOCKET");
	assert_int_equal(access(path, F_OK), -1);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, scratch_new, scratch_free)
	const struct CMUnitTest tests[] = {
#ifdef HAVE_SYSTEMD
	    CASE(test_words),
#endif
	    CASE(test_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
