"""What machines suggest: words that stand in their page, kept apart from evidence until a person takes them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from fakes import FakeSources

from factcheck.domain.evidence import Stance
from factcheck.domain.lookup import MOST_SUGGESTED, Lookup, Reading
from factcheck.errors import (
    InputError,
    NotFoundError,
    PageGoneError,
    QuoteNotThereError,
    SelfEvidenceError,
    SuggestionsFullError,
)
from factcheck.workflow.look_for_evidence import LookForEvidence
from factcheck.workflow.ports import Stores
from factcheck.workflow.review_claim import Desk
from factcheck.workflow.suggest_evidence import Suggested, SuggestedWords, SuggestEvidence

pytestmark = pytest.mark.usefixtures("three_claims")

URL = "https://weather.example/monday"
TEXT = "The station was staffed.\n\nIt rained for nine hours on Monday. Nobody was hurt."
QUOTE = "It rained for nine hours on Monday."
ARTICLE = "Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday."

Suggest = Callable[..., Suggested]


@pytest.fixture
def pages() -> FakeSources:
    return FakeSources({URL: TEXT})


@pytest.fixture
def suggest(desk: Desk, stores: Stores, pages: FakeSources) -> Suggest:
    """Suggests words for a claim, as the machine `scout` unless another is named."""
    use_case = SuggestEvidence(desk, stores.ledger, stores.lookups, pages)

    def suggested(number: int, quote: str = QUOTE, url: str = URL, machine: str = "scout") -> Suggested:
        return use_case.suggest(number, SuggestedWords(url, quote, Reading.SUPPORTS), machine)

    return suggested


def test_suggestion_is_marked_as_a_machines(suggest: Suggest, stores: Stores) -> None:
    assert suggest(1) == Suggested(1, 1, is_new=True)

    look_up = stores.lookups.last(1)
    assert look_up is not None
    [page] = look_up.pages
    [passage] = page.passages
    assert (page.source, page.suggested_by, page.title) == ("a machine, scout", "scout", "The page")
    assert (passage.quote, passage.reading, passage.paragraph) == (QUOTE, Reading.SUPPORTS, 2)


def test_suggestion_is_no_evidence_until_a_person_takes_it(suggest: Suggest, desk: Desk, stores: Stores) -> None:
    sources, look = FakeSources(), LookForEvidence(desk, stores.ledger, stores.lookups)
    before = desk.queue.claim(1, desk.clock())
    number = suggest(1).passage
    assert desk.queue.claim(1, desk.clock()) == before

    look.take(1, number, Stance.CONTEXT, "ann", sources, seen=moment_of(stores))

    [evidence] = desk.queue.claim(1, desk.clock()).evidence
    assert (evidence.quote, evidence.stance, evidence.added_by) == (QUOTE, Stance.CONTEXT, "ann")
    assert evidence.quote_status.stands
    assert sources.asked == []  # what the machine saw was kept


def moment_of(stores: Stores) -> datetime:
    """When the last look-up of claim 1 was made."""
    lookup = stores.lookups.last(1)
    assert lookup is not None
    return lookup.at


def test_what_a_person_set_aside_makes_room(suggest: Suggest, desk: Desk, stores: Stores, pages: FakeSources) -> None:
    look = LookForEvidence(desk, stores.ledger, stores.lookups)
    urls = [f"https://weather.example/{number}" for number in range(MOST_SUGGESTED + 1)]
    pages.pages |= {url: f"{QUOTE} {url}" for url in urls}
    for url in urls[:-1]:
        suggest(1, url=url)

    look.set_aside(1, 1, "ann", seen=moment_of(stores))

    assert suggest(1, url=urls[-1]).is_new
    assert len(look.found_for(desk.queue.claim(1, desk.clock()), "ann").suggestions()) == MOST_SUGGESTED


@pytest.mark.parametrize("quote", ["It rained for ten hours on Monday.", "It never rained."])
def test_words_that_the_page_lacks_are_refused(suggest: Suggest, stores: Stores, quote: str) -> None:
    with pytest.raises(QuoteNotThereError):
        suggest(1, quote)

    assert stores.lookups.last(1) is None


def test_page_that_cannot_be_had_is_refused(suggest: Suggest) -> None:
    with pytest.raises(PageGoneError):
        suggest(1, url="https://weather.example/gone")


def test_copy_of_the_article_is_refused(suggest: Suggest, pages: FakeSources) -> None:
    pages.pages[URL] = ARTICLE

    with pytest.raises(SelfEvidenceError, match="a copy of the article"):
        suggest(1, "Rain fell on Monday.")


def test_same_words_stay_one_suggestion(suggest: Suggest) -> None:
    suggest(1)

    assert suggest(1, machine="another") == Suggested(1, 1, is_new=False)


def test_later_suggestions_change_no_number(suggest: Suggest) -> None:
    assert [suggest(1, quote).passage for quote in (QUOTE, "Nobody was hurt.", QUOTE)] == [1, 2, 1]


def test_next_look_up_leaves_suggestions_standing(suggest: Suggest, stores: Stores) -> None:
    suggest(1)

    stores.lookups.keep(Lookup(1, stores.clock()), [])

    look_up = stores.lookups.last(1)
    assert look_up is not None
    assert [one.suggested_by for one in look_up.pages] == ["scout"]


def test_no_claim_is_flooded(suggest: Suggest, pages: FakeSources) -> None:
    for one in range(MOST_SUGGESTED):
        pages.pages[f"{URL}/{one}"] = f"It was day {one} of the rain. {TEXT}"
        suggest(1, f"It was day {one} of the rain.", f"{URL}/{one}")

    with pytest.raises(SuggestionsFullError):
        suggest(1)


@pytest.mark.parametrize(
    ("number", "quote", "url", "kind"),
    [
        (9, QUOTE, URL, NotFoundError),
        (1, " ", URL, InputError),
        (1, "x" * 2_001, URL, InputError),
        (1, QUOTE, "file:///etc/passwd", InputError),
    ],
)
def test_what_cannot_be_used_costs_no_fetch(
    suggest: Suggest, pages: FakeSources, number: int, quote: str, url: str, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        suggest(number, quote, url)

    assert pages.asked == []
