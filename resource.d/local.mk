# Files of resource.d: scripts that carry out resources. They live beside the daemon's programs;
# links in /etc/ha.d (ha.d/local.mk) keep the old paths working.
agent_scripts = \
	resource.d/Delay resource.d/Filesystem resource.d/IPsrcaddr resource.d/MailTo \
	resource.d/SendArp resource.d/drbddisk resource.d/portblock
address_scripts = resource.d/IPaddr resource.d/IPaddr2 resource.d/IPv6addr

agentdir = $(hbdir)/resource.d
nodist_agent_SCRIPTS = $(agent_scripts) $(address_scripts)
shellfuncsdir = $(hbsharedir)
nodist_shellfuncs_DATA = ha.d/shellfuncs

EXTRA_DIST += $(agent_scripts:=.in) resource.d/address.in ha.d/shellfuncs.in
CLEANFILES += $(nodist_agent_SCRIPTS) ha.d/shellfuncs

edit_paths = $(AM_V_GEN)$(MKDIR_P) $(@D) && $(SED) \
	-e 's|@hadir[@]|$(hadir)|g' -e 's|@hbdir[@]|$(hbdir)|g' \
	-e 's|@hbsharedir[@]|$(hbsharedir)|g' -e 's|@sbindir[@]|$(sbindir)|g' -e 's|@docdir[@]|$(docdir)|g' \
	-e 's|@statedir[@]|$(localstatedir)/lib/heartbeat|g' -e 's|@version[@]|$(VERSION)|g'

$(agent_scripts): %: %.in Makefile
	$(edit_paths) < $< > $@.tmp && chmod +x $@.tmp && mv $@.tmp $@

$(address_scripts): resource.d/address.in Makefile
	$(edit_paths) < $(top_srcdir)/resource.d/address.in > $@.tmp && \
	chmod +x $@.tmp && mv $@.tmp $@

ha.d/shellfuncs: ha.d/shellfuncs.in Makefile
	$(edit_paths) < $(top_srcdir)/ha.d/shellfuncs.in > $@.tmp && mv $@.tmp $@
