/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lookup.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define PATIENCE_MS 60000

static void
test_written_out(void **state)
{
	struct lookup *l = lookup_start("10.0.0.2", AF_INET);
	struct sockaddr_storage addr;
	const char *why = NULL;
	socklen_t len = 0;

	(void)state;
	assert_int_equal(lookup_result(l, &addr, &len, &why), 0);
	assert_int_equal(len, sizeof(struct sockaddr_in));
	assert_int_equal(((struct sockaddr_in *)&addr)->sin_addr.s_addr, inet_addr("10.0.0.2"));
	assert_null(why);
	lookup_free(l);
	l = lookup_start("fe80::1", AF_INET6);
	assert_int_equal(lookup_result(l, &addr, &len, &why), 0);
	assert_int_equal(addr.ss_family, AF_INET6);
	lookup_free(l);
	lookup_free(NULL);
}

static void
test_nobody_knows(void **state)
{
	struct lookup *l = lookup_start("no-such-host.invalid", AF_INET), *more;
	struct sockaddr_storage addr;
	const char *why = NULL;
	socklen_t len;
	int result = -EAGAIN;

	(void)state;
	/* Another owner may go first, and one need not wait. */
	more = lookup_ref(l);
	lookup_free(more);
	for (int i = 0; i < PATIENCE_MS && result == -EAGAIN; i++) {
		result = lookup_result(l, &addr, &len, &why);
		if (result == -EAGAIN)
			g_usleep(1000);
	}
	assert_int_equal(result, -ENOENT);
	assert_non_null(why);
	lookup_free(l);
	lookup_free(lookup_start("no-such-host.invalid", AF_INET));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_written_out),
	    cmocka_unit_test(test_nobody_knows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
