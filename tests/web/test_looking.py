"""Look-ups in the browser: begun, waited for, shown with where they come from, and evidence once a person says so."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from threading import Event

import pytest
from fakes import FakeSources
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import update
from web_visitor import Visitor

from factcheck.cli.look import show_lookup
from factcheck.domain.evidence import CheckOutcome, EvidenceDraft, Stance
from factcheck.domain.lookup import Hit, Reading
from factcheck.domain.programs import Scope
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.errors import InputError, SourceError
from factcheck.storage.database import Database
from factcheck.storage.lookup_tables import LOOKUP
from factcheck.web.app import create_app
from factcheck.web.office import Office
from factcheck.web.under_way import MOST
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.look_for_evidence import DeskLook
from factcheck.workflow.lookup_ports import Search, Searching
from factcheck.workflow.manage_tokens import add_token
from factcheck.workflow.review_claim import record_verdict
from factcheck.workflow.suggest_evidence import SuggestedWords, SuggestEvidence

PAGE, COPY, GONE = "https://a.example/prices", "https://b.example/prices", "https://c.example/gone"
WORDS = "The office said so.\n\nIn May prices had risen by 5 percent, the office said. Wages fell.\n\nRents stayed."
QUOTE = "In May prices had risen by 5 percent, the office said."
OTHER = "Prices rose by 5 percent in May, says the bank. It was a warm month in most of the country."
PATTERN = "https://www.example.org/search?q={claim}"
TRAP = "</p><script>window.owned=1</script><img src=x onerror=window.owned=1>"


@dataclass
class FakeSearch(Search):
    """Names three pages once it is let go, or fails."""

    name: str = "stand-in"
    goes: Event = field(default_factory=Event)
    failure: str = ""
    asked: list[str] = field(default_factory=list)

    def hits(self, query: str, language: str | None) -> Sequence[Hit]:
        del language
        self.asked.append(query)
        assert self.goes.wait(20)
        if self.failure:
            raise SourceError(self.failure)
        return [Hit(PAGE, TRAP), Hit(COPY, "Copy"), Hit(GONE, "Gone")]


@pytest.fixture
def search() -> FakeSearch:
    made = FakeSearch()
    made.goes.set()
    return made


@pytest.fixture
def pages() -> FakeSources:
    return FakeSources({PAGE: WORDS, COPY: WORDS})


@pytest.fixture
def office(office: Office, search: FakeSearch, pages: FakeSources) -> Office:
    """The desk with a search and pages that stand in for the web's, and an address of its own choosing."""
    assert office.look is not None
    asked = DeskLook(office.look.look, lambda: nullcontext(Searching([search], pages)), (PATTERN,))
    return replace(office, look=asked, sources=lambda: pages)


@pytest.fixture
def ana(client: TestClient) -> Visitor:
    return Visitor(client)


@pytest.fixture
def ben(office: Office) -> Iterator[Visitor]:
    with TestClient(create_app(office), base_url="http://127.0.0.1:8760", follow_redirects=False) as client:
        visitor = Visitor(client)
        visitor.enter_as("ben")
        yield visitor


@pytest.fixture
def suggest(office: Office, pages: FakeSources) -> Callable[..., int]:
    """Suggests words for claim 1 as the machine `scout`; gives the number of the passage."""
    use_case = SuggestEvidence(office.desk, office.stores.ledger, office.stores.lookups, pages)

    def suggested(quote: str = QUOTE, url: str = PAGE) -> int:
        return use_case.suggest(1, SuggestedWords(url, quote, Reading.REFUTES), "scout").passage

    return suggested


def look(visitor: Visitor) -> html.HtmlElement:
    """Ask for claim 1, and wait for what is found."""
    going = visitor.send("/claims/1/look", "/claims/1/look").headers["location"]
    visitor.last = visitor.client.get(f"{going}?seconds=20", follow_redirects=True)
    return html.fromstring(visitor.last.text)


