"""What a desk does not let an editor sign off unsaid."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from fakes import FakeSources

from factcheck.domain.article import FiledArticle
from factcheck.domain.desk import Concern, ConcernKind
from factcheck.domain.evidence import EvidenceDraft, SourceKind, Stance
from factcheck.domain.rating import TRUTH_5
from factcheck.domain.review import ClaimQuery, QueuedClaim, Remarks
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.sign_off import Requirement, SignOffRules
from factcheck.domain.states import Act, EditorialState
from factcheck.errors import (
    ConflictError,
    DayAheadError,
    InputError,
    NoLongerReadyError,
    NotReadyError,
    SameLabelError,
    UnknownLabelError,
)
from factcheck.workflow.collect_evidence import add_evidence, remove_evidence
from factcheck.workflow.edit_claim import Amended, correct, correct_typo, publish, sign_off
from factcheck.workflow.review_claim import Desk, concerns_about, record_verdict, undo_last

ARTICLE = "https://paper.example/news/1"
OTHER = "https://office.example/figures"
Extracted = Callable[..., FiledArticle]


@pytest.fixture
def strict_desk(desk: Desk, extracted: Extracted) -> Desk:
    """A desk that asks what is asked unless the newsroom says otherwise, with three claims."""
    extracted("Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday.", url=ARTICLE)
    return replace(desk, sign_off=SignOffRules())


def read(desk: Desk, label: str = "false", rationale: str | None = "Dry.", *sources: EvidenceDraft) -> QueuedClaim:
    return record_verdict(desk, 1, label, "ann", rationale, sources)


def told(desk: Desk, editor: str | None = "eve") -> list[str]:
    return [one.kind.value for one in concerns_about(desk, desk.queue.claim(1, desk.clock()), editor)]


def test_bare_verdict_is_not_signed_off(strict_desk: Desk) -> None:
    read(strict_desk, "false", None)

    with pytest.raises(NotReadyError) as refused:
        sign_off(strict_desk, 1, "eve")

    assert str(refused.value) == (
        "claim 1 is not ready to be signed off: the verdict has no rationale; the verdict has no source of its own"
    )


def test_checked_verdict_is_signed_off(strict_desk: Desk) -> None:
    read(strict_desk, "false", "The gauge was dry.", EvidenceDraft(OTHER))

    signed = sign_off(strict_desk, 1, "eve")

    assert signed.editorial is EditorialState.SIGNED_OFF
    assert signed.editorial_acts[-1].concerns == ()


def test_reason_to_go_on_is_kept(strict_desk: Desk) -> None:
    read(strict_desk, "false", None)

    done = sign_off(strict_desk, 1, "eve", "Urgent.", despite="It is plain to see.").last_act(Act.SIGNED_OFF)

    assert done is not None
    assert (done.comment, done.despite) == ("Urgent.", "It is plain to see.")
    assert [one.kind for one in done.concerns] == [ConcernKind.NO_RATIONALE, ConcernKind.NO_SOURCE]


def test_needless_reason_is_not_kept(strict_desk: Desk) -> None:
    read(strict_desk, "false", "The gauge was dry.", EvidenceDraft(OTHER))

    done = sign_off(strict_desk, 1, "eve", despite="Whatever.").last_act(Act.SIGNED_OFF)

    assert done is not None
    assert done.despite is None


@pytest.mark.parametrize("address", [ARTICLE, "http://www.paper.example/news/1/?utm_source=mail"])
def test_article_is_no_evidence_for_itself(strict_desk: Desk, address: str) -> None:
    read(strict_desk, "true", "It says so.", EvidenceDraft(address))

    assert told(strict_desk) == ["no_source", "own_article"]


def test_article_under_its_own_address_is_no_evidence_either(strict_desk: Desk) -> None:
    claim = read(strict_desk, "false", "Dry.", EvidenceDraft(ARTICLE))
    fetched = replace(claim, article_url="https://amp.example/1", article_canonical_url=ARTICLE)

    assert [one.kind.value for one in concerns_about(strict_desk, fetched, "eve")] == ["no_source", "own_article"]


def test_file_of_the_article_is_no_evidence_either(strict_desk: Desk) -> None:
    text = "Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday."
    add_evidence(strict_desk, 1, EvidenceDraft(file="copy.txt"), "ann", FakeSources({"copy.txt": text}))
    read(strict_desk, "true", "It says so.")

    assert told(strict_desk) == ["no_source", "own_article"]


def test_source_of_the_same_site_is_told(strict_desk: Desk) -> None:
    read(strict_desk, "true", "It says so.", EvidenceDraft("https://paper.example/news/2"))

    assert told(strict_desk) == ["same_site"]


@pytest.mark.parametrize(
    ("label", "stances", "expected"),
    [
        ("mostly-true", [Stance.REFUTES], ["against_label"]),
        ("mostly-true", [Stance.REFUTES, Stance.SUPPORTS], []),
        ("mostly-true", [Stance.REFUTES, Stance.CONTEXT], ["against_label"]),
        ("false", [Stance.SUPPORTS], ["against_label"]),
        ("false", [Stance.CONTEXT], []),
        ("unproven", [Stance.REFUTES], []),
    ],
)
def test_sources_against_the_label_are_told(
    strict_desk: Desk, label: str, stances: list[Stance], expected: list[str]
) -> None:
    sources = [EvidenceDraft(f"{OTHER}/{number}", one) for number, one in enumerate(stances)]
    read(strict_desk, label, "So it is.", *sources)

    assert told(strict_desk) == expected


def test_page_never_seen_is_no_source(strict_desk: Desk) -> None:
    add_evidence(strict_desk, 1, EvidenceDraft(OTHER), "ann", FakeSources())
    read(strict_desk)

    assert told(strict_desk) == ["no_source", "source_gone"]


def test_source_younger_than_the_verdict_is_told(strict_desk: Desk) -> None:
    source = EvidenceDraft(OTHER, published="2026-02-02T08:00:00Z")
    record_verdict(strict_desk, 1, "false", "ann", "Dry.", [source], Remarks(known_as_of=date(2026, 2, 1)))

    assert told(strict_desk) == ["too_young"]


@pytest.mark.parametrize("day", [date(2026, 3, 3), date.max])
def test_nothing_is_known_as_of_a_day_ahead(published_desk: Desk, day: date) -> None:
    ahead = Remarks(known_as_of=day)
    acts: list[Callable[[], object]] = [
        lambda: record_verdict(published_desk, 2, "false", "ann", "Dry.", remarks=ahead),
        lambda: correct(published_desk, 1, "mixed", "eve", "New figures.", remarks=ahead),
        lambda: sign_off(published_desk, 3, "eve", amendment=Amended("true", remarks=ahead)),
    ]
    record_verdict(published_desk, 3, "false", "ann", "Dry.")
    for act in acts:
        with pytest.raises(DayAheadError, match=rf"^{day} lies ahead, and today is 2026-03-01: "):
            act()


def test_day_of_zones_ahead_is_one_that_has_come(strict_desk: Desk) -> None:
    tomorrow = Remarks(known_as_of=date(2026, 3, 2))

    [reading] = record_verdict(strict_desk, 1, "false", "ann", "Dry.", remarks=tomorrow).readings

    assert reading.known_as_of == date(2026, 3, 2)


@pytest.mark.parametrize("published", ["2026-02-30", "2026-13-01", "0000-00-00", "2026", "last week"])
def test_day_that_no_calendar_has_is_not_compared(strict_desk: Desk, published: str) -> None:
    source = EvidenceDraft(OTHER, published=published)
    record_verdict(strict_desk, 1, "false", "ann", "Dry.", [source], Remarks(known_as_of=date(2026, 2, 1)))

    assert told(strict_desk) == []
    assert sign_off(strict_desk, 1, "eve").editorial is EditorialState.SIGNED_OFF


def test_own_reading_is_told_to_its_editor(strict_desk: Desk) -> None:
    read(strict_desk, "false", "Dry.", EvidenceDraft(OTHER))

    assert (told(strict_desk, "ann"), told(strict_desk, "eve"), told(strict_desk, None)) == (["one_person"], [], [])


def test_correction_is_no_lonely_reading(published_desk: Desk) -> None:
    correct(published_desk, 1, "mostly-false", "eve", "New figures.")

    assert told(published_desk, "eve") == []


def test_second_person_is_demanded_where_asked(strict_desk: Desk) -> None:
    asking = replace(strict_desk, sign_off=SignOffRules(frozenset({Requirement.SECOND_PERSON})))
    read(asking)

    with pytest.raises(NotReadyError, match="nobody but its reader"):
        sign_off(asking, 1, "ann")
    assert sign_off(asking, 1, "eve").editorial is EditorialState.SIGNED_OFF


@pytest.mark.parametrize(
    ("kind", "expected"), [(SourceKind.SECONDARY, ["no_primary_source"]), (SourceKind.PRIMARY, [])]
)
def test_primary_source_is_demanded_where_asked(strict_desk: Desk, kind: SourceKind, expected: list[str]) -> None:
    asking = replace(strict_desk, sign_off=SignOffRules(frozenset({Requirement.PRIMARY_SOURCE})))
    read(asking, "false", "Dry.", EvidenceDraft(OTHER, kind=kind))

    assert told(asking) == expected


def test_demanded_concerns_are_told_first(strict_desk: Desk) -> None:
    read(strict_desk, "true", None, EvidenceDraft(ARTICLE, Stance.REFUTES))

    assert told(strict_desk) == ["no_rationale", "no_source", "against_label", "own_article"]


def test_label_of_an_unknown_scale_tells_nothing(strict_desk: Desk) -> None:
    claim = read(strict_desk, "true", "So.", EvidenceDraft(OTHER, Stance.REFUTES))
    assert claim.verdict is not None

    assert strict_desk.sign_off.concerns(claim, claim.verdict, None) == ()
    assert strict_desk.sign_off.concerns(claim, claim.verdict, TRUTH_5) == (Concern(ConcernKind.AGAINST_LABEL),)


def test_editor_puts_verdict_right_at_sign_off(strict_desk: Desk) -> None:
    read(strict_desk, "false", None, EvidenceDraft(OTHER))

    signed = sign_off(strict_desk, 1, "eve", amendment=Amended("mostly-false", "The gauge was nearly dry."))

    assert signed.verdict is not None
    assert (signed.verdict.label, signed.verdict.reviewer) == ("mostly-false", "eve")
    assert [(one.reviewer, one.label) for one in signed.readings] == [("ann", "false"), ("eve", "mostly-false")]


def test_editor_changes_only_what_they_say(strict_desk: Desk) -> None:
    source, remarks = EvidenceDraft(OTHER), Remarks(known_as_of=date(2026, 2, 1))
    record_verdict(strict_desk, 1, "false", "ann", "Dry.", [source], remarks)

    signed = sign_off(strict_desk, 1, "eve", amendment=Amended(rationale="The gauge was dry."))

    assert signed.verdict is not None
    assert (signed.verdict.label, signed.verdict.rationale) == ("false", "The gauge was dry.")
    assert signed.verdict.known_as_of == date(2026, 2, 1)


def test_editor_signs_their_own_amendment_off(strict_desk: Desk) -> None:
    careful = replace(strict_desk, second_reading=SecondReadingRules(labels=frozenset({"false"})))
    read(careful, "false", "Dry.", EvidenceDraft(OTHER))
    record_verdict(careful, 1, "false", "ben", "It was dry.")

    signed = sign_off(careful, 1, "eve", amendment=Amended("mostly-false"))

    assert (signed.editorial, len(signed.readings)) == (EditorialState.SIGNED_OFF, 3)


def test_editors_verdict_goes_with_its_undo(strict_desk: Desk) -> None:
    read(strict_desk, "false", "Dry.", EvidenceDraft(OTHER))
    sign_off(strict_desk, 1, "eve", amendment=Amended("mixed"))

    acts = [undo_last(strict_desk, "eve")[0] for _ in range(2)]
    claim = strict_desk.queue.claim(1, strict_desk.clock())

    assert acts == ["signed_off", "amended"]
    assert claim.verdict is not None
    assert (claim.verdict.label, claim.verdict.reviewer, claim.lease) == ("false", "ann", None)


def test_editors_verdict_stands_again_once_that_of_another_is_undone(strict_desk: Desk) -> None:
    read(strict_desk, "true", "Dry.", EvidenceDraft(OTHER))
    sign_off(strict_desk, 1, "eve", amendment=Amended("mostly-true", "Nearly dry."))
    sign_off(strict_desk, 1, "edith", amendment=Amended("mixed", "Half dry."))

    undone = [undo_last(strict_desk, "edith") for _ in range(2)]
    claim = undone[-1][1]

    assert [act for act, _ in undone] == ["signed_off", "amended"]
    assert claim.verdict is not None
    assert (claim.verdict.label, claim.verdict.reviewer, claim.verdict.rationale) == (
        "mostly-true",
        "eve",
        "Nearly dry.",
    )
    assert (claim.editorial, claim.is_as_signed_off) == (EditorialState.SIGNED_OFF, True)
    assert publish(strict_desk, 1, "eve").verdict == claim.verdict


def test_refused_amendment_changes_nothing(strict_desk: Desk) -> None:
    read(strict_desk, "false", "Dry.")

    with pytest.raises(NotReadyError):
        sign_off(strict_desk, 1, "eve", amendment=Amended("mixed"))
    with pytest.raises(UnknownLabelError):
        sign_off(strict_desk, 1, "eve", amendment=Amended("perhaps"))

    claim = strict_desk.queue.claim(1, strict_desk.clock())
    assert claim.verdict is not None
    assert (claim.verdict.label, len(claim.readings)) == ("false", 1)


@pytest.fixture
def published_desk(strict_desk: Desk) -> Desk:
    """Claim 1 is published as false, known as of a day, read by ann and signed off by eve."""
    source, remarks = EvidenceDraft(OTHER), Remarks(known_as_of=date(2026, 2, 1))
    record_verdict(strict_desk, 1, "false", "ann", "Teh gauge was dry.", [source], remarks)
    sign_off(strict_desk, 1, "eve")
    publish(strict_desk, 1, "eve")
    return strict_desk


def test_verdict_that_lost_its_source_is_not_published(strict_desk: Desk) -> None:
    added = add_evidence(strict_desk, 1, EvidenceDraft(OTHER), "ann").evidence
    read(strict_desk)
    sign_off(strict_desk, 1, "eve")
    remove_evidence(strict_desk, added.id or 0, "ann")

    with pytest.raises(NoLongerReadyError, match="has changed since its sign-off: the verdict has no source"):
        publish(strict_desk, 1, "eve")
    undo_last(strict_desk, "eve")
    sign_off(strict_desk, 1, "eve", despite="It is plain to see.")
    assert publish(strict_desk, 1, "eve").editorial is EditorialState.PUBLISHED


def test_correction_keeps_the_explanation(published_desk: Desk) -> None:
    corrected = correct(published_desk, 1, "mostly-false", "eve", "New figures.")

    assert corrected.verdict is not None
    assert (corrected.verdict.label, corrected.verdict.rationale) == ("mostly-false", "Teh gauge was dry.")
    assert corrected.verdict.known_as_of == date(2026, 2, 1)


@pytest.mark.parametrize("label", ["false", "False"])
def test_correction_to_the_same_label_is_refused(published_desk: Desk, label: str) -> None:
    with pytest.raises(SameLabelError, match="claim 1 is 'false' already"):
        correct(published_desk, 1, label, "eve", "New figures.")


def test_typo_is_put_right_as_one(published_desk: Desk) -> None:
    corrected = correct_typo(published_desk, 1, "eve", "A typo.", "The gauge was dry.", "Rain fell on Monday night.")

    assert corrected.verdict is not None
    assert (corrected.verdict.label, corrected.verdict.rationale) == ("false", "The gauge was dry.")
    assert corrected.words == "Rain fell on Monday night."
    [correction] = corrected.corrections
    assert (correction.is_typo, correction.was.rationale) == (True, "Teh gauge was dry.")


@pytest.mark.parametrize("rationale", [None, "Teh gauge was dry."])
def test_typo_puts_something_right(published_desk: Desk, rationale: str | None) -> None:
    with pytest.raises(InputError, match="other than those it has"):
        correct_typo(published_desk, 1, "eve", "A typo.", rationale)


def test_unpublished_verdict_has_no_typo(strict_desk: Desk) -> None:
    read(strict_desk)

    with pytest.raises(ConflictError, match="cannot be corrected now"):
        correct_typo(strict_desk, 1, "eve", "A typo.", "Wet.")


def test_claims_to_sign_off_stay_in_order(strict_desk: Desk) -> None:
    for number in (3, 1, 2):
        record_verdict(strict_desk, number, "false", "ann")

    found = strict_desk.queue.find(ClaimQuery().to_sign_off(), strict_desk.clock())

    assert [one.id for one in found] == [1, 2, 3]


def test_what_was_only_told_at_a_sign_off_is_asked_once_the_desk_demands_it(strict_desk: Desk) -> None:
    read(strict_desk, "false", None)
    sign_off(replace(strict_desk, sign_off=SignOffRules(require=frozenset())), 1, "eve")

    with pytest.raises(NoLongerReadyError):
        publish(strict_desk, 1, "eve")

    sign_off(strict_desk, 1, "eve", despite="It is plain to see.")
    assert publish(strict_desk, 1, "eve").editorial is EditorialState.PUBLISHED


def test_only_reader_corrects_nothing_alone_where_a_second_person_is_asked_for(published_desk: Desk) -> None:
    asking = replace(published_desk, sign_off=SignOffRules(frozenset({Requirement.SECOND_PERSON})))

    with pytest.raises(ConflictError, match="'ann' alone has read claim 1, and 'true' takes a second person here"):
        correct(asking, 1, "true", "ann", "It was wet.")

    assert correct(asking, 1, "true", "eve", "It was wet.").verdict
