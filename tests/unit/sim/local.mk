# Tests of the simulated world.
check_PROGRAMS += tests/unit/sim/test_world
TESTS += tests/unit/sim/test_world
tests_unit_sim_test_world_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_world_LDADD = libhbsim.la $(unit_ldadd)

sim_tests = \
	tests/unit/sim/test_draw \
	tests/unit/sim/test_judge \
	tests/unit/sim/test_scenario
check_PROGRAMS += $(sim_tests)
TESTS += $(sim_tests)
tests_unit_sim_test_draw_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_draw_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_judge_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_judge_LDADD = libhbsim.la $(unit_ldadd)
tests_unit_sim_test_scenario_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_scenario_LDADD = libhbsim.la $(unit_ldadd)
