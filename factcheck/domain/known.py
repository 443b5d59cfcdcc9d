"""Checks that others have published, as they tell them in ClaimReview: suggestions, and no evidence by themselves."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class KnownRating:
    """What a publisher says of a claim, in its own words; `value` is a number on its scale, `on` the day of the check.

    The numbers stand as text, as they were written: no two publishers mean the same by them.
    """

    text: str | None = None
    value: str | None = None
    worst: str | None = None
    best: str | None = None
    on: date | None = None

    @property
    def told(self) -> str:
        """The rating in words, or else its number, with the ends of its scale where they are told."""
        if self.text or self.value is None:
            return self.text or ""
        ends = f" ({self.worst} to {self.best})" if self.worst is not None and self.best is not None else ""
        return f"{self.value}{ends}"

    @property
    def verdict(self) -> tuple[str | None, ...]:
        """What must differ for it to be another rating, and not the same one told on another day."""
        return self.text, self.value, self.worst, self.best


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim that somebody has checked: `url` is the page that says so, `claimant` who made the claim.

    `earlier` are the ratings that its publisher gave before, oldest first.
    """

    claim: str
    url: str
    rating: KnownRating
    publisher: str | None = None
    claimant: str | None = None
    claimed_on: date | None = None
    language: str | None = None
    earlier: tuple[KnownRating, ...] = ()

    @property
    def told(self) -> str:
        """Who says what of it, and when, in a line."""
        day = f", {self.rating.on}" if self.rating.on else ""
        return f"{self.publisher or 'somebody'}: {self.rating.told or 'no rating'}{day}"


@dataclass(frozen=True, slots=True)
class BadEntry:
    """What means to tell of a known claim and does not; `place` is where it stands, such as `line 3`."""

    place: str
    reason: str


Entry = KnownClaim | BadEntry


@dataclass(frozen=True, slots=True)
class KnownSource:
    """Where known claims came from: a file or an address, as it was named; `at` is the moment of its last import."""

    name: str
    at: datetime
    claims: int


@dataclass(frozen=True, slots=True)
class FoundKnown:
    """A known claim that shares words with what was asked; `likeness` weighs rare words more, from 0 to 1."""

    known: KnownClaim
    likeness: float


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of known claims that were to be kept: new ones, those with another rating, those that were there."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(self.new + other.new, self.changed + other.changed, self.same + other.same)
