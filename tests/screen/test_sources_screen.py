"""Keys for a claim's sources, and for searching elsewhere, of reviewers and of editors."""

import webbrowser
from collections.abc import Callable

import pytest
from fakes import FakeSources
from stage import SAID, Stage, play

from factcheck.domain.evidence import Evidence, EvidenceDraft, SourceKind, Stance
from factcheck.screen.app import ReviewApp
from factcheck.screen.app import Session as OpenSession
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.edit_claim import publish, sign_off
from factcheck.workflow.review_claim import record_verdict

PAGE, TABLE = "https://a.example/page", "https://b.example/table"
Opened = Callable[[], OpenSession]


def evidence(stage: Stage) -> tuple[Evidence, ...]:
    return stage.queue.claim(1, stage.clock()).evidence


@pytest.fixture(params=["reviewer", "editor"])
def opened(request: pytest.FixtureRequest, stage: Stage) -> Opened:
    """Opens a session of a reviewer, or of an editor, claim 1 with a source in hand."""
    stage.file()
    pages = FakeSources({PAGE: "Prices rose by 5 percent."})
    draft = EvidenceDraft(PAGE, Stance.SUPPORTS, "Prices rose by 6 percent.", title="Prices")
    add_evidence(stage.desk, 1, draft, "ana", pages)
    if request.param == "editor":
        record_verdict(stage.desk, 1, "true", "ana")
    session: OpenSession = stage.editor() if request.param == "editor" else stage.session()
    session.sources = lambda: pages
    return lambda: session


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was handed to the terminal's clipboard, as where no browser is there."""

    def none() -> webbrowser.BaseBrowser:
        raise webbrowser.Error

    given: list[str] = []
    monkeypatch.setattr(webbrowser, "get", none)
    monkeypatch.setattr(ReviewApp, "copy_to_clipboard", lambda _, text: given.append(text))
    return given


def test_source_is_told_in_another_way(stage: Stage, opened: Opened) -> None:
    keys = ("E", "r", "tab", *["backspace"] * 10, "+5 percent.", "tab", "tab", "p", "f2")

    shown = play(opened(), *keys)

    [one] = evidence(stage)
    assert (one.stance, one.quote, one.kind) == (Stance.REFUTES, "Prices rose by 5 percent.", SourceKind.PRIMARY)
    assert (one.blocks_sign_off, one.title, one.url) == (False, "Prices", PAGE)
    assert "a source of claim 1 is edited" in shown["notice"]
    assert "its quote stands in the page" in " ".join(shown["about"].split())


def test_untouched_source_stays(stage: Stage, opened: Opened) -> None:
    before = evidence(stage)

    shown = play(opened(), "E", "f2")

    assert evidence(stage) == before
    assert "the source stays as it is" in shown["notice"]


def test_one_of_several_is_chosen(stage: Stage, opened: Opened) -> None:
    add_evidence(stage.desk, 1, EvidenceDraft(TABLE, Stance.CONTEXT), "ana")
    session = opened()
    session.claim = session.look_at(1)
    asked = play(session, "E")
    assert asked["preview"] == f"1  supports · Prices · The paper\n2  context · {TABLE}"
    assert "there are 1 to 2" in play(session, "E", "+3", "f2")["fault"]
    session.typed.clear()

    play(session, "E", "2", "enter", "tab", "tab", "+page 3", "f2")

    assert [one.locator for one in evidence(stage)] == [None, "page 3"]


def test_removal_asks_first(stage: Stage, opened: Opened) -> None:
    kept = play(opened(), "D", "f2")
    assert "the source stays" in kept["notice"]
    assert len(evidence(stage)) == 1

    shown = play(opened(), "D", "y", "f2")

    assert evidence(stage) == ()
    assert f"claim 1 is without the source {PAGE}" in shown["notice"]


def test_source_opens_or_is_copied(opened: Opened, copied: list[str]) -> None:
    shown = play(opened(), "O")

    assert copied == [PAGE]
    assert f"copied for your terminal: {PAGE}" in shown["notice"]


def test_described_source_is_not_opened(stage: Stage, opened: Opened, copied: list[str]) -> None:
    add_evidence(stage.desk, 1, EvidenceDraft(None, Stance.CONTEXT, description="A talk with the mayor"), "ana")
    session = opened()
    session.claim = session.look_at(1)

    shown = play(session, "O", "2", "enter")

    assert copied == []
    assert "this source has no web address" in shown["notice"]


def test_words_are_copied(opened: Opened, copied: list[str]) -> None:
    shown = play(opened(), "y")

    assert copied == [SAID[0]]
    assert f"copied for your terminal: {SAID[0]}" in shown["notice"]


def test_claim_without_source_says_so(stage: Stage, copied: list[str]) -> None:
    stage.file()

    shown = play(stage.session(), "E", "D", "O")

    assert "claim 1 has no source yet" in shown["notice"]
    assert "edit source" not in shown["keys"]
    assert copied == []


def test_published_source_stays(stage: Stage) -> None:
    stage.file()
    record_verdict(stage.desk, 1, "true", "ana")
    add_evidence(stage.desk, 1, EvidenceDraft(PAGE, Stance.SUPPORTS), "ana")
    sign_off(stage.desk, 1, "dan")
    publish(stage.desk, 1, "dan")

    shown = play(stage.editor(), "R", "D", "y", "f2")

    assert len(evidence(stage)) == 1
    assert "claim 1 is published, so evidence 1 stays" in shown["notice"]
    assert "drop source" not in shown["keys"]
