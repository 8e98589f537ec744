# Files of doc.
dist_man_MANS += \
	doc/authkeys.5 \
	doc/ha.cf.5 \
	doc/haresources.5
