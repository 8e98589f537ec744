#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Play the packets of tests/vectors at a live node.

usage: vectors.py DIRECTORY HOST PORT ORDER [PATTERN]

ORDER: forward, backward, shuffled, doubled (each twice in a row). PATTERN is a shell pattern for
the names of the files; default: all."""
import fnmatch
import os
import random
import socket
import sys
import time


def main():
    directory, host, port, order = sys.argv[1:5]
    pattern = sys.argv[5] if len(sys.argv) > 5 else "*"
    names = sorted(n for n in os.listdir(directory)
                   if n.endswith(".pkt") and fnmatch.fnmatch(n, pattern))
    if order == "backward":
        names.reverse()
    elif order == "shuffled":
        random.Random(1).shuffle(names)
    elif order == "doubled":
        names = [n for n in names for _ in range(2)]
    out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for n, name in enumerate(names):
        with open(os.path.join(directory, name), "rb") as packet:
            out.sendto(packet.read(), (host, int(port)))
        if n % 20 == 19:
            time.sleep(0.01)
    print(len(names))


main()
