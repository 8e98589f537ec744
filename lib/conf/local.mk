# Files of lib/conf.
