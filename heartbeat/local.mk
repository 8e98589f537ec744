# Files of heartbeat.

# The privileged process. The program stands in its own directory, whose name it has.
noinst_LTLIBRARIES += libhbmaster.la
libhbmaster_la_SOURCES = \
	heartbeat/channel.c heartbeat/channel.h \
	heartbeat/child.c heartbeat/child.h \
	heartbeat/engine_process.c heartbeat/engine_process.h \
	heartbeat/files.c heartbeat/files.h \
	heartbeat/log.c heartbeat/log.h \
	heartbeat/master.c heartbeat/master.h \
	heartbeat/notify.c heartbeat/notify.h \
	heartbeat/ping_socket.c heartbeat/ping_socket.h \
	heartbeat/preflight.c heartbeat/preflight.h \
	heartbeat/privs.c heartbeat/privs.h \
	heartbeat/runner.c heartbeat/runner.h \
	heartbeat/serial_line.c heartbeat/serial_line.h \
	heartbeat/socket_address.c heartbeat/socket_address.h \
	heartbeat/sockets.c heartbeat/sockets.h \
	heartbeat/store.c heartbeat/store.h
libhbmaster_la_CPPFLAGS = $(AM_CPPFLAGS) $(PATH_CPPFLAGS) $(QB_CFLAGS) $(CAPNG_CFLAGS) \
	$(SYSTEMD_CFLAGS)
libhbmaster_la_LIBADD = $(GLIB_LIBS) $(QB_LIBS) $(CAPNG_LIBS) $(CRYPTO_LIBS) $(SYSTEMD_LIBS)

hbdaemondir = $(hbdir)
hbdaemon_PROGRAMS = heartbeat/heartbeat
heartbeat_heartbeat_SOURCES = heartbeat/main.c
heartbeat_heartbeat_CPPFLAGS = $(AM_CPPFLAGS) $(PATH_CPPFLAGS) $(QB_CFLAGS)
heartbeat_heartbeat_LDADD = libhbmaster.la libhbengine.la libhbresource.la libhbpure.la \
	$(GLIB_LIBS) $(QB_LIBS)

# How it is started: init script, unit, directories.
HB_SUBST = $(SED) \
	-e 's|@hbdir[@]|$(hbdir)|g' \
	-e 's|@hadir[@]|$(hadir)|g' \
	-e 's|@sbindir[@]|$(sbindir)|g' \
	-e 's|@sysconfdir[@]|$(sysconfdir)|g' \
	-e 's|@statedir[@]|$(localstatedir)/lib/heartbeat|g'
heartbeat/heartbeat.init: heartbeat/heartbeat.init.in Makefile
	$(AM_V_GEN)$(MKDIR_P) heartbeat && $(HB_SUBST) $(srcdir)/heartbeat/heartbeat.init.in >$@.t && \
		chmod +x $@.t && mv $@.t $@
heartbeat/heartbeat.service: heartbeat/heartbeat.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) heartbeat && $(HB_SUBST) $(srcdir)/heartbeat/heartbeat.service.in >$@.t && \
		mv $@.t $@
EXTRA_DIST += heartbeat/heartbeat.init.in heartbeat/heartbeat.service.in \
	heartbeat/heartbeat.tmpfiles
CLEANFILES += heartbeat/heartbeat.init heartbeat/heartbeat.service
systemdsystemunit_DATA = heartbeat/heartbeat.service
noinst_SCRIPTS = heartbeat/heartbeat.init
tmpfilesdir = $(prefix)/lib/tmpfiles.d
install-data-local: install-start-files
install-start-files: heartbeat/heartbeat.init
	$(MKDIR_P) $(DESTDIR)$(initdir) $(DESTDIR)$(tmpfilesdir)
	$(INSTALL_SCRIPT) heartbeat/heartbeat.init $(DESTDIR)$(initdir)/heartbeat
	$(INSTALL_DATA) $(srcdir)/heartbeat/heartbeat.tmpfiles $(DESTDIR)$(tmpfilesdir)/heartbeat.conf
uninstall-local: uninstall-start-files
uninstall-start-files:
	rm -f $(DESTDIR)$(initdir)/heartbeat $(DESTDIR)$(tmpfilesdir)/heartbeat.conf
.PHONY: install-start-files uninstall-start-files

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
