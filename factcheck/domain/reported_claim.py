"""One reported claim: the allow-list of what may leave the desk. Every form of a report is made from nothing else.

Parts in which nothing is private are the desk's own: an amendment, a contact, a run, a look at a source. Should one
of them get a field more, the JSON Schema of reports, which allows no other properties, asks whether it may go out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from factcheck.domain.claim import AnchorStatus, Doubt, Flag, InferredWord
from factcheck.domain.desk import Addition, Amendment, Contact
from factcheck.domain.evidence import Evidence, EvidenceCheck, QuoteStatus, SourceKind, Stance
from factcheck.domain.fields import field_names
from factcheck.domain.review import Confidence, ExtractionOrigin, QueuedClaim
from factcheck.domain.sentence import Span
from factcheck.domain.states import UNSIGNED, Act, ClaimStatus, EditorialState, ReadingRole
from factcheck.domain.when import When


class Standing(StrEnum):
    """How far a claim has come on its way to readers."""

    UNCHECKED = "unchecked"
    DRAFT = "draft"
    SIGNED_OFF = "signed_off"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"

    @classmethod
    def of(cls, claim: QueuedClaim) -> "Standing":
        """The claim's standing; a verdict is a draft until an editor has signed it off as it is now."""
        if claim.verdict is None:
            return cls.UNCHECKED
        if claim.editorial in UNSIGNED or claim.is_stale:
            return cls.DRAFT
        return cls(claim.editorial.value)

    @property
    def is_reported(self) -> bool:
        """Whether a report holds the claim without being asked for drafts: an editor has signed it off."""
        return self not in {Standing.UNCHECKED, Standing.DRAFT}


@dataclass(frozen=True, slots=True)
class _Part:
    """Something that may leave the desk. Its fields are an allow-list: what has no field here stays inside."""

    @classmethod
    def of(cls, inside: object, **shown: object) -> Self:
        """What this kind has fields for: out of the desk's own, by name, but for what is given as `shown`."""
        return cls(**{name: getattr(inside, name) for name in field_names(cls) if name not in shown}, **shown)


@dataclass(frozen=True, slots=True)
class ReportedVerdict(_Part):
    """A verdict without the reader's note and without what the adjudicator thinks of the readers."""

    label: str
    scale: str
    scale_version: int
    reviewer: str
    rationale: str | None
    decided_at: datetime
    role: ReadingRole
    known_as_of: date | None
    confidence: Confidence | None


@dataclass(frozen=True, slots=True)
class ReportedSource(_Part):
    """A piece of evidence; `source` is alike for all addresses of one page."""

    id: int | None
    url: str | None
    description: str | None
    file: str | None
    stance: Stance
    quote: str | None
    quote_status: QuoteStatus
    locator: str | None
    kind: SourceKind | None
    anonymous: bool
    title: str | None
    publisher: str | None
    published: str | None
    retrieved_at: datetime | None
    media_type: str | None
    sha256: str | None
    canonical_url: str | None
    archive_url: str | None
    source: str
    blocks_sign_off: bool
    added_by: str | None
    added_at: datetime
    last_check: EvidenceCheck | None

    @classmethod
    def of_evidence(cls, one: Evidence) -> Self:
        """The source as readers may see it."""
        return cls.of(one, file=one.file_name, source=one.source_key)

    @property
    def name(self) -> str:
        """What to call the source in front of people: its address, its description, or its file."""
        return self.url or self.description or self.file or ""


@dataclass(frozen=True, slots=True)
class ReportedCorrection(_Part):
    """A change of a published verdict, and why."""

    at: datetime
    editor: str
    was: ReportedVerdict
    now: ReportedVerdict
    reason: str
    is_typo: bool
    words_were: str | None

    @property
    def labels(self) -> tuple[str, str]:
        """What the verdict was and is; with the scales where the labels alone are the same."""
        was, now = self.was, self.now
        if was.label != now.label:
            return was.label, now.label
        return f"{was.label} ({was.scale})", f"{now.label} ({now.scale})"


