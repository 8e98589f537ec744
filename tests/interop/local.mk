# One cluster with the real 3.0.6 (root); ./runtests plays it too.
EXTRA_DIST += tests/interop
check-interop:
	$(top_srcdir)/tests/interop/run.sh
.PHONY: check-interop
