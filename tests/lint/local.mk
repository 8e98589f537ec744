# Tests of this directory: the tree's own rules.
lint_tests = \
	tests/lint/layers.sh \
	tests/lint/manual.sh \
	tests/lint/mirror.sh \
	tests/lint/pure.sh \
	tests/lint/visit.sh
TESTS += $(lint_tests)
EXTRA_DIST += $(lint_tests)
# pure.sh compiles its self-check and looks into objects with the tools of this build.
AM_TESTS_ENVIRONMENT = CC='$(CC)'; NM='$(NM)'; SIM_SEEDS='$(sim_seeds)'; export CC NM SIM_SEEDS;
