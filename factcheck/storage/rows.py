"""Between rows and the domain: the only place that knows both."""

import json
from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache, lru_cache
from itertools import starmap
from operator import attrgetter
from typing import Any, NamedTuple

import orjson
from sqlalchemy import CursorResult

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim, Doubt, Flag, InferredWord
from factcheck.domain.desk import Amendment, Contact, EditorFlag, EditorialAct, Note
from factcheck.domain.evidence import CheckOutcome, Evidence, EvidenceCheck, QuoteStatus, SourceKind, Stance
from factcheck.domain.review import (
    Confidence,
    Correction,
    ErrorType,
    ExtractionOrigin,
    Lease,
    QueuedClaim,
    Verdict,
)
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.domain.states import Act, ClaimStatus, EditorialState, ReadingRole
from factcheck.storage.making import maker

AnyRow = Any
"""A row by the names of its columns: SQLAlchemy's own, or one out of `fetched`."""

Corrected = tuple[AnyRow, AnyRow, AnyRow]
"""A correction, the verdict that it replaced, and the one that holds since."""

_LAST_KEY = 2**63 - 1

# By value: the enums' own look-up takes five times as long, and every claim needs several.
_sentence_state = cache(SentenceState)
_anchor_status = cache(AnchorStatus)
_claim_status = cache(ClaimStatus)
_editorial_state = cache(EditorialState)
_reading_role = cache(ReadingRole)
_stance = cache(Stance)
_quote_status = cache(QuoteStatus)

_STRONGEST_FIRST = (ReadingRole.CORRECTION, ReadingRole.ADJUDICATOR, ReadingRole.FIRST)

# A report of the whole desk makes all of these for each claim; the classes themselves would take a tenth of its time.
_make_claim = maker(Claim)
_make_anchor = maker(Anchor)
_make_sentence = maker(Sentence)
_make_queued_claim = maker(QueuedClaim)
_make_verdict = maker(Verdict)
_make_evidence = maker(Evidence)

_its_origin = attrgetter("run_id", "model", "prompt", "prompt_version", "prompt_hash", "recording", "recording_sha256")
_origin = lru_cache(maxsize=100)(ExtractionOrigin)
"""One for all claims of a run."""

_ledger_entry = lru_cache(maxsize=100)(LedgerEntry)
"""One for all sentences of which the same is to be said."""


def can_be_key(number: int) -> bool:
    """Whether a database can hold a row of that number; drivers refuse to ask for a larger one."""
    return 0 < number <= _LAST_KEY


def fetched(result: CursorResult[Any]) -> list[AnyRow]:
    """The rows as named tuples: SQLAlchemy's own take ten times as long for each name that they are asked for."""
    return list(map(_named(tuple(result.keys())), result.all()))


@cache
def _named(names: tuple[str, ...]) -> Callable[[Iterable[Any]], AnyRow]:
    row: Any = namedtuple("_Fetched", names)  # type: ignore[misc] # noqa: PYI024 - they are known as a query runs
    make: Callable[[Iterable[Any]], AnyRow] = row._make
    return make


def article_values(article: Article) -> dict[str, Any]:
    """The columns of an article."""
    return {
        "sha256": article.sha256,
        "text": article.text,
        "title": article.title,
        "url": article.url,
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "published": article.published,
        "language": article.language,
        "detected_language": article.detected_language,
        "retrieved_at": article.retrieved_at,
    }


def filed_article(row: AnyRow) -> FiledArticle:
    """An article out of its row."""
    article = Article(
        text=row.text,
        retrieved_at=row.retrieved_at,
        title=row.title,
        url=row.url,
        authors=tuple(json.loads(row.authors)),
        published=row.published,
        language=row.language,
        detected_language=row.detected_language,
    )
    return FiledArticle(row.id, article)


def sentence_values(article_id: int, sentence: Sentence) -> dict[str, Any]:
    """The columns of a sentence."""
    return {
        "article_id": article_id,
        "position": sentence.position,
        "start_offset": sentence.span.start,
        "end_offset": sentence.span.end,
        "is_heading": sentence.is_heading,
        **entry_values(sentence.entry),
    }


def entry_values(entry: LedgerEntry) -> dict[str, Any]:
    """The columns of a ledger entry."""
    return {"state": entry.state.value, "kind": entry.kind, "detail": entry.detail}


def sentence(row: AnyRow) -> Sentence:
    """A sentence out of its row."""
    return _make_sentence(row.position, Span(row.start_offset, row.end_offset), row.is_heading, entry(row), row.run_id)


def entry(row: AnyRow) -> LedgerEntry:
    """A ledger entry out of a row of a sentence or of a run's answers."""
    return _ledger_entry(_sentence_state(row.state), row.kind, row.detail)


