"""When a second reading is asked for: by label, by flag, and for a sample of all claims."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from factcheck.domain.claim import Flag
from factcheck.domain.rating import RatingScale, label_id
from factcheck.domain.review import QueuedClaim
from factcheck.errors import ForeignLabelError


@dataclass(frozen=True, slots=True)
class SecondReadingRules:
    """Which first readings need another. `sample` is a share, 0 to 1: a claim is always in it, or never."""

    labels: frozenset[str] = frozenset()
    flags: frozenset[Flag] = frozenset()
    editor_flag: bool = False
    sample: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.sample <= 1:
            raise ValueError(f"a sample is a share from 0 to 1, got {self.sample!r}")

    def in_labels_of(self, scales: Iterable[RatingScale]) -> Self:
        """The rules with each label as its scale writes it. Raises ForeignLabelError for one that no scale has."""
        known = list(scales)
        found = set()
        for name in self.labels:
            wanted = label_id(name)
            if all(label.id != wanted for scale in known for label in scale.labels):
                raise ForeignLabelError(name, {label.id: None for scale in known for label in scale.labels})
            found.add(wanted)
        return replace(self, labels=frozenset(found))

    def reason_for(self, claim: QueuedClaim, label: str) -> str | None:
        """Why the claim needs a second reading after a first one with this label; None if it needs none."""
        if label in self.labels:
            return f"label {label}"
        for flag in claim.claim.flags:
            if flag in self.flags:
                return f"flag {flag.value}"
        if self.editor_flag and claim.flags:
            return "editor's flag"
        # The uid is a hash: its first 8 hex digits fall anywhere between 0 and 1, each time at the same place.
        return "sample" if int(claim.uid[:8], 16) / 16**8 < self.sample else None
