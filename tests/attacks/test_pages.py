from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from conftest import Command
from fakes import pdf_of

from factcheck import toml_files
from factcheck.confined import confined
from factcheck.domain.evidence import Snapshot
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import ParsingLimitError, RecordingLimitError
from factcheck.extraction.recording import read_recording
from factcheck.intake.html import article_from_html, read_html
from factcheck.intake.markup import read_markup
from factcheck.intake.pdf import read_pdf
from factcheck.intake.sources import WebSources

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SHORT = ParsingLimits(seconds=1)
SMALL = ParsingLimits(seconds=60, megabytes=200)
ATTRIBUTES = b"<html><body><p " + b" ".join(b"a%d=1" % number for number in range(80_000)) + b">Text.</p>"
SLOW = {
    "attributes": ATTRIBUTES,
    "paragraphs": b"<html><body>" + b"<p>The river rose again on Monday.</p>" * 160_000,
    "spans": b"<html><body><p>" + b"<span>a</span>" * 60_000,
}
NORMAL = b"<html><body><article><p>The river Stand rose by two metres on Monday, the office said.</p></article>"
MANY_ELEMENTS = b"<html><body>" + b"<br>" * 4_000_000


LONG_PDF = pdf_of("\n".join(["The river Stand rose again on Monday, the office said."] * 30_000))


@pytest.mark.parametrize("kind", SLOW)
def test_slow_page_is_refused_in_time(kind: str) -> None:
    with pytest.raises(ParsingLimitError, match=r"^'the page' cannot be read: it takes longer than 1 s$"):
        article_from_html(SLOW[kind], None, NOW, limits=SHORT)

    assert "two metres" in read_html(NORMAL, None).text


@pytest.mark.parametrize("read", [lambda page: article_from_html(page, None, NOW, limits=SMALL), None])
def test_memory_of_page_is_bounded(read: object) -> None:
    with pytest.raises(ParsingLimitError, match="it takes more memory than 200 MB"):
        (read if callable(read) else partial(read_html, url=None, limits=SMALL))(MANY_ELEMENTS)


def test_pdf_without_end_is_refused_in_time() -> None:
    with pytest.raises(ParsingLimitError, match=r"^'a\.pdf' cannot be read: it takes longer than 3 s$"):
        read_pdf(LONG_PDF, "a.pdf", SHORT)


@pytest.mark.parametrize(("content", "seconds"), [(ATTRIBUTES, 1), (LONG_PDF, 3)], ids=["page", "pdf"])
def test_evidence_that_takes_too_long_is_refused(content: bytes, seconds: int) -> None:
    """Where a scan, in which nothing can be read, is kept without its words."""
    with pytest.raises(ParsingLimitError, match=rf"^'a' cannot be read: it takes longer than {seconds} s$"):
        WebSources(allow_private=False, limits=SHORT).read(Snapshot(content, "text/html", name="a"))


def test_markup_is_bounded(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(ATTRIBUTES)

    with pytest.raises(ParsingLimitError, match=r"page\.html' cannot be read: it takes longer than 1 s"):
        read_markup(str(page), limits=SHORT)


def test_key_of_many_dots_is_refused_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toml_files, "confined", partial(confined, limits=SHORT))
    path = tmp_path / "a.toml"
    path.write_text("a." * 200_000 + "b = 1", "utf-8")

    with pytest.raises(ValueError, match=r"^it takes (longer than 1 s|more memory than 500 MB)$"):
        toml_files.read_toml(path)


def test_broken_toml_is_told_alike_at_any_length(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("x = 1\n" * 3_000, "utf-8")

    with pytest.raises(ValueError, match=r"^Cannot overwrite a value \(at line 2, column 6\)$"):
        toml_files.read_toml(path)


def test_recording_of_many_values_is_refused_in_time(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("[" + "1," * 2_000_000 + "]", "utf-8")

    with pytest.raises(RecordingLimitError, match=r"a\.yaml' cannot be read: it takes (longer|more memory) than"):
        read_recording(path, SHORT)


@pytest.mark.parametrize("command", ["extract", "lint", "evidence"])
def test_slow_page_is_one_line_of_each_command(factcheck: Command, folder: Path, command: str) -> None:
    page, config = folder / "page.html", folder / "desk.toml"
    page.write_bytes(ATTRIBUTES)
    config.write_text("[parsing]\nseconds = 1\n", "utf-8")
    asked = {
        "extract": ("extract", str(page), "--model", "openai:none"),
        "lint": ("lint", str(page)),
        "evidence": ("--db", "factcheck-demo.db", "evidence", "add", "1", "--file", str(page), "--stance", "context"),
    }[command]
    if command == "evidence":
        factcheck("demo")

    ended = factcheck("--config", str(config), *asked)

    assert ended.code == 3
    assert ended.err.count("cannot be read: it takes longer than 1 s; give its text, or raise what [parsing]") == 1
