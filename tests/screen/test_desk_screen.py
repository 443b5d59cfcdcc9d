"""Each key, pressed on the real screen over a real database."""

import webbrowser
from dataclasses import replace
from datetime import date

import pytest
from fakes import FakeSources
from rich.cells import cell_len
from stage import NOW, SAID, Stage, doubtful_claim, play

from factcheck.domain.claim import Anchor, AnchorStatus, Claim, InferredWord
from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.known import KnownClaim, KnownRating
from factcheck.domain.review import ClaimQuery, QueuedClaim
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.sentence import Span
from factcheck.domain.states import Act, ClaimStatus
from factcheck.errors import NothingToUndoError
from factcheck.workflow.amend_claim import assign_claim, set_due
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.review_session import ReviewSession


def claim(stage: Stage, number: int) -> QueuedClaim:
    return stage.queue.claim(number, stage.clock())


def test_screen_shows_claim_and_article(session: ReviewSession) -> None:
    shown = play(session)

    assert shown["words"] == SAID[0]
    assert "claim 1 · first reading · until 12:30 UTC (30 min) · ana" in shown["head"]
    assert "worth 0.89 of 1 · machine: “a number”" in shown["about"]
    assert shown["title"].startswith("── article 1 · News of the day ─")
    assert SAID[3] in shown.article


def test_doubts_are_marked_as_machines(stage: Stage) -> None:
    stage.file(SAID, doubtful_claim())

    shown = play(stage.session())

    assert "said by   the minister" in shown["about"]
    assert "inferred  Germany (from nowhere)" in shown["about"]
    assert "! unknown_name: “Germany” stands nowhere in the article (machine)" in shown["about"]


@pytest.mark.parametrize(("key", "label"), [("1", "false"), ("5", "true"), ("0", "satire"), ("-", "altered")])
def test_digit_decides_and_moves_on(stage: Stage, session: ReviewSession, key: str, label: str) -> None:
    shown = play(session, key)

    decided = claim(stage, 1)
    assert decided.verdict is not None
    assert (decided.verdict.label, decided.verdict.reviewer) == (label, "ana")
    assert shown["words"] == SAID[1]
    assert f"claim 1 is {label}" in shown["notice"]


@pytest.mark.parametrize("keys", ["!5 5 5", "!5 space", "!5 u"])
def test_keys_typed_ahead_do_nothing_to_a_claim_that_was_not_drawn(
    stage: Stage, session: ReviewSession, keys: str
) -> None:
    shown = play(session, keys)

    statuses = [claim(stage, number).status for number in (1, 2, 3, 4)]
    assert statuses == [ClaimStatus.DECIDED, ClaimStatus.LEASED, ClaimStatus.QUEUED, ClaimStatus.QUEUED]
    assert claim(stage, 2).skips == 0
    assert "claim 1 is true" in shown["notice"]


def test_form_typed_ahead_opens_on_the_claim_that_is_drawn(stage: Stage, session: ReviewSession) -> None:
    shown = play(session, "!5 n 5 s", "f2")

    assert [one.text for one in claim(stage, 2).notes] == ["5s"]
    assert (claim(stage, 2).status, shown["words"]) == (ClaimStatus.LEASED, SAID[1])


def test_unbound_label_key_decides_nothing(stage: Stage, session: ReviewSession) -> None:
    shown = play(session, "=")

    assert claim(stage, 1).verdict is None
    assert "the scale 'truth-5' has 11 labels" in shown["notice"]


def test_label_is_chosen_by_name(stage: Stage, session: ReviewSession) -> None:
    begun = play(session, "v", "+mis")
    assert "misattributed   Said or done by somebody else. (Refuted)" in begun["preview"]
    assert "outdated" not in begun["preview"]
    assert "is not a label" in begun["fault"]

    play(session, "v", "+attributed", "enter")

    decided = claim(stage, 1).verdict
    assert decided is not None
    assert decided.label == "misattributed"


def test_space_skips_the_claim(stage: Stage, session: ReviewSession) -> None:
    shown = play(session, "space")

    assert shown["words"] == SAID[1]
    assert claim(stage, 1).status is ClaimStatus.QUEUED
    assert session.leave()[Act.SKIPPED] == 1


def test_undo_takes_skip_and_verdict_back(stage: Stage, session: ReviewSession) -> None:
    shown = play(session, "1", "space", "u", "backspace")

    assert shown["words"] == SAID[0]
    assert claim(stage, 1).verdict is None
    assert "undone: claim 1 is no longer decided" in shown["notice"]


