"""A report: articles with their claims, verdicts and evidence, ready to be written out."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date
from enum import StrEnum

from factcheck.domain.article import FiledArticle
from factcheck.domain.publisher import Publisher
from factcheck.domain.rating import TRUTH_5, Label, RatingScale
from factcheck.domain.review import QueuedClaim, Verdict
from factcheck.domain.sentence import Sentence, SentenceState, count_states
from factcheck.domain.states import ASIDE, EditorialState

_UNSIGNED = frozenset({EditorialState.OPEN, EditorialState.REJECTED})


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
        """The claim's standing; a verdict is a draft until an editor has signed it off."""
        if claim.verdict is None:
            return cls.UNCHECKED
        if claim.editorial in _UNSIGNED:
            return cls.DRAFT
        return cls(claim.editorial.value)

    @property
    def is_reported(self) -> bool:
        """Whether a report holds the claim without being asked for drafts: an editor has signed it off."""
        return self not in {Standing.UNCHECKED, Standing.DRAFT}


def is_draft(claim: QueuedClaim) -> bool:
    """Whether the claim is nothing to publish yet: it has no verdict, or one that nobody has signed off."""
    return not Standing.of(claim).is_reported


@dataclass(frozen=True, slots=True)
class ReportScope:
    """What a report is asked for: one article, one claim, verdicts of some days (UTC), drafts as well."""

    article_id: int | None = None
    claim_id: int | None = None
    since: date | None = None
    until: date | None = None
    drafts: bool = False

    def holds(self, claim: QueuedClaim) -> bool:
        """Whether the claim is asked for."""
        if self.claim_id not in {None, claim.id}:
            return False
        return (self.drafts or Standing.of(claim).is_reported) and self._is_of_these_days(claim)

    def _is_of_these_days(self, claim: QueuedClaim) -> bool:
        if self.since is None and self.until is None:
            return True
        day = claim.verdict.decided_at.astimezone(UTC).date() if claim.verdict else None
        return day is not None and (self.since or day) <= day <= (self.until or day)


@dataclass(frozen=True, slots=True)
class ReportedArticle:
    """An article with its ledger and the claims of it that are reported, in reading order.

    `left_out` is how many further claims it makes.
    """

    filed: FiledArticle
    sentences: tuple[Sentence, ...]
    claims: tuple[QueuedClaim, ...]
    left_out: int = 0

    @property
    def checked(self) -> tuple[QueuedClaim, ...]:
        """The claims with a verdict."""
        return tuple(claim for claim in self.claims if claim.verdict)

    @property
    def waiting(self) -> tuple[QueuedClaim, ...]:
        """The claims without a verdict; those set aside, or no longer found by a later run, wait for none."""
        return tuple(
            claim for claim in self.claims if not claim.verdict and not claim.vanished_in and claim.status not in ASIDE
        )

    def verdict_counts(self) -> dict[str, int]:
        """How often each label holds, most frequent first; a withdrawn verdict holds no more."""
        labels = [
            claim.verdict.label
            for claim in self.claims
            if claim.verdict and Standing.of(claim) is not Standing.WITHDRAWN
        ]
        return {
            label: labels.count(label) for label in sorted(set(labels), key=lambda name: (-labels.count(name), name))
        }

    def ledger_counts(self) -> dict[SentenceState, int]:
        """How many sentences stand in each state, none left out."""
        return count_states(self.sentences)

    def words_around(self, claim: QueuedClaim) -> tuple[str, ...]:
        """The article's own sentences that the claim is anchored in, in reading order."""
        text = self.filed.article.text
        found = map(self._sentence, sorted(set(claim.claim.anchor.sentence_ids)))
        return tuple([one.span.cut(text) for one in found if one])

    def _sentence(self, position: int) -> Sentence | None:
        """The sentence at that position; they stand in order, and are looked up once for each claim of many."""
        at = bisect_left(self.sentences, position, key=lambda one: one.position)
        found = self.sentences[at : at + 1]
        return found[0] if found and found[0].position == position else None


@dataclass(frozen=True, slots=True)
class Masthead:
    """What every report says of itself, whatever its form."""

    tool_version: str
    scope: ReportScope = ReportScope()
    scales: tuple[RatingScale, ...] = (TRUTH_5,)
    publisher: Publisher | None = None

    @property
    def tool(self) -> str:
        """The program that wrote the report, with its version."""
        return f"factcheck-desk {self.tool_version}"

    def label_of(self, verdict: Verdict) -> Label | None:
        """What the verdict's label means on its scale; None for a scale that nobody kept."""
        for scale in self.scales:
            if (scale.id, scale.version) == (verdict.scale, verdict.scale_version):
                return next((label for label in scale.labels if label.id == verdict.label), None)
        return None

    def definition_of(self, verdict: Verdict) -> str:
        """What the verdict's label means, in a sentence; empty for a scale that nobody kept."""
        label = self.label_of(verdict)
        return label.definition if label else ""


@dataclass(frozen=True, slots=True)
class Report:
    """What the desk found out about one article or several."""

    masthead: Masthead
    articles: tuple[ReportedArticle, ...]

    @property
    def has_drafts(self) -> bool:
        """Whether any of its claims is nothing to publish yet."""
        return any(is_draft(claim) for article in self.articles for claim in article.claims)