def claim_values(claim: Claim, article: FiledArticle, run_id: int) -> dict[str, Any]:
    """The columns of a fresh claim."""
    return {
        "uid": claim.uid(article.article.sha256),
        "article_id": article.id,
        "run_id": run_id,
        "text": claim.text,
        "quote": claim.quote,
        "anchor": claim.anchor.status.value,
        "segments": json.dumps(_pairs(claim.anchor)),
        "sentence_ids": json.dumps(claim.anchor.sentence_ids),
        "first_sentence": claim.anchor.sentence_ids[0] if claim.anchor.sentence_ids else None,
        "also": anchors_text(claim.also),
        "wording": claim.wording,
        "speaker": claim.speaker,
        "check_worthiness": claim.check_worthiness,
        "reason": claim.reason,
        "inferred": json.dumps([[one.word, one.sentence_id] for one in claim.inferred], ensure_ascii=False),
        "flags": json.dumps([[one.flag.value, one.reason] for one in claim.doubts], ensure_ascii=False),
        "status": ClaimStatus.QUEUED.value,
        "skips": 0,
    }


def claim(row: AnyRow) -> Claim:
    """A claim out of its row."""
    return _make_claim(
        text=row.text,
        quote=row.quote,
        anchor=_make_anchor(_anchor_status(row.anchor), _spans(row.segments), _positions(row.sentence_ids)),
        check_worthiness=row.check_worthiness,
        reason=row.reason,
        speaker=row.speaker,
        inferred=tuple([InferredWord(word, place) for word, place in _items(row.inferred)]),
        doubts=tuple(map(_doubt, _items(row.flags))),
        also=tuple([_anchor(*one) for one in _items(row.also)]),
    )


def anchors_text(anchors: Iterable[Anchor]) -> str:
    """Anchors as the JSON of a column: status, segments, sentences of each."""
    return json.dumps([[one.status, _pairs(one), one.sentence_ids] for one in anchors])


def _anchor(status: str, segments: list[list[int]], sentence_ids: list[int]) -> Anchor:
    return Anchor(_anchor_status(status), tuple(Span(start, end) for start, end in segments), tuple(sentence_ids))


def _spans(text: str) -> tuple[Span, ...]:
    return tuple([Span(start, end) for start, end in _items(text)])


@lru_cache(maxsize=1_000)
def _positions(text: str) -> tuple[int, ...]:
    """Positions of sentences; most claims stand in one, and many articles have one of that position."""
    return tuple(_items(text))


def _pairs(anchor: Anchor) -> list[list[int]]:
    return [[one.start, one.end] for one in anchor.segments]


def _doubt(stored: str | list[str]) -> Doubt:
    """A flag with its reason; until reasons were kept, a flag was stored by its name alone."""
    name, reason = (stored, "") if isinstance(stored, str) else stored
    return Doubt(Flag(name), reason)


def _items(text: str) -> list[Any]:
    """A JSON list; most are empty, and need no parser."""
    return list(orjson.loads(text)) if text != "[]" else []


class Said(NamedTuple):
    """The rows about one claim: standing verdicts, evidence, notes, the editor's acts, corrections."""

    verdicts: Sequence[AnyRow] = ()
    evidence: Sequence[AnyRow] = ()
    notes: Sequence[AnyRow] = ()
    acts: Sequence[AnyRow] = ()
    corrections: Sequence[Corrected] = ()


def queued_claim(row: AnyRow, said: Said, now: datetime) -> QueuedClaim:
    """A claim with its review, out of its row joined with its run's.

    A lease that has run out is none, and its claim waits again.
    """
    lease = Lease(row.leased_by, row.leased_until) if row.leased_by else None
    is_live = lease is not None and lease.is_live(now)
    status = _claim_status(row.status)
    readings = tuple(map(verdict_of, said.verdicts))
    return _make_queued_claim(
        id=row.id,
        uid=row.uid,
        article_id=row.article_id,
        claim=claim(row),
        status=status.stage.waiting if status.stage and not is_live else status,
        origin=_origin(*_its_origin(row)),
        lease=lease if is_live else None,
        verdict=_holding(readings) if status.is_settled else None,
        evidence=tuple(map(evidence_of, said.evidence)),
        vanished_in=row.vanished_in,
        editorial=_editorial_state(row.editorial),
        readings=readings,
        notes=tuple(map(_note, said.notes)),
        editorial_acts=tuple(map(_editorial_act, said.acts)),
        corrections=tuple(starmap(_correction, said.corrections)),
        second_asked=row.second_asked,
        amendment=Amendment(row.amended_text, row.amended_by, row.amended_at) if row.amended_text else None,
        aside=row.aside,
        duplicate_of=row.duplicate_of,
        split_from=row.split_from,
        flag=EditorFlag(row.flag_reason, row.flag_by, row.flag_at) if row.flag_by else None,
        contact=Contact(row.asked_on, row.answer, row.asked_by) if row.asked_on else None,
    )