def test_undo_reaches_over_a_restart(stage: Stage, session: ReviewSession) -> None:
    play(session, "2")
    session.leave()

    shown = play(stage.session(), "u")

    assert shown["words"] == SAID[0]


def test_undo_without_decision_says_so(session: ReviewSession) -> None:
    shown = play(session, "u")

    assert "no verdict or skip to take back" in shown["notice"]
    with pytest.raises(NothingToUndoError):
        session.undo()


def test_claim_at_hand_waits_for_undone_one(session: ReviewSession) -> None:
    shown = play(session, "1", "u", "5")

    assert shown["words"] == SAID[1]


def test_keys_are_dead_inside_fields(stage: Stage, session: ReviewSession) -> None:
    shown = play(session, "n", "+1qu5x", "space")

    assert shown.screen == "FormScreen"
    assert claim(stage, 1).verdict is None
    assert session.typed["note"] == {"text": "1qu5x "}


def test_keys_pressed_ahead_reach_the_form(stage: Stage, session: ReviewSession) -> None:
    play(session, "+n15q x")

    assert claim(stage, 1).verdict is None
    assert session.typed["note"] == {"text": "15q x"}


def test_form_is_sent_with_keys_pressed_ahead(stage: Stage, session: ReviewSession) -> None:
    play(session, "e", "+http://a.example", "!tab s f2")

    assert [one.stance for one in claim(stage, 1).evidence] == ["supports"]


def test_note_is_left_for_colleagues(stage: Stage, session: ReviewSession) -> None:
    shown = play(session, "n", "+ask", "f2")

    assert [(one.text, one.reviewer) for one in claim(stage, 1).notes] == [("ask", "ana")]
    assert "note      ana: ask" in shown["about"]


def test_flag_asks_the_editor(stage: Stage, session: ReviewSession) -> None:
    play(session, "f", "+law", "f2")

    [flag] = claim(stage, 1).flags
    assert (flag.reason, flag.reviewer) == ("law", "ana")


def test_not_checkable_needs_a_reason(stage: Stage, session: ReviewSession) -> None:
    asked = play(session, "x", "f2")
    assert asked.screen == "FormScreen"
    assert asked["fault"] == "! why not is needed"

    shown = play(session, "x", "+taste", "f2")

    aside = claim(stage, 1)
    assert (aside.status, aside.aside) == (ClaimStatus.NOT_CHECKABLE, "taste")
    assert shown["words"] == SAID[1]


def test_correction_keeps_the_original(stage: Stage, session: ReviewSession) -> None:
    asked = play(session, "c", "end", "+ 2025")
    assert "in May. {+2025+}" in asked["preview"]

    shown = play(session, "c", "f2")

    corrected = claim(stage, 1)
    assert corrected.words == "Prices rose by 5 percent in May. 2025"
    assert corrected.claim.text == SAID[0]
    assert "corrected by ana" in shown["about"]
    assert "in May. {+2025+}" in shown["about"]


def test_split_makes_several_claims(stage: Stage, session: ReviewSession) -> None:
    shown = play(session, "s", "+ So it was.", "enter", "+Rents rose.", "f2")

    assert claim(stage, 1).status is ClaimStatus.SPLIT
    assert claim(stage, 6).words == "Rents rose."
    assert "claim 1 is split into 5, 6" in shown["notice"]


def test_same_shows_the_other_claim(stage: Stage, session: ReviewSession) -> None:
    asked = play(session, "m", "3")
    assert asked["chosen"].splitlines()[1] == SAID[2]

    shown = play(session, "m", "3", "enter")

    assert claim(stage, 1).duplicate_of == 3
    assert "claim 1 is the same as claim 3" in shown["notice"]


def test_evidence_is_checked_while_typed(stage: Stage, session: ReviewSession) -> None:
    begun = play(session, "e", "+ftp:")
    assert "is not a web address" in begun["fault"]

    play(
        session,
        "e",
        "backspace",
        "backspace",
        "backspace",
        "backspace",
        "+http://a.example",
        "tab",
        "r",
        "tab",
        "+cheap",
        "f2",
    )

    [source] = claim(stage, 1).evidence
    assert (source.url, source.stance, source.quote, source.added_by) == ("http://a.example", "refutes", "cheap", "ana")


