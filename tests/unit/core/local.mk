# Tests of this directory, over one library that holds a core in hand.
check_LTLIBRARIES += libhbtestcore.la
libhbtestcore_la_SOURCES = tests/unit/core/beside.h tests/unit/core/fixture.c tests/unit/core/fixture.h \
	tests/unit/core/one_peer.h tests/unit/core/recorded.h
libhbtestcore_la_CPPFLAGS = $(unit_cppflags)
libhbtestcore_la_LIBADD = libhbsim.la libhbpure.la $(CMOCKA_LIBS) $(GLIB_LIBS)
core_test_ldadd = libhbtestcore.la $(unit_ldadd)

core_tests = \
	tests/unit/core/test_action \
	tests/unit/core/test_api \
	tests/unit/core/test_api_peers \
	tests/unit/core/test_checkpoint \
	tests/unit/core/test_conflict \
	tests/unit/core/test_core \
	tests/unit/core/test_decisions \
	tests/unit/core/test_dialect \
	tests/unit/core/test_dialect_facts \
	tests/unit/core/test_dialect_legacy \
	tests/unit/core/test_dialect_memory \
	tests/unit/core/test_dialect_speak \
	tests/unit/core/test_dialect_trouble \
	tests/unit/core/test_event \
	tests/unit/core/test_facts \
	tests/unit/core/test_group \
	tests/unit/core/test_handover \
	tests/unit/core/test_hints \
	tests/unit/core/test_hook \
	tests/unit/core/test_inbox \
	tests/unit/core/test_leave \
	tests/unit/core/test_liveness \
	tests/unit/core/test_local \
	tests/unit/core/test_node \
	tests/unit/core/test_outbox \
	tests/unit/core/test_pack \
	tests/unit/core/test_placement \
	tests/unit/core/test_presence \
	tests/unit/core/test_receive \
	tests/unit/core/test_receive_lost \
	tests/unit/core/test_record \
	tests/unit/core/test_record_book \
	tests/unit/core/test_record_read \
	tests/unit/core/test_record_ring \
	tests/unit/core/test_record_take \
	tests/unit/core/test_replay \
	tests/unit/core/test_report \
	tests/unit/core/test_respawn \
	tests/unit/core/test_seek \
	tests/unit/core/test_send \
	tests/unit/core/test_snapshot \
	tests/unit/core/test_standby \
	tests/unit/core/test_subject \
	tests/unit/core/test_view \
	tests/unit/core/test_visit \
	tests/unit/core/test_words
check_PROGRAMS += $(core_tests)
TESTS += $(core_tests)

tests_unit_core_test_action_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_action_LDADD = $(core_test_ldadd)

tests_unit_core_test_api_peers_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_api_peers_LDADD = $(core_test_ldadd)

tests_unit_core_test_api_CPPFLAGS = $(unit_cppflags) $(CJSON_CFLAGS)
tests_unit_core_test_api_LDADD = $(core_test_ldadd) $(CJSON_LIBS)

tests_unit_core_test_conflict_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_conflict_LDADD = $(core_test_ldadd)

tests_unit_core_test_core_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_core_LDADD = $(core_test_ldadd)

tests_unit_core_test_dialect_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_dialect_LDADD = $(core_test_ldadd)

tests_unit_core_test_dialect_facts_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_dialect_facts_LDADD = $(core_test_ldadd)

tests_unit_core_test_dialect_legacy_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_dialect_legacy_LDADD = $(core_test_ldadd)

tests_unit_core_test_dialect_memory_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_dialect_memory_LDADD = $(core_test_ldadd)

tests_unit_core_test_dialect_trouble_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_dialect_trouble_LDADD = $(core_test_ldadd)

tests_unit_core_test_dialect_speak_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_dialect_speak_LDADD = $(core_test_ldadd)

tests_unit_core_test_event_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_event_LDADD = $(core_test_ldadd)

tests_unit_core_test_facts_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_facts_LDADD = $(core_test_ldadd)

tests_unit_core_test_group_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_group_LDADD = $(core_test_ldadd)

tests_unit_core_test_handover_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_handover_LDADD = $(core_test_ldadd)
tests_unit_core_test_hints_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_hints_LDADD = $(core_test_ldadd)

tests_unit_core_test_inbox_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_inbox_LDADD = $(core_test_ldadd)

tests_unit_core_test_leave_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_leave_LDADD = $(core_test_ldadd)

tests_unit_core_test_liveness_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_liveness_LDADD = $(core_test_ldadd)

tests_unit_core_test_node_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_node_LDADD = $(core_test_ldadd)

tests_unit_core_test_outbox_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_outbox_LDADD = $(core_test_ldadd)

tests_unit_core_test_placement_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_placement_LDADD = $(core_test_ldadd)

tests_unit_core_test_presence_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_presence_LDADD = $(core_test_ldadd)

tests_unit_core_test_receive_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_receive_LDADD = $(core_test_ldadd)

tests_unit_core_test_receive_lost_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_receive_lost_LDADD = $(core_test_ldadd)

tests_unit_core_test_report_CPPFLAGS = $(unit_cppflags) $(CJSON_CFLAGS)
tests_unit_core_test_report_LDADD = $(core_test_ldadd) $(CJSON_LIBS)

tests_unit_core_test_respawn_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_respawn_LDADD = $(core_test_ldadd)

tests_unit_core_test_seek_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_seek_LDADD = $(core_test_ldadd)

tests_unit_core_test_send_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_send_LDADD = $(core_test_ldadd)

tests_unit_core_test_standby_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_standby_LDADD = $(core_test_ldadd)

tests_unit_core_test_view_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_view_LDADD = $(core_test_ldadd)

tests_unit_core_test_subject_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_subject_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_core_test_words_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_words_LDADD = libhbsim.la $(unit_ldadd)

tests_unit_core_test_decisions_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_decisions_LDADD = $(core_test_ldadd)

tests_unit_core_test_pack_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_pack_LDADD = $(core_test_ldadd)

tests_unit_core_test_record_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_record_LDADD = $(core_test_ldadd)

tests_unit_core_test_record_book_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_record_book_LDADD = $(core_test_ldadd)

tests_unit_core_test_record_read_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_record_read_LDADD = $(core_test_ldadd)

tests_unit_core_test_record_take_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_record_take_LDADD = $(core_test_ldadd)

tests_unit_core_test_replay_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_replay_LDADD = $(core_test_ldadd)

tests_unit_core_test_hook_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_hook_LDADD = $(core_test_ldadd)

tests_unit_core_test_local_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_local_LDADD = $(core_test_ldadd)

tests_unit_core_test_snapshot_CPPFLAGS = $(unit_cppflags) $(CJSON_CFLAGS)
tests_unit_core_test_snapshot_LDADD = $(core_test_ldadd) $(CJSON_LIBS)

tests_unit_core_test_checkpoint_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_checkpoint_LDADD = $(core_test_ldadd)

tests_unit_core_test_record_ring_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_record_ring_LDADD = $(core_test_ldadd)

tests_unit_core_test_visit_CPPFLAGS = $(unit_cppflags)
tests_unit_core_test_visit_LDADD = $(core_test_ldadd)
