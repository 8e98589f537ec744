#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Send packets that no friend would send.

usage: packet.py KIND HOST PORT [COUNT]

KIND: garbage (random bytes), truncated, oversized (65000 bytes), markers (beginnings and
ends of messages without sense), untyped (a field without type, unsigned), forged (a well
formed status signed with another key), unsigned, badlength (huge and negative lengths)."""
import hashlib
import hmac
import random
import socket
import sys
import time


def field(name, value):
    body = b"(0)" + name.encode() + b"=" + value
    return str(len(body)).encode() + b":" + body + b","


def message(seq, key, node, own):
    """own: pairs of name and value that stand before those of every message."""
    now = b"%x" % int(time.time())
    text = b"###\n"
    for name, value in (*own, ("src", node), ("seq", b"%x" % seq), ("hg", b"7fffffff"),
                        ("ts", now), ("ld", b"0.00 0.00 0.00 1/1 1"), ("ttl", b"3")):
        text += field(name, value)
    text += b"%%%\n"
    if key is None:
        return text
    digest = hmac.new(key, text, hashlib.sha1).hexdigest().encode()
    trailer = b"1 " + digest
    return text + str(len(trailer)).encode() + b":" + trailer + b","


def status(seq, key, node=b"beta", state=b"dead"):
    return message(seq, key, node, (("t", b"status"), ("st", state), ("dt", b"3e8"),
                                    ("protocol", b"1")))


KINDS = {
    "garbage": lambda n: random.randbytes(random.randint(1, 1400)),
    "truncated": lambda n: status(n, b"x")[:random.randint(1, 150)],
    "oversized": lambda n: b"###\n" + b"A" * 65000,
    "markers": lambda n: random.choice([b"", b"#", b"###\n", b"###\n%%%\n", b">>>\n", b">>>\n<<<\n",
                                        b">>>\n=\n<<<\n", b"<<<\n>>>\n", b"###\n%%%\n0:,",
                                        b">>>\n" * 300, b"###\n" * 300]),
    "untyped": lambda n: b"###\n3:a=b,%%%\n",
    "badlength": lambda n: b"###\n" + random.choice([b"4294967295", b"-5", b"99999999999999999999",
                                                     b"0", b"", b"0x10", b" 5"])
    + b":(0)t=status,%%%\n",
    "forged": lambda n: status(n, b"not the key"),
    "unsigned": lambda n: status(n, None),
}


def main():
    kind, host, port = sys.argv[1:4]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    random.seed(kind)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    out = socket.socket(family, socket.SOCK_DGRAM)
    for n in range(count):
        out.sendto(KINDS[kind](n + 1), (host, int(port)))
        if n % 50 == 49:
            time.sleep(0.005)


if __name__ == "__main__":
    main()
