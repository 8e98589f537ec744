# SPDX-License-Identifier: GPL-2.0-or-later
"""journald.py OUT [forward]: takes journald's place on a test host.

Each entry is a line of JSON in OUT: native ones with their fields (a list of values each), lines of
syslog with their bytes as RAW. With "forward" each entry goes on to /run/systemd/journal/syslog in
the form that journald of systemd 252 gives it (server_forward_syslog()), where this process
listens too: those are lines with FORWARDED.
"""
import json
import os
import socket
import struct
import sys
import time

RUN = "/run/systemd/journal/"


def listen(name):
    path = RUN + name
    if os.path.lexists(path):
        os.unlink(path)
    s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    s.bind(path)
    os.chmod(path, 0o666)
    return s


def native(data):
    fields = {}
    while data:
        line, _, rest = data.partition(b"\n")
        name, equals, value = line.partition(b"=")
        if not equals:
            size, = struct.unpack("<Q", rest[:8])
            value, rest = rest[8:8 + size], rest[9 + size:]
        fields.setdefault(name.decode(), []).append(value.decode())
        data = rest
    return fields


def forwarded(fields):
    last = {name: values[-1] for name, values in fields.items()}
    priority = int(last["PRIORITY"]) | int(last["SYSLOG_FACILITY"]) << 3
    return "<%d>%s %s[%s]: %s" % (priority, time.strftime("%b %e %T"), last["SYSLOG_IDENTIFIER"],
                                  last["SYSLOG_PID"], last["MESSAGE"])


def main():
    out = open(sys.argv[1], "a", buffering=1)
    os.makedirs(RUN, exist_ok=True)
    os.makedirs("/run/systemd/system", exist_ok=True)
    sockets = {listen("socket"): "native", listen("dev-log"): "syslog"}
    if "forward" in sys.argv[2:]:
        listen_forward = listen("syslog")
        sockets[listen_forward] = "forward"
    if os.path.lexists("/dev/log"):
        os.unlink("/dev/log")
    os.symlink(RUN + "dev-log", "/dev/log")
    import select
    while True:
        for s in select.select(list(sockets), [], [])[0]:
            data = s.recv(1 << 20)
            if sockets[s] == "native":
                fields = native(data)
                out.write(json.dumps(fields) + "\n")
                if "forward" in sockets.values():
                    out.write(json.dumps({"FORWARDED": forwarded(fields)}) + "\n")
            else:
                out.write(json.dumps({"RAW": data.decode().rstrip("\0")}) + "\n")


main()
