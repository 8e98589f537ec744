# Tests of this directory.
conf_unit_tests = \
	tests/unit/conf/test_agents \
	tests/unit/conf/test_authkeys \
	tests/unit/conf/test_check \
	tests/unit/conf/test_clash \
	tests/unit/conf/test_clients \
	tests/unit/conf/test_conf \
	tests/unit/conf/test_configs \
	tests/unit/conf/test_draft \
	tests/unit/conf/test_draft_text \
	tests/unit/conf/test_explain \
	tests/unit/conf/test_fault \
	tests/unit/conf/test_hacf \
	tests/unit/conf/test_haresources \
	tests/unit/conf/test_ip \
	tests/unit/conf/test_lex \
	tests/unit/conf/test_media \
	tests/unit/conf/test_old_script \
	tests/unit/conf/test_options \
	tests/unit/conf/test_resource \
	tests/unit/conf/test_samples \
	tests/unit/conf/test_values \
	tests/unit/conf/test_weak_key
check_PROGRAMS += $(conf_unit_tests)
TESTS += $(conf_unit_tests)
EXTRA_DIST += tests/conf tests/unit/conf/fixture.h tests/unit/conf/old-scripts
tests_unit_conf_test_agents_CPPFLAGS = $(unit_cppflags) -DTOP_SRCDIR='"$(abs_top_srcdir)"'
tests_unit_conf_test_agents_LDADD = $(unit_ldadd)
tests_unit_conf_test_authkeys_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_authkeys_LDADD = $(unit_ldadd)
tests_unit_conf_test_check_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_check_LDADD = $(unit_ldadd)
tests_unit_conf_test_clash_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_clash_LDADD = $(unit_ldadd)
tests_unit_conf_test_clients_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_clients_LDADD = $(unit_ldadd)
tests_unit_conf_test_conf_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_conf_LDADD = $(unit_ldadd)
tests_unit_conf_test_configs_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_configs_LDADD = $(unit_ldadd)
tests_unit_conf_test_draft_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_draft_LDADD = $(unit_ldadd)
tests_unit_conf_test_draft_text_CPPFLAGS = $(unit_cppflags) -DTOP_SRCDIR='"$(abs_top_srcdir)"'
tests_unit_conf_test_draft_text_LDADD = $(unit_ldadd)
tests_unit_conf_test_explain_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_explain_LDADD = $(unit_ldadd)
tests_unit_conf_test_fault_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_fault_LDADD = $(unit_ldadd)
tests_unit_conf_test_hacf_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_hacf_LDADD = $(unit_ldadd)
tests_unit_conf_test_haresources_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_haresources_LDADD = $(unit_ldadd)
tests_unit_conf_test_ip_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_ip_LDADD = $(unit_ldadd)
tests_unit_conf_test_lex_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_lex_LDADD = $(unit_ldadd)
tests_unit_conf_test_media_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_media_LDADD = $(unit_ldadd)
tests_unit_conf_test_old_script_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_old_script_LDADD = $(unit_ldadd)
tests_unit_conf_test_options_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_options_LDADD = $(unit_ldadd)
tests_unit_conf_test_resource_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_resource_LDADD = $(unit_ldadd)
tests_unit_conf_test_samples_CPPFLAGS = $(unit_cppflags) -DTOP_SRCDIR='"$(abs_top_srcdir)"' \
	-DSAMPLE_COMMENTED='"$(dist_examples_DATA)"' -DSAMPLE_TWO_NODES='"$(dist_twonodes_DATA)"' \
	-DSAMPLE_HOWTO_A='"$(dist_howtoa_DATA)"' -DSAMPLE_HOWTO_B='"$(dist_howtob_DATA)"'
tests_unit_conf_test_samples_LDADD = $(unit_ldadd)
tests_unit_conf_test_values_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_values_LDADD = $(unit_ldadd)
tests_unit_conf_test_weak_key_CPPFLAGS = $(unit_cppflags)
tests_unit_conf_test_weak_key_LDADD = $(unit_ldadd)
