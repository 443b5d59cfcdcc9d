"""What others have checked, kept once and found by its rare words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from factcheck.domain.known import Kept, KnownClaim, KnownRating, KnownSource
from factcheck.errors import NotFoundError
from factcheck.storage import known_search
from factcheck.storage.database import Database
from factcheck.storage.known_claims import SqlKnownClaims
from factcheck.text.inference import content_words

Look = Callable[[str], list[tuple[Any, ...]]]

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FALSE = KnownRating("False", "1", "1", "5", date(2020, 5, 1))
BRIDGE = KnownClaim("The bridge of Kelso was opened in 1931.", "https://a.example/bridge", FALSE, "A", "Silva")
TOWER = KnownClaim("The tower is 300 m high.", "https://a.example/tower", KnownRating("True"), "A", language="en")
CHINESE = KnownClaim("桥梁于一九三一年开放", "https://b.example/1", KnownRating("错误"), "B")
SAID = [BRIDGE, TOWER, CHINESE]


@pytest.fixture
def known(database: Database) -> SqlKnownClaims:
    """Others' checks of an empty desk."""
    return SqlKnownClaims(database)


def found(known: SqlKnownClaims, words: str, limit: int = 5) -> list[KnownClaim]:
    return [one.known for one in known.alike(content_words(words), limit)]


def test_kept_claims_are_found_by_words(known: SqlKnownClaims) -> None:
    assert found(known, "bridge") == []

    assert known.keep("feed.json", SAID, NOW) == Kept(new=3)

    assert found(known, "Was the BRIDGE opened?") == [BRIDGE]
    assert found(known, "桥梁") == [CHINESE]
    assert found(known, "rents") == found(known, "") == []


def test_rare_words_weigh_more(known: SqlKnownClaims) -> None:
    common = [
        replace(BRIDGE, claim=f"The bridge number {n} was opened.", url=f"https://c.example/{n}") for n in range(30)
    ]
    known.keep("feed.json", [*common, BRIDGE], NOW)

    best = known.alike(content_words("the Kelso bridge"), 2)

    assert best[0].known == BRIDGE
    assert best[0].likeness > best[1].likeness > 0


def test_same_claim_of_a_page_is_kept_once(known: SqlKnownClaims) -> None:
    known.keep("feed.json", [BRIDGE], NOW)
    again = replace(BRIDGE, claim=BRIDGE.claim.upper(), url="http://www.a.example/bridge?utm_source=x")

    assert known.keep("page.html", [again, again, TOWER, TOWER], NOW) == Kept(new=1, same=3)
    assert found(known, "bridge") == [BRIDGE]


def test_changed_rating_keeps_the_earlier_one(known: SqlKnownClaims) -> None:
    later = replace(BRIDGE, rating=KnownRating("Mixed", "3", "1", "5", date(2021, 6, 2)))
    known.keep("feed.json", [BRIDGE], NOW)

    assert known.keep("feed.json", [later], NOW) == Kept(changed=1)
    assert found(known, "bridge") == [replace(later, earlier=(FALSE,))]
    # The feed that holds both of them changes nothing, in whichever order.
    assert (
        known.keep("feed.json", [later, BRIDGE], NOW) == known.keep("feed.json", [BRIDGE, later], NOW) == Kept(same=2)
    )
    assert found(known, "bridge") == [replace(later, earlier=(FALSE,))]


def test_rating_of_an_earlier_day_replaces_none(known: SqlKnownClaims) -> None:
    later = replace(BRIDGE, rating=KnownRating("Mixed", on=date(2021, 6, 2)))

    assert known.keep("feed.json", [later, BRIDGE], NOW) == Kept(new=1, changed=1)
    assert found(known, "bridge") == [replace(later, earlier=(FALSE,))]


def test_sources_are_counted_and_forgotten(known: SqlKnownClaims, look: Look) -> None:
    known.keep("feed.json", [BRIDGE, TOWER], NOW)
    known.keep("page.html", [BRIDGE, CHINESE], NOW)
    assert known.sources() == (KnownSource("feed.json", NOW, 2), KnownSource("page.html", NOW, 1))

    assert known.forget("feed.json") == 2

    assert found(known, "bridge") == []
    assert found(known, "桥梁") == [CHINESE]
    assert known.sources() == (KnownSource("page.html", NOW, 1),)
    with pytest.raises(NotFoundError):
        known.forget("feed.json")
    assert known.forget("page.html") == 1
    index = "SELECT name FROM sqlite_master WHERE name LIKE 'known_words%'"
    assert look(index if known.database.file else "SELECT id FROM known_words") == []
    assert known.keep("feed.json", [BRIDGE], NOW) == Kept(new=1)
    assert found(known, "bridge") == [BRIDGE]


def test_words_cannot_steer_the_search(known: SqlKnownClaims) -> None:
    known.keep("feed.json", SAID, NOW)

    assert known.alike({'" OR bridge', "NEAR(", "*", "words:", "o'brien", '"', "\0"}, 5) == ()


def test_common_words_choose_together(known: SqlKnownClaims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_search, "_MOST_ROWS", 10)
    bridges = [replace(BRIDGE, claim=f"A bridge, {n}", url=f"https://c.example/b{n}") for n in range(100)]
    towers = [replace(BRIDGE, claim=f"A tower, {n}", url=f"https://c.example/t{n}") for n in range(100)]
    both = replace(BRIDGE, claim="Bridge and tower stand", url="https://c.example/both")

    known.keep("feed.json", [*bridges, *towers, both], NOW)

    assert found(known, "bridge, tower", 1) == [both]


def test_no_database_file_is_made_by_a_search(tmp_path: Any) -> None:
    database = Database(str(tmp_path / "none.db"))

    assert SqlKnownClaims(database).alike({"bridge"}, 5) == ()
    assert not (tmp_path / "none.db").exists()
