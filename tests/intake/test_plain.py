from datetime import UTC, datetime

import pytest

from factcheck.intake.plain import article_from_text

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def title(text: str) -> str | None:
    return article_from_text(text, NOW).title


def test_text_is_kept_as_it_stands() -> None:
    text = "\n  # River rises  \n\n\tIt rose.\n\n"
    assert article_from_text(text, NOW).text == text


def test_article_keeps_time_and_address() -> None:
    article = article_from_text("It rose.", NOW, "https://example.org/a.txt")
    assert (article.retrieved_at, article.url) == (NOW, "https://example.org/a.txt")


def test_text_says_nothing_of_authors() -> None:
    article = article_from_text("River rises\n\nBy Ada Example\n\nIt rose.", NOW)
    assert (article.authors, article.published, article.language) == ((), None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("River rises\n\nIt rose.", "River rises"),
        ("# River rises\n\nIt rose.", "River rises"),
        ("\n\n   River   rises\t\n\nIt rose.", "River rises"),
        ("River rises, says “Ada”\n\nIt rose.", "River rises, says “Ada”"),
        ("河水上涨\n\n周一上涨。", "河水上涨"),
    ],
)
def test_first_line_is_the_title(text: str, expected: str) -> None:
    assert title(text) == expected


@pytest.mark.parametrize("furniture", ["Home / NEWS / River rises", "Advertisement", "Skip to content", "Share"])
def test_furniture_is_no_title(furniture: str) -> None:
    assert title(f"{furniture}\n\nRiver rises\n\nIt rose.") == "River rises"


@pytest.mark.parametrize("line", ["---", "* * *", "====", "“…”"])
def test_line_without_words_is_no_title(line: str) -> None:
    assert title(f"{line}\n\nRiver rises\n\nIt rose.") == "River rises"


@pytest.mark.parametrize(
    "line",
    [
        "The river rose.",
        "The river rose!",
        "Did it rise?",
        "He said: “It rose.”",
        "She wrote:",
        "And then…",
        "河水上涨。",
    ],
)
def test_first_sentence_is_no_title(line: str) -> None:
    assert title(f"{line}\n\nRiver rises\n\nIt fell.") is None


@pytest.mark.parametrize(("length", "is_title"), [(200, True), (201, False)])
def test_overlong_line_is_no_title(length: int, is_title: bool) -> None:  # noqa: FBT001 - a table's column
    assert (title("x" * length) is not None) is is_title


def test_empty_text_has_no_title() -> None:
    assert title("") is None