@dataclass(frozen=True, slots=True)
class ReportedAct(_Part):
    """What an editor did. Only why a verdict was withdrawn is for readers; other comments are for colleagues."""

    act: Act
    editor: str
    at: datetime
    comment: str | None


@dataclass(frozen=True, slots=True)
class ReportedPlace(_Part):
    """A place where the article says what the claim says, and how well its words were found there."""

    segments: tuple[Span, ...]
    anchor: AnchorStatus
    sentence_ids: tuple[int, ...]


class Contribution(StrEnum):
    """What somebody has done for a verdict, as people say it with the name behind it."""

    FIRST_READER = "first_reader"
    SECOND_READER = "second_reader"
    ADJUDICATOR = "adjudicator"
    AMENDED = "amended"
    SIGNED_OFF = "signed_off"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    TYPO_CORRECTED = "typo_corrected"
    WITHDRAWN = "withdrawn"

    @property
    def is_reading(self) -> bool:
        """Whether it is a reader's part: all else is the editor's."""
        return self in {Contribution.FIRST_READER, Contribution.SECOND_READER, Contribution.ADJUDICATOR}


@dataclass(frozen=True, slots=True)
class Credit:
    """Who has done what for the verdict."""

    name: str
    part: Contribution
    at: datetime

    def __str__(self) -> str:
        told = self.part.value.replace("_", " ")
        return f"{told} {self.name}" if self.part.is_reading else f"{told} by {self.name}"


@dataclass(frozen=True, slots=True)
class ReportedClaim(_Part):
    """A claim as readers may see it: all that any form of a report is made from.

    The fields are those of its published record, in its order. `text` is the claim as extracted,
    `words` as it is judged, `context` the article's own sentences around it.
    """

    id: int
    uid: str
    article_id: int
    text: str
    quote: str
    segments: tuple[Span, ...]
    anchor: AnchorStatus
    sentence_ids: tuple[int, ...]
    also: tuple[ReportedPlace, ...]
    speaker: str | None
    when: When | None
    locator: str | None
    check_worthiness: float
    check_worthiness_reason: str
    inferred: tuple[InferredWord, ...]
    flags: tuple[Flag, ...]
    flag_reasons: Mapping[str, str]
    status: ClaimStatus
    vanished_in: int | None
    verdict: ReportedVerdict | None
    readings: tuple[ReportedVerdict, ...]
    editorial: EditorialState
    words: str
    amendment: Amendment | None
    aside: str | None
    duplicate_of: int | None
    split_from: int | None
    contact: Contact | None
    editorial_acts: tuple[ReportedAct, ...]
    corrections: tuple[ReportedCorrection, ...]
    evidence: tuple[ReportedSource, ...]
    run: ExtractionOrigin | None
    added: Addition | None
    credits: tuple[Credit, ...]
    standing: Standing
    context: tuple[str, ...]

    @property
    def is_draft(self) -> bool:
        """Whether the claim is nothing to publish yet: it has no verdict, or one that nobody has signed off."""
        return not self.standing.is_reported

    @property
    def places(self) -> tuple[ReportedPlace, ...]:
        """All places of the article that make the claim, the one that it was extracted from first."""
        return ReportedPlace(self.segments, self.anchor, self.sentence_ids), *self.also

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What the machine doubts, each with its reason."""
        return tuple(Doubt(one, self.flag_reasons.get(one.value, "")) for one in self.flags)

    @property
    def amended(self) -> tuple[ReportedVerdict, ReportedVerdict] | None:
        """The editor's verdict that was put in place of the readers' at sign-off, after the one that held till then."""
        # A corrected verdict stands among the readings no more, but beside its correction.
        given = {one.role: one for one in (*self.readings, *(one.was for one in self.corrections))}
        read = given.get(ReadingRole.ADJUDICATOR) or given.get(ReadingRole.FIRST)
        return (read, given[ReadingRole.EDITOR]) if read and ReadingRole.EDITOR in given else None

    @property
    def why(self) -> str:
        """Why readers are told what they are told: the reason of a withdrawal, else that of the verdict, if any."""
        if self.withdrawal:
            return self.withdrawal.comment or ""
        return (self.verdict.rationale if self.verdict else None) or ""

    @property
    def withdrawal(self) -> ReportedAct | None:
        """The editor's withdrawal of the verdict, if there was one."""
        return next((one for one in self.editorial_acts if one.act is Act.WITHDRAWN), None)


