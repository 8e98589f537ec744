/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/event.h"

#include <glib.h>

#include "fixture.h"

static void
test_type_names(void **state)
{
	static const char *const names[] = {"start", "packet", "timer", "child", "request",
	    "client", "medium", "leave", "orphaned", "address", "conflict"};

	(void)state;
	assert_int_equal(G_N_ELEMENTS(names), EVENT_TYPE_COUNT);
	for (unsigned i = 0; i < EVENT_TYPE_COUNT; i++)
		assert_string_equal(event_type_name(i), names[i]);
}

static void
test_end_names(void **state)
{
	static const char *const names[] = {
	    "exited", "signaled", "timed out", "not found", "killed"};

	(void)state;
	assert_int_equal(G_N_ELEMENTS(names), CHILD_END_COUNT);
	for (unsigned i = 0; i < CHILD_END_COUNT; i++)
		assert_string_equal(child_end_name(i), names[i]);
}

static void
test_address_names(void **state)
{
	static const char *const names[] = {"here", "gone", "nowhere"};

	(void)state;
	assert_int_equal(G_N_ELEMENTS(names), ADDRESS_STATE_COUNT);
	for (unsigned i = 0; i < ADDRESS_STATE_COUNT; i++)
		assert_string_equal(address_state_name(i), names[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_type_names),
	    cmocka_unit_test(test_end_names),
	    cmocka_unit_test(test_address_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
