"""A report: articles with their claims, verdicts and evidence, ready to be written out."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date

from factcheck.domain.article import FiledArticle
from factcheck.domain.page import PLAIN, PageLook
from factcheck.domain.publisher import Publisher
from factcheck.domain.rating import TRUTH_5, Label, RatingScale
from factcheck.domain.reported_claim import ReportedClaim, ReportedVerdict, Standing
from factcheck.domain.review import QueuedClaim
from factcheck.domain.sentence import Sentence, SentenceState, count_states
from factcheck.domain.states import ASIDE
from factcheck.errors import InputError


@dataclass(frozen=True, slots=True)
class ReportScope:
    """What a report is asked for: one article, some claims, verdicts of some days (UTC), drafts as well.

    No claim named means any. Raises InputError for days that end before they begin.
    """

    article_id: int | None = None
    claim_ids: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    drafts: bool = False

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise InputError(f"the first day of the report, {self.since}, is after its last, {self.until}")

    def holds(self, claim: QueuedClaim) -> bool:
        """Whether the claim is asked for."""
        if self.claim_ids and claim.id not in self.claim_ids:
            return False
        if not (self.drafts or Standing.of(claim).is_reported):
            return False
        if self.since is None and self.until is None:
            return True
        day = claim.decided.decided_at.astimezone(UTC).date() if claim.decided else None
        return day is not None and (self.since or day) <= day <= (self.until or day)


@dataclass(frozen=True, slots=True)
class ReportedArticle:
    """An article with its ledger and its reported claims in reading order; `left_out` counts its further claims."""

    filed: FiledArticle
    sentences: tuple[Sentence, ...]
    claims: tuple[ReportedClaim, ...]
    left_out: int = 0

    @property
    def checked(self) -> tuple[ReportedClaim, ...]:
        """The claims with a verdict."""
        return tuple(claim for claim in self.claims if claim.verdict)

    @property
    def waiting(self) -> tuple[ReportedClaim, ...]:
        """The claims without a verdict; those set aside, or no longer found by a later run, wait for none."""
        return tuple(
            claim for claim in self.claims if not claim.verdict and not claim.vanished_in and claim.status not in ASIDE
        )

    def verdict_counts(self) -> dict[str, int]:
        """How often each label holds, most frequent first; a withdrawn verdict holds no more."""
        counts = Counter(
            one.verdict.label for one in self.checked if one.verdict and one.standing is not Standing.WITHDRAWN
        )
        return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))

    def ledger_counts(self) -> dict[SentenceState, int]:
        """How many sentences stand in each state, none left out."""
        return count_states(self.sentences)


@dataclass(frozen=True, slots=True)
class Masthead:
    """What every report says of itself, whatever its form."""

    tool_version: str
    scope: ReportScope = ReportScope()
    scales: tuple[RatingScale, ...] = (TRUTH_5,)
    publisher: Publisher | None = None
    look: PageLook = PLAIN

    @property
    def tool(self) -> str:
        """The program that wrote the report, with its version."""
        return f"factcheck-desk {self.tool_version}"

    def label_of(self, verdict: ReportedVerdict) -> Label | None:
        """What the verdict's label means on its scale; None for a scale that nobody kept."""
        for scale in self.scales:
            if (scale.id, scale.version) == (verdict.scale, verdict.scale_version):
                return next((label for label in scale.labels if label.id == verdict.label), None)
        return None

    def definition_of(self, verdict: ReportedVerdict) -> str:
        """What the verdict's label means, in a sentence; empty for a scale that nobody kept."""
        label = self.label_of(verdict)
        return label.definition if label else ""


@dataclass(frozen=True, slots=True)
class Report:
    """What the desk found out about one article or several."""

    masthead: Masthead
    articles: tuple[ReportedArticle, ...]