def _note(row: AnyRow) -> Note:
    return Note(row.text, row.reviewer, row.at)


def _editorial_act(row: AnyRow) -> EditorialAct:
    return EditorialAct(Act(row.act), row.editor, row.at, row.comment)


def _holding(readings: Sequence[Verdict]) -> Verdict | None:
    """The verdict that counts: a correction before an adjudication before a first reading."""
    for role in _STRONGEST_FIRST:
        for one in readings:
            if one.role is role:
                return one
    return None


def _correction(row: AnyRow, was: AnyRow, now: AnyRow) -> Correction:
    return Correction(row.at, row.editor, verdict_of(was), verdict_of(now), row.reason)


def verdict_of(row: AnyRow) -> Verdict:
    """A verdict out of its row."""
    return _make_verdict(
        label=row.label,
        scale=row.scale,
        scale_version=row.scale_version,
        reviewer=row.reviewer,
        decided_at=row.decided_at,
        rationale=row.rationale,
        role=_reading_role(row.role),
        known_as_of=row.known_as_of,
        confidence=Confidence(row.confidence) if row.confidence else None,
        note=row.note,
        error_type=ErrorType(row.error_type) if row.error_type else None,
    )


def verdict_values(claim_id: int, verdict: Verdict) -> dict[str, Any]:
    """The columns of a verdict."""
    return {
        "claim_id": claim_id,
        "label": verdict.label,
        "scale": verdict.scale,
        "scale_version": verdict.scale_version,
        "reviewer": verdict.reviewer,
        "rationale": verdict.rationale,
        "decided_at": verdict.decided_at,
        "role": verdict.role.value,
        "known_as_of": verdict.known_as_of,
        "confidence": verdict.confidence,
        "note": verdict.note,
        "error_type": verdict.error_type,
    }


def told_verdict(verdict: Verdict) -> dict[str, Any]:
    """A verdict as an event tells it."""
    return {
        "label": verdict.label,
        "scale": verdict.scale,
        "scale_version": verdict.scale_version,
        "role": verdict.role.value,
        "rationale": verdict.rationale,
        "known_as_of": verdict.known_as_of.isoformat() if verdict.known_as_of else None,
        "confidence": verdict.confidence,
        "note": verdict.note,
        "error_type": verdict.error_type,
    }


def next_role(claim: QueuedClaim) -> ReadingRole:
    """The role of the claim's next reader."""
    stage = claim.status.stage
    return stage.role if stage else ReadingRole.CORRECTION


def amendment_values(amendment: Amendment | None) -> dict[str, Any]:
    """The columns of a claim's other wording."""
    return {
        "amended_text": amendment.text if amendment else None,
        "amended_by": amendment.reviewer if amendment else None,
        "amended_at": amendment.at if amendment else None,
    }


def told_amendment(amendment: Amendment | None) -> dict[str, str] | None:
    """Another wording as an event tells it."""
    if amendment is None:
        return None
    return {"text": amendment.text, "reviewer": amendment.reviewer, "at": amendment.at.isoformat()}


def amendment_told(told: dict[str, str] | None) -> Amendment | None:
    """Another wording out of an event."""
    return Amendment(told["text"], told["reviewer"], datetime.fromisoformat(told["at"])) if told else None


def evidence_of(row: AnyRow) -> Evidence:
    """A piece of evidence out of its row, joined with the row of its last check."""
    return _make_evidence(
        url=row.url,
        stance=_stance(row.stance),
        added_at=row.added_at,
        quote=row.quote,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        added_by=row.added_by,
        id=row.id,
        description=row.description,
        locator=row.locator,
        kind=SourceKind(row.kind) if row.kind else None,
        anonymous=row.anonymous,
        file_name=row.file_name,
        media_type=row.media_type,
        sha256=row.sha256,
        retrieved_at=row.retrieved_at,
        canonical_url=row.canonical_url,
        archive_url=row.archive_url,
        quote_status=_quote_status(row.quote_status),
        last_check=_check_of(row) if row.check_at else None,
    )


def _check_of(row: AnyRow) -> EvidenceCheck:
    return EvidenceCheck(
        at=row.check_at,
        outcome=CheckOutcome(row.check_outcome),
        quote_status=_quote_status(row.check_quote_status),
        sha256=row.check_sha256,
        url=row.check_url,
        status=row.check_status,
        headers=json.loads(row.check_headers),
        detail=row.check_detail,
        checked_by=row.check_checked_by,
    )


def grouped(rows: Iterable[AnyRow], key: str) -> dict[int, list[AnyRow]]:
    """Rows by the number in one of their columns."""
    groups: dict[int, list[AnyRow]] = {}
    for row in rows:
        groups.setdefault(getattr(row, key), []).append(row)
    return groups