def test_source_without_address_is_described(stage: Stage, session: ReviewSession) -> None:
    asked = play(session, "e", "+Census, table 4")
    assert asked["preview"] == "a description, and no web address: nothing is fetched"

    shown = play(session, "e", "tab", "c", "tab", "tab", "+page 7", "tab", "p", "f2")

    [source] = claim(stage, 1).evidence
    assert (source.description, source.url, source.locator, source.kind) == (
        "Census, table 4",
        None,
        "page 7",
        "primary",
    )
    assert "context · Census, table 4 · primary · page 7" in shown["about"]


def test_page_is_fetched_beside_the_screen(stage: Stage, session: ReviewSession) -> None:
    pages = FakeSources({"http://a.example": "Prices rose.", "http://b.example": "Prices rose."})
    session.sources = lambda: pages

    missing = play(session, "e", "+http://a.example", "tab", "s", "tab", "+Rents fell.", "f2")
    assert "its quote is not in the page, which blocks sign-off" in missing["about"]
    found = play(session, "e", "+http://b.example", "tab", "s", "tab", "+Prices rose.", "f2")

    assert "“Prices rose.” (its quote stands in the page)" in found["about"]
    assert [one.quote_status for one in claim(stage, 1).evidence] == ["missing", "exact"]


def test_reasons_go_with_the_verdict(stage: Stage, session: ReviewSession) -> None:
    waiting = play(session, "r", "+Two sources.", "tab", "+2026-02-30")
    assert waiting["fault"] == "! '2026-02-30' is no day; write it as 2026-03-01"

    shown = play(session, "r", "tab", "backspace", "backspace", "+28", "tab", "h", "f2")
    assert "your draft  rationale: Two sources." in shown["about"]
    play(session, "2")

    verdict = claim(stage, 1).verdict
    assert verdict is not None
    assert (verdict.rationale, str(verdict.known_as_of), verdict.confidence) == ("Two sources.", "2026-02-28", "high")


def test_draft_survives_a_crash(stage: Stage, session: ReviewSession) -> None:
    play(session, "r", "+Half a rea", "ctrl+s", "ctrl+s")

    resumed = stage.session()

    assert resumed.claim is not None
    assert resumed.claim.id == 1
    assert resumed.typed == {"reasons": {"rationale": "Half a rea"}}


def test_history_looks_back_and_forward(session: ReviewSession) -> None:
    back = play(session, "1", "5", "b", "b")
    assert back["words"] == SAID[0]
    assert "2 of your last 2 · decided 2026-03-01 12:00 UTC: false" in back["head"]

    forward = play(session, "b", "left", "right", "right")

    assert forward["words"] == SAID[2]


def test_long_title_keeps_to_its_pane(stage: Stage) -> None:
    stage.file(title="新聞" * 100)

    shown = play(stage.session(), size=(80, 24))

    assert shown["title"].startswith("── article 1 · 新聞新聞")
    assert shown["title"].rstrip("─").endswith("… ")
    assert cell_len(shown["title"]) == len("─" * 80)


@pytest.mark.parametrize("size", [(40, 14), (80, 12), (20, 10), (80, 10), (120, 10)])
def test_claim_has_its_room_on_a_small_terminal(session: ReviewSession, size: tuple[int, int]) -> None:
    shown = play(session, size=size)

    assert SAID[0].split()[0] in shown.svg
    assert "claim 1 is false" in play(session, "1", size=size)["notice"]


@pytest.mark.parametrize("size", [(80, 4), (20, 3)])
def test_nothing_is_judged_that_has_no_room(session: ReviewSession, size: tuple[int, int]) -> None:
    shown = play(session, "1", size=size)

    assert "too small to show the claim" in shown["notice"]
    assert session.claim is not None
    assert session.claim.verdict is None


def test_digits_are_dead_while_looking_back(stage: Stage, session: ReviewSession) -> None:
    shown = play(session, "1", "b", "5")

    verdict = claim(stage, 1).verdict
    assert verdict is not None
    assert verdict.label == "false"
    assert claim(stage, 2).verdict is None
    assert "come forward first" in shown["notice"]


def test_open_hands_the_address_over(session: ReviewSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("lynx"))

    shown = play(session, "o")

    assert "https://news.example/day" in shown["notice"]


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_sentence_of_claim_is_in_sight(stage: Stage, size: tuple[int, int]) -> None:
    said = tuple(f"This is sentence number {number:03} of a long article." for number in range(300))
    place = Span(149 * 47, 149 * 47 + 46)
    stage.file(said, Claim("x", "y", Anchor(AnchorStatus.EXACT, (place,), (150,)), 0.5))

    assert said[149] in play(stage.session(), size=size).in_sight
    assert said[149] not in play(stage.session(), "end", size=size).in_sight


