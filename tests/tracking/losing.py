"""Web servers of other people: a shop's, and one on the way to ours that loses answers."""

import http.client
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SECONDS = 60


@dataclass
class Way:
    """A way to our server, and what was sent along it."""

    base: str = ""
    carried: list[bytes] = field(default_factory=list)


@contextmanager
def losing_answers(base: str, *, losing: int) -> Iterator[Way]:
    """A server that hands everything on to ours at `base`. The first `losing` requests with events arrive and are
    kept, but whoever sent them is told that something broke."""
    ours = urlsplit(base).netloc
    way, numbers = Way(), count()

    class Carrier(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._carry()

        def do_OPTIONS(self) -> None:
            self._carry()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            lost = next(numbers) < losing
            way.carried.append(body)
            self._carry(body, lost=lost)

        def _carry(self, body: bytes = b"", *, lost: bool = False) -> None:
            connection = http.client.HTTPConnection(ours, timeout=SECONDS)
            connection.request(self.command, self.path, body, dict(self.headers))
            answer = connection.getresponse()
            said = answer.read()
            self.send_response(503 if lost else answer.status)
            for name in ("Content-Type", "Access-Control-Allow-Origin", "Access-Control-Allow-Headers"):
                if answer.headers[name]:
                    self.send_header(name, answer.headers[name])
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)
            connection.close()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with _served(Carrier) as way.base:
        yield way


@contextmanager
def shop(pages: dict[str, str | Path]) -> Iterator[str]:
    """The address of a website: path -> a page's HTML, or the file of a script."""

    class Shop(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = pages.get(urlsplit(self.path).path)
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/javascript" if isinstance(found, Path) else "text/html")
            self.end_headers()
            self.wfile.write(found.read_bytes() if isinstance(found, Path) else (found or "").encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with _served(Shop) as base:
        yield base


@contextmanager
def _served(handler: type[http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
