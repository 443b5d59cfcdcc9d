"""An editor's keys, pressed on the real screen over a real database."""

from dataclasses import replace

import pytest
from fakes import FakeSources
from stage import SAID, Stage, play

from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.review import QueuedClaim
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.sign_off import SignOffRules
from factcheck.domain.states import ClaimStatus, EditorialState
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.edit_claim import correct, publish, sign_off
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


@pytest.mark.parametrize(
    ("keys", "states"), [("!F F", "published open open open"), ("!S S S", "signed_off open open open")]
)
def test_key_pressed_twice_signs_off_one_claim(decided: Stage, keys: str, states: str) -> None:
    shown = play(decided.editor(), keys)

    assert editorial(decided) == states.split()
    assert shown["words"] == SAID[1]


def test_claim_that_moved_on_is_shown_before_it_is_signed_off(decided: Stage) -> None:
    session = decided.editor()
    add_evidence(decided.desk, 1, EvidenceDraft(description="A call to the ministry", stance=Stance.REFUTES), "bo")

    shown = play(session, "!F F")

    assert editorial(decided) == ["open"] * 4
    assert "claim 1 has changed since it was shown; read it again" in shown["notice"]
    play(session, "F")
    assert editorial(decided)[0] == "published"


def test_signed_off_claims_come_last(decided: Stage) -> None:
    session = decided.editor()

    shown = play(session, "S", "S", "S", "P")

    assert editorial(decided) == ["published", "signed_off", "signed_off", "open"]
    assert "claim 2 · decided · signed off, to publish · eve · 4 done" in shown["head"]
    assert session.leave() == {"signed_off": 3, "published": 1, "rejected": 0, "corrected": 0, "withdrawn": 0}


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

    shown = play(decided.editor(), *"1vxcsmfbr-")

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
    assert "labels" not in shown["keys"]
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

    asked = play(stage.editor(), "S", size=(200, 60))
    shown = play(stage.editor(), "S", "escape", size=(200, 60))

    assert claim(stage, 1).editorial is EditorialState.OPEN
    assert asked["preview"] == "! a quote is not in its source: https://a.example/"
    assert "; J sends the claim back, so that its reader mends that" in shown["notice"]


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


@pytest.fixture
def strict(decided: Stage) -> Stage:
    """The same claims at a desk that demands a source, which none of them has; they have a rationale."""
    decided.sign_off = SignOffRules()
    return decided


@pytest.fixture
def published(decided: Stage) -> Stage:
    """The same claims, 1 and 2 of them published."""
    for number in (1, 2):
        sign_off(decided.desk, number, "dan")
        publish(decided.desk, number, "dan")
    return decided


def test_screen_tells_what_speaks_against(strict: Stage) -> None:
    add_evidence(strict.desk, 1, EvidenceDraft("https://news.example/day", Stance.SUPPORTS), "ana")

    about = play(strict.editor())["about"]

    assert "! the verdict has no source of its own · sign-off asks why\n" in about
    assert "! a source is the article under check: https://news.example/day\n" in about


def test_lone_reader_is_warned(decided: Stage) -> None:
    assert "! nobody but its reader has looked at the verdict" in play(decided.editor("ana"))["about"]


def test_demanded_source_asks_why(strict: Stage) -> None:
    asked = play(strict.editor(), "S")
    assert asked.screen == "FormScreen"
    assert asked["form-title"] == "Claim 1 is not ready to be signed off"
    assert asked["preview"] == "! the verdict has no source of its own"
    assert editorial(strict)[0] == "open"

    shown = play(strict.editor(), "S", "+Everybody saw it.", "f2")

    assert claim(strict, 1).editorial_acts[-1].despite == "Everybody saw it."
    assert shown["words"] == SAID[1]
    assert "claim 1 is signed off" in shown["notice"]


def test_one_key_signs_off_and_publishes(decided: Stage) -> None:
    shown = play(decided.editor(), "F", "S")

    assert editorial(decided) == ["published", "signed_off", "open", "open"]
    assert "claim 2 is signed off; u takes that back until it is published" in shown["notice"]