def choose(visitor: Visitor, number: int, page: str = "/claims/1/look", **typed: str) -> None:
    """Press a button beside a passage."""
    [form] = visitor.open(page).xpath(
        f"//form[@action='/claims/1/passage'][.//input[@name='passage'][@value='{number}']]"
    )
    fields = {one.name: one.value for one in form.xpath(".//input")}
    visitor.last = visitor.client.post("/claims/1/passage", data=fields | typed)


def test_page_that_waits_says_so_and_asks_again_by_itself(ana: Visitor, search: FakeSearch) -> None:
    search.goes.clear()
    ana.send("/claims/1/look", "/claims/1/look")

    page = ana.follow()

    assert "The searches are being asked …" in ana.text
    assert ana.last is not None
    assert ana.last.headers["refresh"] == "1; url=/claims/1/waiting/look?seconds=20"
    assert page.xpath("//meta[@http-equiv]") == []
    search.goes.set()
    assert ana.client.get("/claims/1/waiting/look?seconds=20").headers["location"] == "/claims/1/look?done=look"


def test_others_are_answered_while_searches_are_asked(ana: Visitor, ben: Visitor, search: FakeSearch) -> None:
    search.goes.clear()
    ana.send("/claims/1/look", "/claims/1/look")

    ben.send("/claims/2", "/claims/2/note", text="a word")

    assert "It is kept." in ben.follow().text_content()
    search.goes.set()


def test_searches_are_asked_once_however_often_the_button_is_pressed(ana: Visitor, search: FakeSearch) -> None:
    search.goes.clear()
    ana.send("/claims/1/look", "/claims/1/look")
    going = ana.send("/claims/1/look", "/claims/1/look").headers["location"]
    search.goes.set()

    ana.client.get(f"{going}?seconds=20", follow_redirects=True)

    assert search.asked
    assert len(search.asked) == len(set(search.asked))


def test_no_more_than_so_many_are_under_way(ana: Visitor, office: Office, search: FakeSearch) -> None:
    search.goes.clear()
    for number in range(MOST):
        office.under_way.begin(("look", number, "ben"), search.goes.wait)

    answer = ana.send("/claims/1/look", "/claims/1/look")

    assert answer.status_code == 409
    assert "no more go" in ana.text
    search.goes.set()


def test_found_pages_come_with_passages_and_where_they_are_from(ana: Visitor) -> None:
    page = look(ana)

    [passage] = page.xpath("//div[@class='passage']")
    assert QUOTE in passage.text_content()
    assert "Wages fell." in passage.text_content()
    assert "stand-in" in ana.text
    assert "it has the same text as another page: https://a.example/prices" in ana.text
    assert "stand-in names 'https://c.example/gone', which is gone" in ana.text
    assert page.xpath("//script[not(@src)] | //img") == []


def test_search_that_fails_is_told_in_a_line(ana: Visitor, search: FakeSearch) -> None:
    search.failure = "stand-in answers 429"

    page = look(ana)

    assert [one.text_content() for one in page.xpath("//ul[@class='concerns']/li")] == ["stand-in answers 429"]
    assert "Nothing was found." in ana.text


def test_setting_that_is_wrong_is_told_where_it_was_waited_for(office: Office) -> None:
    def broken() -> nullcontext[Searching]:
        raise InputError("'altavista' is no search")

    assert office.look is not None
    odd = replace(office, look=replace(office.look, opened=broken))
    with TestClient(create_app(odd), base_url="http://127.0.0.1:8760", follow_redirects=False) as client:
        ana = Visitor(client)

        look(ana)

        assert ana.last is not None
        assert ana.last.status_code == 400
        assert "'altavista' is no search" in ana.text


def test_own_searches_open_in_a_new_tab_that_knows_nothing(ana: Visitor) -> None:
    [link] = ana.open("/claims/1/look").xpath("//a[@target='_blank']")

    assert link.get("href") == "https://www.example.org/search?q=Prices%20rose%20by%205%20percent%20in%20May."
    assert link.get("rel") == "noopener noreferrer nofollow"
    assert link.text_content() == "example.org, in a new tab"


