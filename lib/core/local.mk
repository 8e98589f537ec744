# Files of lib/core.
