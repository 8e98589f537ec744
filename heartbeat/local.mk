# Files of heartbeat.
