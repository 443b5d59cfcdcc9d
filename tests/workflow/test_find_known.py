"""Others' checks that are like a claim, with what sets them apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from conftest import NOW
from fakes import FakeKnown, NoPastVerdicts

from factcheck.domain.alike import Apart
from factcheck.domain.known import KnownClaim, KnownRating
from factcheck.workflow.find_known import FindKnown, Wanted, known_alike
from factcheck.workflow.known_ports import CheckService

BRIDGE = KnownClaim("The Kelso bridge was opened in 1931.", "https://a.example/1", KnownRating("False"), "A")
OTHER = replace(BRIDGE, claim="The Kelso bridge was opened in 1941.", url="https://a.example/2")
DENIED = replace(BRIDGE, claim="The Kelso bridge was not opened in 1931.", url="https://a.example/3")
MAYOR = replace(BRIDGE, claim="The mayor of Kelso denied taking money from a builder.", url="https://a.example/4")


def known(*claims: KnownClaim) -> FakeKnown:
    found = FakeKnown()
    found.keep("feed.json", claims, NOW)
    return found


def test_claims_that_nothing_sets_apart_come_first() -> None:
    found = known_alike(known(OTHER, DENIED, BRIDGE), NoPastVerdicts(), BRIDGE.claim)

    assert found[0].known == BRIDGE
    assert not found[0].alike.apart
    assert found[0].alike.numbers == ("1931",)
    assert found[0].alike.names == ("Kelso",)


def test_other_number_is_told_with_both() -> None:
    (found,) = known_alike(known(OTHER), NoPastVerdicts(), BRIDGE.claim)

    assert [(one.kind, one.here, one.there) for one in found.alike.apart] == [(Apart.DATE, "1931", "1941")]


def test_denial_is_told() -> None:
    (found,) = known_alike(known(DENIED), NoPastVerdicts(), BRIDGE.claim)

    assert [one.kind for one in found.alike.apart] == [Apart.DENIAL]


def test_what_shares_too_little_is_left_out() -> None:
    searching = FindKnown(known(MAYOR), NoPastVerdicts(), lambda: NOW)

    assert known_alike(known(MAYOR), NoPastVerdicts(), BRIDGE.claim) == ()
    assert [one.known for one in searching.find(Wanted("kelso bridge")).shown] == [MAYOR]


def test_headline_tells_what_a_claim_in_other_words_is_about() -> None:
    said = "Obama refused to rescue the car makers of Detroit."
    told = replace(BRIDGE, claim="He would not provide government assistance, even in bankruptcy.")
    with_headline = replace(told, headline="Did Obama refuse to rescue the car makers?")

    assert known_alike(known(told), NoPastVerdicts(), said) == ()
    assert [one.known for one in known_alike(known(with_headline), NoPastVerdicts(), said)] == [with_headline]


def test_what_the_index_finds_first_is_shown_though_few_words_are_shared() -> None:
    said = "They say that the old stone bridge of Kelso has been open to traffic since the year 1931."
    strangers = [replace(MAYOR, claim=f"The mayor of Kelso bought {one} cars.") for one in range(2, 20)]

    found = known_alike(known(*strangers, BRIDGE), NoPastVerdicts(), said)

    assert found[0].known == BRIDGE


@dataclass
class Meaning(NoPastVerdicts):
    """A desk that tells how near texts are in meaning."""

    near: dict[str, float]

    def nearness(self, text: str, others: Sequence[str]) -> Sequence[float]:
        del text
        return [self.near[one] for one in others]


def test_meaning_ranks_what_words_cannot() -> None:
    pay = replace(BRIDGE, claim="Pay of nurses went up.")
    shoes = replace(BRIDGE, claim="Shoes of nurses went missing.", url="https://a.example/5")
    meaning = Meaning({pay.claim: 0.8, shoes.claim: 0.1})

    assert known_alike(known(shoes, pay), meaning, "Wages of nurses rose.")[0].known == pay


def test_other_place_is_told() -> None:
    (found,) = known_alike(
        known(replace(BRIDGE, claim="Rents fell in Spain.")), NoPastVerdicts(), "Rents fell in France."
    )

    assert [(one.kind, one.here, one.there) for one in found.alike.apart] == [(Apart.PLACE, "France", "Spain")]


def test_what_no_longer_can_come_first_is_not_lost() -> None:
    least = known_alike(known(OTHER, DENIED, BRIDGE), NoPastVerdicts(), BRIDGE.claim, limit=1)

    assert [one.known for one in least] == [BRIDGE]


@dataclass(frozen=True)
class FakeService(CheckService):
    """Serves the CheckService port from memory."""

    answers: tuple[KnownClaim, ...]
    name: str = "Service"

    def ask(self, words: str, language: str | None = None) -> tuple[KnownClaim, ...]:
        del words, language
        return self.answers


def test_service_is_heard_beside_what_was_imported() -> None:
    stranger = replace(BRIDGE, publisher="Evil blog", rating=KnownRating("True"))
    now = replace(BRIDGE, rating=KnownRating("Mixed"))

    found = FindKnown(known(stranger, BRIDGE), NoPastVerdicts(), lambda: NOW, (FakeService((now, OTHER)),)).find(
        Wanted(BRIDGE.claim)
    )

    assert sorted(one.known.told for one in found.shown) == [
        "A: False, from Service",
        "A: Mixed, from Service",
        "Evil blog: True",
    ]
