# SPDX-License-Identifier: GPL-2.0-or-later
"""archive.py ADDRESS PORT NETNS CACHE: the only way out of a lab, for apt and debootstrap.

A proxy for plain HTTP. It listens in the network namespace in which it is started and fetches in
NETNS (a file, the machine's own namespace). What it fetched stays in the directory CACHE: packages
never change, so they come from there the next time; lists come from there when the network fails.
"""
import ctypes
import http.server
import os
import shutil
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

CLONE_NEWNET = 0x40000000
address, port, netns, cache = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def kept_as(self):
        url = urllib.parse.urlsplit(self.path)
        if url.scheme != "http" or not url.hostname or ".." in url.path.split("/"):
            return None
        return os.path.join(cache, url.hostname, url.path.lstrip("/"))

    def fetch(self, kept):
        """0, or the HTTP status to give instead of the file."""
        part = "%s.part.%d.%d" % (kept, os.getpid(), threading.get_ident())
        try:
            with urllib.request.urlopen(self.path, timeout=60) as reply:
                os.makedirs(os.path.dirname(kept), exist_ok=True)
                with open(part, "wb") as out:
                    shutil.copyfileobj(reply, out)
                length = reply.headers.get("Content-Length")
                if length is not None and int(length) != os.path.getsize(part):
                    raise OSError("cut short")
            os.rename(part, kept)
            return 0
        except urllib.error.HTTPError as error:
            return error.code
        except (OSError, ValueError) as error:
            print("%s: %s" % (self.path, error), file=sys.stderr, flush=True)
            if os.path.exists(part):
                os.unlink(part)
            return 0 if os.path.isfile(kept) else 502

    def do_GET(self):
        kept = self.kept_as()
        if kept is None:
            self.send_error(400)
            return
        if not (kept.endswith(".deb") and os.path.isfile(kept)):
            status = self.fetch(kept)
            if status:
                self.send_error(status)
                return
        with open(kept, "rb") as f:
            self.send_response(200)
            self.send_header("Content-Length", str(os.fstat(f.fileno()).st_size))
            self.end_headers()
            if self.command == "GET":
                shutil.copyfileobj(f, self.wfile)

    do_HEAD = do_GET


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


server = Server((address, port), Handler)
with open(netns) as f:
    if ctypes.CDLL(None, use_errno=True).setns(f.fileno(), CLONE_NEWNET) != 0:
        sys.exit("cannot enter the network of this machine: " + os.strerror(ctypes.get_errno()))
server.serve_forever()