def test_passage_with_a_stance_is_evidence(ana: Visitor, office: Office) -> None:
    look(ana)

    choose(ana, 1, stance="refutes")

    page = ana.follow()
    assert ana.last is not None
    assert ana.last.url.path == "/claims/1/look"
    [evidence] = office.desk.queue.claim(1, office.desk.clock()).evidence
    assert (evidence.quote, evidence.stance, evidence.added_by) == (QUOTE, Stance.REFUTES, "ana")
    assert evidence.quote_status.stands
    assert page.xpath("//div[@class='passage']//a/@href") == [f"/claims/1#source-{evidence.id}"]


def test_passage_of_an_earlier_look_up_is_not_taken(ana: Visitor, ben: Visitor, office: Office) -> None:
    look(ana)
    [form] = ana.open("/claims/1/look").xpath("//form[@action='/claims/1/passage']")
    fields = {one.name: one.value for one in form.xpath(".//input")}
    look(ben)

    answer = ana.client.post("/claims/1/passage", data=fields | {"stance": "supports"})

    assert answer.status_code == 409
    assert "was looked up anew meanwhile" in answer.text
    assert office.desk.queue.claim(1, office.desk.clock()).evidence == ()


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"passage": "1"}, 400),
        ({"passage": "1", "stance": "maybe"}, 400),
        ({"passage": "x", "stance": "supports"}, 400),
        ({"passage": "1", "stance": "supports"}, 400),
        ({"passage": "1", "stance": "supports", "looked_at": "now"}, 400),
        ({"passage": "1", "stance": "supports", "looked_at": "2026-01-01"}, 409),
    ],
)
def test_odd_choice_of_a_passage_is_told(ana: Visitor, typed: dict[str, str], status: int) -> None:
    look(ana)

    assert ana.post("/claims/1/passage", **typed).status_code == status


def test_suggestion_of_a_machine_stands_apart(ana: Visitor, suggest: Callable[..., int]) -> None:
    suggest()

    page = ana.open("/claims/1")

    [section] = page.xpath("//section[@aria-labelledby='suggested']")
    assert "suggested by a machine, scout" in section.text_content()
    assert QUOTE in section.text_content()
    assert "None yet." in page.xpath("//section[@aria-labelledby='evidence']")[0].text_content()
    [reading] = section.xpath(".//details")
    assert reading.get("open") is None
    assert "It would speak against the claim" in reading.text_content()


def test_suggestion_is_taken_by_a_person_with_a_stance(
    ana: Visitor, office: Office, suggest: Callable[..., int]
) -> None:
    choose(ana, suggest(), "/claims/1", stance="context")

    page = ana.follow()
    [evidence] = office.desk.queue.claim(1, office.desk.clock()).evidence
    assert (evidence.stance, evidence.added_by) == (Stance.CONTEXT, "ana")
    assert page.xpath("//section[@aria-labelledby='suggested']") == []


def test_suggestion_set_aside_is_asked_about_no_more(ana: Visitor, office: Office, suggest: Callable[..., int]) -> None:
    suggest()

    ana.send("/claims/1", "/claims/1/suggestion-aside")

    assert ana.follow().xpath("//section[@aria-labelledby='suggested']") == []
    lookup = office.stores.lookups.last(1)
    assert lookup is not None
    assert lookup.suggested[0].set_aside_by == "ana"
    suggest()
    assert ana.open("/claims/1").xpath("//section[@aria-labelledby='suggested']") == []


def test_second_reader_is_not_told_what_the_first_did_with_suggestions(
    ana: Visitor, ben: Visitor, office: Office, suggest: Callable[..., int]
) -> None:
    suggest()
    suggest("The office said so.")
    ana.send("/claims/1", "/claims/1/suggestion-aside")
    choose(ana, 2, "/claims/1", stance="supports")
    twice = replace(office.desk, second_reading=SecondReadingRules(sample=1.0))
    record_verdict(twice, 1, "true", "ana")

    assert len(ben.open("/claims/1").xpath("//section[@aria-labelledby='suggested']//article")) == 2
    assert ana.open("/claims/1").xpath("//section[@aria-labelledby='suggested']") == []


