# The pure libraries: base <- proto <- conf <- core <- {ipfail, keep}. No clock, socket, file, process
# or random call in any of them; tests/lint/pure.sh looks.
noinst_LTLIBRARIES += libhbpure.la
libhbpure_la_SOURCES = \
	lib/base/monotime.h \
	lib/base/prng.c lib/base/prng.h \
	lib/base/text.c lib/base/text.h \
	lib/base/trace.c lib/base/trace.h
libhbpure_la_CPPFLAGS = $(AM_CPPFLAGS) $(CRYPTO_CFLAGS) $(ZLIB_CFLAGS) $(XML_CFLAGS) $(CJSON_CFLAGS)
libhbpure_la_LIBADD = $(GLIB_LIBS) $(CRYPTO_LIBS) $(ZLIB_LIBS) $(BZ2_LIBS) $(XML_LIBS) $(CJSON_LIBS)

include lib/proto/local.mk
include lib/conf/local.mk
include lib/core/local.mk
include lib/ipfail/local.mk
include lib/keep/local.mk
include lib/client/local.mk
include lib/sim/local.mk
