# Samples, installed as documentation: nothing in sysconfdir is ever written.
dist_doc_DATA = ha.d/ha.cf ha.d/haresources ha.d/authkeys

# What 3.0.6 called or had people call: harc, where rc.d is, and commands of old scripts.
harcdir = $(hadir)
nodist_harc_SCRIPTS = ha.d/harc
rcddir = $(hadir)/rc.d
hbsharescriptdir = $(hbsharedir)
nodist_hbsharescript_SCRIPTS = ha.d/mach_down ha.d/req_resource
node_commands = hb_addnode hb_delnode hb_setweight hb_setsite
old_scripts = $(nodist_harc_SCRIPTS) $(nodist_hbsharescript_SCRIPTS) ha.d/hb_nodes
hbscriptdir = $(hbdir)
nodist_hbscript_SCRIPTS = ha.d/hb_nodes
EXTRA_DIST += $(old_scripts:=.in) ha.d/README.rc.d
CLEANFILES += $(old_scripts)
$(old_scripts): %: %.in Makefile
	$(edit_paths) < $< > $@.tmp && chmod +x $@.tmp && mv $@.tmp $@

install-data-local: install-old-names
install-old-names:
	$(MKDIR_P) $(DESTDIR)$(rcddir) $(DESTDIR)$(hbsharedir)
	$(INSTALL_DATA) $(srcdir)/ha.d/README.rc.d $(DESTDIR)$(rcddir)/README
	for name in $(node_commands); do \
		ln -sf $(hbdir)/hb_nodes $(DESTDIR)$(hbsharedir)/$$name || exit 1; \
	done
	ln -sf $(hbdir)/ResourceManager $(DESTDIR)$(hbsharedir)/ResourceManager
uninstall-local: uninstall-old-names
uninstall-old-names:
	rm -f $(DESTDIR)$(rcddir)/README
	for name in $(node_commands) ResourceManager; do \
		rm -f $(DESTDIR)$(hbsharedir)/$$name; \
	done
.PHONY: install-old-names uninstall-old-names
