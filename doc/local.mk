# Files of doc.
dist_man_MANS += doc/hbctl.8 doc/cl_status.1
