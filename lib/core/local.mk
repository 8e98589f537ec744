libhbpure_la_SOURCES += \
	lib/core/action.c lib/core/action.h \
	lib/core/api.c lib/core/api.h \
	lib/core/api_peers.c lib/core/api_peers.h lib/core/api_state.h \
	lib/core/checkpoint.c lib/core/checkpoint.h \
	lib/core/conflict.c lib/core/conflict.h \
	lib/core/core.c lib/core/core.h \
	lib/core/decisions.c lib/core/decisions.h \
	lib/core/dialect.c lib/core/dialect.h \
	lib/core/dialect_facts.c \
	lib/core/dialect_legacy.c \
	lib/core/dialect_memory.c \
	lib/core/dialect_speak.c lib/core/dialect_state.h \
	lib/core/event.c lib/core/event.h \
	lib/core/facts.c lib/core/facts.h \
	lib/core/group.c lib/core/group.h \
	lib/core/handover.c lib/core/handover.h \
	lib/core/hints.c lib/core/hints.h \
	lib/core/hook.c lib/core/hook.h \
	lib/core/inbox.c lib/core/inbox.h \
	lib/core/leave.c lib/core/leave.h \
	lib/core/liveness.c lib/core/liveness.h \
	lib/core/local.c lib/core/local.h \
	lib/core/node.c lib/core/node.h \
	lib/core/outbox.c lib/core/outbox.h \
	lib/core/pack.c lib/core/pack.h \
	lib/core/placement.c lib/core/placement.h \
	lib/core/presence.c lib/core/presence.h \
	lib/core/receive.c lib/core/receive.h \
	lib/core/record.c lib/core/record.h \
	lib/core/record_book.c lib/core/record_book.h \
	lib/core/record_read.c \
	lib/core/record_ring.c lib/core/record_ring.h \
	lib/core/record_take.c lib/core/record_take.h \
	lib/core/replay.c lib/core/replay.h \
	lib/core/report.c lib/core/report.h \
	lib/core/respawn.c lib/core/respawn.h \
	lib/core/seek.c lib/core/seek.h \
	lib/core/send.c lib/core/send.h \
	lib/core/snapshot.c lib/core/snapshot.h \
	lib/core/standby.c lib/core/standby.h \
	lib/core/state.h \
	lib/core/subject.c lib/core/subject.h \
	lib/core/view.c lib/core/view.h \
	lib/core/visit.c lib/core/visit.h \
	lib/core/words.c lib/core/words.h
libhbpure_la_CPPFLAGS += -DCORE_VERSION='"$(PACKAGE_VERSION)"'
