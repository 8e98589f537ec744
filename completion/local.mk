# Completion for bash: one file, and a name for each program it is loaded for.
completed = hb_standby hb_takeover cl_status heartbeat
completiondir = $(datadir)/bash-completion/completions
EXTRA_DIST += completion/heartbeat.bash.in
CLEANFILES += completion/hbctl
nodist_completion_DATA = completion/hbctl
completion/hbctl: completion/heartbeat.bash.in Makefile
	$(edit_paths) < $(srcdir)/completion/heartbeat.bash.in > $@.tmp && mv $@.tmp $@

install-data-hook: install-completion-names
install-completion-names:
	for name in $(completed); do \
		ln -sf hbctl $(DESTDIR)$(completiondir)/$$name || exit 1; \
	done
uninstall-local: uninstall-completion-names
uninstall-completion-names:
	for name in $(completed); do \
		rm -f $(DESTDIR)$(completiondir)/$$name; \
	done
.PHONY: install-completion-names uninstall-completion-names
