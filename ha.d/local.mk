# Files of ha.d.
