# Tests of what outlives an engine.
check_PROGRAMS += tests/unit/keep/test_announcements tests/unit/keep/test_handoff
TESTS += tests/unit/keep/test_announcements tests/unit/keep/test_handoff
tests_unit_keep_test_announcements_CPPFLAGS = $(unit_cppflags)
tests_unit_keep_test_announcements_LDADD = $(unit_ldadd)
tests_unit_keep_test_handoff_CPPFLAGS = $(unit_cppflags)
tests_unit_keep_test_handoff_LDADD = $(unit_ldadd)
