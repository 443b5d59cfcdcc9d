"""What evidence is read from: pages, PDFs, texts and pictures."""

from pathlib import Path

import pytest
from fakes import pdf_of

from factcheck.domain.evidence import Snapshot
from factcheck.errors import PageRefusedError, SourceError
from factcheck.intake.sources import WebSources

ARTICLE = "<p>The river Stand rose by two metres on Monday, the <b>wa</b>ter office said in a statement.</p>" * 3
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>River rises</title><meta property='og:site_name' content='The Paper'>"
    "<meta property='article:published_time' content='2026-01-02T10:00:00Z'>"
    "<link rel='canonical' href='https://paper.example/river'><style>p { color: red }</style></head>"
    f"<body><nav><ul><li>Home</li><li>News</li></ul></nav><article><h1>River rises</h1>{ARTICLE}</article>"
    "<table><tr><td>Level</td><td>4.20 m</td></tr></table><script>track('secret')</script><!-- hidden -->"
    "<aside>About 300 people<br>left.</aside></body></html>"
).encode()


@pytest.fixture
def sources() -> WebSources:
    """Sources that may be on loopback."""
    return WebSources(allow_private=True)


def test_page_tells_about_itself(sources: WebSources) -> None:
    page = sources.read(Snapshot(PAGE, "text/html", "https://paper.example/river?from=feed"))

    assert (page.title, page.publisher, page.published) == ("River rises", "The Paper", "2026-01-02")
    assert page.canonical_url == "https://paper.example/river"


def test_all_words_of_a_page_are_read(sources: WebSources) -> None:
    text = sources.read(Snapshot(PAGE, "text/html")).text

    for words in ("the water office said", "Level\n4.20 m", "About 300 people\nleft.", "Home\nNews"):
        assert words in text
    for unseen in ("track", "hidden", "color", "<"):
        assert unseen not in text


def test_body_is_the_article_alone(sources: WebSources) -> None:
    other = PAGE.replace(b"Home", b"Start").replace(b"300", b"301")

    first, second = (sources.read(Snapshot(page, "text/html")) for page in (PAGE, other))

    assert first.body == second.body != ""
    assert first.text != second.text


def test_very_large_page_is_read_plainly(sources: WebSources) -> None:
    page = sources.read(Snapshot(PAGE + b" " * 3_000_000, "text/html"))

    assert "the water office said" in page.text
    assert (page.body, page.title) == ("", None)


@pytest.mark.parametrize("content", [b"", b"<html>", b"<html><body></body></html>", b"<!doctype html>\0\xff"])
def test_empty_page_reads_as_nothing(sources: WebSources, content: bytes) -> None:
    assert "".join(sources.read(Snapshot(content, "text/html")).text.split("\ufffd")).strip() == ""


def test_pdf_is_read_whatever_its_type(sources: WebSources) -> None:
    page = sources.read(Snapshot(pdf_of("Rain fell.", title="A report"), "application/octet-stream"))

    assert (page.text, page.title) == ("Rain fell.", "A report")


@pytest.mark.parametrize("content", [pdf_of(""), b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\n\0", b"\0\1\2"])
def test_what_holds_no_text_is_evidence(sources: WebSources, content: bytes) -> None:
    assert sources.read(Snapshot(content, "image/png")).text == ""


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("Café".encode(), "text/plain"),
        ("Café".encode("latin-1"), "text/plain; charset=latin-1"),
        ("Café".encode(), 'text/plain; charset="klingon"'),
    ],
)
def test_text_is_decoded_as_named(sources: WebSources, content: bytes, kind: str) -> None:
    assert sources.read(Snapshot(content, "text/plain", headers={"content-type": kind})).text == "Café"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("scan.bin", pdf_of("Rain."), "application/pdf"),
        ("page.txt", PAGE, "text/html"),
        ("photo", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("photo.txt", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("notes.txt", b"Rain.", "text/plain"),
        ("thing", b"\0\1", "application/octet-stream"),
    ],
)
def test_file_is_known_by_its_beginning(
    sources: WebSources, folder: Path, name: str, content: bytes, kind: str
) -> None:
    (folder / name).write_bytes(content)

    found = sources.open_file(f"./{name}")
    assert (found.content, found.media_type, found.name) == (content, kind, name)


def test_missing_file_is_told(sources: WebSources, folder: Path) -> None:
    del folder
    with pytest.raises(SourceError, match=r"'gone\.pdf' cannot be read"):
        sources.open_file("gone.pdf")


def test_archive_is_asked_by_address(loopback: str) -> None:
    sources = WebSources(allow_private=True, archive_save=f"{loopback}/to?/saved/{{url}}")

    assert sources.archives
    assert sources.archive("https://a.example/x?y=1") == f"{loopback}/saved/https%3A%2F%2Fa.example%2Fx%3Fy%3D1"


def test_archive_must_lead_somewhere(loopback: str) -> None:
    sources = WebSources(allow_private=True, archive_save=f"{loopback}/save/{{url}}")

    with pytest.raises(SourceError, match=r"led to no saved page$"):
        sources.archive("https://a.example/")


def test_private_archive_is_refused(loopback: str) -> None:
    with pytest.raises(PageRefusedError):
        WebSources(allow_private=False, archive_save=f"{loopback}/save/{{url}}").archive("https://a.example/")


def test_no_archive_is_asked_unasked(sources: WebSources) -> None:
    assert not sources.archives
