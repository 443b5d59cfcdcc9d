from dataclasses import replace
from datetime import UTC, datetime

import pytest

from factcheck.domain.evidence import (
    CheckOutcome,
    Evidence,
    EvidenceDraft,
    PageText,
    QuoteStatus,
    Snapshot,
    SourceKind,
    Stance,
    require_web_address,
)
from factcheck.errors import InputError, NoSourceError

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PAGE_URL = "https://a.example/page?from=feed"
PAGE = Snapshot(b"Rain.", "text/html", PAGE_URL, 200)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=c#d",
        "http://127.0.0.1:8000/",
        "HTTPS://EXAMPLE.ORG",
        "https://münchen.example/straße",
        "http://[::1]/a",
    ],
)
def test_web_address_comes_back_unchanged(url: str) -> None:
    assert require_web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org/a",
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,hello",
        "file:///etc/hosts",
        "ftp://example.org/a",
        "mailto:ada@example.org",
        "http:///no-host",
        "https://:443/",
        "http://[::1",
        "https://example.org/a b",
        " https://example.org",
        "https://example.org\n",
        "https://example.org/\x1b[31m",
        "https://example.org/\u202egpj",
        "https://example.org/a\u00a0b",
    ],
)
def test_anything_else_is_no_address(url: str) -> None:
    with pytest.raises(InputError, match="http:// or https://") as caught:
        require_web_address(url)
    assert repr(url) in str(caught.value)


def test_evidence_checks_its_own_address() -> None:
    with pytest.raises(InputError, match="is not a web address"):
        Evidence("javascript:alert(1)", Stance.CONTEXT, NOW)


@pytest.mark.parametrize("description", [None, "", "  "])
def test_source_without_address_needs_words(description: str | None) -> None:
    with pytest.raises(NoSourceError, match="needs a source: an address, a file or a description"):
        Evidence(None, Stance.CONTEXT, NOW, description=description)


def test_archive_must_be_an_address() -> None:
    with pytest.raises(InputError, match="'javascript:alert"):
        Evidence("https://a.example/", Stance.CONTEXT, NOW, archive_url="javascript:alert(1)")


@pytest.mark.parametrize("status", list(QuoteStatus))
def test_only_a_missing_quote_blocks(status: QuoteStatus) -> None:
    evidence = Evidence("https://a.example/", Stance.CONTEXT, NOW, quote="Rain.", quote_status=status)

    assert evidence.blocks_sign_off == (status is QuoteStatus.MISSING)


def test_reviewers_words_beat_the_page() -> None:
    draft = EvidenceDraft("https://a.example/", Stance.CONTEXT, title="Mine", kind=SourceKind.PRIMARY)
    page = PageText("Rain.", "Rain.", title="Theirs", publisher="The Page", published="2026-01-02")

    rested = draft.added(Stance.REFUTES, NOW, "ann").resting_on(PAGE, page, QuoteStatus.EXACT, NOW)

    assert (rested.title, rested.publisher, rested.published) == ("Mine", "The Page", "2026-01-02")
    assert (rested.sha256, rested.retrieved_at, rested.quote_status) == (PAGE.sha256, NOW, QuoteStatus.EXACT)
    assert (rested.kind, rested.stance, rested.added_by) == (SourceKind.PRIMARY, Stance.CONTEXT, "ann")


@pytest.mark.parametrize(
    ("canonical", "kept"),
    [
        ("https://a.example/page", "https://a.example/page"),
        ("https://www.a.example/page", "https://www.a.example/page"),
        ("https://famous.example/page", PAGE_URL),
        ("javascript:alert(1)", PAGE_URL),
        (None, PAGE_URL),
    ],
)
def test_page_passes_for_no_other_hosts(canonical: str | None, kept: str) -> None:
    evidence = Evidence(PAGE_URL, Stance.CONTEXT, NOW)

    rested = evidence.resting_on(PAGE, PageText(canonical_url=canonical), QuoteStatus.UNCHECKED, NOW)

    assert rested.canonical_url == kept


@pytest.mark.parametrize(
    ("evidence", "key"),
    [
        (Evidence("https://www.a.example/x/", Stance.CONTEXT, NOW), "a.example/x"),
        (Evidence("https://s.example/1", Stance.CONTEXT, NOW, canonical_url="https://a.example/x"), "a.example/x"),
        (Evidence(None, Stance.CONTEXT, NOW, file_name="a.pdf", sha256="f" * 64), f"sha256:{'f' * 64}"),
        (Evidence(None, Stance.CONTEXT, NOW, description="A  call with Ann"), "described:a call with ann"),
    ],
)
def test_source_has_a_key(evidence: Evidence, key: str) -> None:
    assert evidence.source_key == key


def test_same_words_for_another_end_differ() -> None:
    evidence = Evidence("https://a.example/x", Stance.CONTEXT, NOW, quote="Rain.")

    assert evidence.is_same_as(replace(evidence, url="http://www.a.example/x/#top", title="Other"))
    assert not evidence.is_same_as(replace(evidence, stance=Stance.REFUTES))
    assert not evidence.is_same_as(replace(evidence, quote="Snow."))


@pytest.mark.parametrize("path", ["/home/ann/report.pdf", "report.pdf", "C:\\docs\\report.pdf"])
def test_file_loses_its_folder(path: str) -> None:
    assert EvidenceDraft(file=path).added(Stance.CONTEXT, NOW, None).file_name == "report.pdf"


def test_losses_are_told_apart() -> None:
    assert {one for one in CheckOutcome if one.is_loss} == {CheckOutcome.GONE, CheckOutcome.QUOTE_GONE}
