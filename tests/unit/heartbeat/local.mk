# Tests of the parts of heartbeat/ that need no machine of their own.
unit_heartbeat = tests/unit/heartbeat/test_script tests/unit/heartbeat/test_address_words
check_PROGRAMS += $(unit_heartbeat)
TESTS += $(unit_heartbeat)
tests_unit_heartbeat_test_script_CPPFLAGS = $(unit_cppflags) -D_GNU_SOURCE -I$(top_srcdir)/heartbeat
tests_unit_heartbeat_test_script_LDADD = libhbresource.la $(CMOCKA_LIBS) $(GLIB_LIBS) -lm
tests_unit_heartbeat_test_address_words_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/heartbeat
tests_unit_heartbeat_test_address_words_LDADD = libhbresource.la $(CMOCKA_LIBS) $(GLIB_LIBS) -lm
