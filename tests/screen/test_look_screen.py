"""The list of passages that a look-up has found, and the keys that make evidence of them."""

import webbrowser
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from fakes import FakeLookups, FakeSources
from screen.test_pictures import same_as_kept
from stage import SAID, Stage, play

from factcheck.domain.evidence import Stance
from factcheck.domain.lookup import Hit, Reading
from factcheck.errors import SourceError
from factcheck.screen.app import ReviewApp
from factcheck.screen.look_screen import LookScreen
from factcheck.workflow.look_for_evidence import DeskLook, LookForEvidence
from factcheck.workflow.lookup_ports import Search, Searching
from factcheck.workflow.review_session import ReviewSession

PAGE = "https://a.example/prices"
WORDS = "The office said so.\n\nIn May prices had risen by 5 percent, the office said. Wages fell.\n\nRents stayed."


@dataclass
class FakeSearch(Search):
    """Names one page, or fails."""

    name: str = "stand-in"
    failure: str = ""
    asked: list[str] = field(default_factory=list)

    def hits(self, query: str, language: str | None) -> Sequence[Hit]:  # noqa: ARG002 - the port names it
        self.asked.append(query)
        if self.failure:
            raise SourceError(self.failure)
        return [Hit(PAGE, "Prices \x1b[31m<b>in</b> May")]


@pytest.fixture
def search() -> FakeSearch:
    return FakeSearch()


@pytest.fixture
def session(stage: Stage, search: FakeSearch) -> ReviewSession:
    """A session of ana that can look up, claim 1 in hand."""
    stage.file()
    opened = stage.session()
    pages = FakeSources({PAGE: WORDS})
    opened.sources = lambda: pages
    look = LookForEvidence(stage.desk, stage.ledger, FakeLookups())
    patterns = ("https://www.example.org/search?q={claim}",)
    opened.look = DeskLook(look, lambda: nullcontext(Searching([search], pages)), patterns)
    return opened


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was handed to the terminal's clipboard, as where no browser is there."""

    def none() -> webbrowser.BaseBrowser:
        raise webbrowser.Error

    given: list[str] = []
    monkeypatch.setattr(webbrowser, "get", none)
    monkeypatch.setattr(ReviewApp, "copy_to_clipboard", lambda _, text: given.append(text))
    return given


def test_passages_are_listed(session: ReviewSession) -> None:
    shown = play(session, "L")

    assert "In May prices had risen by 5 percent" in shown["rows"]
    assert "The office said so. In May prices had risen by 5 percent, the office said. Wages fell." in shown["chosen"]
    assert PAGE in shown["chosen"]
    assert "\x1b" not in shown["rows"]


def test_stance_key_makes_it_evidence(stage: Stage, session: ReviewSession) -> None:
    shown = play(session, "L", "r")

    [one] = stage.queue.claim(1, stage.clock()).evidence
    assert (one.stance, one.quote) == (Stance.REFUTES, "In May prices had risen by 5 percent, the office said.")
    assert (one.quote_status.value, one.added_by) == ("exact", "ana")
    assert one.sha256
    assert "passage 1 is evidence now: refutes" in shown["chosen"]


def test_nothing_is_evidence_without_a_stance(stage: Stage, session: ReviewSession) -> None:
    play(session, "L", "down", "o", "escape")

    assert stage.queue.claim(1, stage.clock()).evidence == ()


def test_source_stands_at_the_claim_afterwards(session: ReviewSession) -> None:
    shown = play(session, "L", "s", "escape")

    assert "supports" in shown["about"]


def test_last_look_up_is_shown_without_asking(session: ReviewSession, search: FakeSearch) -> None:
    play(session, "L", "escape")
    asked = len(search.asked)

    assert "risen" in play(session, "L")["rows"]
    assert len(search.asked) == asked
    play(session, "L", "l")
    assert len(search.asked) == 2 * asked


def test_passage_of_a_look_up_that_nobody_saw_is_not_taken(
    stage: Stage, session: ReviewSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(session, "L", "escape")
    draw = LookScreen.on_mount

    def drawn(screen: LookScreen) -> None:
        draw(screen)
        assert session.look is not None
        session.look.run(1, "ben")  # meanwhile

    monkeypatch.setattr(stage.clock, "now", stage.clock.now + timedelta(minutes=1))
    monkeypatch.setattr(LookScreen, "on_mount", drawn)
    shown = play(session, "L", "s")

    assert stage.queue.claim(1, stage.clock()).evidence == ()
    assert "claim 1 was looked up anew meanwhile" in shown["chosen"]
    monkeypatch.setattr(LookScreen, "on_mount", draw)
    play(session, "L", "s")
    assert len(stage.queue.claim(1, stage.clock()).evidence) == 1


def test_failing_search_is_told(session: ReviewSession, search: FakeSearch) -> None:
    search.failure = "stand-in answers 429: it is asked too often"

    shown = play(session, "L", "s")

    assert "stand-in answers 429" in shown["rows"]
    assert shown["chosen"] == ""


def test_own_address_opens_with_the_claim(session: ReviewSession, copied: list[str]) -> None:
    shown = play(session, "L", "1", "2")

    assert copied == ["https://www.example.org/search?q=" + SAID[0].replace(" ", "%20")]
    assert "1 example.org" in shown["list-keys"]


def test_page_of_a_passage_opens(session: ReviewSession, copied: list[str]) -> None:
    play(session, "L", "o")

    assert copied == [PAGE]


def test_desk_without_searches_says_so(stage: Stage) -> None:
    stage.file()

    shown = play(stage.session(), "L")

    assert "no search can be asked here" in shown["notice"]
    assert "look up" not in shown["keys"]


def test_list_of_passages_has_a_picture(
    session: ReviewSession, search: FakeSearch, request: pytest.FixtureRequest
) -> None:
    copy = "https://b.example/copy"
    search.hits = lambda *_: [Hit(PAGE, "Prices in May"), Hit(copy, "News of the day")]  # type: ignore[method-assign]
    pages = FakeSources({PAGE: WORDS, copy: " ".join(SAID)})
    assert session.look is not None
    session.look = replace(session.look, opened=lambda: nullcontext(Searching([search], pages)))

    shown = play(session, "L", "r")

    assert "a copy of the article" in shown["rows"]
    same_as_kept(shown, "look", request)


def test_model_is_heard_after_the_person(session: ReviewSession) -> None:
    assert "no model has read these passages" in play(session, "L", "m")["chosen"]
    look = session.looking().look
    found = look.last(1)
    assert found is not None
    look.lookups.tell(found.read(1, Reading.SUPPORTS, "risen by 5 percent"))
    suggestion = "a model suggests: supports, by “risen by 5 percent”"

    assert suggestion not in play(session, "L")["chosen"]
    assert suggestion in play(session, "L", "m")["chosen"]
    assert suggestion in play(session, "L", "r")["chosen"]
