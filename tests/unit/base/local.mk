# Tests of this directory.
base_tests = \
	tests/unit/base/test_monotime \
	tests/unit/base/test_prng \
	tests/unit/base/test_text \
	tests/unit/base/test_trace
check_PROGRAMS += $(base_tests)
TESTS += $(base_tests)

tests_unit_base_test_monotime_SOURCES = tests/unit/base/test_monotime.c
tests_unit_base_test_monotime_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_monotime_LDADD = $(unit_ldadd)

tests_unit_base_test_prng_SOURCES = tests/unit/base/test_prng.c
tests_unit_base_test_prng_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_prng_LDADD = $(unit_ldadd)

tests_unit_base_test_text_SOURCES = tests/unit/base/test_text.c
tests_unit_base_test_text_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_text_LDADD = $(unit_ldadd)

tests_unit_base_test_trace_SOURCES = tests/unit/base/test_trace.c
tests_unit_base_test_trace_CPPFLAGS = $(unit_cppflags)
tests_unit_base_test_trace_LDADD = $(unit_ldadd)
