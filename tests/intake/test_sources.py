"""What evidence is read from: pages, PDFs, texts and pictures."""

from pathlib import Path

import pytest
from fakes import pdf_of
from loopback_site import loopback_site

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

    for words in ("the water office said", "Level\n\n4.20 m", "About 300 people\nleft.", "Home\n\nNews"):
        assert words in text
    for unseen in ("track", "hidden", "color", "<"):
        assert unseen not in text


def test_body_is_the_article_alone(sources: WebSources) -> None:
    other = PAGE.replace(b"Home", b"Start").replace(b"300", b"301")

    first, second = (sources.read(Snapshot(page, "text/html")) for page in (PAGE, other))

    assert first.body == second.body != ""
    assert first.text != second.text


def words_of(sources: WebSources, part: str) -> tuple[str, str]:
    page = f"<!DOCTYPE html><html><body><article>{ARTICLE * 9}{part}</article></body></html>"
    found = sources.read(Snapshot(page.encode(), "text/html"))
    return found.text, found.on_request


@pytest.mark.parametrize(
    "part",
    [
        "<p>The toll was <del>107 people</del> 12 people.</p>",
        "<p>The toll was <s>107 people</s> 12 people.</p>",
        "<p>The toll was <span style='text-decoration: line-through'>107 people</span> 12 people.</p>",
        "<p>The toll was 12 people.</p><video>107 people</video>",
        "<p>The toll was 12 people.</p><textarea>107 people</textarea><select><option>107 people</select>",
    ],
)
def test_words_that_are_struck_out_or_never_shown_are_none(sources: WebSources, part: str) -> None:
    text, on_request = words_of(sources, part)

    assert "The toll was 12 people." in text
    assert "107" not in text + on_request


@pytest.mark.parametrize(
    "part",
    [
        "<p hidden>The toll was 12 people.</p>",
        "<div style='display:none'><p>The toll was 12 people.</p></div>",
        "<p style='color:#fff;background:#fff'>The toll was 12 people.</p>",
        "<dialog><p>The toll was 12 people.</p></dialog>",
    ],
)
def test_words_that_are_hidden_stand_apart(sources: WebSources, part: str) -> None:
    text, on_request = words_of(sources, part)

    assert "12 people" not in text
    assert "The toll was 12 people." in on_request


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        ("Rain fell.".encode("utf-16"), "text/plain", "Rain fell."),
        ("Le café était fermé, dit le maire.".encode("cp1252"), "text/plain", "Le café était fermé, dit le maire."),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nRain\n\n00:02.000 --> 00:03.000\nfell.\n", "text/vtt", "Rain fell."),
        (b'{"a": "Rain fell."}', "application/json", '{"a": "Rain fell."}'),
        (b"Rain fell.", "application/octet-stream", "Rain fell."),
        (b"<div><p>Rain fell.</p></div>", "", "Rain fell."),
        (b"/* Rain fell. */", "text/css", ""),
        (b"// Rain fell.", "text/javascript", ""),
        (b"<?xml version='1.0'?><r><!-- Rain fell. --></r>", "text/xml", "<?xml version='1.0'?><r></r>"),
    ],
)
def test_evidence_is_read_as_articles_are(sources: WebSources, content: bytes, kind: str, text: str) -> None:
    assert sources.read(Snapshot(content, kind)).text == text


def test_wall_is_no_page(sources: WebSources) -> None:
    page = "<!DOCTYPE html><html><head><title>{0}</title></head><body><p>{0} Verify you are human.</p></body></html>"

    assert (
        sources.read(Snapshot(page.format("Just a moment...").encode(), "text/html")).wall == "a check against robots"
    )
    assert sources.read(Snapshot(PAGE, "text/html")).wall is None


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
    assert sources.archive("https://a.example/x?y=1", "") == f"{loopback}/saved/https%3A%2F%2Fa.example%2Fx%3Fy%3D1"


def test_archive_must_lead_somewhere(loopback: str) -> None:
    sources = WebSources(allow_private=True, archive_save=f"{loopback}/save/{{url}}")

    with pytest.raises(SourceError, match=r"led to no saved page$"):
        sources.archive("https://a.example/", "")


def test_page_that_is_no_copy_is_not_kept_as_one() -> None:
    with loopback_site() as site:
        site.pages["/login"] = b"<html><body><p>Log in to save pages. Too many requests today.</p></body></html>"
        site.pages["/AbCdE"] = PAGE
        sources = WebSources(allow_private=True, archive_save=f"{site.address}/save/{{url}}")
        said = sources.read(Snapshot(PAGE, "text/html")).text
        asked = "/save/https%3A%2F%2Fa.example%2Fx"

        site.pages[asked] = 302, {"location": "/AbCdE"}, b""
        assert sources.archive("https://a.example/x", said) == f"{site.address}/AbCdE"
        site.pages[asked] = 302, {"location": "/login"}, b""
        with pytest.raises(SourceError, match="no copy of the page"):
            sources.archive("https://a.example/x", said)


def test_private_archive_is_refused(loopback: str) -> None:
    with pytest.raises(PageRefusedError):
        WebSources(allow_private=False, archive_save=f"{loopback}/save/{{url}}").archive("https://a.example/", "")


def test_no_archive_is_asked_unasked(sources: WebSources) -> None:
    assert not sources.archives
