# Tests of the parts of heartbeat/ that need no machine of their own.
unit_heartbeat = tests/unit/heartbeat/test_script tests/unit/heartbeat/test_address_words \
	tests/unit/heartbeat/test_address_place
check_PROGRAMS += $(unit_heartbeat)
TESTS += $(unit_heartbeat)
tests_unit_heartbeat_test_script_CPPFLAGS = $(unit_cppflags) -D_GNU_SOURCE -I$(top_srcdir)/heartbeat
tests_unit_heartbeat_test_script_LDADD = libhbresource.la $(CMOCKA_LIBS) $(GLIB_LIBS) -lm
tests_unit_heartbeat_test_address_place_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/heartbeat
tests_unit_heartbeat_test_address_place_LDADD = libhbresource.la $(CMOCKA_LIBS) $(GLIB_LIBS) -lm
tests_unit_heartbeat_test_address_words_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/heartbeat
tests_unit_heartbeat_test_address_words_LDADD = libhbresource.la $(CMOCKA_LIBS) $(GLIB_LIBS) -lm

# Tests of the engine and of what the commands say.
unit_engine = \
	tests/unit/heartbeat/test_answers \
	tests/unit/heartbeat/test_clock \
	tests/unit/heartbeat/test_flight \
	tests/unit/heartbeat/test_option \
	tests/unit/heartbeat/test_ping_packet \
	tests/unit/heartbeat/test_setup_files \
	tests/unit/heartbeat/test_setup_preview \
	tests/unit/heartbeat/test_simulate \
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
tests_unit_heartbeat_test_option_CPPFLAGS = $(unit_engine_cppflags)
tests_unit_heartbeat_test_option_LDADD = $(unit_ctl_ldadd)
tests_unit_heartbeat_test_setup_files_CPPFLAGS = $(unit_engine_cppflags) -D_GNU_SOURCE
tests_unit_heartbeat_test_setup_files_LDADD = $(unit_ctl_ldadd)
tests_unit_heartbeat_test_setup_preview_CPPFLAGS = $(unit_engine_cppflags)
tests_unit_heartbeat_test_setup_preview_LDADD = libhbctl.la libhbsim.la $(CMOCKA_LIBS) $(GLIB_LIBS) $(CJSON_LIBS)
tests_unit_heartbeat_test_simulate_CPPFLAGS = $(unit_engine_cppflags) -I$(top_srcdir)/tests/unit/sim
tests_unit_heartbeat_test_simulate_LDADD = libhbctl.la libhbsim.la $(CMOCKA_LIBS) $(GLIB_LIBS) $(CJSON_LIBS)
tests_unit_heartbeat_test_status_CPPFLAGS = $(unit_engine_cppflags)
tests_unit_heartbeat_test_status_LDADD = $(unit_ctl_ldadd)
tests_unit_heartbeat_test_clock_CPPFLAGS = $(unit_engine_cppflags)
tests_unit_heartbeat_test_clock_LDADD = $(unit_engine_ldadd)
tests_unit_heartbeat_test_flight_CPPFLAGS = $(unit_engine_cppflags)
tests_unit_heartbeat_test_flight_LDADD = $(unit_engine_ldadd)
tests_unit_heartbeat_test_ping_packet_CPPFLAGS = $(unit_engine_cppflags)
tests_unit_heartbeat_test_ping_packet_LDADD = $(unit_engine_ldadd)
tests_unit_heartbeat_test_users_CPPFLAGS = $(unit_engine_cppflags)
tests_unit_heartbeat_test_users_LDADD = $(unit_engine_ldadd)

# Tests of the privileged process.
unit_master = \
	tests/unit/heartbeat/test_boot \
	tests/unit/heartbeat/test_capabilities \
	tests/unit/heartbeat/test_channel \
	tests/unit/heartbeat/test_channel_queue \
	tests/unit/heartbeat/test_child \
	tests/unit/heartbeat/test_engine_process \
	tests/unit/heartbeat/test_fifo \
	tests/unit/heartbeat/test_files \
	tests/unit/heartbeat/test_hooks \
	tests/unit/heartbeat/test_init \
	tests/unit/heartbeat/test_job \
	tests/unit/heartbeat/test_journal \
	tests/unit/heartbeat/test_leftover \
	tests/unit/heartbeat/test_lineage \
	tests/unit/heartbeat/test_log \
	tests/unit/heartbeat/test_log_place \
	tests/unit/heartbeat/test_machine \
	tests/unit/heartbeat/test_notify \
	tests/unit/heartbeat/test_old_path \
	tests/unit/heartbeat/test_preflight \
	tests/unit/heartbeat/test_pidfile \
	tests/unit/heartbeat/test_reload \
	tests/unit/heartbeat/test_release \
	tests/unit/heartbeat/test_neighbour \
	tests/unit/heartbeat/test_reopen \
	tests/unit/heartbeat/test_runner \
	tests/unit/heartbeat/test_serial_line \
	tests/unit/heartbeat/test_lookup \
	tests/unit/heartbeat/test_socket_address \
	tests/unit/heartbeat/test_sockets \
	tests/unit/heartbeat/test_store \
	tests/unit/heartbeat/test_verdict
