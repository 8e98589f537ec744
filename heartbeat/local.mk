# Files of heartbeat.

# The privileged process. The program stands in its own directory, whose name it has.
noinst_LTLIBRARIES += libhbmaster.la
libhbmaster_la_SOURCES = \
	heartbeat/announcer.c heartbeat/announcer.h \
	heartbeat/capabilities.c heartbeat/capabilities.h \
	heartbeat/channel.c heartbeat/channel.h \
	heartbeat/child.c heartbeat/child.h \
	heartbeat/directories.c heartbeat/directories.h \
	heartbeat/drain.c heartbeat/drain.h \
	heartbeat/engine_process.c heartbeat/engine_process.h \
	heartbeat/fifo.c heartbeat/fifo.h \
	heartbeat/files.c heartbeat/files.h \
	heartbeat/hooks.c heartbeat/hooks.h \
	heartbeat/init.c heartbeat/init.h \
	heartbeat/job.c heartbeat/job.h \
	heartbeat/journal.c heartbeat/journal.h \
	heartbeat/leftover.c heartbeat/leftover.h \
	heartbeat/lineage.c heartbeat/lineage.h \
	heartbeat/log.c heartbeat/log.h \
	heartbeat/log_place.c heartbeat/log_place.h \
	heartbeat/lookup.c heartbeat/lookup.h \
	heartbeat/machine.c heartbeat/machine.h \
	heartbeat/master.c heartbeat/master.h heartbeat/master_state.h \
	heartbeat/master_engine.c \
	heartbeat/notify.c heartbeat/notify.h \
	heartbeat/picture.c heartbeat/picture.h \
	heartbeat/pidfile.c heartbeat/pidfile.h \
	heartbeat/ping_socket.c heartbeat/ping_socket.h \
	heartbeat/old_path.c heartbeat/old_path.h \
	heartbeat/preflight.c heartbeat/preflight.h \
	heartbeat/privs.c heartbeat/privs.h \
	heartbeat/probe.c heartbeat/probe.h \
	heartbeat/reload.c heartbeat/reload.h \
	heartbeat/release.c heartbeat/release.h \
	heartbeat/resume.c heartbeat/resume.h heartbeat/exit_code.h \
	heartbeat/neighbour.c heartbeat/neighbour.h \
	heartbeat/reopen.c heartbeat/reopen.h \
	heartbeat/runner.c heartbeat/runner.h \
	heartbeat/same_file.c heartbeat/same_file.h \
	heartbeat/serial_line.c heartbeat/serial_line.h \
	heartbeat/socket_address.c heartbeat/socket_address.h \
	heartbeat/sockets.c heartbeat/sockets.h \
	heartbeat/store.c heartbeat/store.h \
	heartbeat/upgrade.c heartbeat/upgrade.h \
	heartbeat/verdict.c heartbeat/verdict.h
libhbmaster_la_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE $(PATH_CPPFLAGS) $(QB_CFLAGS) $(CAPNG_CFLAGS)
libhbmaster_la_LIBADD = $(GLIB_LIBS) $(QB_LIBS) $(CAPNG_LIBS)

hbdaemondir = $(hbdir)
hbdaemon_PROGRAMS = heartbeat/heartbeat
heartbeat_heartbeat_SOURCES = heartbeat/main.c
heartbeat_heartbeat_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE $(PATH_CPPFLAGS) $(QB_CFLAGS) \
	-DHB_UNITDIR='"$(systemdsystemunitdir)"' -DHB_INITDIR='"$(initdir)"' \
	-DHB_SANITIZERS='"$(with_sanitizers)"'
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
	heartbeat/heartbeat.tmpfiles heartbeat/heartbeat.sysusers
CLEANFILES += heartbeat/heartbeat.init heartbeat/heartbeat.service
noinst_SCRIPTS = heartbeat/heartbeat.init
tmpfilesdir = $(prefix)/lib/tmpfiles.d
sysusersdir = $(prefix)/lib/sysusers.d
install-data-local: install-start-files
if WITH_UNIT
systemdsystemunit_DATA = heartbeat/heartbeat.service
endif
if WITH_INIT
install-start-files: install-init-script
endif
install-init-script: heartbeat/heartbeat.init
	$(MKDIR_P) $(DESTDIR)$(initdir)
	$(INSTALL_SCRIPT) heartbeat/heartbeat.init $(DESTDIR)$(initdir)/heartbeat
install-start-files:
	$(MKDIR_P) $(DESTDIR)$(tmpfilesdir) $(DESTDIR)$(sysusersdir)
	$(INSTALL_DATA) $(srcdir)/heartbeat/heartbeat.tmpfiles $(DESTDIR)$(tmpfilesdir)/heartbeat.conf
	$(INSTALL_DATA) $(srcdir)/heartbeat/heartbeat.sysusers $(DESTDIR)$(sysusersdir)/heartbeat.conf
uninstall-local: uninstall-start-files
uninstall-start-files:
	rm -f $(DESTDIR)$(initdir)/heartbeat $(DESTDIR)$(tmpfilesdir)/heartbeat.conf \
		$(DESTDIR)$(sysusersdir)/heartbeat.conf
	rm -f $(DESTDIR)/run/systemd/system/heartbeat.service.d/50-haresources.conf
