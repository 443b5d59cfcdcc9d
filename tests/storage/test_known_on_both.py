"""A question about others' checks has the same answer in a file and on a server."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from factcheck.domain.known import Kept, KnownClaim, KnownRating
from factcheck.storage import known_search
from factcheck.storage.database import Database
from factcheck.storage.known_claims import SqlKnownClaims
from factcheck.text.inference import content_words

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
WORDS = ["bridge", "3,400", "o'brien", "d''or", "2.5", "naïve", "桥梁", "C:\\x", "Öl", *(f"word{n}" for n in range(40))]


@pytest.fixture
def both(served_desk_url: str, tmp_path: Path) -> Iterator[tuple[SqlKnownClaims, SqlKnownClaims]]:
    """An empty desk in a file, and one on a server."""
    with ExitStack() as opened:
        file, served = (
            opened.enter_context(closing(Database(url))) for url in (str(tmp_path / "desk.db"), served_desk_url)
        )
        yield SqlKnownClaims(file), SqlKnownClaims(served)


def known_claim(number: int, claim: str) -> KnownClaim:
    rating = KnownRating("False", "1", "1", "5", date(2020, 1, 1 + number % 28) if number % 3 else None)
    return KnownClaim(claim, f"https://a.example/{number}", rating, "A")


def test_both_databases_find_alike(
    both: tuple[SqlKnownClaims, SqlKnownClaims], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_search, "_MOST_ROWS", 20)
    draw = Random(1)  # noqa: S311 - a test
    weights = [1 / (place + 1) for place in range(len(WORDS))]
    claims = [known_claim(n, " ".join(draw.choices(WORDS, weights, k=draw.randint(2, 8)))) for n in range(300)]
    for one in both:
        one.keep("one.json", claims[:200], NOW)
        one.keep("two.json", claims[200:], NOW)
        one.forget("one.json")
        assert one.keep("one.json", claims[100:], NOW) == Kept(new=100, same=100)

    asked = [content_words(" ".join(draw.choices(WORDS, weights, k=draw.randint(1, 6)))) for _ in range(100)]
    answers = [[one.alike(words, 5) for words in asked] for one in both]

    assert answers[0] == answers[1]
    assert sum(map(len, answers[0])) > 300


def test_word_without_end_is_kept_on_both(both: tuple[SqlKnownClaims, SqlKnownClaims]) -> None:
    for one in both:
        one.keep("feed.json", [known_claim(1, f"A bridge of {'x' * 5000}.")], NOW)

        assert len(one.alike({"bridg"}, 5)) == 1
