# Files of doc.
