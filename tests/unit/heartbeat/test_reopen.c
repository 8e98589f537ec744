/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reopen.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

#define PATIENCE_S 30

struct bench {
	qb_loop_t *loop;
	struct setup setup;
	char *device;	/* where there is none at first */
	unsigned tries;
};

/* The second time somebody has plugged the line in. */
static void
tried(void *arg, unsigned medium)
{
	struct bench *b = arg;

	assert_int_equal(medium, 1);
	b->tries++;
	if (sockets_of(b->setup.sockets, 1)->len == 1) {
		qb_loop_stop(b->loop);
	} else {
		int terminal = posix_openpt(O_RDWR | O_NOCTTY);

		assert_true(terminal >= 0);
		assert_int_equal(grantpt(terminal), 0);
		assert_int_equal(unlockpt(terminal), 0);
		assert_int_equal(symlink(ptsname(terminal), b->device), 0);
	}
}

static void
test_until_it_works(void **state)
{
	struct conf_medium media[] = {
	    {.kind = MEDIUM_SERIAL, .name = (char *)"/dev/null", .baud = 9600},
	    {.kind = MEDIUM_SERIAL, .name = (char *)"line", .baud = 9600}};
	struct conf c = {.media = media, .media_count = 2};
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct bench b = {.loop = qb_loop_create(), .setup = {.conf = &c}};
	struct reopen *r;

	b.device = g_build_filename(*state, "line", NULL);
	media[0].device = (char *)"/dev/null";
	media[1].device = b.device;
	b.setup.sockets = sockets_open(&c, "ha.cf", NULL, faults);
	assert_true(sockets_broken(b.setup.sockets, 1));
	r = reopen_new(b.loop, &b.setup, tried, &b);
	reopen_medium(r, 2);
	reopen_medium(r, UINT32_MAX);
	reopen_medium(r, 1);
	reopen_medium(r, 1);
	alarm(PATIENCE_S);
	qb_loop_run(b.loop);
	assert_int_equal(b.tries, 2);
	/* One that is freed with its timer running does not come back. */
	reopen_broken(r);
	reopen_free(r);
	sockets_free(b.setup.sockets);
	qb_loop_destroy(b.loop);
	g_free(b.device);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_until_it_works, scratch_new, scratch_free)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
