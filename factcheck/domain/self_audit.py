"""A desk looking at itself: what the principles of the International Fact-Checking Network ask about, counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from factcheck.domain.evidence import SourceKind, Stance
from factcheck.domain.reported_claim import Standing
from factcheck.domain.review import QueuedClaim


def lacks_primary_source(claim: QueuedClaim) -> bool:
    """Whether it has evidence, and none of it is marked as primary."""
    return bool(claim.evidence) and not any(one.kind is SourceKind.PRIMARY for one in claim.evidence)


QUESTIONS: Mapping[str, Callable[[QueuedClaim], bool]] = {
    # Several addresses of one page are one source.
    "few_named_sources": lambda claim: len({one.source_key for one in claim.evidence if not one.anonymous}) <= 1,
    "no_primary_source": lacks_primary_source,
    # Context takes no side.
    "one_sided_evidence": lambda claim: len({one.stance for one in claim.evidence} - {Stance.CONTEXT}) == 1,
    "claimant_not_asked": lambda claim: claim.contact is None,
    "anonymous_source": lambda claim: any(one.anonymous for one in claim.evidence),
    "corrected": lambda claim: bool(claim.corrections),
    "withdrawn": lambda claim: Standing.of(claim) is Standing.WITHDRAWN,
}
"""What is asked about each verdict, by the name that data has for it."""


@dataclass(frozen=True, slots=True)
class SelfAudit:
    """The answers over many claims: of how many verdicts, which of them each question is true of, and of whom.

    `targets` counts the labels given to each speaker's claims; None is for claims that name no speaker.
    """

    verdicts: int
    found: Mapping[str, Sequence[int]]
    targets: Mapping[str | None, Counter[str]]

    @classmethod
    def of(cls, claims: Iterable[QueuedClaim]) -> "SelfAudit":
        """The audit of those claims that have a verdict, published or not."""
        found: dict[str, list[int]] = {name: [] for name in QUESTIONS}
        targets: dict[str | None, Counter[str]] = {}
        for claim in claims:
            if claim.verdict is None:
                continue
            targets.setdefault(claim.speaker, Counter())[claim.verdict.label] += 1
            for name, is_true in QUESTIONS.items():
                if is_true(claim):
                    found[name].append(claim.id)
        return cls(sum(labels.total() for labels in targets.values()), found, targets)

    def targets_by_number(self) -> list[tuple[str | None, Counter[str]]]:
        """The speakers, those whose claims were checked most often first."""
        return sorted(self.targets.items(), key=lambda one: (-one[1].total(), one[0] or ""))
