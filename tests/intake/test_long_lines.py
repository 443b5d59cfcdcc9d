import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factcheck.domain.article import Article
from factcheck.errors import SourceError
from factcheck.intake import long_lines
from factcheck.intake.reader import Reader

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LINES = [json.dumps({"text": f"Rain fell on town {one}."}) for one in range(9)]

Read = Callable[..., list[object]]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Reads a file of these words, a hundred bytes and the rest of a line at once."""
    monkeypatch.setattr(long_lines, "PART", 100)

    def found(words: str, name: str = "long.jsonl") -> list[object]:
        (tmp_path / name).write_text(words)
        return [*Reader().read(str(tmp_path / name), NOW)]

    return found


def texts(found: list[object]) -> list[str]:
    return [one.text for one in found if isinstance(one, Article)]


@pytest.mark.parametrize("ending", ["", "\n"])
def test_every_line_of_a_long_file_is_read_once(ending: str, read: Read) -> None:
    assert texts(read("\n".join(LINES) + ending)) == [f"Rain fell on town {one}." for one in range(9)]


def test_each_article_keeps_the_part_that_it_was_read_from(read: Read) -> None:
    [first, *_, last] = [one for one in read("\n".join(LINES)) if isinstance(one, Article)]

    assert first.snapshot is not None
    assert last.snapshot is not None
    assert first.snapshot.content != last.snapshot.content
    assert last.snapshot.name == "long.jsonl, from line 9"


def test_broken_line_spares_the_others(read: Read) -> None:
    found = read("\n".join([*LINES[:4], "{broken}", *LINES[4:]]))

    [error] = [one for one in found if isinstance(one, SourceError)]
    assert "from line 5" in str(error)
    assert len(texts(found)) == 9


def test_line_without_an_end_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_lines, "_LONGEST", 200)

    with pytest.raises(SourceError, match="longer than 200 bytes"):
        read(LINES[0] + " " * 500)


def test_other_files_are_read_at_once(read: Read) -> None:
    assert texts(read("Rain fell on Monday. " * 10, "a.txt")) == ["Rain fell on Monday. " * 10]
