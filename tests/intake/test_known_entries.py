"""Single entries of feeds, as publishers and strangers write them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factcheck.domain.known import BadEntry, Entry, KnownClaim, KnownRating
from factcheck.intake.known_entries import feed, lines, whole

URL = "https://a.example/1"
REVIEW = {"@type": "ClaimReview", "url": URL, "claimReviewed": "The bridge was opened."}


def read(tmp_path: Path, *values: object) -> list[Entry]:
    """The entries of lines of JSON."""
    path = tmp_path / "checks.jsonl"
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in values), "utf-8")
    return [entry for batch in lines(str(path)) for entry in batch]


def claim(tmp_path: Path, **others: Any) -> KnownClaim:
    (found,) = read(tmp_path, REVIEW | others)
    assert isinstance(found, KnownClaim)
    return found


def test_bare_review_is_enough(tmp_path: Path) -> None:
    assert claim(tmp_path) == KnownClaim("The bridge was opened.", URL, KnownRating(), "a.example")


@pytest.mark.parametrize(
    ("rating", "told"),
    [
        ({"alternateName": "Pants on Fire"}, KnownRating("Pants on Fire")),
        ({"name": "False", "ratingValue": 1.5, "bestRating": "5"}, KnownRating("False", "1.5", None, "5")),
        ({"ratingValue": True, "alternateName": ["A", "B"]}, KnownRating("A")),
        ({"ratingValue": {"a": 1}, "alternateName": {"@value": "Wrong"}}, KnownRating("Wrong")),
        ("False", KnownRating()),
        ([], KnownRating()),
    ],
)
def test_ratings_are_taken_as_they_come(tmp_path: Path, rating: object, told: KnownRating) -> None:
    assert claim(tmp_path, reviewRating=rating).rating == told


@pytest.mark.parametrize(
    ("written", "on"),
    [
        ("2020-05-01", date(2020, 5, 1)),
        ("2020-05-01T23:00:00+02:00", date(2020, 5, 1)),
        ("2020-02-31", None),
        ("May 2020", None),
        (2020, None),
    ],
)
def test_days_are_days_or_nothing(tmp_path: Path, written: object, on: date | None) -> None:
    assert claim(tmp_path, datePublished=written).rating.on == on


def test_words_are_bounded_and_can_be_kept(tmp_path: Path) -> None:
    found = claim(tmp_path, claimReviewed="A \ud800\0&amp;\n b" + "x" * 9000, author="P" * 9000, inLanguage="e" * 900)

    assert found.claim.startswith("A ? & b")
    assert [len(one or "") for one in (found.claim, found.publisher, found.language)] == [2000, 300, 40]
    found.claim.encode()


def test_reference_within_an_entry_is_followed(tmp_path: Path) -> None:
    graph = [REVIEW | {"author": {"@id": "#us"}}, {"@id": "#us", "@type": "Organization", "name": "Checkers"}]

    (found,) = read(tmp_path, {"@graph": graph})

    assert isinstance(found, KnownClaim)
    assert found.publisher == "Checkers"


def test_line_without_end_is_one_bad_entry(tmp_path: Path) -> None:
    found = read(tmp_path, REVIEW, "{" + "x" * 5_000_000, REVIEW)

    assert [type(one) for one in found] == [KnownClaim, BadEntry, KnownClaim]
    assert found[1] == BadEntry("line 2", "it is longer than 2,000,000 bytes")


def test_deep_nesting_is_one_bad_entry(tmp_path: Path) -> None:
    found = read(tmp_path, "[" * 100_000, REVIEW, '{"a":' * 3000 + "1" + "}" * 3000)

    assert [type(one) for one in found] == [BadEntry, KnownClaim, BadEntry]


@pytest.mark.parametrize(
    "written",
    [
        {"@type": "DataFeed", "author": [{"@type": "Person"}], "dataFeedElement": [{"item": [REVIEW]}]},
        {"data": [REVIEW]},
        {"@graph": [REVIEW]},
        [REVIEW],
        REVIEW,
    ],
)
def test_items_of_a_feed_are_found_where_they_stand(tmp_path: Path, written: object) -> None:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(written), "utf-8")

    assert [entry for batch in feed(str(path)) for entry in batch] == [claim(tmp_path)]


@pytest.mark.parametrize("written", [b"", b"[", b"\xff\xfe", b"[1, 2", b"[{}] x", b"9" * 5000, b'{"a": \xff}'])
def test_broken_feeds_break_nothing(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "feed.json"
    path.write_bytes(written)

    found = [entry for batch in feed(str(path)) for entry in batch]

    assert found
    assert all(isinstance(one, BadEntry) for one in found)


def test_broken_file_says_why(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_text('{"@type": "ClaimReview", "claimReviewed": ', "utf-8")

    ((found,),) = whole(str(path), "feed.json", None, is_page=False)

    assert isinstance(found, BadEntry)
    assert found.place == "$"
