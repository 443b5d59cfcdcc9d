"""A report: articles with their claims, verdicts and evidence, ready to be written out."""

from dataclasses import dataclass

from factcheck.domain.article import FiledArticle
from factcheck.domain.review import QueuedClaim, Verdict
from factcheck.domain.sentence import Sentence, SentenceState, count_states
from factcheck.domain.states import ASIDE


@dataclass(frozen=True, slots=True)
class ReportedArticle:
    """An article with its ledger and the claims that it makes, in reading order."""

    filed: FiledArticle
    sentences: tuple[Sentence, ...]
    claims: tuple[QueuedClaim, ...]

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
        """How often each label was given, most frequent first."""
        labels = [_label(claim.verdict) for claim in self.claims if claim.verdict]
        return {
            label: labels.count(label) for label in sorted(set(labels), key=lambda name: (-labels.count(name), name))
        }

    def ledger_counts(self) -> dict[SentenceState, int]:
        """How many sentences stand in each state, none left out."""
        return count_states(self.sentences)

    def words_around(self, claim: QueuedClaim) -> tuple[str, ...]:
        """The article's own sentences that the claim is anchored in, in reading order."""
        wanted = set(claim.claim.anchor.sentence_ids)
        text = self.filed.article.text
        return tuple(one.span.cut(text) for one in self.sentences if one.position in wanted)


@dataclass(frozen=True, slots=True)
class Report:
    """What the desk found out about one article or all of them, at one moment."""

    articles: tuple[ReportedArticle, ...]
    tool_version: str


def _label(verdict: Verdict) -> str:
    return verdict.label
