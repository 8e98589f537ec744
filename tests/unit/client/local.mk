# The client library against the service it talks to.
check_PROGRAMS += tests/unit/client/test_hbclient
TESTS += tests/unit/client/test_hbclient
tests_unit_client_test_hbclient_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/heartbeat \
	$(QB_CFLAGS) -D_GNU_SOURCE
tests_unit_client_test_hbclient_LDADD = libhbclient.la libhbengine.la libhbpure.la \
	$(CMOCKA_LIBS) $(GLIB_LIBS) $(QB_LIBS)
