# How long a client is without its address, beside others' programs (root).
bench:
	$(top_srcdir)/tests/bench/failover.sh
