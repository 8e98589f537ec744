# Files of doc.
dist_doc_DATA += doc/changes.md doc/design.md doc/interop.md doc/protocol.md doc/testing.md doc/upgrade.md
dist_doc_DATA += doc/failover.svg doc/status.svg
dist_man_MANS += \
	doc/ResourceManager.8 \
	doc/agents/heartbeat-Delay.7 \
	doc/agents/heartbeat-Filesystem.7 \
	doc/agents/heartbeat-IPaddr.7 \
	doc/agents/heartbeat-IPsrcaddr.7 \
	doc/agents/heartbeat-MailTo.7 \
	doc/agents/heartbeat-SendArp.7 \
	doc/agents/heartbeat-drbddisk.7 \
	doc/agents/heartbeat-portblock.7 \
	doc/authkeys.5 \
	doc/cl_status.1 \
	doc/ha.cf.5 \
	doc/haresources.5 \
	doc/hb_addnode.1 \
	doc/hb_standby.1 \
	doc/hb_takeover.1 \
	doc/hbctl.8 \
	doc/heartbeat.8 \
	doc/ipfail.8

# Pages of more than one name.
install-data-hook: install-man-names
install-man-names: install-man
	$(LN_S) -f hb_addnode.1 $(DESTDIR)$(man1dir)/hb_delnode.1
	$(LN_S) -f heartbeat-IPaddr.7 $(DESTDIR)$(mandir)/man7/heartbeat-IPaddr2.7
	$(LN_S) -f heartbeat-IPaddr.7 $(DESTDIR)$(mandir)/man7/heartbeat-IPv6addr.7
uninstall-hook: uninstall-man-names
uninstall-man-names:
	rm -f $(DESTDIR)$(man1dir)/hb_delnode.1 $(DESTDIR)$(mandir)/man7/heartbeat-IPaddr2.7 \
		$(DESTDIR)$(mandir)/man7/heartbeat-IPv6addr.7
.PHONY: install-man-names uninstall-man-names
