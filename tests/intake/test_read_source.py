import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factcheck.errors import SourceError
from factcheck.intake.read_source import MAX_BYTES, read_source

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TEXT = "River rises\n\nIt rose by two metres on Monday.\n"
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>River rises</title></head><body><article>'
    "<p>The river Stand rose by two metres on Monday, the water office said in a statement to the press.</p>"
    "<p>About 300 people left their homes in the old town, and the school became a shelter for the night.</p>"
    "</article></body></html>"
)


def pipe_in(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="ascii"))


@pytest.mark.parametrize("name", ["river.txt", "river", "über uns – 1.txt"])
def test_file_is_read_whatever_its_name(folder: Path, name: str) -> None:
    (folder / name).write_text(TEXT, encoding="utf-8")
    article = read_source(name, NOW)
    assert (article.text, article.title, article.url, article.retrieved_at) == (TEXT, "River rises", None, NOW)


def test_markdown_is_known_by_its_name(folder: Path) -> None:
    (folder / "river.md").write_text(TEXT, encoding="utf-8")
    article = read_source("river.md", NOW)
    assert (article.text, article.title) == (TEXT.strip(), "River rises")


@pytest.mark.parametrize("name", ["river.html", "river.txt"])
def test_page_is_known_without_its_name(folder: Path, name: str) -> None:
    (folder / name).write_text(PAGE, encoding="utf-8")
    article = read_source(name, NOW)
    assert article.text.startswith("River rises\n\nThe river Stand rose")
    assert article.language == "en"


def test_standard_input_is_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe_in(monkeypatch, TEXT.replace("rises", "rísés").encode())
    assert read_source("-", NOW).title == "River rísés"


def test_standard_input_may_be_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe_in(monkeypatch, PAGE.encode())
    assert "<p>" not in read_source("-", NOW).text


def test_encoding_reaches_the_file(folder: Path) -> None:
    (folder / "a.txt").write_bytes("Café\n\nIt rose.".encode("cp1252"))
    assert read_source("a.txt", NOW, encoding="cp1252").title == "Café"


def test_named_language_beats_the_page(folder: Path) -> None:
    (folder / "a.html").write_text(PAGE, encoding="utf-8")
    article, named = read_source("a.html", NOW), read_source("a.html", NOW, language="de")
    assert named.language == "de"
    assert (named.text, named.title) == (article.text, article.title)


def test_missing_file_is_named(folder: Path) -> None:
    del folder
    with pytest.raises(SourceError, match=r"'gone\.txt' cannot be read: No such file.*check the path"):
        read_source("gone.txt", NOW)


@pytest.mark.parametrize("source", ["", "."])
def test_folder_cannot_be_read(folder: Path, source: str) -> None:
    del folder
    with pytest.raises(SourceError, match="cannot be read: Is a directory"):
        read_source(source, NOW)


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"---\n***\n", b"<html><body></body></html>"])
def test_source_without_words_is_refused(folder: Path, content: bytes) -> None:
    (folder / "a.txt").write_bytes(content)
    with pytest.raises(SourceError, match=r"'a\.txt' holds no text"):
        read_source("a.txt", NOW)


def test_empty_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe_in(monkeypatch, b"")
    with pytest.raises(SourceError, match="'-' holds no text"):
        read_source("-", NOW)


def test_binary_file_is_named(folder: Path) -> None:
    (folder / "a.bin").write_bytes(b"\x89RIV\r\n\x1a\n\0\0\0\rIHDR")
    with pytest.raises(SourceError, match=r"'a\.bin' is a binary file"):
        read_source("a.bin", NOW)


def test_huge_file_is_refused(folder: Path) -> None:
    with (folder / "a.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(SourceError, match="larger than 20,000,000 bytes; split it"):
        read_source("a.txt", NOW)


def test_scripts_are_no_address(folder: Path) -> None:
    del folder
    with pytest.raises(SourceError, match="cannot be read"):
        read_source("ftp://example.org/a.txt", NOW)


def test_page_fragment_goes_by_name(tmp_path: Path) -> None:
    path = tmp_path / "fragment.html"
    path.write_text(PAGE[PAGE.index("<p>") : PAGE.index("</article>")])

    assert "<" not in read_source(str(path), datetime(2026, 1, 1, tzinfo=UTC)).text


GERMAN = "Die Elbe ist nicht über die Ufer getreten, und der Damm hat das Wasser von der Stadt gehalten."


def test_language_is_told_or_detected(folder: Path) -> None:
    (folder / "elbe.txt").write_text(GERMAN, encoding="utf-8")
    (folder / "elbe.html").write_text(PAGE.replace('lang="en"', 'lang="en-GB"'), encoding="utf-8")
    (folder / "short.txt").write_text("Elbe, 1,5 m.", encoding="utf-8")

    articles = (
        read_source("elbe.txt", NOW),
        read_source("elbe.txt", NOW, language="nl"),
        read_source("short.txt", NOW),
    )
    assert [(one.language, one.detected_language) for one in articles] == [(None, "de"), ("nl", None), (None, None)]
    assert [one.read_as for one in articles] == ["de", "nl", None]
    assert read_source("elbe.html", NOW).detected_language is None
