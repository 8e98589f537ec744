# Tests of the simulated world.
check_PROGRAMS += tests/unit/sim/test_world
TESTS += tests/unit/sim/test_world
tests_unit_sim_test_world_CPPFLAGS = $(unit_cppflags)
tests_unit_sim_test_world_LDADD = libhbsim.la $(unit_ldadd)