def test_help_tells_keys_and_labels(session: ReviewSession) -> None:
    shown = play(session, "?")

    assert shown.screen == "HelpScreen"
    assert play(session, "?", "a").screen == "DeskScreen"


def test_help_is_longer_than_small_screens(session: ReviewSession) -> None:
    assert "words&#160;that&#160;its&#160;quote&#160;lacks" not in play(session, "?").svg
    assert "its&#160;quote&#160;lacks" in play(session, "?", "end").svg.replace("that&#160;", "")


def test_tab_scrolls_the_claim(stage: Stage) -> None:
    stage.file(("The bridge, the tower and the town hall were repaired. " * 20,))
    session = stage.session()
    for number in range(9):
        session.note(f"note {number}")

    assert "note&#160;8" not in play(session).svg
    assert "note&#160;8" in play(session, "tab", "end").svg


def test_quit_gives_the_claim_back(stage: Stage, session: ReviewSession) -> None:
    play(session, "1", "q")

    session.leave()

    assert claim(stage, 2).status is ClaimStatus.QUEUED
    assert stage.queue.counts(stage.clock()).leased == 0


def test_keys_are_bound_anew(stage: Stage, session: ReviewSession) -> None:
    shown = play(session, "j", "1", bound={"skip": "j", "verdicts": "h z"})
    assert "this key does nothing here" in shown["notice"]
    assert "h false" in shown["verdicts"]
    assert claim(stage, 1).status is ClaimStatus.QUEUED

    play(session, "z", bound={"skip": "j", "verdicts": "h z"})

    verdict = claim(stage, 2).verdict
    assert verdict is not None
    assert verdict.label == "mostly-false"


def test_empty_queue_says_why(stage: Stage) -> None:
    stage.file(SAID[:1])
    stage.session("bo")

    shown = play(stage.session())

    assert "no claim is free: 0 queued, 1 leased, next back 12:30 UTC" in shown["words"]
    assert shown.article == ""


def test_lost_claim_gives_way_to_next(stage: Stage, session: ReviewSession) -> None:
    stage.clock.pass_by(31)
    bo = stage.session("bo")
    assert bo.claim is not None
    assert bo.claim.id == 1

    shown = play(session, "1")

    assert claim(stage, 1).verdict is None
    assert shown["words"] == SAID[1]
    assert "is leased by 'bo'" in shown["notice"]


def test_changed_claim_is_shown_anew(stage: Stage, session: ReviewSession) -> None:
    play(session, "r", "+Two sources.", "f2")
    add_evidence(stage.desk, 1, EvidenceDraft("https://b.example", Stance.REFUTES), "bo")

    shown = play(session, "1")

    assert claim(stage, 1).verdict is None
    assert "! claim 1 has changed since it was shown; read it again" in shown["notice"]
    assert "refutes · https://b.example" in shown["about"]
    assert "your draft  rationale: Two sources." in shown["about"]
    play(session, "1")
    verdict = claim(stage, 1).verdict
    assert verdict is not None
    assert verdict.rationale == "Two sources."


def test_looking_back_outlives_the_renewal(stage: Stage, session: ReviewSession) -> None:
    play(session, "1")
    stage.clock.pass_by(20)

    assert play(session, "b")["words"] == SAID[0]


def test_activity_renews_the_lease(stage: Stage, session: ReviewSession) -> None:
    stage.clock.pass_by(20)

    shown = play(session, "tab")

    assert "until 12:50 UTC (30 min)" in shown["head"]
    lease = claim(stage, 1).lease
    assert lease is not None
    assert f"{lease.until:%H:%M}" == "12:50"


def test_second_reader_is_blind(stage: Stage) -> None:
    stage.rules = SecondReadingRules(sample=1)
    stage.file(SAID[:1])
    play(stage.session(), "e", "+http://a.example", "tab", "s", "f2", "n", "+sure", "f2", "1")

    shown = play(stage.session("bo"))

    assert "second reading, blind" in shown["head"]
    assert "none yet" in shown["about"]
    assert "sure" not in shown["about"]
    assert shown["first"] == ""