.PHONY: install-init-script install-start-files uninstall-start-files

# For those that look after logs: logrotate, and logcheck, which mails what nobody calls normal.
logrotatedir = $(sysconfdir)/logrotate.d
logcheckdir = $(sysconfdir)/logcheck/ignore.d.server
EXTRA_DIST += heartbeat/heartbeat.logrotate heartbeat/heartbeat.logcheck
install-data-local: install-log-files
install-log-files:
	$(MKDIR_P) $(DESTDIR)$(logrotatedir) $(DESTDIR)$(logcheckdir)
	$(INSTALL_DATA) $(srcdir)/heartbeat/heartbeat.logrotate $(DESTDIR)$(logrotatedir)/heartbeat
	$(INSTALL_DATA) $(srcdir)/heartbeat/heartbeat.logcheck $(DESTDIR)$(logcheckdir)/heartbeat
uninstall-local: uninstall-log-files
uninstall-log-files:
	rm -f $(DESTDIR)$(logrotatedir)/heartbeat $(DESTDIR)$(logcheckdir)/heartbeat
.PHONY: install-log-files uninstall-log-files

# What resources are carried out with: addresses by netlink, scripts by name. The daemon and
# the command behind resource.d/IPaddr link the same library.
noinst_LTLIBRARIES += libhbresource.la
libhbresource_la_SOURCES = \
	heartbeat/address.c heartbeat/address.h \
	heartbeat/address_place.c heartbeat/address_place.h \
	heartbeat/address_words.c heartbeat/address_words.h \
	heartbeat/announce.c heartbeat/announce.h \
	heartbeat/boot.c heartbeat/boot.h \
	heartbeat/bystanders.c heartbeat/bystanders.h \
	heartbeat/conflict_socket.c heartbeat/conflict_socket.h \
	heartbeat/netlink.c heartbeat/netlink.h \
	heartbeat/script.c heartbeat/script.h heartbeat/script_check.c \
	heartbeat/script_environment.c heartbeat/script_search.h \
	heartbeat/script_owner.c heartbeat/script_owner.h \
	heartbeat/unit.c heartbeat/unit.h
libhbresource_la_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE $(PATH_CPPFLAGS) $(MNL_CFLAGS)
libhbresource_la_LIBADD = libhbpure.la $(MNL_LIBS) $(GLIB_LIBS) -lm

# Programs of ours that scripts run, in their own directory.
hbagentprogramdir = $(hbdir)
hbagentprogram_PROGRAMS = hb-address
dist_hbagentprogram_SCRIPTS = heartbeat/hb-units
hb_address_SOURCES = heartbeat/hb-address.c
hb_address_LDADD = libhbresource.la $(GLIB_LIBS) -lm

# What scripts ask of haresources, and do by hand while the daemon is down.
hbagentprogram_PROGRAMS += ResourceManager
ResourceManager_SOURCES = heartbeat/resource_manager.c
ResourceManager_CPPFLAGS = $(AM_CPPFLAGS) $(PATH_CPPFLAGS)
ResourceManager_LDADD = libhbmaster.la libhbresource.la libhbclientcode.la libhbpure.la $(GLIB_LIBS) -lm

# The unprivileged process, for the daemon and for its tests.
noinst_LTLIBRARIES += libhbengine.la
libhbengine_la_SOURCES = \
	heartbeat/channel_queue.c heartbeat/channel_queue.h \
	heartbeat/clock.c heartbeat/clock.h \
	heartbeat/conflict_watch.c heartbeat/conflict_watch.h \
	heartbeat/control.c heartbeat/control.h \
	heartbeat/engine.c heartbeat/engine.h heartbeat/engine_state.h \
	heartbeat/engine_intake.c \
	heartbeat/fifo_reader.c heartbeat/fifo_reader.h \
	heartbeat/flight.c heartbeat/flight.h \
	heartbeat/medium.c heartbeat/medium.h heartbeat/medium_kind.h \
	heartbeat/medium_ping.c \
	heartbeat/medium_serial.c \
	heartbeat/medium_udp.c \
	heartbeat/lookup.c heartbeat/lookup.h \
	heartbeat/memory.c heartbeat/memory.h \
	heartbeat/perform.c heartbeat/perform.h \
	heartbeat/ping_packet.c heartbeat/ping_packet.h \
	heartbeat/users.c heartbeat/users.h
libhbengine_la_CPPFLAGS = $(AM_CPPFLAGS) $(PATH_CPPFLAGS) $(QB_CFLAGS)
libhbengine_la_LIBADD = $(GLIB_LIBS) $(QB_LIBS)

