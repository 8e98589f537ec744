# Samples, installed as documentation: nothing in sysconfdir is ever written.
dist_doc_DATA = ha.d/ha.cf ha.d/haresources ha.d/authkeys
