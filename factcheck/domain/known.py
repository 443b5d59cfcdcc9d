"""Checks that others have published, as they tell them in ClaimReview: suggestions, and no evidence by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

_MOST_TOLD = 21
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class KnownRating:
    """What a publisher says of a claim, in its own words; `value` is a number on its scale, `on` the day of the check.

    The numbers stand as text, as they were written: no two publishers mean the same by them. `sources` are those from
    which the desk has it, none for what is not kept.
    """

    text: str | None = None
    value: str | None = None
    worst: str | None = None
    best: str | None = None
    on: date | None = None
    sources: tuple[str, ...] = ()

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

    @property
    def in_full(self) -> str:
        """The rating, its day, and from where the desk has it."""
        day = f", {self.on}" if self.on else ""
        more = f" and {len(self.sources) - _MOST_NAMED} more" if len(self.sources) > _MOST_NAMED else ""
        told_by = f", from {', '.join(self.sources[:_MOST_NAMED])}{more}" if self.sources else ""
        return f"{self.told or 'no rating'}{day}{told_by}"


def succession(told: Sequence[KnownRating], one: KnownRating, today: date) -> tuple[KnownRating, ...]:
    """One publisher's ratings of a claim, oldest first, with one that was learnt after them; the last stands.

    Days order them. A day after today is none, and where a rating has none, what was learnt last is the last.
    """
    if not told:
        return (one,)
    last = told[-1]
    if one.verdict == last.verdict:
        later = _day(last, today) is None or _is_before(last, one, today)
        on = one.on if later and _day(one, today) else last.on
        return *told[:-1], replace(_with_sources(last, one), on=on)
    same = next((old for old in told if (old.verdict, old.on) == (one.verdict, one.on)), None)
    if not _is_before(one, last, today):
        return (*(old for old in told if old is not same), _with_sources(same, one) if same else one)[-_MOST_TOLD:]
    if same:
        return tuple(_with_sources(old, one) if old is same else old for old in told)
    place = next(at for at, old in enumerate(told) if _is_before(one, old, today))
    return (*told[:place], one, *told[place:])[-_MOST_TOLD:]


def _day(one: KnownRating, today: date) -> date | None:
    """Its day, if it tells when the rating was given."""
    return one.on if one.on and one.on <= today else None


def _is_before(one: KnownRating, other: KnownRating, today: date) -> bool:
    first, second = _day(one, today), _day(other, today)
    return bool(first and second and first < second)


def _with_sources(one: KnownRating, other: KnownRating) -> KnownRating:
    return replace(one, sources=tuple(dict.fromkeys((*one.sources, *other.sources))))


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim that somebody has checked: `url` is the page that says so, `claimant` who made the claim.

    `earlier` are the ratings that its publisher gave before, oldest first. `headline` is the check's, if it is told.
    """

    claim: str
    url: str
    rating: KnownRating
    publisher: str | None = None
    claimant: str | None = None
    claimed_on: date | None = None
    language: str | None = None
    earlier: tuple[KnownRating, ...] = ()
    headline: str | None = None

    @property
    def worded(self) -> str:
        """The claim and the headline: what it is found by, and compared in all but what sets it apart."""
        return f"{self.claim} {self.headline}" if self.headline else self.claim

    @property
    def told(self) -> str:
        """Who says what of it, when, and from where the desk has it, in a line."""
        return f"{self.publisher or 'somebody'}: {self.rating.in_full}"

    @property
    def ratings(self) -> tuple[KnownRating, ...]:
        """All that its publisher has said of it, oldest first."""
        return *self.earlier, self.rating

    def told_by(self, today: date) -> "KnownClaim":
        """The same as it could be told on a day: a day after that is none, of a check or of a claim."""
        *earlier, last = (replace(one, on=_day(one, today)) for one in self.ratings)
        claimed_on = self.claimed_on if self.claimed_on and self.claimed_on <= today else None
        return replace(self, rating=last, earlier=tuple(earlier), claimed_on=claimed_on)

    def also_told(self, other: "KnownClaim", today: date) -> "KnownClaim":
        """The same claim of the same publisher with what was learnt of it elsewhere, later."""
        told = self.ratings
        for one in other.ratings:
            told = succession(told, one, today)
        return replace(self, rating=told[-1], earlier=told[:-1], headline=self.headline or other.headline)


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
