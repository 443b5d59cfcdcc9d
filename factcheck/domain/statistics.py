"""How the desk works: ages, pace, how often a reading did not hold, and how far readers agree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median

from factcheck.domain.agreement import Alpha, nominal_alpha, ordinal_alpha
from factcheck.domain.rating import RatingScale
from factcheck.domain.states import ReadingRole

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_REJECTED = "rejected"
FEWEST_READ_TWICE = 10
"""From so many claims on that two people have read, it is told how far they agree."""


class Step(StrEnum):
    """What claims wait for on their way to readers, the first step first."""

    FIRST_READING = "first_readings"
    SECOND_READING = "second_readings"
    ADJUDICATION = "adjudications"
    SIGN_OFF = "sign_offs"
    PUBLICATION = "publications"
    RECHECK = "rechecks"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many claims wait for a step, and how long the one has that waits longest: since the step before."""

    many: int
    oldest: timedelta


@dataclass(frozen=True, slots=True)
class Tasks:
    """What somebody has still to read, what of it is overdue, and what is due first.

    `person` is None for what is due by some day and nobody's task.
    """

    person: str | None
    many: int
    overdue: int
    first_due: date | None


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """A verdict that was not taken back. `seconds` are those between lease and verdict, where they are known.

    `ended_as` is None while it stands, else `rejected` or `corrected`.
    """

    claim_id: int
    reviewer: str
    role: ReadingRole
    label: str
    scale: tuple[str, int]
    decided_at: datetime
    ended_as: str | None = None
    seconds: float | None = None


def as_judged(given: Mapping[int, GivenVerdict], typos: Mapping[int, int]) -> tuple[GivenVerdict, ...]:
    """The verdicts, by their numbers, without those in which only a typo was put right: they judge nothing.

    `typos` has for each of these the one before. What ended it has ended that one.
    """
    after = {was: now for now, was in typos.items() if now in given}
    found = []
    for number, one in given.items():
        if number in typos:
            continue
        last = number
        while last in after:
            last = after[last]
        found.append(replace(one, ended_as=given[last].ended_as))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Work:
    """What was read, by one reviewer or by all. `judged` readings were read again, or corrected, or rejected.

    `overturned` are those of them whose label did not hold.
    """

    readings: int
    last_hour: int
    last_day: int
    judged: int
    overturned: int
    median_seconds: float | None


@dataclass(frozen=True, slots=True)
class ScaleAgreement:
    """How far two readers agree on a scale; `ordinal` counts the claims where both gave a graded label."""

    scale: str
    version: int
    nominal: Alpha
    ordinal: Alpha

    @property
    def is_telling(self) -> bool:
        """Whether enough claims were read twice for the coefficient to say something."""
        return self.nominal.units >= FEWEST_READ_TWICE


@dataclass(frozen=True, slots=True)
class DeskStatistics:
    """The desk at one moment. Ages are of claims that wait for a first reading, by their run's start."""

    oldest: timedelta | None
    median_age: timedelta | None
    work: Work
    by_reviewer: Mapping[str, Work]
    agreement: tuple[ScaleAgreement, ...]


def work_of(readings: Sequence[GivenVerdict], held: Mapping[GivenVerdict, bool], now: datetime) -> Work:
    """What these readings amount to; `held` says of judged ones whether their label held."""
    known = [one.seconds for one in readings if one.seconds is not None]
    return Work(
        readings=len(readings),
        last_hour=sum(now - one.decided_at < _HOUR for one in readings),
        last_day=sum(now - one.decided_at < _DAY for one in readings),
        judged=sum(one in held for one in readings),
        overturned=sum(not held.get(one, True) for one in readings),
        median_seconds=median(known) if known else None,
    )


def judged(readings: Iterable[GivenVerdict]) -> dict[GivenVerdict, bool]:
    """The readings that others have judged, and whether their label held."""
    found: dict[GivenVerdict, bool] = {}
    for of_claim in _by_claim(readings).values():
        found |= {one: False for one in of_claim if one.ended_as == _REJECTED}
        current = [one for one in of_claim if one.ended_as != _REJECTED]
        last_word = _last_word(current)
        if last_word is not None:
            judged_roles = {ReadingRole.FIRST, ReadingRole.SECOND}
            if current[-1].role in {ReadingRole.EDITOR, ReadingRole.CORRECTION}:
                judged_roles.add(ReadingRole.ADJUDICATOR)
            found |= {one: one.label == last_word for one in current if one.role in judged_roles}
    return found


def agreement_of(readings: Iterable[GivenVerdict], scales: Iterable[RatingScale]) -> tuple[ScaleAgreement, ...]:
    """How far first and second readers agree, by scale and version."""
    known = {(one.id, one.version): one for one in scales}
    pairs: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for first, second in _read_twice(readings):
        pairs.setdefault(first.scale, []).append((first.label, second.label))
    return tuple(_agreement(known[scale], pairs[scale]) for scale in sorted(pairs) if scale in known)


def _read_twice(readings: Iterable[GivenVerdict]) -> Iterator[tuple[GivenVerdict, GivenVerdict]]:
    """Each second reading with the first one before it: a rejected claim may have several of both."""
    for of_claim in _by_claim(readings).values():
        first = None
        for one in of_claim:
            if one.role is ReadingRole.FIRST:
                first = one
            elif one.role is ReadingRole.SECOND and first is not None:
                yield first, one


def _agreement(scale: RatingScale, pairs: Sequence[tuple[str, str]]) -> ScaleAgreement:
    places = {label.id: place for place, label in enumerate(scale.labels)}
    grades = {label.id: label.grade for label in scale.labels if label.grade is not None}
    nominal = nominal_alpha([(places[one], places[other]) for one, other in pairs])
    graded = [(grades[one], grades[other]) for one, other in pairs if one in grades and other in grades]
    ordinal = ordinal_alpha(graded) if grades else Alpha(0, undefined="the scale has no grades")
    return ScaleAgreement(scale.id, scale.version, nominal, ordinal)


def _last_word(readings: Sequence[GivenVerdict]) -> str | None:
    """The label that the desk ended with after looking twice; None while it has looked once."""
    last = {one.role: one.label for one in readings}
    labels = {one.label for one in readings}
    agreed = labels.pop() if ReadingRole.SECOND in last and len(labels) == 1 else None
    strongest = (ReadingRole.CORRECTION, ReadingRole.EDITOR, ReadingRole.ADJUDICATOR)
    return next((last[role] for role in strongest if role in last), agreed)


def _by_claim(readings: Iterable[GivenVerdict]) -> dict[int, list[GivenVerdict]]:
    groups: dict[int, list[GivenVerdict]] = {}
    for one in readings:
        groups.setdefault(one.claim_id, []).append(one)
    return groups
