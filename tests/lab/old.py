#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Be the node beta as a 3.0.6 that lives, holds nothing and says what it is told to say.

usage: old.py HOST PORT KEY < WORDS

Each line of the standard input is a message: "ask_resources rsc_hold=all info=other". The word
"resource ..." of what it holds is said at first. It lives until it is killed."""
import select
import socket
import sys

import packet


def main():
    host, port, key = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode()
    out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    seq = 0

    def say(line):
        nonlocal seq
        seq += 1
        kind, *fields = line.encode().split()
        own = [("t", kind)] + [(n.decode(), v) for n, v in (f.split(b"=", 1) for f in fields)]
        out.sendto(packet.message(seq, key, b"beta", own), (host, port))

    alive = "status st=active dt=3e8 protocol=1"
    say(alive)
    say("resource rsc_hold=none rtype=full isstable=1")
    words = [sys.stdin]
    while True:
        if select.select(words, [], [], 0.1)[0]:
            line = sys.stdin.readline()
            if line:
                say(line)
            else:
                words = []
        say(alive)


main()
