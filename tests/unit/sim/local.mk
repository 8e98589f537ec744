# Tests of the simulated world.
sim_tests = \
	tests/unit/sim/test_draw \
	tests/unit/sim/test_host \
	tests/unit/sim/test_judge \
	tests/unit/sim/test_network \
	tests/unit/sim/test_programs \
	tests/unit/sim/test_queue \
	tests/unit/sim/test_scenario \
	tests/unit/sim/test_world
check_PROGRAMS += $(sim_tests)
TESTS += $(sim_tests)
tests_unit_sim_test_draw_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_draw_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_host_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_host_SOURCES = tests/unit/sim/test_host.c tests/unit/sim/pair.h
tests_unit_sim_test_host_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_judge_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_judge_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_network_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_network_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_programs_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_programs_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_queue_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_queue_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_scenario_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_scenario_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_world_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_world_LDADD = libhbsim.la $(unit_ldadd)