def reported_claim(queued: QueuedClaim, sentences: Mapping[int, str]) -> ReportedClaim:
    """The one way out of the desk; `sentences` are the words of the article's, by position.

    Leases do not count in a report, and while a second reading is out it stays blind.
    """
    seen, claim, stage = queued.seen_by(None), queued.claim, queued.status.stage
    around = sorted(set(claim.anchor.sentence_ids))
    return ReportedClaim.of(
        seen,
        text=claim.text,
        quote=claim.quote,
        segments=claim.anchor.segments,
        anchor=claim.anchor.status,
        sentence_ids=claim.anchor.sentence_ids,
        speaker=seen.speaker,
        locator=claim.locator,
        check_worthiness=claim.check_worthiness,
        inferred=claim.inferred,
        flags=claim.flags,
        also=tuple(ReportedPlace.of(one, anchor=one.status) for one in claim.also),
        check_worthiness_reason=claim.reason,
        flag_reasons={one.flag.value: one.reason for one in claim.doubts if one.reason},
        status=stage.waiting if stage else queued.status,  # a claim that is held waits, for those outside
        verdict=ReportedVerdict.of(seen.decided) if seen.decided else None,
        readings=tuple(map(ReportedVerdict.of, seen.readings)),
        editorial_acts=tuple(
            ReportedAct.of(one, comment=one.comment if one.act is Act.WITHDRAWN else None)
            for one in seen.editorial_acts
        ),
        corrections=tuple(
            ReportedCorrection.of(one, was=ReportedVerdict.of(one.was), now=ReportedVerdict.of(one.now))
            for one in seen.corrections
        ),
        evidence=tuple(map(ReportedSource.of_evidence, seen.evidence)),
        run=seen.origin,
        credits=tuple(_credits(seen)),
        standing=Standing.of(seen),
        context=tuple(sentences[one] for one in around if one in sentences),
    )


_READINGS = {
    ReadingRole.FIRST: Contribution.FIRST_READER,
    ReadingRole.SECOND: Contribution.SECOND_READER,
    ReadingRole.ADJUDICATOR: Contribution.ADJUDICATOR,
    ReadingRole.EDITOR: Contribution.AMENDED,
}
_ACTS = {
    Act.SIGNED_OFF: Contribution.SIGNED_OFF,
    Act.PUBLISHED: Contribution.PUBLISHED,
    Act.WITHDRAWN: Contribution.WITHDRAWN,
}


def _credits(claim: QueuedClaim) -> Iterator[Credit]:
    """Everybody behind the verdict, in the order of what they did; nobody while it is not settled."""
    if claim.verdict is None:
        return
    # A correction takes its verdict's place among the readings, so that its reader is found beside the correction.
    given = dict.fromkeys((*(one.was for one in claim.corrections), *claim.readings, claim.verdict))
    found = [Credit(one.reviewer, _READINGS[one.role], one.decided_at) for one in given if one.role in _READINGS]
    # What was signed off before a rejection is not what readers see.
    rejected = max((at for at, one in enumerate(claim.editorial_acts) if one.act is Act.REJECTED), default=-1)
    acts = claim.editorial_acts[rejected + 1 :]
    found += [Credit(one.editor, _ACTS[one.act], one.at) for one in acts if one.act in _ACTS]
    for one in claim.corrections:
        found.append(Credit(one.editor, Contribution.TYPO_CORRECTED if one.is_typo else Contribution.CORRECTED, one.at))
    yield from sorted(found, key=lambda one: one.at)
