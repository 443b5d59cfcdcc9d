"""Articles' pages over real HTTP, on loopback only."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import pytest
from fakes import StandIn, pdf_of

from factcheck.domain.article import Article
from factcheck.errors import EncodingError, SourceError
from factcheck.intake import read_source as intake
from factcheck.intake.read_source import MAX_BYTES

read_source = partial(intake.read_source, allow_private=True)
fetch = partial(intake.fetch_page, allow_private=True)
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
    "/koi8": ("text/html; charset=koi8-r", PAGE.replace(b"water office", "Мэрия".encode("koi8-r"))),
    "/stream": ("application/octet-stream", pdf_of("River rises\n\nIt rose by two metres.")),
    "/lines": ("application/x-ndjson", b'{"text": "It rose."}\n{"text": "It fell."}\n'),
    "/message": ("message/rfc822", b"From: Ann <a@b.example>\nSubject: River\nMIME-Version: 1.0\n\nIt rose.\n"),
    "/table": ("text/csv", b"claim,label\nIt rose,true\n"),
    "/photo": ("image/png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    "/picture": ("image/png", b"\x89PNG"),
    "/empty": ("text/html", b""),
    "/huge": ("text/plain", b"x" * (MAX_BYTES + 1)),
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a site that has PAGES."""
    stand_in = StandIn(pages=PAGES)
    with stand_in.serving():
        yield stand_in.address


@pytest.mark.parametrize("path", ["/page", "/xhtml", "/page-as-text"])
def test_page_becomes_an_article(site: str, path: str) -> None:
    article = read_source(site + path, NOW)
    assert article.text.startswith("River rises\n\nThe river Stand rose")
    assert (article.title, article.url, article.language) == ("River rises", site + path, "en")


def test_text_keeps_its_address(site: str) -> None:
    article = read_source(f"{site}/text", NOW)
    assert (article.text, article.title, article.url) == ("Café\n\nIt rose.", "Café", f"{site}/text")


def test_pdf_may_be_called_a_stream(site: str) -> None:
    assert read_source(f"{site}/stream", NOW).title == "River rises"


def test_fetched_files_are_known_by_their_content(site: str) -> None:
    message = read_source(f"{site}/message", NOW)
    address = f"{site}/lines"
    lines = list(intake.articles_of(intake.open_source(address, allow_private=True), address, NOW))

    assert (message.text, message.title, message.url) == ("It rose.", "River", f"{site}/message")
    assert [one.url for one in lines if isinstance(one, Article)] == [f"{site}/lines"] * 2


@pytest.mark.parametrize(("path", "what"), [("/table", "a table"), ("/photo", "a picture")])
def test_fetched_files_without_article_are_named(site: str, path: str, what: str) -> None:
    with pytest.raises(SourceError, match=f"{path}' is {what}"):
        read_source(f"{site}{path}", NOW)


def test_encoding_of_server_reaches_the_page(site: str) -> None:
    assert "Мэрия" in read_source(f"{site}/koi8", NOW).text


def test_encoding_reaches_the_fetched_text(site: str) -> None:
    assert read_source(f"{site}/latin", NOW, encoding="latin-1").title == "Café"


def test_fetched_text_must_be_utf8(site: str) -> None:
    with pytest.raises(EncodingError, match=r"/latin' is not utf-8 text; it fits"):
        read_source(f"{site}/latin", NOW)


def test_missing_page_names_its_status(site: str) -> None:
    with pytest.raises(SourceError, match="/gone' answers 404 Not Found; check the address"):
        fetch(f"{site}/gone")


def test_other_kinds_are_refused(site: str) -> None:
    with pytest.raises(SourceError, match="/picture' is image/png, not a page, a text or a PDF"):
        fetch(f"{site}/picture")


def test_empty_page_holds_no_text(site: str) -> None:
    with pytest.raises(SourceError, match="/empty' holds no text"):
        read_source(f"{site}/empty", NOW)


def test_huge_page_is_refused(site: str) -> None:
    with pytest.raises(SourceError, match="/huge' is larger than 20,000,000 bytes"):
        fetch(f"{site}/huge")


def test_private_page_is_no_article(site: str) -> None:
    with pytest.raises(SourceError, match=r"/page' is not fetched: it leads to port \d+"):
        intake.read_source(f"{site}/page", NOW)
