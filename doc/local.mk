# Files of doc.
EXTRA_DIST += doc/protocol.md
dist_man_MANS += \
	doc/authkeys.5 \
	doc/ha.cf.5 \
	doc/haresources.5
