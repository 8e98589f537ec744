# Files of lib/proto.
