# Files of resource.d.
