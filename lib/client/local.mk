# Files of lib/client.