check_PROGRAMS += $(unit_master)
TESTS += $(unit_master)
EXTRA_DIST += tests/unit/heartbeat/listener.h tests/unit/heartbeat/scratch.h
unit_master_cppflags = $(unit_cppflags) -D_GNU_SOURCE -I$(top_srcdir)/heartbeat $(QB_CFLAGS)
unit_master_ldadd = libhbmaster.la libhbengine.la libhbresource.la libhbpure.la $(CMOCKA_LIBS) \
	$(GLIB_LIBS) $(QB_LIBS)
tests_unit_heartbeat_test_boot_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_boot_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_capabilities_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_capabilities_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_machine_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_machine_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_channel_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_channel_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_channel_queue_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_channel_queue_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_child_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_child_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_fifo_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_fifo_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_hooks_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_hooks_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_files_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_files_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_leftover_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_leftover_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_lineage_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_lineage_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_log_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_log_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_pidfile_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_pidfile_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_log_place_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_log_place_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_init_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_init_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_journal_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_journal_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_runner_SOURCES = tests/unit/heartbeat/test_runner.c heartbeat/address_words.c \
	heartbeat/unit.c
tests_unit_heartbeat_test_runner_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_runner_LDADD = libhbmaster.la libhbengine.la libhbpure.la \
	$(CMOCKA_LIBS) $(GLIB_LIBS) $(QB_LIBS)
tests_unit_heartbeat_test_lookup_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_lookup_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_socket_address_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_socket_address_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_sockets_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_sockets_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_store_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_store_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_release_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_release_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_reload_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_reload_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_verdict_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_verdict_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_notify_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_notify_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_old_path_CPPFLAGS = $(unit_master_cppflags) $(PATH_CPPFLAGS)
tests_unit_heartbeat_test_old_path_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_preflight_CPPFLAGS = $(unit_master_cppflags) $(PATH_CPPFLAGS)
tests_unit_heartbeat_test_preflight_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_serial_line_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_serial_line_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_job_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_job_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_engine_process_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_engine_process_LDADD = $(unit_master_ldadd)
tests_unit_heartbeat_test_neighbour_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_neighbour_LDADD = $(unit_master_ldadd)

tests_unit_heartbeat_test_reopen_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_reopen_LDADD = $(unit_master_ldadd)
# Whole engines, behind their channels.
check_PROGRAMS += tests/unit/heartbeat/test_conflict_watch tests/unit/heartbeat/test_probe
TESTS += tests/unit/heartbeat/test_conflict_watch tests/unit/heartbeat/test_probe
tests_unit_heartbeat_test_conflict_watch_CPPFLAGS = $(unit_engine_cppflags) -D_GNU_SOURCE
tests_unit_heartbeat_test_conflict_watch_LDADD = $(unit_engine_ldadd)
tests_unit_heartbeat_test_probe_CPPFLAGS = $(unit_master_cppflags)
tests_unit_heartbeat_test_probe_LDADD = libhbmaster.la libhbengine.la libhbpure.la \
	$(CMOCKA_LIBS) $(GLIB_LIBS) $(QB_LIBS)

check_PROGRAMS += tests/unit/heartbeat/test_engine
TESTS += tests/unit/heartbeat/test_engine
tests_unit_heartbeat_test_engine_CPPFLAGS = $(unit_engine_cppflags) -D_GNU_SOURCE
tests_unit_heartbeat_test_engine_LDADD = libhbmaster.la libhbengine.la libhbresource.la libhbpure.la \
	$(CMOCKA_LIBS) $(GLIB_LIBS) $(QB_LIBS)

check_PROGRAMS += tests/unit/heartbeat/test_medium
TESTS += tests/unit/heartbeat/test_medium
tests_unit_heartbeat_test_medium_CPPFLAGS = $(unit_engine_cppflags) -D_GNU_SOURCE
tests_unit_heartbeat_test_medium_LDADD = $(unit_engine_ldadd)