def test_terminal_tells_what_is_set_aside_to_who_may_know(
    ana: Visitor, office: Office, suggest: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    suggest()
    ana.send("/claims/1", "/claims/1/suggestion-aside")
    record_verdict(replace(office.desk, second_reading=SecondReadingRules(sample=1.0)), 1, "true", "ana")
    assert office.look is not None

    told = {}
    for name in ("ana", "ben"):
        found = office.look.last_for(1, name)
        assert found is not None
        show_lookup(found)
        told[name] = "; set aside)" in capsys.readouterr().out
    assert told == {"ana": True, "ben": False}


def test_program_is_offered_nothing_that_was_set_aside_unless_it_reads_blind(
    ana: Visitor, office: Office, suggest: Callable[..., int]
) -> None:
    suggest()
    suggest("The office said so.")
    ana.send("/claims/1", "/claims/1/suggestion-aside")

    assert offered(office, "ben") == offered(office, "ana") == [2]
    record_verdict(replace(office.desk, second_reading=SecondReadingRules(sample=1.0)), 1, "true", "ana")
    assert offered(office, "ben") == [1, 2]
    assert offered(office, "ana") == [2]


def offered(office: Office, name: str) -> list[int]:
    """The passages that a program of this name is offered for claim 1."""
    _, secret = add_token(office.stores, name, [Scope.READ], 90, "eve")
    headers = {"Authorization": f"Bearer {secret}"}
    with TestClient(create_app(office), base_url="http://127.0.0.1:8760/api/v1", headers=headers) as client:
        return [one["passage"] for one in client.get("/claims/1/suggestions").json()["suggestions"]]


def test_damaged_look_up_keeps_nobody_from_the_claim(ana: Visitor, database: Database) -> None:
    look(ana)
    with database.writing() as connection:
        connection.execute(update(LOOKUP).values(found='{"pages": [1]}'))

    assert ana.open("/claims/1").xpath("//form[@action='/claims/1/verdict']")
    assert "What was found is damaged" in ana.open("/claims/1/look").text_content()
    look(ana)
    assert QUOTE in ana.text


def test_what_a_search_found_is_not_set_aside(ana: Visitor) -> None:
    look(ana)

    [seen, *_] = ana.open("/claims/1/look").xpath("//input[@name='looked_at']/@value")

    assert ana.post("/claims/1/suggestion-aside", passage="1", looked_at=seen).status_code == 409
    assert ana.post("/claims/1/passage", passage="9", stance="supports", looked_at=seen).status_code == 404


@pytest.mark.parametrize("what", ["look", "check-sources"])
def test_what_nobody_began_is_not_told_as_done(ana: Visitor, search: FakeSearch, what: str) -> None:
    ana.open(f"/claims/1/waiting/{what}")

    assert "The searches were asked." not in ana.text
    assert "looked at again" not in ana.text
    assert search.asked == []


def test_sources_are_looked_at_again(ana: Visitor, office: Office, pages: FakeSources) -> None:
    add_evidence(office.desk, 1, EvidenceDraft(PAGE, Stance.SUPPORTS, quote=QUOTE), "ana", pages)
    pages.pages[PAGE] = OTHER
    ana.send("/claims/1", "/claims/1/check-sources")
    assert ana.last is not None

    ana.last = ana.client.get(ana.last.headers["location"] + "?seconds=20")

    assert ana.last.headers["location"] == "/claims/1?done=check-sources"
    assert "fetched again: the quote is gone" in ana.follow().text_content()
    [evidence] = office.desk.queue.claim(1, office.desk.clock()).evidence
    assert evidence.last_check is not None
    assert (evidence.last_check.outcome, evidence.last_check.checked_by) == (CheckOutcome.QUOTE_GONE, "ana")
