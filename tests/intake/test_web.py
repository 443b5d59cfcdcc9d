"""Pages over real HTTP, on loopback only."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from fakes import StandIn

from factcheck.errors import SourceError
from factcheck.intake.read_source import MAX_BYTES, read_source
from factcheck.intake.web import fetch

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PAGE = (
    b'<!DOCTYPE html><html lang="en"><head><title>River rises</title></head><body><article>'
    b"<p>The river Stand rose by two metres on Monday, the water office said in a statement to the press.</p>"
    b"<p>About 300 people left their homes in the old town, and the school became a shelter for the night.</p>"
    b"</article></body></html>"
)
PAGES = {
    "/page": ("text/html; charset=utf-8", PAGE),
    "/xhtml": ("application/xhtml+xml", PAGE),
    "/page-as-text": ("text/plain", PAGE),
    "/text": ("text/plain", "Café\n\nIt rose.".encode()),
    "/latin": ("text/plain", "Café\n\nIt rose.".encode("latin-1")),
    "/picture": ("image/png", b"\x89PNG"),
    "/document": ("application/pdf", b"%PDF-1.7"),
    "/empty": ("text/html", b""),
    "/huge": ("text/plain", b"x" * (MAX_BYTES + 1)),
}


class Redirecting(BaseHTTPRequestHandler):
    """Counts down: `/3` leads to `/2`, to `/1`, to `/0`, which is a text; `/away` leaves the web."""

    def do_GET(self) -> None:
        left = int(self.path[1:]) if self.path[1:].isdigit() else None
        if left == 0:
            self.send_response(200)
            self.send_header("content-type", "text/plain")
        else:
            self.send_response(302)
            self.send_header("location", "file:///etc/hosts" if left is None else f"/{left - 1}")
        self.end_headers()
        if left == 0:
            self.wfile.write(b"River rises\n\nIt rose.")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a site that has PAGES."""
    stand_in = StandIn(pages=PAGES)
    with stand_in.serving():
        yield stand_in.address


@pytest.fixture(scope="module")
def redirecting() -> Iterator[str]:
    """The address of a site that sends its readers on."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Redirecting)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("path", ["/page", "/xhtml", "/page-as-text"])
def test_page_becomes_an_article(site: str, path: str) -> None:
    article = read_source(site + path, NOW)
    assert article.text.startswith("River rises\n\nThe river Stand rose")
    assert (article.title, article.url, article.language) == ("River rises", site + path, "en")


def test_text_keeps_its_address(site: str) -> None:
    article = read_source(f"{site}/text", NOW)
    assert (article.text, article.title, article.url) == ("Café\n\nIt rose.", "Café", f"{site}/text")


def test_encoding_reaches_the_fetched_text(site: str) -> None:
    assert read_source(f"{site}/latin", NOW, encoding="latin-1").title == "Café"


def test_fetched_text_must_be_utf8(site: str) -> None:
    with pytest.raises(SourceError, match="/latin' is not utf-8 text; name its encoding"):
        read_source(f"{site}/latin", NOW)


def test_missing_page_names_its_status(site: str) -> None:
    with pytest.raises(SourceError, match="/gone' answers 404 Not Found; check the address"):
        fetch(f"{site}/gone")


@pytest.mark.parametrize(("path", "kind"), [("/picture", "image/png"), ("/document", "application/pdf")])
def test_other_kinds_are_refused(site: str, path: str, kind: str) -> None:
    with pytest.raises(SourceError, match=f"{path}' is {kind}, not a page or a text"):
        fetch(site + path)


def test_empty_page_holds_no_text(site: str) -> None:
    with pytest.raises(SourceError, match="/empty' holds no text"):
        read_source(f"{site}/empty", NOW)


def test_huge_page_is_refused(site: str) -> None:
    with pytest.raises(SourceError, match="/huge' is larger than 20,000,000 bytes"):
        fetch(f"{site}/huge")


def test_closed_port_does_not_answer() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SourceError, match=rf":{port}/a' does not answer: .*; save the page and give the file"):
        fetch(f"http://127.0.0.1:{port}/a")


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://127.0.0.1:port/"])
def test_broken_address_is_refused(url: str) -> None:
    with pytest.raises(SourceError, match="does not answer"):
        fetch(url)


def test_redirects_lead_to_last_address(redirecting: str) -> None:
    article = read_source(f"{redirecting}/5", NOW)
    assert (article.title, article.url) == ("River rises", f"{redirecting}/0")


def test_too_many_redirects_are_refused(redirecting: str) -> None:
    with pytest.raises(SourceError, match=r"/6' does not answer: .*redirects"):
        fetch(f"{redirecting}/6")


def test_redirect_never_reads_a_file(redirecting: str) -> None:
    with pytest.raises(SourceError, match="/away' does not answer"):
        fetch(f"{redirecting}/away")
