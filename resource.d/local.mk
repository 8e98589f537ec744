# Files of resource.d: scripts that carry out resources. They live beside the daemon's programs;
# a link to each in /etc/ha.d/resource.d keeps the old paths working.
agent_scripts = \
	resource.d/Delay resource.d/Filesystem resource.d/IPsrcaddr resource.d/MailTo \
	resource.d/SendArp resource.d/drbddisk resource.d/portblock
address_scripts = resource.d/IPaddr resource.d/IPaddr2 resource.d/IPv6addr

agentdir = $(hbdir)/resource.d
nodist_agent_SCRIPTS = $(agent_scripts) $(address_scripts)
shellfuncsdir = $(hadir)
nodist_shellfuncs_DATA = ha.d/shellfuncs

EXTRA_DIST += $(agent_scripts:=.in) resource.d/address.in ha.d/shellfuncs.in
CLEANFILES += $(nodist_agent_SCRIPTS) ha.d/shellfuncs

edit_paths = $(AM_V_GEN)$(MKDIR_P) $(@D) && $(SED) \
	-e 's|@hadir[@]|$(hadir)|g' -e 's|@hbdir[@]|$(hbdir)|g' \
	-e 's|@hbsharedir[@]|$(hbsharedir)|g' -e 's|@sbindir[@]|$(sbindir)|g' -e 's|@docdir[@]|$(docdir)|g' \
	-e 's|@statedir[@]|$(localstatedir)/lib/heartbeat|g'

$(agent_scripts): %: %.in Makefile
	$(edit_paths) < $< > $@.tmp && chmod +x $@.tmp && mv $@.tmp $@

$(address_scripts): resource.d/address.in Makefile
	$(edit_paths) < $(top_srcdir)/resource.d/address.in > $@.tmp && \
	chmod +x $@.tmp && mv $@.tmp $@

ha.d/shellfuncs: ha.d/shellfuncs.in Makefile
	$(edit_paths) < $(top_srcdir)/ha.d/shellfuncs.in > $@.tmp && mv $@.tmp $@

# A file or link of the administrator's own under such a name stays.
install-data-hook: install-agent-links
install-agent-links:
	$(MKDIR_P) $(DESTDIR)$(hadir)/resource.d
	for path in $(nodist_agent_SCRIPTS); do \
		script=`basename $$path`; \
		link=$(DESTDIR)$(hadir)/resource.d/$$script; \
		if test -e "$$link" || test -L "$$link"; then continue; fi; \
		$(LN_S) $(agentdir)/$$script "$$link" || exit 1; \
	done

uninstall-hook: uninstall-agent-links
uninstall-agent-links:
	for path in $(nodist_agent_SCRIPTS); do \
		script=`basename $$path`; \
		link=$(DESTDIR)$(hadir)/resource.d/$$script; \
		if test "$$(readlink "$$link")" = "$(agentdir)/$$script"; then \
			rm -f "$$link"; \
		fi; \
	done
.PHONY: install-agent-links uninstall-agent-links
