"""A shop that needs no event loop, so that it answers whatever becomes of a test's."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = "<!doctype html><input id=who><p>here"
LATE = "<!doctype html><script>fetch('/gate').then(() => { document.body.id = 'late' })</script><body>soon"
HANGING = "<!doctype html><button onclick='for (;;) {}'>B</button>"
RENAMED = "<!doctype html><button id=store onclick='out.textContent = this.id'>Save order</button><p id=out>"
PAGES = {"/late": LATE, "/hanging": HANGING, "/renamed": RENAMED}


class Shop:
    """Its address, how often each page was opened, and the gate before which ``/late`` waits."""

    def __init__(self) -> None:
        self.url = ""
        self.visits: Counter[str] = Counter()
        self.gate = threading.Event()

    def flow(self, *steps: dict, path: str = "/") -> dict:
        """The body of a start: open the path, then do the steps."""
        return {"project": "default", "baseUrl": self.url, "steps": [{"action": "goto", "url": path}, *steps]}


@contextmanager
def open_shop() -> Iterator[Shop]:
    """A shop on a free port of this machine."""
    shop = Shop()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/gate":
                shop.gate.wait()
            shop.visits[self.path] += 1
            page = PAGES.get(self.path.partition("?")[0], PAGE).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    shop.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield shop
    shop.gate.set()
    server.shutdown()
    thread.join()
    server.server_close()
