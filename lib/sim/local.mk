# A cluster in one process, for stories, simulation and hbctl alike; over lib/core only.
noinst_LTLIBRARIES += libhbsim.la
libhbsim_la_SOURCES = \
	lib/sim/coverage.c lib/sim/coverage.h \
	lib/sim/draw.c lib/sim/draw.h \
	lib/sim/holding.c lib/sim/letters.c lib/sim/moves.c \
	lib/sim/host.c \
	lib/sim/judge.c lib/sim/judge.h \
	lib/sim/look.c \
	lib/sim/network.c \
	lib/sim/programs.c \
	lib/sim/queue.c \
	lib/sim/race.c lib/sim/race.h \
	lib/sim/rules.c lib/sim/rules.h \
	lib/sim/scenario.c lib/sim/scenario.h \
	lib/sim/shrink.c lib/sim/shrink.h \
	lib/sim/verdict.c lib/sim/verdict.h \
	lib/sim/world.c lib/sim/world.h lib/sim/world_state.h
libhbsim_la_LIBADD = libhbpure.la $(GLIB_LIBS)
