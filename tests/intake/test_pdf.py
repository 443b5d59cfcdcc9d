from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes import pdf_of

from factcheck.errors import SourceError
from factcheck.intake import pdf_pages as pdf_module
from factcheck.intake.pdf import article_from_pdf
from factcheck.intake.pdf_pages import text_of_pdf as read_pdf
from factcheck.intake.read_source import read_source

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FIRST = (
    "River rises\n\n"
    "The river Stand rose by two metres on Monday, the water office\n"
    "said in a statement to the press. About 300 people left their\n"
    "homes in the old town, and the school became a shelter for the\n"
    "1"
)
SECOND = "night. The mayor, Ada Example, thanked the fire bri-\ngade (all of it) on the next day."


@pytest.fixture
def report(folder: Path) -> str:
    """A PDF of two pages, its sentences broken by line and page."""
    (folder / "report.pdf").write_bytes(pdf_of(FIRST, SECOND, title="A river rises"))
    return "report.pdf"


def test_pdf_becomes_an_article(report: str) -> None:
    article = read_source(report, NOW)

    assert (article.title, article.retrieved_at, article.url) == ("A river rises", NOW, None)
    assert article.text == (
        "River rises\n\n"
        "The river Stand rose by two metres on Monday, the water office said in a statement to the press. "
        "About 300 people left their homes in the old town, and the school became a shelter for the night. "
        "The mayor, Ada Example, thanked the fire brigade (all of it) on the next day."
    )


@pytest.mark.parametrize(
    "title",
    [None, "report.pdf", "Microsoft Word - draft 3.docx", "\0", "Untitled document", "PowerPoint Presentation",
     "Layout 1", "Untitled-2", "Slide 1", "report_final v2.tex", "http://localhost:8080/print?id=5",
     "C:\\Users\\ada\\story one",
     "/home/ada/story one", "file:///home/ada/story"],
)  # fmt: skip
def test_first_line_is_a_better_title(folder: Path, title: str | None) -> None:
    (folder / "a.pdf").write_bytes(pdf_of(FIRST, title=title))

    assert read_source("a.pdf", NOW).title == "River rises"


@pytest.mark.parametrize(
    "title", ["Presentation of the report", "New layout of page 1", "A new Word document", "The key"]
)
def test_title_with_words_of_programs_stays(folder: Path, title: str) -> None:
    (folder / "a.pdf").write_bytes(pdf_of(FIRST, title=title))

    assert read_source("a.pdf", NOW).title == title


def test_pdf_is_known_without_its_name(folder: Path) -> None:
    (folder / "a").write_bytes(b"\n" + pdf_of(FIRST))

    assert read_source("a", NOW).title == "River rises"


def test_password_is_asked_for_nowhere() -> None:
    with pytest.raises(SourceError, match=r"'a\.pdf' is encrypted; save a copy without a password"):
        read_pdf(pdf_of(FIRST, password="secret"), "a.pdf")  # noqa: S106 - of the test's own file


def test_empty_password_opens_itself() -> None:
    assert "two metres" in read_pdf(pdf_of(FIRST, password=""), "a.pdf").text


@pytest.mark.parametrize("pages", [[""], ["", "2"], [" \n "]])
def test_scan_without_text_is_told(pages: list[str]) -> None:
    with pytest.raises(SourceError, match=r"'a\.pdf' is a PDF without text, perhaps scanned; run text recognition"):
        read_pdf(pdf_of(*pages), "a.pdf")


@pytest.mark.parametrize("cut", [9, 200, 600])
def test_broken_pdf_is_told(cut: int) -> None:
    with pytest.raises(SourceError, match=r"'a\.pdf' (cannot be read as a PDF|is a PDF without text)"):
        read_pdf(pdf_of(FIRST)[:cut], "a.pdf")


@pytest.mark.parametrize("at", range(0, 1000, 50))
def test_damage_raises_nothing_else(at: int) -> None:
    content = bytearray(pdf_of(FIRST))
    content[at : at + 8] = b"<<\0[(-9/"

    with suppress(SourceError):
        assert isinstance(read_pdf(bytes(content), "a.pdf").text, str)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "MAX_PAGES", 2)

    with pytest.raises(SourceError, match=r"'a\.pdf' has 3 pages, more than 2; give the pages that matter"):
        read_pdf(pdf_of("One.", "Two.", "Three."), "a.pdf")


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "_MAX_CHARS", 100)

    with pytest.raises(SourceError, match=r"'a\.pdf' holds more text than"):
        read_pdf(pdf_of(FIRST, SECOND), "a.pdf")


def test_damaged_table_of_places_warns_nobody(caplog: pytest.LogCaptureFixture) -> None:
    content = pdf_of(FIRST)
    read_pdf(content.replace(b"startxref\n", b"startxref\n9"), "a.pdf")

    assert caplog.records == []


def test_row_of_a_table_is_no_title() -> None:
    assert article_from_pdf(pdf_of("Year | Cars | Cost\n\nThe table shows the cars."), "a.pdf", NOW).title is None


def test_lines_of_the_program_that_made_it_may_stand_before_a_pdf(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"A printer 10.02.0\nProcessing pages 1 through 2.\n" + pdf_of(FIRST))
    (folder / "a.txt").write_bytes(b"The header of such a file reads\n%PDF-1.7\nand so on, the library of Stand said.")

    assert "About 300 people left their homes" in read_source("a.pdf", NOW).text
    assert "the library of Stand said" in read_source("a.txt", NOW).text
