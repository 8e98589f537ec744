# A cluster in one process, for stories, simulation and hbctl alike; over lib/core only.
noinst_LTLIBRARIES += libhbsim.la
libhbsim_la_SOURCES = \
	lib/sim/old_ipfail.c lib/sim/old_members.c \
	lib/sim/old_node.c lib/sim/old_node.h lib/sim/old_state.h \
	lib/sim/old_resources.c lib/sim/old_scripts.c lib/sim/old_standby.c lib/sim/old_wire.c \
	lib/sim/daemon.c lib/sim/daemon.h \
	lib/sim/draw.c lib/sim/draw.h \
	lib/sim/host.c \
	lib/sim/judge.c lib/sim/judge.h \
	lib/sim/mixed.c lib/sim/mixed.h \
	lib/sim/network.c \
	lib/sim/programs.c \
	lib/sim/queue.c \
	lib/sim/scenario.c lib/sim/scenario.h \
	lib/sim/world.c lib/sim/world.h lib/sim/world_state.h
libhbsim_la_LIBADD = libhbpure.la $(GLIB_LIBS)
