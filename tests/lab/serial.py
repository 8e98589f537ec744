#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A null-modem cable: two pseudo terminals of the devpts instance DIR, joined.

usage: serial.py DIR STATE

Writes the names of the two line ends to STATE, one a line. While STATE.cut exists the
cable is unplugged: what is sent is lost."""
import errno
import fcntl
import os
import select
import struct
import sys
import tty

TIOCSPTLCK = 0x40045431
TIOCGPTN = 0x80045430


def terminal(directory):
    master = os.open(f"{directory}/ptmx", os.O_RDWR | os.O_NOCTTY)
    fcntl.ioctl(master, TIOCSPTLCK, struct.pack("i", 0))
    number = struct.unpack("I", fcntl.ioctl(master, TIOCGPTN, b"\0" * 4))[0]
    name = f"{directory}/{number}"
    # Held open, so that the line outlives the hosts that use it.
    line = os.open(name, os.O_RDWR | os.O_NOCTTY)
    tty.setraw(line)
    return master, line, name


def main():
    directory, state = sys.argv[1:]
    ends = [terminal(directory), terminal(directory)]
    with open(state + ".new", "w") as out:
        out.writelines(name + "\n" for _, _, name in ends)
    os.rename(state + ".new", state)
    a, b = ends[0][0], ends[1][0]
    os.set_blocking(a, False)
    os.set_blocking(b, False)
    while True:
        for source in select.select([a, b], [], [])[0]:
            data = os.read(source, 4096)
            if os.path.exists(state + ".cut"):
                continue
            try:
                os.write(b if source == a else a, data)
            except OSError as error:
                # A full line loses bytes, as a UART does whose reader sleeps.
                if error.errno != errno.EAGAIN:
                    raise


main()
