/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "journal.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "listener.h"
#include "scratch.h"

static void
test_fields(void **state)
{
	static const char wanted[] = "A=one line\nB\n\x08\0\0\0\0\0\0\0two\nof=x\nC=\n";
	g_autoptr(GString) entry = g_string_new(NULL);

	(void)state;
	journal_field(entry, "A", "one line");
	journal_field(entry, "B", "two\nof=x");
	journal_field(entry, "C", "");
	assert_int_equal(entry->len, sizeof(wanted) - 1);
	assert_memory_equal(entry->str, wanted, entry->len);
}

/* Nobody there, then somebody, then a queue that is full, then another at the same path. */
static void
test_send(void **state)
{
	g_autofree char *path = scratch_file(state, "socket", NULL);
	g_autoptr(GString) entry = g_string_new("MESSAGE=x\n");
	const int fd = journal_open();
	char text[64];
	int listener, result, sent = 0;

	assert_true(fd >= 0);
	assert_int_equal(journal_send(fd, path, entry), -ENOENT);
	listener = listener_new(path);
	while ((result = journal_send(fd, path, entry)) == 0)
		sent++;
	assert_int_equal(result, -EAGAIN);
	assert_true(sent > 0);
	close(listener);
	assert_int_equal(journal_send(fd, path, entry), -ECONNREFUSED);
	g_remove(path);
	listener = listener_new(path);
	assert_int_equal(journal_send(fd, path, entry), 0);
	assert_true(listener_read(listener, text, sizeof(text)));
	assert_string_equal(text, "MESSAGE=x\n");
	close(listener);
	close(fd);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, scratch_new, scratch_free)
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_fields),
	    CASE(test_send),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
