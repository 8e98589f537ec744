# A cluster in one process, for stories, simulation and hbctl alike; over lib/core only.
noinst_LTLIBRARIES += libhbsim.la
libhbsim_la_SOURCES = \
	lib/sim/draw.c lib/sim/draw.h \
	lib/sim/host.c \
	lib/sim/judge.c lib/sim/judge.h \
	lib/sim/network.c \
	lib/sim/programs.c \
	lib/sim/queue.c \
	lib/sim/retell.c lib/sim/retell.h \
	lib/sim/scenario.c lib/sim/scenario.h \
	lib/sim/twin.c lib/sim/twin.h \
	lib/sim/world.c lib/sim/world.h lib/sim/world_state.h
libhbsim_la_LIBADD = libhbpure.la $(GLIB_LIBS)
