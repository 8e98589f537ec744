/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/snapshot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char report[] = "{\"name\": \"alpha\", \"delay\": 12.5, \"settled\": true,"
			     " \"nodes\": [{\"name\": \"Beta\"}, 7, {\"name\": \"gamma\"}],"
			     " \"counts\": {\"sent\": 3}}";

static void
test_values_of_the_right_kind_are_taken(void **state)
{
	cJSON *j = cJSON_Parse(report);

	(void)state;
	assert_string_equal(snapshot_text(j, "name", "-"), "alpha");
	assert_true(snapshot_number(j, "delay", 1) == 12.5);
	assert_true(snapshot_is_true(j, "settled"));
	assert_int_equal(cJSON_GetArraySize(snapshot_list(j, "nodes")), 3);
	assert_non_null(snapshot_list(j, "counts"));
	cJSON_Delete(j);
}

static void
test_what_is_missing_or_of_another_kind_is_the_default(void **state)
{
	cJSON *j = cJSON_Parse(report);

	(void)state;
	assert_string_equal(snapshot_text(j, "delay", "-"), "-");
	assert_string_equal(snapshot_text(j, "absent", "-"), "-");
	assert_true(snapshot_number(j, "name", 1) == 1);
	assert_false(snapshot_is_true(j, "name"));
	assert_null(snapshot_list(j, "name"));
	assert_null(snapshot_list(NULL, "nodes"));
	cJSON_Delete(j);
}

static void
test_a_name_is_found_in_any_case(void **state)
{
	cJSON *j = cJSON_Parse(report);
	const cJSON *nodes = snapshot_list(j, "nodes");

	(void)state;
	assert_ptr_equal(snapshot_named(nodes, "beta"), cJSON_GetArrayItem(nodes, 0));
	assert_ptr_equal(snapshot_named(nodes, "GAMMA"), cJSON_GetArrayItem(nodes, 2));
	assert_null(snapshot_named(nodes, "delta"));
	cJSON_Delete(j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_values_of_the_right_kind_are_taken),
	    cmocka_unit_test(test_what_is_missing_or_of_another_kind_is_the_default),
	    cmocka_unit_test(test_a_name_is_found_in_any_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
