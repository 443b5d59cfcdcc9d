"""A model says what passages do to a claim: kept as suggestions, within a budget, and whatever becomes of the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from fakes import FakeLookups

from factcheck.domain.cost import Estimate, Price
from factcheck.domain.extraction import Usage
from factcheck.domain.lookup import FoundPage, Lookup, Passage, Reading, Suggestion
from factcheck.errors import BudgetReachedError, ConflictError, ModelServerError, UnknownPriceError
from factcheck.workflow.lookup_ports import PassageReader
from factcheck.workflow.read_passages import Spending, read_passages
from factcheck.workflow.review_claim import Desk

pytestmark = pytest.mark.usefixtures("three_claims")

A_CALL = Usage(1, 100, 0, 10)
PRICE = Price(1.0, 1.0, 1.0)


@dataclass
class FakeReader(PassageReader):
    """Says `refutes` of every passage, until it fails."""

    asked: list[str] = field(default_factory=list)
    fails_at: str = ""
    usage: Usage = A_CALL

    @property
    def name(self) -> str:
        return "fake:reader, read_passage v1"

    def estimate(self, claim: str, passage: str) -> Estimate:
        del claim, passage
        return Estimate(1, 100, 10, 200, 50)

    def read(self, claim: str, passage: str) -> Suggestion:
        del claim
        if passage == self.fails_at:
            raise ModelServerError("the server is gone")
        self.asked.append(passage)
        return Suggestion(Reading.REFUTES, passage.split(maxsplit=1)[0], self.usage)


@pytest.fixture
def lookups(desk: Desk) -> FakeLookups:
    """A look-up for claim 1 that brought three passages on two pages."""
    first = FoundPage("https://a.example/", "searx", passages=(Passage("One fell."), Passage("Two rose.")))
    kept = FakeLookups()
    pages = first, FoundPage("https://b.example/", "searx", passages=(Passage("Three stood."),))
    kept.keep(Lookup(1, desk.clock(), pages=pages), [])
    return kept


def readings(lookups: FakeLookups) -> Sequence[Reading | None]:
    found = lookups.last(1)
    assert found is not None
    return [one.reading for _, _, one in found.numbered()]


def test_every_passage_is_read_and_kept(desk: Desk, lookups: FakeLookups) -> None:
    spending = Spending(PRICE)
    found = read_passages(desk, lookups, 1, FakeReader(), spending)

    assert found == lookups.last(1)
    assert readings(lookups) == [Reading.REFUTES] * 3
    assert found.passage(3)[1].relies_on == "Three"
    assert found.read_by == ("fake:reader, read_passage v1",)
    assert spending.usage.calls == 3
    assert spending.spent == pytest.approx(330e-6)


def test_what_was_read_is_not_paid_again(desk: Desk, lookups: FakeLookups) -> None:
    read_passages(desk, lookups, 1, FakeReader(), Spending())
    again = FakeReader()
    read_passages(desk, lookups, 1, again, Spending())

    assert again.asked == []


def test_what_was_read_outlives_a_failure(desk: Desk, lookups: FakeLookups) -> None:
    with pytest.raises(ModelServerError):
        read_passages(desk, lookups, 1, FakeReader(fails_at="Three stood."), Spending())

    assert readings(lookups) == [Reading.REFUTES, Reading.REFUTES, None]


def test_budget_is_kept_before_the_call(desk: Desk, lookups: FakeLookups) -> None:
    reader = FakeReader()
    with pytest.raises(BudgetReachedError, match="the next call can cost"):
        read_passages(desk, lookups, 1, reader, Spending(PRICE, limit=300e-6))

    assert reader.asked == ["One fell."]  # 110 of 300 are spent, and a call can cost 250
    assert readings(lookups) == [Reading.REFUTES, None, None]


def test_uncounted_call_costs_the_most_that_it_can(desk: Desk, lookups: FakeLookups) -> None:
    spending = Spending(PRICE)
    read_passages(desk, lookups, 1, FakeReader(usage=Usage(1, uncounted=1)), spending)

    assert spending.spent == pytest.approx(750e-6)


def test_budget_without_a_price_is_refused(desk: Desk, lookups: FakeLookups) -> None:
    reader = FakeReader()
    with pytest.raises(UnknownPriceError, match="none is known for"):
        read_passages(desk, lookups, 1, reader, Spending(limit=1.0))
    assert reader.asked == []


def test_claim_without_passages_is_told(desk: Desk, lookups: FakeLookups) -> None:
    with pytest.raises(ConflictError, match="no passage was looked up for claim 2"):
        read_passages(desk, lookups, 2, FakeReader(), Spending())
