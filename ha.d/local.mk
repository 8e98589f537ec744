# Samples, installed as documentation: nothing in sysconfdir is ever written. Each set is a
# directory of examples: the two nodes are what hbctl setup writes, the how-tos are played by
# tests/sim too. tests/unit/conf/test_samples reads all of them.
examplesdir = $(docdir)/examples
dist_examples_DATA = ha.d/examples/README ha.d/ha.cf ha.d/haresources ha.d/authkeys
twonodesdir = $(examplesdir)/two-nodes
dist_twonodes_DATA = ha.d/two-nodes/ha.cf ha.d/two-nodes/haresources ha.d/two-nodes/authkeys
howtoadir = $(examplesdir)/howto-mysql-apache
dist_howtoa_DATA = tests/sim/howto-a/ha.cf tests/sim/howto-a/haresources ha.d/howto/authkeys
howtobdir = $(examplesdir)/howto-openvz
dist_howtob_DATA = tests/sim/howto-b/ha.cf tests/sim/howto-b/haresources ha.d/howto/authkeys

# What 3.0.6 called or had people call: harc, where rc.d is, and commands of old scripts.
rcddir = $(hadir)/rc.d
hbsharescriptdir = $(hbsharedir)
nodist_hbsharescript_SCRIPTS = ha.d/harc ha.d/mach_down ha.d/req_resource
old_scripts = $(nodist_hbsharescript_SCRIPTS) ha.d/hb_nodes
hbscriptdir = $(hbdir)
nodist_hbscript_SCRIPTS = ha.d/hb_nodes
EXTRA_DIST += $(old_scripts:=.in) ha.d/README.rc.d ha.d/shellfuncs.old-path.in
CLEANFILES += $(old_scripts) ha.d/shellfuncs.old-path
$(old_scripts): %: %.in Makefile
	$(edit_paths) < $< > $@.tmp && chmod +x $@.tmp && mv $@.tmp $@

# The package resource-agents has a file of its own at the old path, and so may the administrator:
# those stay, as ours know where ours is.
old_shellfuncs = $(DESTDIR)$(hadir)/shellfuncs
ha.d/shellfuncs.old-path: ha.d/shellfuncs.old-path.in Makefile
	$(edit_paths) < $(top_srcdir)/ha.d/shellfuncs.old-path.in > $@.tmp && mv $@.tmp $@

# Where ha.cf, scripts and handlers have named programs of 3.0.6 and older; each is in all of these
# (heartbeat/old_path.c has the same names). A package for a system that reserves lib64 leaves that
# out: make install HB_OLD_DIRS=/usr/lib/heartbeat
HB_OLD_DIRS = $(prefix)/lib/heartbeat $(prefix)/lib64/heartbeat
old_programs = \
	heartbeat=$(hbdir)/heartbeat ipfail=$(hbdir)/ipfail \
	ResourceManager=$(hbdir)/ResourceManager \
	hb_standby=$(sbindir)/hbctl hb_takeover=$(sbindir)/hbctl \
	hb_addnode=$(hbdir)/hb_nodes hb_delnode=$(hbdir)/hb_nodes \
	hb_setweight=$(hbdir)/hb_nodes hb_setsite=$(hbdir)/hb_nodes \
	mach_down=$(hbsharedir)/mach_down req_resource=$(hbsharedir)/req_resource
# Links below ha.d. A file or link that is there stays, whoever put it there.
ha_links = \
	harc=$(hbsharedir)/harc \
	$(foreach script,$(notdir $(nodist_agent_SCRIPTS)),resource.d/$(script)=$(agentdir)/$(script))

# $(1): shell words NAME=TARGET; $(2): what to do with $$name and $$target.
each_link = for pair in $(1); do name=$${pair%%=*}; target=$${pair\#*=}; $(2); done
install-data-hook: install-old-names
install-old-names: ha.d/shellfuncs.old-path
	$(MKDIR_P) $(DESTDIR)$(rcddir) $(DESTDIR)$(hadir)/resource.d
	$(INSTALL_DATA) $(srcdir)/ha.d/README.rc.d $(DESTDIR)$(rcddir)/README
	$(call each_link,$(ha_links),link=$(DESTDIR)$(hadir)/$$name; \
		test -e "$$link" || test -L "$$link" || $(LN_S) $$target "$$link" || exit 1)
	test -e $(old_shellfuncs) || $(INSTALL_DATA) ha.d/shellfuncs.old-path $(old_shellfuncs)
	test -e $(DESTDIR)$(sysconfdir)/heartbeat || test -L $(DESTDIR)$(sysconfdir)/heartbeat || \
		$(LN_S) ha.d $(DESTDIR)$(sysconfdir)/heartbeat
	for dir in $(hbdir) $(hbsharedir) $(HB_OLD_DIRS); do \
		$(MKDIR_P) $(DESTDIR)$$dir || exit 1; \
		$(call each_link,$(old_programs),test $$dir/$$name = $$target || \
			ln -sf $$target $(DESTDIR)$$dir/$$name || exit 1); \
	done
uninstall-hook: uninstall-old-names
uninstall-old-names: ha.d/shellfuncs.old-path
	! cmp -s ha.d/shellfuncs.old-path $(old_shellfuncs) || rm -f $(old_shellfuncs)
	rm -f $(DESTDIR)$(rcddir)/README
	$(call each_link,$(ha_links),link=$(DESTDIR)$(hadir)/$$name; \
		test "$$(readlink "$$link")" != $$target || rm -f "$$link")
	link=$(DESTDIR)$(sysconfdir)/heartbeat; test "$$(readlink $$link)" != ha.d || rm -f $$link
	for dir in $(hbdir) $(hbsharedir) $(HB_OLD_DIRS); do \
		$(call each_link,$(old_programs),link=$(DESTDIR)$$dir/$$name; \
			test "$$(readlink "$$link")" != $$target || rm -f "$$link"); \
	done
.PHONY: install-old-names uninstall-old-names
