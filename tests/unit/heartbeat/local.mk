# Tests of the parts of heartbeat/ that need no machine of their own.
unit_heartbeat = tests/unit/heartbeat/test_script tests/unit/heartbeat/test_address_words
check_PROGRAMS += $(unit_heartbeat)
TESTS += $(unit_heartbeat)
tests_unit_heartbeat_test_script_CPPFLAGS = $(unit_cppflags) -D_GNU_SOURCE -I$(top_srcdir)/heartbeat
tests_unit_heartbeat_test_script_LDADD = libhbresource.la $(CMOCKA_LIBS) $(GLIB_LIBS) -lm
tests_unit_heartbeat_test_address_words_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/heartbeat
tests_unit_heartbeat_test_address_words_LDADD = libhbresource.la $(CMOCKA_LIBS) $(GLIB_LIBS) -lm

# Tests of the engine and of what the commands say.
unit_engine = \
	tests/unit/heartbeat/test_answers \
	tests/unit/heartbeat/test_clock \
	tests/unit/heartbeat/test_ping_packet \
	tests/unit/heartbeat/test_status \
	tests/unit/heartbeat/test_users
check_PROGRAMS += $(unit_engine)
TESTS += $(unit_engine)
EXTRA_DIST += tests/unit/heartbeat/report.h
unit_engine_cppflags = $(unit_cppflags) -I$(top_srcdir)/heartbeat $(QB_CFLAGS) $(CJSON_CFLAGS)
unit_engine_ldadd = libhbengine.la libhbpure.la $(CMOCKA_LIBS) $(GLIB_LIBS) $(QB_LIBS)
unit_ctl_ldadd = libhbctl.la $(CMOCKA_LIBS) $(GLIB_LIBS) $(CJSON_LIBS)
tests_unit_heartbeat_test_answers_CPPFLAGS = $(unit_engine_cppflags)
tests_unit_heartbeat_test_answers_LDADD = $(unit_ctl_ldadd)
tests_unit_heartbeat_test_status_CPPFLAGS = $(unit_engine_cppflags)
tests_unit_heartbeat_test_status_LDADD = $(unit_ctl_ldadd)
tests_unit_heartbeat_test_clock_CPPFLAGS = $(unit_engine_cppflags)
tests_unit_heartbeat_test_clock_LDADD = $(unit_engine_ldadd)
tests_unit_heartbeat_test_ping_packet_CPPFLAGS = $(unit_engine_cppflags)
tests_unit_heartbeat_test_ping_packet_LDADD = $(unit_engine_ldadd)
tests_unit_heartbeat_test_users_CPPFLAGS = $(unit_engine_cppflags)
tests_unit_heartbeat_test_users_LDADD = $(unit_engine_ldadd)

check_PROGRAMS += tests/unit/heartbeat/test_control
TESTS += tests/unit/heartbeat/test_control
tests_unit_heartbeat_test_control_CPPFLAGS = $(unit_engine_cppflags) -D_GNU_SOURCE
tests_unit_heartbeat_test_control_LDADD = libhbclient.la $(unit_engine_ldadd)

check_PROGRAMS += tests/unit/heartbeat/test_ipfail_rules
TESTS += tests/unit/heartbeat/test_ipfail_rules
tests_unit_heartbeat_test_ipfail_rules_CPPFLAGS = $(unit_engine_cppflags)
tests_unit_heartbeat_test_ipfail_rules_LDADD = libhbctl.la libhbpure.la $(CMOCKA_LIBS) $(GLIB_LIBS) $(CJSON_LIBS)
