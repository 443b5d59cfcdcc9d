"""What is for colleagues alone leaves the desk in no form of a report, whatever state a claim is in."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.desk import Amendment, Concern, ConcernKind, Contact, Draft, EditorFlag, Note
from factcheck.domain.evidence import Evidence, Stance
from factcheck.domain.publisher import Publisher
from factcheck.domain.report import ReportScope
from factcheck.domain.review import ErrorType, Lease, QueuedClaim, Verdict
from factcheck.domain.sentence import Sentence, Span
from factcheck.domain.states import Act, Stage
from factcheck.export.formats import FORMATS
from factcheck.workflow.build_report import Newsroom, reported_articles

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FILED = FiledArticle(1, Article("The dam was built in 1931. It held. Nobody was hurt.", NOW))
PUBLISHER = Publisher("The Desk", "https://desk.example.org/", "https://desk.example.org/{id}")
PRIVATE = (
    "note", "note-writer", "verdict-note", "flag", "flag-writer", "second-asked", "lease-holder", "draft",
    "act-comment", "blind-reader", "blind-rationale", "blind-source", "blind-note", "blind-flag",
    "despite", "concern", "assignee", "speaker-setter",
)  # fmt: skip
"""Each is a mark, planted in the field of that name."""

DUE = date(2031, 1, 2)
CONCERNS = (Concern(ConcernKind.SOURCE_GONE, "concern-mark"), Concern(ConcernKind.ONE_PERSON))

ERROR = ErrorType.MISREAD_EVIDENCE
RECORDS = ("json", "jsonl")


class MarkedDesk:
    """A ledger and a queue in one, that give out all that they hold."""

    def __init__(self, claims: tuple[QueuedClaim, ...]) -> None:
        self._claims = claims

    def articles(self) -> Iterator[tuple[FiledArticle, dict[Any, int], int]]:
        yield FILED, {}, len(self._claims)

    def newest_places(self) -> dict[int, int]:
        return {}

    def article(self, article_id: int) -> FiledArticle:
        return replace(FILED, id=article_id)

    def filed(self, numbers: Iterable[int]) -> Iterator[FiledArticle]:
        return map(self.article, numbers)

    def sentences(self, article_id: int) -> tuple[Sentence, ...]:
        return (Sentence(article_id, Span(0, 26)),)

    def places(self, _: int) -> tuple[()]:
        return ()

    def find(self, *_: object) -> Iterator[QueuedClaim]:
        return iter(self._claims)

    def articles_of(self, *_: object) -> tuple[int, ...]:
        return tuple(sorted({one.article_id for one in self._claims}))

    def draft(self, claim_id: int, reviewer: str) -> Draft:
        return Draft(claim_id, reviewer, NOW, "draft-mark", "draft-mark", "draft-mark")


def marked(claim: QueuedClaim) -> QueuedClaim:
    """The claim with a mark in every field that is for colleagues alone, and in one that is for readers."""
    is_blind = claim.status.stage is Stage.SECOND
    reader = "blind-reader-mark" if is_blind else "ada"
    source = Evidence("https://a.example/blind-source-mark", Stance.REFUTES, NOW, added_by=reader)
    return replace(
        claim,
        lease=Lease("lease-holder-mark", NOW + timedelta(minutes=30)),
        notes=(
            Note("note-mark", "note-writer-mark", NOW),
            *([Note("blind-note-mark", reader, NOW)] if is_blind else []),
        ),
        flags=(
            EditorFlag("flag-mark", "flag-writer-mark", NOW),
            *([EditorFlag("blind-flag-mark", reader, NOW)] if is_blind else []),
        ),
        second_asked="second-asked-mark",
        attribution=Amendment("speaker-mark", "speaker-setter-mark", NOW),
        assigned_to="assignee-mark",
        due_on=DUE,
        contact=Contact(NOW.date(), "answer-mark", "asker-mark"),
        verdict=annotated(claim.verdict) if claim.verdict else None,
        readings=tuple(
            annotated(replace(one, reviewer=reader, rationale="blind-rationale-mark") if is_blind else one)
            for one in claim.readings
        ),
        evidence=(*claim.evidence, source) if is_blind else claim.evidence,
        editorial_acts=tuple(
            replace(
                one,
                comment="withdrawal-mark" if one.act is Act.WITHDRAWN else "act-comment-mark",
                despite="despite-mark",
                concerns=CONCERNS,
            )
            for one in claim.editorial_acts
        ),
        corrections=tuple(replace(one, was=annotated(one.was), now=annotated(one.now)) for one in claim.corrections),
    )


def annotated(verdict: Verdict) -> Verdict:
    return replace(verdict, note="verdict-note-mark", error_type=ERROR)


def written(claims: tuple[QueuedClaim, ...], form: str) -> str:
    desk: Any = MarkedDesk(tuple(map(marked, claims)))
    newsroom, scope = Newsroom(desk, desk, "1.2.3", publisher=PUBLISHER), ReportScope(drafts=True)
    return "".join(FORMATS[form].write(newsroom.masthead(scope), reported_articles(newsroom, scope)))


@pytest.mark.parametrize("form", FORMATS)
def test_words_to_colleagues_stay_inside(
    every_state: tuple[QueuedClaim, ...], stories: dict[str, QueuedClaim], form: str
) -> None:
    report = written((*every_state, *stories.values()), form)
    assert [one for one in PRIVATE if f"{one}-mark" in report] == []
    assert [one for one in (ERROR.value, str(DUE), *map(str, CONCERNS), "despite") if one in report] == []
    assert "leased" not in report
    assert "Partly so." in report


@pytest.mark.parametrize("form", [one for one in FORMATS if one not in {"claimreview", "averitec"}])
def test_words_to_readers_come_out(every_state: tuple[QueuedClaim, ...], form: str) -> None:
    report = written(every_state, form)
    assert "speaker-mark" in report or form == "annotated"
    assert ("withdrawal-mark" in report) is (form not in {"csv", "annotated"})
    assert ("answer-mark" in report) is (form != "annotated")
    assert ("asker-mark" in report) is (form in RECORDS)
