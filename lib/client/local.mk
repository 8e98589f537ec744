# What other programs link with. Only names that begin with hb_ are seen from outside.
lib_LTLIBRARIES += libhbclient.la
libhbclient_la_SOURCES = \
	lib/client/hbclient.c lib/client/hbclient.h \
	lib/base/text.c lib/base/text.h \
	lib/proto/msg.c lib/proto/msg.h \
	lib/proto/request.c lib/proto/request.h \
	lib/proto/wire.c lib/proto/wire.h
libhbclient_la_CPPFLAGS = $(AM_CPPFLAGS) $(QB_CFLAGS)
libhbclient_la_LIBADD = $(GLIB_LIBS) $(QB_LIBS)
libhbclient_la_LDFLAGS = $(AM_LDFLAGS) -version-info 5:0:1 -export-symbols-regex '^hb_'
hbclientdir = $(includedir)/heartbeat
hbclient_HEADERS = lib/client/hbclient.h

# The same code for our own programs, linked in: they need no library beside them, and one that
# was updated before or after them does not concern them.
noinst_LTLIBRARIES += libhbclientcode.la
libhbclientcode_la_SOURCES = lib/client/hbclient.c lib/client/hbclient.h
libhbclientcode_la_CPPFLAGS = $(AM_CPPFLAGS) $(QB_CFLAGS)
libhbclientcode_la_LIBADD = $(GLIB_LIBS) $(QB_LIBS)
