# Simulated clusters: some hundred fixed seeds in make check, fresh ones for a time in make soak.
check_PROGRAMS += tests/sim/soak
tests_sim_soak_SOURCES = tests/sim/soak.c
tests_sim_soak_LDADD = libhbsim.la libhbpure.la $(GLIB_LIBS)
dist_check_SCRIPTS = tests/sim/fixed-seeds.sh
TESTS += tests/sim/fixed-seeds.sh

# hbctl simulate, on the files of two how-tos.
dist_check_SCRIPTS += tests/sim/simulate.sh
TESTS += tests/sim/simulate.sh
EXTRA_DIST += \
	tests/sim/howto-a/ha.cf tests/sim/howto-a/haresources \
	tests/sim/howto-b/ha.cf tests/sim/howto-b/haresources

# One Heartbeat 3.0.6 and one of ours.
check_PROGRAMS += tests/sim/mixed
tests_sim_mixed_SOURCES = tests/sim/mixed.c
tests_sim_mixed_LDADD = libhbsim.la libhbpure.la $(GLIB_LIBS)
dist_check_SCRIPTS += tests/sim/mixed-seeds.sh
TESTS += tests/sim/mixed-seeds.sh

# The same two: each way in which groups move, met by each fault at each moment.
check_PROGRAMS += tests/sim/talk_grid
tests_sim_talk_grid_SOURCES = tests/sim/talk_grid.c
tests_sim_talk_grid_LDADD = libhbsim.la libhbpure.la $(GLIB_LIBS)
dist_check_SCRIPTS += tests/sim/talk-grid.sh
TESTS += tests/sim/talk-grid.sh

# Sanitizers make a seed ten times as long.
if SANITIZERS
sim_seeds = 60
else
sim_seeds = 500
endif

SECONDS = 60
soak: tests/sim/soak tests/sim/mixed
	code=0; \
	tests/sim/mixed --seconds $$(($(SECONDS) / 5)) || code=1; \
	tests/sim/soak --seconds $$(($(SECONDS) - $(SECONDS) / 5)) || code=1; \
	exit $$code
.PHONY: soak
