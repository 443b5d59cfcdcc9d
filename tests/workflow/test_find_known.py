"""Others' checks that are like a claim, with what sets them apart."""

from dataclasses import dataclass, replace

from conftest import NOW
from fakes import FakeKnown

from factcheck.domain.alike import Apart
from factcheck.domain.known import KnownClaim, KnownRating
from factcheck.workflow.find_known import FindKnown, Wanted, known_alike
from factcheck.workflow.known_ports import CheckService

BRIDGE = KnownClaim("The Kelso bridge was opened in 1931.", "https://a.example/1", KnownRating("False"), "A")
OTHER = replace(BRIDGE, claim="The Kelso bridge was opened in 1941.", url="https://a.example/2")
DENIED = replace(BRIDGE, claim="The Kelso bridge was not opened in 1931.", url="https://a.example/3")
TOWER = replace(BRIDGE, claim="A tower in Kelso fell.", url="https://a.example/4")


def known(*claims: KnownClaim) -> FakeKnown:
    found = FakeKnown()
    found.keep("feed.json", claims, NOW)
    return found


def test_claims_that_nothing_sets_apart_come_first() -> None:
    found = known_alike(known(OTHER, DENIED, BRIDGE), BRIDGE.claim)

    assert found[0].known == BRIDGE
    assert not found[0].alike.apart
    assert found[0].alike.numbers == ("1931",)
    assert found[0].alike.names == ("Kelso",)


def test_other_number_is_told_with_both() -> None:
    (found,) = known_alike(known(OTHER), BRIDGE.claim)

    assert [(one.kind, one.here, one.there) for one in found.alike.apart] == [(Apart.DATE, "1931", "1941")]


def test_denial_is_told() -> None:
    (found,) = known_alike(known(DENIED), BRIDGE.claim)

    assert [one.kind for one in found.alike.apart] == [Apart.DENIAL]


def test_what_shares_too_little_is_left_out() -> None:
    assert known_alike(known(TOWER), BRIDGE.claim) == ()
    assert [one.known for one in FindKnown(known(TOWER), lambda: NOW).find(Wanted("kelso bridge")).shown] == [TOWER]


def test_other_place_is_told() -> None:
    (found,) = known_alike(known(replace(BRIDGE, claim="Rents fell in Spain.")), "Rents fell in France.")

    assert [(one.kind, one.here, one.there) for one in found.alike.apart] == [(Apart.PLACE, "France", "Spain")]


def test_what_no_longer_can_come_first_is_not_lost() -> None:
    least = known_alike(known(OTHER, DENIED, BRIDGE), BRIDGE.claim, limit=1)

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

    found = FindKnown(known(stranger, BRIDGE), lambda: NOW, (FakeService((now, OTHER)),)).find(Wanted(BRIDGE.claim))

    assert sorted(one.known.told for one in found.shown) == [
        "A: False, from Service",
        "A: Mixed, from Service",
        "Evil blog: True",
    ]
