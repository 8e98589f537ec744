# What outlives an engine, and the program itself.
libhbpure_la_SOURCES += \
	lib/keep/announcements.c lib/keep/announcements.h \
	lib/keep/handoff.c lib/keep/handoff.h
