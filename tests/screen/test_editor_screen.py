"""An editor's keys, pressed on the real screen over a real database."""

import pytest
from fakes import FakeSources
from stage import SAID, Stage, play

from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.review import QueuedClaim
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.states import ClaimStatus, EditorialState
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.edit_claim import publish, sign_off
from factcheck.workflow.review_claim import record_verdict, take_next, undo_last


def claim(stage: Stage, number: int) -> QueuedClaim:
    return stage.queue.claim(number, stage.clock())


def editorial(stage: Stage) -> list[str]:
    return [claim(stage, number).editorial.value for number in (1, 2, 3, 4)]


@pytest.fixture
def decided(stage: Stage) -> Stage:
    """Claims 1 to 3 of four are decided by ana, and wait for an editor."""
    stage.file(title="News of the day", url="https://news.example/day")
    for number, label in enumerate(("true", "false", "mixed"), 1):
        record_verdict(stage.desk, number, label, "ana", f"Reason {number}.")
    return stage


def test_verdict_stands_beneath_the_claim(decided: Stage) -> None:
    shown = play(decided.editor())

    assert shown["words"] == SAID[0]
    assert shown["about"].startswith("true  by ana\n")
    assert "Reason 1." in shown["about"]
    assert "claim 1 · decided · to sign off · eve · 0 done · 3 waiting" in shown["head"]


def test_every_reading_is_shown(stage: Stage) -> None:
    stage.rules = SecondReadingRules(sample=1)
    stage.file(SAID[:1])
    for reviewer, label in (("ana", "true"), ("bo", "false"), ("cy", "mixed")):
        record_verdict(stage.desk, 1, label, reviewer)

    about = play(stage.editor(), size=(200, 60))["about"]

    places = [about.index(told) for told in ("mixed  by cy", "false  by bo", "true  by ana")]
    assert places == sorted(places)


def test_key_signs_off_and_goes_on(decided: Stage) -> None:
    shown = play(decided.editor(), "S")

    assert editorial(decided) == ["signed_off", "open", "open", "open"]
    assert shown["words"] == SAID[1]
    assert "claim 1 is signed off" in shown["notice"]


def test_signed_off_claims_come_last(decided: Stage) -> None:
    session = decided.editor()

    shown = play(session, "S", "S", "S", "P")

    assert editorial(decided) == ["published", "signed_off", "signed_off", "open"]
    assert "claim 2 · decided · signed off, to publish · eve · 4 done" in shown["head"]
    assert session.leave() == {"signed_off": 3, "published": 1, "rejected": 0}


def test_unsigned_verdict_is_not_published(decided: Stage) -> None:
    shown = play(decided.editor(), "P")

    assert editorial(decided)[0] == "open"
    assert shown["words"] == SAID[0]
    assert shown["notice"].startswith("── ! claim 1")


def test_rejection_needs_its_comment(decided: Stage) -> None:
    begun = play(decided.editor(), "J", "f2")
    assert "what is wrong with it is needed" in begun["fault"]

    shown = play(decided.editor(), "J", "+Which May?", "f2")

    rejected = claim(decided, 1)
    assert (rejected.editorial, rejected.status) == (EditorialState.REJECTED, ClaimStatus.QUEUED)
    assert rejected.editorial_acts[-1].comment == "Which May?"
    assert shown["words"] == SAID[1]


def test_space_goes_round(decided: Stage) -> None:
    shown = play(decided.editor(), "space", "space", "space", "space")

    assert editorial(decided) == ["open"] * 4
    assert shown["words"] == SAID[1]
    assert "claim 1 stays as it is" in shown["notice"]


def test_reviewers_keys_do_nothing(decided: Stage) -> None:
    before = claim(decided, 1)

    shown = play(decided.editor(), *"1vxcuse-")

    assert "this key does nothing here" in shown["notice"]
    assert (claim(decided, 1), shown.screen, shown["words"]) == (before, "EditorScreen", SAID[0])


def test_editors_keys_do_nothing_for_reviewers(decided: Stage) -> None:
    shown = play(decided.session(), *"SPJ")

    assert "this key does nothing here" in shown["notice"]
    assert editorial(decided) == ["open"] * 4


def test_footer_and_help_name_editors_keys(decided: Stage) -> None:
    shown = play(decided.editor())
    helped = play(decided.editor(), "?", size=(100, 60))

    assert "S sign off" in shown["keys"]
    assert "space next" in shown["keys"]
    assert "evidence" not in shown["keys"]
    assert shown["verdicts"] == ""
    assert helped.screen == "HelpScreen"
    assert "send the claim back to be read anew" in helped.svg.replace("&#160;", " ")


def test_keys_are_bound_anew(decided: Stage) -> None:
    play(decided.editor(), "z", bound={"sign_off": "z"})

    assert editorial(decided)[0] == "signed_off"


def test_own_reading_is_not_signed_off(stage: Stage) -> None:
    stage.rules = SecondReadingRules(sample=1)
    stage.file(SAID[:1])
    record_verdict(stage.desk, 1, "true", "ana")
    record_verdict(stage.desk, 1, "true", "eve")

    shown = play(stage.editor(), "S")

    assert claim(stage, 1).editorial is EditorialState.OPEN
    assert "! " in shown["notice"]


def test_missing_quote_blocks_the_key(stage: Stage) -> None:
    stage.file(SAID[:1])
    source = EvidenceDraft("https://a.example/", Stance.SUPPORTS, quote="No such words.")
    add_evidence(stage.desk, 1, source, "ana", FakeSources({"https://a.example/": "Other words."}))
    record_verdict(stage.desk, 1, "true", "ana")

    shown = play(stage.editor(), "S", size=(200, 60))

    assert claim(stage, 1).editorial is EditorialState.OPEN
    assert "; J sends the claim back, so that its evidence is mended" in shown["notice"]


def test_changed_verdict_is_read_again(decided: Stage) -> None:
    editor = decided.editor()
    for _ in range(3):
        undo_last(decided.desk, "ana")
    record_verdict(decided.desk, 1, "false", "ana", "On second thoughts.")

    shown = play(editor, "S")

    assert editorial(decided)[0] == "open"
    assert "claim 1 has changed since it was shown; read it again" in shown["notice"]
    assert "On second thoughts." in shown["about"]
    play(editor, "S")
    assert editorial(decided)[0] == "signed_off"


def test_claim_of_another_editor_is_let_go(decided: Stage) -> None:
    editor = decided.editor()
    sign_off(decided.desk, 1, "dan")
    publish(decided.desk, 1, "dan")

    shown = play(editor, "S")

    assert shown["words"] == SAID[1]


def test_own_note_is_no_change(decided: Stage) -> None:
    play(decided.editor(), "n", "+seen", "f2", "S")

    assert editorial(decided)[0] == "signed_off"
    assert [one.text for one in claim(decided, 1).notes] == ["seen"]


def test_nothing_to_sign_off_is_told(stage: Stage) -> None:
    stage.file(SAID[:2])

    shown = play(stage.editor(), "S")

    assert shown["words"] == "no verdict waits for an editor"
    assert "there is no claim in hand here" in shown["notice"]


def test_new_verdict_comes_by_itself(stage: Stage) -> None:
    stage.file(SAID[:1])
    session = stage.editor()
    assert session.claim is None
    record_verdict(stage.desk, 1, "true", "ana")

    session.take()

    assert session.claim is not None


def test_held_claim_of_the_editor_stays_held(decided: Stage) -> None:
    take_next(decided.desk, "eve")

    decided.editor().leave()

    assert decided.queue.held_by("eve", decided.clock()) == (4,)
