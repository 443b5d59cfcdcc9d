"""What others have checked, kept once and found by its rare words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from alembic import command

from factcheck.domain.known import Kept, KnownClaim, KnownRating, KnownSource
from factcheck.errors import NotFoundError
from factcheck.storage import known_claims, known_search, rows
from factcheck.storage.database import Database
from factcheck.storage.known_claims import SqlKnownClaims
from factcheck.storage.known_index import index_of
from factcheck.storage.known_tables import KNOWN_SOURCE
from factcheck.storage.migrate import alembic_config
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


def told(claim: KnownClaim, *sources: str, earlier: tuple[KnownRating, ...] = ()) -> KnownClaim:
    """The claim as the desk tells it, which has its rating from these sources."""
    return replace(claim, rating=replace(claim.rating, sources=sources), earlier=earlier)


def test_kept_claims_are_found_by_words(known: SqlKnownClaims) -> None:
    assert found(known, "bridge") == []

    assert known.keep("feed.json", SAID, NOW) == Kept(new=3)

    assert found(known, "Was the BRIDGE opened?") == [told(BRIDGE, "feed.json")]
    assert found(known, "桥梁") == [told(CHINESE, "feed.json")]
    assert found(known, "rents") == found(known, "") == []


def test_claim_is_found_by_the_headline_of_its_check(known: SqlKnownClaims) -> None:
    with_headline = replace(BRIDGE, headline="Rennie and his crossing of the Tweed")
    known.keep("feed.json", [with_headline, TOWER], NOW)

    assert found(known, "Who was Rennie?") == [told(with_headline, "feed.json")]


def test_rare_words_weigh_more(known: SqlKnownClaims) -> None:
    common = [
        replace(BRIDGE, claim=f"The bridge number {n} was opened.", url=f"https://c.example/{n}") for n in range(30)
    ]
    known.keep("feed.json", [*common, BRIDGE], NOW)

    best = known.alike(content_words("the Kelso bridge"), 2)

    assert best[0].known.url == BRIDGE.url
    assert best[0].likeness > best[1].likeness > 0


def test_same_claim_of_a_page_is_kept_once(known: SqlKnownClaims) -> None:
    known.keep("feed.json", [BRIDGE], NOW)
    again = replace(BRIDGE, claim=BRIDGE.claim.upper(), url="http://www.a.example/bridge?utm_source=x")

    assert known.keep("page.html", [again, again, TOWER, TOWER], NOW) == Kept(new=1, same=3)
    assert found(known, "bridge") == [told(BRIDGE, "feed.json", "page.html")]


def test_changed_rating_keeps_the_earlier_one(known: SqlKnownClaims) -> None:
    later = replace(BRIDGE, rating=KnownRating("Mixed", "3", "1", "5", date(2021, 6, 2)))
    shown = told(later, "feed.json", earlier=(replace(FALSE, sources=("feed.json",)),))
    known.keep("feed.json", [BRIDGE], NOW)

    assert known.keep("feed.json", [later], NOW) == Kept(changed=1)
    assert found(known, "bridge") == [shown]
    # The feed that holds both of them changes nothing, in whichever order.
    assert (
        known.keep("feed.json", [later, BRIDGE], NOW) == known.keep("feed.json", [BRIDGE, later], NOW) == Kept(same=2)
    )
    assert found(known, "bridge") == [shown]


def test_rating_of_an_earlier_day_replaces_none(known: SqlKnownClaims) -> None:
    later = replace(BRIDGE, rating=KnownRating("Mixed", on=date(2021, 6, 2)))

    assert known.keep("feed.json", [later, BRIDGE], NOW) == Kept(new=1, changed=1)
    earlier = replace(FALSE, sources=("feed.json",))
    assert found(known, "bridge") == [told(later, "feed.json", earlier=(earlier,))]


@pytest.mark.parametrize("days", [(None, None, None), (date(2024, 1, 1),) * 3, (date(2099, 1, 1), None, None)])
def test_rating_that_changes_back_stands(known: SqlKnownClaims, days: tuple[date | None, ...]) -> None:
    said = [
        replace(BRIDGE, rating=KnownRating(text, on=day))
        for text, day in zip(("False", "True", "False"), days, strict=True)
    ]

    kept = [known.keep("feed.json", [one], NOW) for one in said]

    assert kept == [Kept(new=1), Kept(changed=1), Kept(changed=1)]
    (shown,) = found(known, "bridge")
    assert (shown.rating.text, shown.earlier[-1].text) == ("False", "True")


def test_check_of_a_day_to_come_is_not_the_last(known: SqlKnownClaims) -> None:
    to_come = replace(BRIDGE, url="https://z.example/", rating=KnownRating("True", on=date(2099, 1, 1)))
    known.keep("a.json", [to_come, BRIDGE], NOW)

    assert [(one.url, one.rating.on) for one in found(known, "bridge")] == [(BRIDGE.url, FALSE.on), (to_come.url, None)]


def test_feed_that_contradicts_itself_changes_nothing_the_second_time(known: SqlKnownClaims) -> None:
    both = [replace(BRIDGE, rating=KnownRating(text)) for text in ("False", "True")]
    known.keep("feed.json", both, NOW)
    shown = found(known, "bridge")

    assert known.keep("feed.json", both, NOW) == Kept(same=2)
    assert found(known, "bridge") == shown
    assert known.keep("other.json", both[:1], NOW) == Kept(changed=1)


def test_stranger_does_not_speak_for_the_publisher(known: SqlKnownClaims) -> None:
    known.keep("a.json", [BRIDGE], NOW)
    stranger = replace(BRIDGE, publisher="Evil blog", rating=KnownRating("True", on=date(2025, 5, 5)))

    assert known.keep("evil.html", [stranger], NOW) == Kept(new=1)

    assert {one.told for one in found(known, "bridge")} == {
        "A: False, 2020-05-01, from a.json",
        "Evil blog: True, 2025-05-05, from evil.html",
    }
    assert known.forget("evil.html") == 1
    assert found(known, "bridge") == [told(BRIDGE, "a.json")]


def test_source_that_names_many_publishers_hides_no_other(known: SqlKnownClaims) -> None:
    known.keep("a.json", [BRIDGE], NOW)
    known.keep("evil.html", [replace(BRIDGE, publisher=f"Evil {n}") for n in range(1500)], NOW + timedelta(days=1))

    assert told(BRIDGE, "a.json") in found(known, "bridge", 50)
    assert len(found(known, "bridge", 50)) == 21


def test_rating_goes_with_the_source_that_told_it(known: SqlKnownClaims) -> None:
    known.keep("a.json", [BRIDGE], NOW)
    known.keep("other.html", [replace(BRIDGE, rating=KnownRating("True", on=date(2025, 5, 5)))], NOW)
    (shown,) = found(known, "bridge")
    assert shown.told == "A: True, 2025-05-05, from other.html"
    assert [one.in_full for one in shown.earlier] == ["False, 2020-05-01, from a.json"]

    known.forget("other.html")

    assert found(known, "bridge") == [told(BRIDGE, "a.json")]


def test_source_that_was_imported_last_is_believed_where_no_day_tells(known: SqlKnownClaims) -> None:
    known.keep("old.json", [replace(BRIDGE, rating=KnownRating("False"))], NOW)
    known.keep("new.json", [replace(BRIDGE, rating=KnownRating("True"))], NOW + timedelta(days=1))
    assert found(known, "bridge")[0].rating.text == "True"

    known.keep("old.json", [replace(BRIDGE, rating=KnownRating("False"))], NOW + timedelta(days=2))

    assert found(known, "bridge")[0].rating.text == "False"


def test_other_sources_of_a_claim_stay(known: SqlKnownClaims) -> None:
    known.keep("a.json", [BRIDGE, TOWER], NOW)
    known.keep("a2.json", [BRIDGE, TOWER], NOW)
    assert [one.claims for one in known.sources()] == [2, 2]

    assert known.forget("a.json") == 2

    assert found(known, "bridge") == [told(BRIDGE, "a2.json")]
    assert known.sources() == (KnownSource("a2.json", NOW, 2),)


def test_copies_do_not_push_other_claims_out(known: SqlKnownClaims) -> None:
    more = ["stood", "stood there", "stood there once", "stood there once upon a hill", "fell and was built anew"]
    towers = [replace(TOWER, claim=f"The tower of Kelso {one}", url=f"https://a.example/{one}") for one in more]
    for n in range(4):
        known.keep(f"{n}.json", towers, NOW)

    assert len(found(known, "tower of Kelso", 5)) == 5


def test_sources_are_counted_and_forgotten(known: SqlKnownClaims, look: Look) -> None:
    known.keep("feed.json", [BRIDGE, TOWER], NOW)
    known.keep("page.html", [BRIDGE, CHINESE], NOW)
    assert known.sources() == (KnownSource("feed.json", NOW, 2), KnownSource("page.html", NOW, 2))

    assert known.forget("feed.json") == 2

    assert found(known, "bridge") == [told(BRIDGE, "page.html")]
    assert found(known, "tower") == []
    assert found(known, "桥梁") == [told(CHINESE, "page.html")]
    assert known.sources() == (KnownSource("page.html", NOW, 2),)
    with pytest.raises(NotFoundError):
        known.forget("feed.json")
    assert known.forget("page.html") == 2
    index = "SELECT name FROM sqlite_master WHERE name LIKE 'known_words%'"
    assert look(index if known.database.file else "SELECT id FROM known_words") == []
    assert known.keep("feed.json", [BRIDGE], NOW) == Kept(new=1)
    assert found(known, "bridge") == [told(BRIDGE, "feed.json")]


def test_what_older_versions_kept_stays_with_its_source(known: SqlKnownClaims, monkeypatch: pytest.MonkeyPatch) -> None:
    with known.database.writing() as connection:
        command.downgrade(alembic_config(connection), "0024")
        source = rows.insert_one(connection, KNOWN_SOURCE, {"name": "feed.json", "at": NOW})
        columns = tuple(one for one in known_claims._COLUMNS if one != "headline")  # noqa: SLF001 - stored as today but for it
        with monkeypatch.context() as then:
            then.setattr(known_claims, "_COLUMNS", columns)
            known_claims._kept(index_of(connection), source, [BRIDGE], NOW.date())  # noqa: SLF001 - likewise
        command.upgrade(alembic_config(connection), "head")

    assert found(known, "bridge") == [told(BRIDGE, "feed.json")]
    assert known.keep("page.html", [BRIDGE], NOW) == Kept(same=1)
    assert found(known, "bridge") == [told(BRIDGE, "feed.json", "page.html")]


def test_words_cannot_steer_the_search(known: SqlKnownClaims) -> None:
    known.keep("feed.json", SAID, NOW)

    assert known.alike({'" OR bridge', "NEAR(", "*", "words:", "o'brien", '"', "\0"}, 5) == ()


def test_common_words_choose_together(known: SqlKnownClaims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_search, "_MOST_ROWS", 10)
    bridges = [replace(BRIDGE, claim=f"A bridge, {n}", url=f"https://c.example/b{n}") for n in range(100)]
    towers = [replace(BRIDGE, claim=f"A tower, {n}", url=f"https://c.example/t{n}") for n in range(100)]
    both = replace(BRIDGE, claim="Bridge and tower stand", url="https://c.example/both")

    known.keep("feed.json", [*bridges, *towers, both], NOW)

    assert found(known, "bridge, tower", 1) == [told(both, "feed.json")]


def test_no_database_file_is_made_by_a_search(tmp_path: Any) -> None:
    database = Database(str(tmp_path / "none.db"))

    assert SqlKnownClaims(database).alike({"bridge"}, 5) == ()
    assert not (tmp_path / "none.db").exists()