def test_adjudicator_sees_both_readings(stage: Stage) -> None:
    stage.rules = SecondReadingRules(sample=1)
    stage.file(SAID[:1])
    play(stage.session(), "r", "+One source.", "f2", "1")
    play(stage.session("bo"), "5")

    cy = stage.session("cy")
    shown = play(cy, "r", "tab", "tab", "tab", "tab", "s", "f2")

    assert "adjudication of two readings that differ" in shown["head"]
    assert "false  by ana" in shown["first"]
    assert "One source." in shown["first"]
    assert "true  by bo" in shown["second"]

    play(cy, "2")
    verdict = claim(stage, 1).verdict
    assert verdict is not None
    assert (verdict.label, verdict.error_type) == ("mostly-false", "scale")


def test_similar_verdicts_are_suggested(stage: Stage) -> None:
    stage.file(("Prices in Berlin rose by 5 percent in May.", "Prices in Berlin rose by 7 percent in May."))
    session = stage.session()

    shown = play(session, "1")

    assert "claim 1: false · very alike · decided 2026-03-01" in shown["similar"]
    assert "“Prices in Berlin rose by 5 percent in May.”" in shown["similar"]
    assert "! numbers: “7” here, “5” there" in shown["similar"]


def test_verdict_is_carried_over_at_the_second_press(stage: Stage) -> None:
    stage.file(("Prices in Berlin rose by 5 percent in May.", "In May prices in Berlin rose by 5 percent."))
    session = stage.session()
    play(session, "1")

    asked = play(session, "k", "enter")
    assert "once more gives this claim the verdict false" in asked["list-keys"]
    assert "no evidence" in asked["found"]
    assert claim(stage, 2).verdict is None

    shown = play(session, "k", "enter", "enter")

    carried = claim(stage, 2).verdict
    assert carried is not None
    assert (carried.label, str(carried.known_as_of)) == ("false", "2026-03-01")
    assert "claim 2 is false, carried over from claim 1" in shown["notice"]


def test_others_checks_are_listed_and_opened(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "get", webbrowser.BaseBrowser)
    monkeypatch.setattr(webbrowser, "open", lambda url: opened.append(url) or True)  # type: ignore[func-returns-value]
    stage.file(("Prices in Berlin rose by 5 percent in May.",))
    said = "Prices in Berlin rose by 7 percent in May."
    rating = KnownRating("False", on=date(2020, 5, 1))
    stage.known.keep("feed.json", [KnownClaim(said, "https://a.example/1", rating, "Checkers\x1b[2J")], NOW)
    session = stage.session()

    assert "have checked claims like it; it may be something else; k shows them" in play(session)["similar"]
    shown = play(session, "k", "enter", "o")

    assert "this desk has decided no claim that is like it" in shown["found"]
    assert "[2J: False, 2020-05-01 · " in shown["found"]
    assert "\x1b" not in shown["found"]
    assert f"“{said}”" in shown["found"]
    assert "! numbers: “5” here, “7” there" in shown["found"]
    assert (opened, claim(stage, 1).verdict) == (["https://a.example/1"], None)


def test_past_and_others_checks_are_chosen_from_one_list(stage: Stage) -> None:
    stage.file(("Prices in Berlin rose by 5 percent in May.", "In May prices in Berlin rose by 5 percent."))
    known = KnownClaim("Prices in Berlin rose in May.", "https://a.example/1", KnownRating("True"), "Checkers")
    stage.known.keep("feed.json", [known], NOW)
    session = stage.session()
    play(session, "1")

    assert "open page" in play(session, "k", "down")["list-keys"]
    assert "same verdict" in play(session, "k", "down", "up")["list-keys"]
    play(session, "k", "down", "enter", "enter")
    assert claim(stage, 2).verdict is None


def test_speaker_is_set_and_undone(stage: Stage, session: ReviewSession) -> None:
    shown = play(session, "w", "+the office", "f2")
    assert claim(stage, 1).speaker == "the office"
    assert "said by   the office (set by ana)" in shown["about"]
    assert "claim 1 is said by the office" in shown["notice"]

    play(session, "u")

    assert (claim(stage, 1).speaker, session.in_hand().id) == (None, 1)


