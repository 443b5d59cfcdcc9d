"""That a claim says nearly what an earlier one said: how nearly, in what they agree, and what sets them apart."""

from dataclasses import dataclass
from enum import StrEnum

from factcheck.domain.review import QueuedClaim, Verdict

_SURELY, _PROBABLY = 0.75, 0.5


class Apart(StrEnum):
    """What may make another claim of one in like words."""

    NUMBERS = "numbers"
    DENIAL = "denial"
    QUANTIFIER = "quantifier"
    HEDGE = "hedge"
    DIRECTION = "direction"
    OFFICE = "office"
    DATE = "date"
    PLACE = "place"
    NAMES = "names"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Contrast:
    """One thing that sets two claims apart: the words of either, empty where it has none."""

    kind: Apart
    here: str
    there: str

    def __str__(self) -> str:
        here, there = (f"“{said}”" if said else "none" for said in (self.here, self.there))
        return f"{self.kind.value}: {here} here, {there} there"


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike a claim (here) and an earlier one (there) are. It suggests; no verdict and no evidence follows from it.

    `score` goes from 0 to 1. `words`, `names` and `numbers` stand in both, the rarest first, as they are written here.
    `apart` is what sets the two apart, the weightiest first; empty where nothing was found that does.
    """

    score: float
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    apart: tuple[Contrast, ...] = ()

    @property
    def in_words(self) -> str:
        """The score as a person would say it."""
        if self.score >= _SURELY:
            return "very alike"
        return "alike" if self.score >= _PROBABLY else "may be alike"

    @property
    def shared(self) -> tuple[str, ...]:
        """All that both have, each once: names, numbers, other words."""
        return tuple(dict.fromkeys((*self.names, *self.numbers, *self.words)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier claim that an index found. `strength` is by words, above 0; `nearness` by vectors, None without."""

    number: int
    text: str
    strength: float
    nearness: float | None = None


@dataclass(frozen=True, slots=True)
class PastClaim:
    """An earlier claim with the verdict that stands on it, and how alike it is; `is_old` by the desk's rule."""

    claim: QueuedClaim
    verdict: Verdict
    alike: Alike
    is_old: bool
