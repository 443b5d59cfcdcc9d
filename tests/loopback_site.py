"""A site on loopback whose pages a test sets, with what was asked of it."""

import random
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Page = bytes | int | tuple[int, Mapping[str, str], bytes]


@dataclass
class LoopbackSite:
    """Pages by their paths: a body, a status, or status, headers and body. What is asked for stands in `asked`."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def article(self, path: str, words: str, etag: str | None = None) -> str:
        """Put up an article; returns its address."""
        body = f"<article><p>{words} {filling(words)}</p></article>"
        page = f"<html><head><title>{words}</title></head><body>{body}</body></html>"
        told = {"content-type": "text/html; charset=utf-8"} | ({"etag": etag} if etag else {})
        self.pages[path] = 200, told, page.encode()
        return self.address + path

    def feed(self, path: str, *items: tuple[str, str] | str) -> str:
        """Put up a feed of addresses, each with its day if it has one; returns its own address."""
        told = [(one, "") if isinstance(one, str) else one for one in items]
        entries = "".join(
            f"<item><link>{link}</link>{f'<pubDate>{day}T10:00:00Z</pubDate>' if day else ''}</item>"
            for link, day in told
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{entries}</channel></rss>'
        self.pages[path] = 200, {"content-type": "application/rss+xml"}, body.encode()
        return self.address + path


_WORDS = (
    "council", "bridge", "harbour", "engineer", "mayor", "school", "river", "market", "library", "tower", "garden",
    "station",
)  # fmt: skip
_VERBS = ("reached", "closed", "opened", "moved", "repaired", "crossed", "visited", "measured", "painted", "rented")


def filling(words: str) -> str:
    """As many words behind these as an article has, and others behind others: no two articles resemble each other."""
    chance = random.Random(words)  # noqa: S311 - not a secret
    said = (chance.choices(_WORDS, k=4) + chance.choices(_VERBS, k=2) + [str(chance.randint(2, 99))] for _ in range(6))
    return " ".join(f"The {a} {e} the {b} {many} times, and a {c} {f} some {d}." for a, b, c, d, e, f, many in said)


@contextmanager
def loopback_site() -> Iterator[LoopbackSite]:
    """A site without pages; it ends with the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({name.lower(): value for name, value in self.headers.items()})
            page = site.pages.get(self.path, 404)
            if isinstance(page, int):
                page = page, {}, b""
            status, told, body = (200, {}, page) if isinstance(page, bytes) else page
            if told.get("etag") and self.headers.get("if-none-match") == told["etag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in told.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):  # who asked may have gone
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = LoopbackSite(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
