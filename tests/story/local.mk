# Tests of this directory.