def test_reason_publishes_at_once(strict: Stage) -> None:
    play(strict.editor(), "F", "+Everybody saw it.", "f2")

    assert editorial(strict)[0] == "published"


def test_editor_amends_at_sign_off(decided: Stage) -> None:
    begun = play(decided.editor(), "A")
    assert begun["form-title"] == "Amend the verdict on claim 1, and sign it off"

    play(decided.editor(), "A", *["backspace"] * 4, "+mixed", "tab", "+ But not in May.", "f2")

    readings = claim(decided, 1).readings
    assert [(one.label, one.rationale) for one in readings] == [
        ("true", "Reason 1."),
        ("mixed", "Reason 1. But not in May."),
    ]
    about = play(decided.editor(), "space", "space", size=(200, 60))["about"]
    assert about.startswith("mixed  by eve, as editor\nwhy       Reason 1. But not in May.\n\n! ")
    assert "\n\ntrue  by ana\nwhy       Reason 1.\n\n" in about


def test_unchanged_amendment_only_signs_off(decided: Stage) -> None:
    play(decided.editor(), "A", "f2")

    assert editorial(decided)[0] == "signed_off"
    assert len(claim(decided, 1).readings) == 1


def test_amendment_waits_for_its_reason(strict: Stage) -> None:
    editor = strict.editor()
    play(editor, "A", "tab", "+ More.", "f2", "escape")
    assert editorial(strict)[0] == "open"
    assert editor.typed["amend"]["rationale"] == "Reason 1. More."

    play(editor, "A", "f2", "+Everybody saw it.", "f2")

    assert [one.rationale for one in claim(strict, 1).readings] == ["Reason 1.", "Reason 1. More."]


def test_sign_off_is_taken_back_by_key(decided: Stage) -> None:
    shown = play(decided.editor(), "S", "u")

    assert editorial(decided) == ["open"] * 4
    assert shown["words"] == SAID[0]
    assert "undone: claim 1 is no longer signed off" in shown["notice"]


def test_publication_is_not_undone(decided: Stage) -> None:
    shown = play(decided.editor(), "F", "u")

    assert editorial(decided)[0] == "published"
    assert "'eve' has no unpublished sign-off to take back" in shown["notice"]


def test_published_claims_have_a_round(published: Stage) -> None:
    shown = play(published.editor(), "R")
    back = play(published.editor(), "R", "R")

    assert "claim 1 · decided · published · eve" in shown["head"]
    assert "signed    off by dan" in shown["about"]
    assert "C correct" in shown["keys"]
    assert "sign off" not in shown["keys"]
    assert "C correct" not in back["keys"]
    assert back["words"] == SAID[2]


def test_label_of_published_claim_is_corrected(published: Stage) -> None:
    keys = ("C", "tab", *["backspace"] * 4, "+mixed", "tab", "tab", "tab", "+May was forgotten.", "f2")

    shown = play(published.editor(), "R", *keys)

    [made] = claim(published, 1).corrections
    assert (made.now.label, made.reason, made.is_typo) == ("mixed", "May was forgotten.", False)
    assert claim(published, 1).verdict == replace(made.now, id=claim(published, 1).verdict.id)  # type: ignore[union-attr]
    assert "claim 1 is corrected: mixed" in shown["notice"]
    assert shown["words"] == SAID[1]


def test_corrected_claim_shows_the_verdict_before(published: Stage) -> None:
    correct(published.desk, 1, "mixed", "eve", "May was forgotten.", rationale="It did, but in June.")

    editor = published.editor()
    editor.go_to(1)

    about = play(editor)["about"]

    assert about.index("mixed  by eve") < about.index("true  by ana")
    assert "Reason 1." in about


