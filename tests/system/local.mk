# Real daemons on hosts made of namespaces (root); the scripts build for themselves.
EXTRA_DIST += runtests quickstart doc/testing.md tests/lab tests/machine tests/platform tests/system tests/bench
check-system:
	$(top_srcdir)/runtests --system-only
.PHONY: bench check-system
