# Files of heartbeat.

# What resources are carried out with: addresses by netlink, scripts by name. The daemon and
# the command behind resource.d/IPaddr link the same library.
noinst_LTLIBRARIES += libhbresource.la
libhbresource_la_SOURCES = \
	heartbeat/address.c heartbeat/address.h \
	heartbeat/address_words.c heartbeat/address_words.h \
	heartbeat/announce.c heartbeat/announce.h \
	heartbeat/netlink.c heartbeat/netlink.h \
	heartbeat/script.c heartbeat/script.h \
	heartbeat/script_environment.c heartbeat/script_search.h \
	heartbeat/unit.c heartbeat/unit.h
libhbresource_la_CPPFLAGS = $(AM_CPPFLAGS) $(PATH_CPPFLAGS) $(MNL_CFLAGS)
libhbresource_la_LIBADD = libhbpure.la $(MNL_LIBS) $(GLIB_LIBS) -lm

# Programs of ours that scripts run, in their own directory.
hbagentprogramdir = $(hbdir)
hbagentprogram_PROGRAMS = hb-address
hb_address_SOURCES = heartbeat/hb-address.c
hb_address_LDADD = libhbresource.la $(GLIB_LIBS) -lm