def test_typo_of_published_claim_is_put_right(published: Stage) -> None:
    keys = ("C", "t", "tab", "tab", "tab", *["backspace"] * 4, "+June.", "tab", "+Wrong month.", "f2")

    play(published.editor(), "R", *keys)

    [made] = claim(published, 1).corrections
    assert (made.is_typo, made.now.label, claim(published, 1).words) == (
        True,
        "true",
        "Prices rose by 5 percent in June.",
    )


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (("tab", "tab", "tab", "+x", "tab", "+r", "f2"), "another label leaves the claim's words as they are"),
        (("t", "tab", *["backspace"] * 4, "+mixed", "tab", "tab", "tab", "+r", "f2"), "a typo changes no label"),
        (("tab", "tab", "tab", "tab", "+r", "f2"), "claim 1 is 'true' already"),
    ],
)
def test_mixed_correction_is_refused(published: Stage, keys: tuple[str, ...], told: str) -> None:
    editor = published.editor()

    shown = play(editor, "R", "C", *keys)

    assert told in " ".join(shown["notice"].split())
    assert claim(published, 1).corrections == ()
    assert editor.typed["correction"]["reason"] == "r"


def test_published_claim_is_withdrawn(published: Stage) -> None:
    play(published.editor(), "R", "W", "+Nobody can tell.", "f2")

    assert editorial(published)[:2] == ["withdrawn", "published"]
    assert claim(published, 1).editorial_acts[-1].comment == "Nobody can tell."


def test_open_claim_is_not_withdrawn(decided: Stage) -> None:
    assert "cannot be withdrawn now" in " ".join(play(decided.editor(), "W")["notice"].split())


def test_marked_claims_are_signed_off_together(decided: Stage) -> None:
    asked = play(decided.editor(), "t", "t", "T", size=(100, 40))
    assert asked["form-title"] == "All marked claims: 1, 2"
    assert asked["preview"].startswith(f"1 true {SAID[0]}\n! the verdict has no source of its own")

    shown = play(decided.editor(), "t", "t", "T", "b", "f2")

    assert editorial(decided) == ["published", "published", "open", "open"]
    assert "signed off and published: 1, 2" in shown["notice"]


def test_failure_of_marked_claim_is_told(strict: Stage) -> None:
    add_evidence(strict.desk, 2, EvidenceDraft("https://a.example/", Stance.REFUTES), "ana")

    shown = play(strict.editor(), "t", "t", "T", "s", "f2")

    assert editorial(strict) == ["open", "signed_off", "open", "open"]
    assert "signed off: 2 · ! claim 1 is not ready to be signed off" in " ".join(shown["notice"].split())
    assert "marked    1" in shown["about"]


def test_reason_holds_for_all_marked(strict: Stage) -> None:
    play(strict.editor(), "t", "t", "T", "s", "tab", "+Everybody saw it.", "f2")

    assert editorial(strict) == ["signed_off", "signed_off", "open", "open"]


def test_mark_is_taken_away(decided: Stage) -> None:
    editor = decided.editor()

    shown = play(editor, "t", "space", "space", "t", "T")

    assert editor.marked == {}
    assert "no claim is marked" in shown["notice"]


def test_editor_adds_a_source(decided: Stage) -> None:
    play(decided.editor(), "e", "+https://a.example/x", "tab", "s", "f2", "S")

    assert [one.added_by for one in claim(decided, 1).evidence] == ["eve"]
    assert editorial(decided)[0] == "signed_off"


def test_unread_claim_is_only_looked_at(decided: Stage) -> None:
    shown = play(decided.editor(), "g", "+4", "enter")

    assert shown["words"] == SAID[3]
    assert "claim 4 is queued: it has no verdict to edit" in shown["notice"]
    assert "sign off" not in shown["keys"]


def test_published_claim_comes_by_its_number(published: Stage) -> None:
    shown = play(published.editor(), "g", "+2", "enter", "W", "+Nobody can tell.", "f2")

    assert editorial(published)[:2] == ["published", "withdrawn"]
    assert shown["words"] == SAID[2]
