# What ipfail decides, for the program and for the simulator.
libhbpure_la_SOURCES += \
	lib/ipfail/rules.c lib/ipfail/rules.h