# The commands. What they say is a library of its own, so that its words can be tested.
noinst_LTLIBRARIES += libhbctl.la
libhbctl_la_SOURCES = \
	heartbeat/ctl/answers.c heartbeat/ctl/answers.h \
	heartbeat/ctl/command.h \
	heartbeat/ctl/option.c heartbeat/ctl/option.h \
	heartbeat/ctl/setup_files.c heartbeat/ctl/setup_files.h \
	heartbeat/ctl/setup_preview.c heartbeat/ctl/setup_preview.h \
	heartbeat/ctl/simulate_json.c \
	heartbeat/ctl/simulate_rows.c heartbeat/ctl/simulate_rows.h \
	heartbeat/ctl/simulate_table.c \
	heartbeat/ctl/status.c heartbeat/ctl/status.h
libhbctl_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/heartbeat $(CJSON_CFLAGS)
libhbctl_la_LIBADD = libhbpure.la $(GLIB_LIBS) $(CJSON_LIBS)

sbin_PROGRAMS += hbctl
hbctl_SOURCES = heartbeat/ctl/ask.c heartbeat/ctl/ask.h heartbeat/pidfile.c heartbeat/pidfile.h \
	heartbeat/same_file.c heartbeat/same_file.h \
	heartbeat/ctl/main.c heartbeat/ctl/move.c heartbeat/ctl/move.h \
	heartbeat/ctl/complete.c heartbeat/ctl/complete.h \
	heartbeat/ctl/flight_file.c heartbeat/ctl/flight_file.h \
	heartbeat/ctl/setup.c heartbeat/ctl/setup.h heartbeat/ctl/setup_state.h \
	heartbeat/ctl/setup_ask.c heartbeat/ctl/setup_show.c \
	heartbeat/ctl/simulate.c heartbeat/ctl/simulate.h \
	heartbeat/ctl/survey.c heartbeat/ctl/survey.h \
	heartbeat/files.c heartbeat/files.h \
	heartbeat/log_place.c heartbeat/log_place.h
hbctl_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE -I$(top_srcdir)/heartbeat $(PATH_CPPFLAGS)
hbctl_LDADD = libhbctl.la libhbsim.la libhbclientcode.la libhbresource.la libhbpure.la $(GLIB_LIBS) \
	$(CJSON_LIBS) -lm

bin_PROGRAMS += cl_status
cl_status_SOURCES = heartbeat/ctl/cl_status.c heartbeat/ctl/ask.c heartbeat/ctl/ask.h \
	heartbeat/pidfile.c heartbeat/pidfile.h heartbeat/same_file.c heartbeat/same_file.h
cl_status_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE -I$(top_srcdir)/heartbeat $(PATH_CPPFLAGS) \
	$(CJSON_CFLAGS)
cl_status_LDADD = libhbctl.la libhbclientcode.la libhbpure.la $(GLIB_LIBS) $(CJSON_LIBS)

hb_PROGRAMS += ipfail
ipfail_SOURCES = heartbeat/ipfail.c
ipfail_CPPFLAGS = $(AM_CPPFLAGS)
ipfail_LDADD = libhbengine.la libhbclientcode.la libhbpure.la $(GLIB_LIBS) $(CJSON_LIBS)

# cl_status is set-group-ID, so that every user may ask. A package that is built where the group
# does not exist gives its number (make install HB_GROUP=190) or sets it when it is installed; what
# is installed here, by root, gets its user and group now.
HB_GROUP = haclient
install-exec-hook: install-ctl-names install-ctl-group
install-users:
	@test -n "$(DESTDIR)" || test "`id -u`" != 0 || \
		{ getent passwd hacluster && getent group haclient; } >/dev/null || \
		systemd-sysusers $(abs_top_srcdir)/heartbeat/heartbeat.sysusers || \
		printf '%s\n' 'The user of heartbeat is missing, and systemd-sysusers cannot make it. Give' \
			'    groupadd -r haclient' \
			'    useradd -r -g haclient -d $(localstatedir)/lib/heartbeat -s /usr/sbin/nologin hacluster'
install-ctl-group: install-binPROGRAMS install-users
	@if chgrp $(HB_GROUP) $(DESTDIR)$(bindir)/cl_status 2>/dev/null && \
		chmod 2755 $(DESTDIR)$(bindir)/cl_status; then \
		:; \
	else \
		printf '%s\n' 'Only root and group $(HB_GROUP) can use cl_status and hbctl status so far. Let root give' \
			'    chgrp $(HB_GROUP) $(bindir)/cl_status && chmod 2755 $(bindir)/cl_status'; \
	fi
# hb_standby and hb_takeover are names of hbctl: on PATH, and where 3.0.6 had them (ha.d/local.mk). The
# daemon is on PATH too, for heartbeat -t and its like.
install-ctl-names:
	$(MKDIR_P) $(DESTDIR)$(sbindir)
	ln -sf $(hbdir)/heartbeat $(DESTDIR)$(sbindir)/heartbeat
	for name in hb_standby hb_takeover; do \
		ln -sf hbctl $(DESTDIR)$(sbindir)/$$name || exit 1; \
	done
uninstall-hook: uninstall-ctl-names
uninstall-ctl-names:
	rm -f $(DESTDIR)$(sbindir)/heartbeat
	for name in hb_standby hb_takeover; do \
		rm -f $(DESTDIR)$(sbindir)/$$name; \
	done
.PHONY: install-users install-ctl-group install-ctl-names uninstall-ctl-names
