# Files of doc.
EXTRA_DIST += doc/protocol.md
