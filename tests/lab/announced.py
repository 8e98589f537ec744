#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Announcements of addresses that leave an interface.

usage: announced.py watch INTERFACE          a line each: nanoseconds, form, address
       announced.py judge FILE [SINCE_NS]    what of it says, on one line:
           frames=N addresses=N most=N spread_ms=N
       announced.py addresses FILE SINCE_NS  how many were announced since then

most: frames within any 100 ms; spread_ms: from the first frame of all to the latest first one of an
address. The times are the kernel's, of the moment at which a frame leaves."""
import socket
import struct
import sys

SO_TIMESTAMPNS = 35
WINDOW_NS = 100_000_000


def form_of(frame):
    """The form and the address of a gratuitous ARP or an advertisement to all; None: another frame."""
    kind = frame[12:14]
    if kind == b"\x08\x06" and frame[28:32] == frame[38:42]:
        return {1: "request", 2: "reply"}.get(frame[21]), socket.inet_ntoa(frame[28:32])
    if kind == b"\x86\xdd" and frame[20] == 58 and frame[54] == 136 and frame[38] == 0xff:
        return "advertisement", socket.inet_ntop(socket.AF_INET6, frame[62:78])
    return None


def watch(interface):
    """Print until killed."""
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 24)
    s.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    s.bind((interface, 0))
    print("ready", flush=True)
    while True:
        frame, extra, _, source = s.recvmsg(2048, 64)
        found = form_of(frame) if source[2] == socket.PACKET_OUTGOING else None
        if found is None or not extra:
            continue
        seconds, rest = struct.unpack("qq", extra[0][2][:16])
        print(seconds * 1_000_000_000 + rest, *found, flush=True)


def read(path, since):
    """The frames, in the order of time."""
    with open(path, encoding="ascii") as lines:
        words = [line.split() for line in lines if not line.startswith("ready")]
    frames = [(int(w[0]), w[2]) for w in words if len(w) == 3]
    return sorted(f for f in frames if f[0] >= since)


def judge(path, since):
    """One line of figures."""
    frames = read(path, since)
    most = begin = 0
    first = {}
    for i, (at, address) in enumerate(frames):
        first.setdefault(address, at)
        while at - frames[begin][0] >= WINDOW_NS:
            begin += 1
        most = max(most, i - begin + 1)
    spread = (max(first.values()) - frames[0][0]) // 1_000_000 if frames else 0
    print(f"frames={len(frames)} addresses={len(first)} most={most} spread_ms={spread}")


def main():
    """See above."""
    if sys.argv[1] == "watch":
        watch(sys.argv[2])
    elif sys.argv[1] == "judge":
        judge(sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    else:
        print(len({address for _, address in read(sys.argv[2], int(sys.argv[3]))}))


if __name__ == "__main__":
    main()
