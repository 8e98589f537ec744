# How long a client is without its address, beside others' programs (root); what a packet costs.
EXTRA_PROGRAMS = tests/bench/packet
tests_bench_packet_SOURCES = tests/bench/packet.c
tests_bench_packet_LDADD = libhbpure.la $(GLIB_LIBS)

bench: tests/bench/packet
	tests/bench/packet
	$(top_srcdir)/tests/bench/failover.sh
	$(top_srcdir)/tests/bench/faults.sh
.PHONY: bench
