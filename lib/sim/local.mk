# A cluster in one process, for stories, simulation and hbctl alike; over lib/core only.
noinst_LTLIBRARIES += libhbsim.la
libhbsim_la_SOURCES = \
	lib/sim/axis.c lib/sim/axis.h \
	lib/sim/clock.c \
	lib/sim/cluster.c lib/sim/cluster.h \
	lib/sim/coverage.c lib/sim/coverage.h \
	lib/sim/daemon.c lib/sim/daemon.h \
	lib/sim/draw.c lib/sim/draw.h \
	lib/sim/finding.c lib/sim/finding.h \
	lib/sim/finding_advice.c lib/sim/finding_advice.h \
	lib/sim/holders.c \
	lib/sim/holding.c lib/sim/letters.c lib/sim/moves.c \
	lib/sim/host.c \
	lib/sim/interfaces.c \
	lib/sim/judge.c lib/sim/judge.h \
	lib/sim/look.c \
	lib/sim/mishap.c lib/sim/mishap.h \
	lib/sim/mixed.c lib/sim/mixed.h \
	lib/sim/neighbours.c lib/sim/network.c \
	lib/sim/old_ipfail.c lib/sim/old_members.c \
	lib/sim/old_node.c lib/sim/old_node.h lib/sim/old_state.h \
	lib/sim/old_resources.c lib/sim/old_scripts.c lib/sim/old_standby.c lib/sim/old_wire.c \
	lib/sim/outage.c lib/sim/outage.h \
	lib/sim/picture.c \
	lib/sim/plan.c lib/sim/plan.h \
	lib/sim/plan_draw.c \
	lib/sim/plan_row.c lib/sim/plan_row.h \
	lib/sim/play.c lib/sim/play.h \
	lib/sim/programs.c \
	lib/sim/queue.c \
	lib/sim/race.c lib/sim/race.h \
	lib/sim/reach.c \
	lib/sim/respawned.c \
	lib/sim/retell.c lib/sim/retell.h \
	lib/sim/rules.c lib/sim/rules.h \
	lib/sim/scenario.c lib/sim/scenario.h \
	lib/sim/shrink.c lib/sim/shrink.h \
	lib/sim/svg.c lib/sim/svg.h \
	lib/sim/timeline.c lib/sim/timeline.h \
	lib/sim/timeline_lanes.c lib/sim/timeline_picture.h \
	lib/sim/twin.c lib/sim/twin.h \
	lib/sim/verdict.c lib/sim/verdict.h \
	lib/sim/world.c lib/sim/world.h lib/sim/world_state.h
libhbsim_la_LIBADD = libhbpure.la $(GLIB_LIBS)
