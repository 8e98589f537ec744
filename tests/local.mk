# cmocka unit tests mirror lib/: tests/unit/core/test_view.c tests lib/core/view.c.
if HAVE_CMOCKA
unit_cppflags = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) -DTEST_SRCDIR='"$(abs_top_srcdir)/tests"'
unit_ldadd = libhbpure.la $(CMOCKA_LIBS) $(GLIB_LIBS)

include tests/unit/base/local.mk
include tests/unit/proto/local.mk
include tests/unit/conf/local.mk
include tests/unit/core/local.mk
include tests/unit/ipfail/local.mk
include tests/unit/keep/local.mk
include tests/unit/sim/local.mk
include tests/unit/heartbeat/local.mk
include tests/unit/client/local.mk
endif
include tests/story/local.mk
include tests/sim/local.mk
include tests/completion/local.mk
include tests/lint/local.mk
include tests/system/local.mk
include tests/interop/local.mk
include tests/bench/local.mk
include tests/fuzz/local.mk
