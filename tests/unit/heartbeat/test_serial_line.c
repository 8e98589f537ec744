/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * On a pseudo terminal, which has all of a serial line but the wire.
 */
#include "serial_line.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

static int
terminal_new(void **state)
{
	const int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);

	*state = GINT_TO_POINTER(fd);
	return fd < 0 || grantpt(fd) < 0 || unlockpt(fd) < 0;
}

static int
terminal_free(void **state)
{
	return close(GPOINTER_TO_INT(*state));
}

static void
test_raw(void **state)
{
	const int other = GPOINTER_TO_INT(*state);
	static const char sent[] = ">>>\nt=status\n\003\021\023 \177<<<\n";
	struct pollfd p = {.events = POLLIN};
	struct termios t;
	char got[64], *why = NULL;
	size_t len = 0;
	const int fd = serial_line_open(ptsname(other), 9600, &why);

	assert_true(fd >= 0);
	assert_true((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
	assert_true((fcntl(fd, F_GETFL) & O_NONBLOCK) != 0);
	assert_int_equal(tcgetattr(fd, &t), 0);
	assert_int_equal(cfgetispeed(&t), B9600);
	assert_int_equal(cfgetospeed(&t), B9600);
	/* Nothing is a command, an end of line to be translated, or echoed. */
	assert_int_equal(write(other, sent, strlen(sent)), strlen(sent));
	p.fd = fd;
	while (len < strlen(sent)) {
		ssize_t n;

		assert_int_equal(poll(&p, 1, 10000), 1);
		n = read(fd, got + len, sizeof(got) - len);
		assert_true(n > 0);
		len += (size_t)n;
	}
	assert_int_equal(len, strlen(sent));
	assert_memory_equal(got, sent, len);
	p.fd = other;
	assert_int_equal(poll(&p, 1, 0), 0);
	close(fd);
}

static void
test_one_at_a_time(void **state)
{
	const int other = GPOINTER_TO_INT(*state);
	char *why = NULL;
	int fd = serial_line_open(ptsname(other), 19200, &why);

	assert_true(fd >= 0);
	assert_int_equal(serial_line_open(ptsname(other), 19200, &why), -EWOULDBLOCK);
	assert_non_null(strstr(why, "used by another program"));
	g_free(why);
	close(fd);
	why = NULL;
	fd = serial_line_open(ptsname(other), 19200, &why);
	assert_true(fd >= 0);
	assert_null(why);
	close(fd);
}

static void
test_refused(void **state)
{
	static const struct {
		const char *device;
		unsigned baud;
		int err;
		const char *word;
	} cases[] = {
	    {"/dev/null", 19200, -ENOTTY, "not a serial line"},
	    {"/nonexistent/ttyS0", 19200, -ENOENT, "No such file"},
	    {"/dev/null", 42, -EINVAL, "42 baud"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *why = NULL;

		assert_int_equal(
		    serial_line_open(cases[i].device, cases[i].baud, &why), cases[i].err);
		assert_non_null(strstr(why, cases[i].word));
	}
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, terminal_new, terminal_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_raw),
	    CASE(test_one_at_a_time),
	    CASE(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
