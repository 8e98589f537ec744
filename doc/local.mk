# Files of doc.
dist_doc_DATA += doc/changes.md doc/design.md doc/interop.md doc/protocol.md doc/testing.md doc/upgrade.md
dist_man_MANS += \
	doc/authkeys.5 \
	doc/cl_status.1 \
	doc/ha.cf.5 \
	doc/haresources.5 \
	doc/hbctl.8 \
	doc/heartbeat.8