def test_claim_is_added_by_hand(stage: Stage, session: ReviewSession) -> None:
    asked = play(session, "a", "+It was five percent.", "tab", "backspace", "3")
    assert asked["preview"] == f"ledger    sentence 3: claims “{SAID[2]}”"
    assert play(session, "a", "tab", "backspace", "9")["preview"] == "the article has sentences 1 to 4"

    shown = play(session, "a", "tab", "backspace", "3", "tab", "+Rents fell", "tab", "+the minister", "f2")

    added = claim(stage, 5)
    assert (added.words, added.claim.quote, added.speaker) == ("It was five percent.", "Rents fell", "the minister")
    assert added.claim.anchor.sentence_ids == (3,)
    assert "claim 5 is added to the queue" in shown["notice"]
    assert shown["words"] == SAID[0]
    assert "added     by ana on 2026-03-01" in play(session, "g", "5", "enter")["about"]


def test_quote_elsewhere_adds_nothing(stage: Stage, session: ReviewSession) -> None:
    shown = play(session, "a", "+Wages fell.", "tab", "tab", "+Wages fell", "f2")

    assert "! the quote 'Wages fell' does not stand once in sentence 1 of article 1" in shown["notice"]
    assert session.typed["add"]["text"] == "Wages fell."
    assert stage.queue.count(ClaimQuery(), stage.clock()) == 4


def test_claim_is_added_with_none_in_hand(stage: Stage) -> None:
    stage.file(SAID[:1])
    session = stage.session()

    assert "no article is on the screen" in play(session, "1", "a")["notice"]
    shown = play(session, "g", "1", "enter", "a", "+Prices rose.", "f2")

    assert "claim 2 is added to the queue" in shown["notice"]


def test_task_and_sentence_are_told(stage: Stage) -> None:
    stage.file(title="News of the day")
    assign_claim(stage.desk, 2, "ana", "eve")
    set_due(stage.desk, 2, date(2026, 4, 1), "eve")

    shown = play(stage.session())

    assert shown["words"] == SAID[1]
    assert "task      ana, due 2026-04-01" in shown["about"]
    assert "ledger    sentence 2: claims" in shown["about"]
    assert f"[1] {SAID[0]} [2] {SAID[1]}" in shown.article


def test_what_no_claim_holds_is_told_once_the_others_are_found(stage: Stage) -> None:
    place = Anchor(AnchorStatus.SENTENCE, sentence_ids=(1,))
    stage.file(SAID[:1], Claim("Prices rose in May.", "", place, 0.5))

    assert "sentence 1: claims · no claim holds 5" in play(stage.session())["about"]


def test_inferred_words_tell_their_sentence(stage: Stage) -> None:
    inferred = InferredWord("1931", 4), InferredWord("bridge", None), InferredWord("opened", 4)
    stage.file(SAID, replace(doubtful_claim(), text="The Bridge opened in 1931.", inferred=inferred))

    assert "inferred  1931, opened (from sentence 4); Bridge (from nowhere)" in play(stage.session())["about"]


def test_header_counts_what_waits(stage: Stage) -> None:
    stage.rules = SecondReadingRules(labels=frozenset({"false"}))
    stage.file()
    session = stage.session()
    play(session, "1", "1")

    assert "2 done · 1 waiting" in play(session)["head"]
    assert "(" not in play(session)["head"].split("waiting")[1]
    head = play(stage.session("bob"))["head"]
    assert "claim 1 · second reading, blind" in head
    assert "2 waiting (1 to read second)" in head


def test_concerns_follow_the_verdict(session: ReviewSession) -> None:
    shown = play(session, "1")

    assert "claim 1 is false ! the verdict has no rationale" in shown["notice"].replace("\n", " ")
    assert "the verdict has no source of its own" in shown["notice"].replace("\n", " ")


def test_narrowed_session_says_its_end(stage: Stage) -> None:
    stage.file()
    session = stage.session()
    session.among = ClaimQuery(words=("prices",))

    shown = play(session, "1")

    assert shown["words"].startswith("none of the claims asked for is free; all in all: 3 queued, 0 leased, 1 decided")


def test_one_verdict_is_offered_where_its_like_waits(stage: Stage) -> None:
    stage.file(("Prices in Berlin rose by 5 percent in May.", "Rents fell in Berlin."))
    stage.file(("The bridge was opened in 1931.", "In May prices in Berlin rose by 5 percent."))
    session = stage.session()

    assert "waits too claim 4 of article 2" in play(session)["similar"]
    assert "claim 4 of article 2 may say the same; t takes it" in play(session, "1")["notice"]
    taken = play(session, "t")
    assert "claim 4 may say the same as claim 1; k shows what was decided on that" in taken["notice"]
    assert claim(stage, 4).verdict is None

    play(session, "k", "enter", "enter")
    carried = claim(stage, 4).verdict
    assert carried is not None
    assert carried.label == "false"
