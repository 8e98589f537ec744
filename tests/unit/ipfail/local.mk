# Tests of what ipfail decides.
check_PROGRAMS += tests/unit/ipfail/test_rules
TESTS += tests/unit/ipfail/test_rules
tests_unit_ipfail_test_rules_CPPFLAGS = $(unit_cppflags) $(CJSON_CFLAGS)
tests_unit_ipfail_test_rules_LDADD = $(unit_ldadd)
