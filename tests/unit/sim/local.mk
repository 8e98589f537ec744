# Tests of the simulated world and of its judge.
sim_tests = \
	tests/unit/sim/test_clock \
	tests/unit/sim/test_coverage \
	tests/unit/sim/test_daemon \
	tests/unit/sim/test_draw \
	tests/unit/sim/test_holders \
	tests/unit/sim/test_holding \
	tests/unit/sim/test_host \
	tests/unit/sim/test_interfaces \
	tests/unit/sim/test_judge \
	tests/unit/sim/test_letters \
	tests/unit/sim/test_look \
	tests/unit/sim/test_mishap \
	tests/unit/sim/test_moves \
	tests/unit/sim/test_neighbours \
	tests/unit/sim/test_network \
	tests/unit/sim/test_picture \
	tests/unit/sim/test_programs \
	tests/unit/sim/test_queue \
	tests/unit/sim/test_race \
	tests/unit/sim/test_reach \
	tests/unit/sim/test_retell \
	tests/unit/sim/test_rules \
	tests/unit/sim/test_scenario \
	tests/unit/sim/test_shrink \
	tests/unit/sim/test_twin \
	tests/unit/sim/test_verdict \
	tests/unit/sim/test_world
check_PROGRAMS += $(sim_tests)
TESTS += $(sim_tests)
EXTRA_DIST += tests/unit/sim/bench.h tests/unit/sim/pair.h tests/unit/sim/trial.h
tests_unit_sim_test_clock_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_clock_SOURCES = tests/unit/sim/test_clock.c tests/unit/sim/pair.h
tests_unit_sim_test_clock_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_coverage_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_coverage_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_daemon_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_daemon_SOURCES = tests/unit/sim/test_daemon.c tests/unit/sim/pair.h
tests_unit_sim_test_daemon_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_draw_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_draw_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_holding_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_holding_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_host_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_host_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_interfaces_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_interfaces_SOURCES = tests/unit/sim/test_interfaces.c tests/unit/sim/pair.h
tests_unit_sim_test_interfaces_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_judge_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_judge_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_holders_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_holders_SOURCES = tests/unit/sim/test_holders.c tests/unit/sim/pair.h
tests_unit_sim_test_holders_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_letters_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_letters_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_look_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_look_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_mishap_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_mishap_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_moves_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_moves_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_neighbours_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_neighbours_SOURCES = tests/unit/sim/test_neighbours.c tests/unit/sim/pair.h
tests_unit_sim_test_neighbours_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_network_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_network_SOURCES = tests/unit/sim/test_network.c tests/unit/sim/pair.h
tests_unit_sim_test_network_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_picture_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_picture_SOURCES = tests/unit/sim/test_picture.c tests/unit/sim/pair.h
tests_unit_sim_test_picture_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_programs_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_programs_SOURCES = tests/unit/sim/test_programs.c tests/unit/sim/pair.h
tests_unit_sim_test_programs_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_queue_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_queue_SOURCES = tests/unit/sim/test_queue.c tests/unit/sim/pair.h
tests_unit_sim_test_queue_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_race_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_race_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_reach_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_reach_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_rules_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_rules_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_scenario_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_scenario_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_shrink_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_shrink_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_verdict_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_verdict_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_world_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_world_SOURCES = tests/unit/sim/test_world.c tests/unit/sim/pair.h
tests_unit_sim_test_world_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_twin_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_twin_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_retell_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_retell_LDADD = libhbsim.la $(unit_ldadd)

# Tests of the plan that is played on a user's cluster.
plan_tests = \
	tests/unit/sim/test_axis \
	tests/unit/sim/test_cluster \
	tests/unit/sim/test_finding \
	tests/unit/sim/test_finding_advice \
	tests/unit/sim/test_outage \
	tests/unit/sim/test_plan \
	tests/unit/sim/test_plan_draw \
	tests/unit/sim/test_plan_row \
	tests/unit/sim/test_play \
	tests/unit/sim/test_respawned \
	tests/unit/sim/test_svg \
	tests/unit/sim/test_timeline \
	tests/unit/sim/test_timeline_lanes
check_PROGRAMS += $(plan_tests)
TESTS += $(plan_tests)
EXTRA_DIST += tests/unit/sim/howto.h
tests_unit_sim_test_axis_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_axis_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_cluster_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_cluster_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_finding_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_finding_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_finding_advice_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_finding_advice_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_outage_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_outage_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_plan_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_plan_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_plan_draw_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_plan_draw_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_plan_row_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_plan_row_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_play_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_play_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_respawned_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_respawned_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_svg_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_svg_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_timeline_lanes_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_timeline_lanes_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_timeline_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_timeline_LDADD = libhbsim.la $(unit_ldadd)

# The model of a 3.0.6 node, against itself, and beside ours.
old_tests = \
	tests/unit/sim/test_mixed \
	tests/unit/sim/test_old_ipfail \
	tests/unit/sim/test_old_members \
	tests/unit/sim/test_old_node \
	tests/unit/sim/test_old_resources \
	tests/unit/sim/test_old_scripts \
	tests/unit/sim/test_old_standby \
	tests/unit/sim/test_old_wire
check_PROGRAMS += $(old_tests)
TESTS += $(old_tests)
tests_unit_sim_test_old_ipfail_SOURCES = tests/unit/sim/test_old_ipfail.c tests/unit/sim/old_pair.h
tests_unit_sim_test_old_ipfail_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_old_ipfail_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_old_members_SOURCES = tests/unit/sim/test_old_members.c tests/unit/sim/old_pair.h
tests_unit_sim_test_old_members_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_old_members_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_old_node_SOURCES = tests/unit/sim/test_old_node.c tests/unit/sim/old_pair.h
tests_unit_sim_test_old_node_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_old_node_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_old_resources_SOURCES = tests/unit/sim/test_old_resources.c tests/unit/sim/old_pair.h
tests_unit_sim_test_old_resources_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_old_resources_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_old_scripts_SOURCES = tests/unit/sim/test_old_scripts.c tests/unit/sim/old_pair.h
tests_unit_sim_test_old_scripts_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_old_scripts_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_old_standby_SOURCES = tests/unit/sim/test_old_standby.c tests/unit/sim/old_pair.h
tests_unit_sim_test_old_standby_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_old_standby_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_old_wire_SOURCES = tests/unit/sim/test_old_wire.c tests/unit/sim/old_pair.h
tests_unit_sim_test_old_wire_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_old_wire_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_mixed_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_mixed_LDADD = libhbsim.la $(unit_ldadd)
