"""When a second reading is asked for: by label, by flag, and for a sample of all claims."""

from dataclasses import dataclass

from factcheck.domain.claim import Flag
from factcheck.domain.review import QueuedClaim

_HEX_DIGITS = 8
_DRAWS = 0x1_0000_0000


@dataclass(frozen=True, slots=True)
class SecondReadingRules:
    """Which first readings need another. `sample` is a share of all claims, from 0 to 1.

    The sample is drawn by the claim's uid: the same claim is always in it, or never.
    """

    labels: frozenset[str] = frozenset()
    flags: frozenset[Flag] = frozenset()
    editor_flag: bool = False
    sample: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.sample <= 1:
            message = f"a sample is a share from 0 to 1, got {self.sample!r}"
            raise ValueError(message)

    def reason_for(self, claim: QueuedClaim, label: str) -> str | None:
        """Why the claim needs a second reading after a first one with this label; None if it needs none."""
        if label in self.labels:
            return f"label {label}"
        for flag in claim.claim.flags:
            if flag in self.flags:
                return f"flag {flag.value}"
        if self.editor_flag and claim.flag:
            return "editor's flag"
        return "sample" if _share(claim.uid) < self.sample else None


def _share(uid: str) -> float:
    """Where the uid, which is a hash, falls between 0 and 1."""
    return int(uid[:_HEX_DIGITS], 16) / _DRAWS
