"""Krippendorff's alpha: how far readers agree beyond chance.

Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. Values are the places of labels on
their scale; a unit is what the readers of one claim gave it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from random import Random

Unit = tuple[int, ...]
Scale = Callable[[Mapping[int, int]], Callable[[int, int], float]]
"""How far two values are apart, squared, given how often each value was read."""

_MOST_RESAMPLES = 1_000
_FEWEST_RESAMPLES = 100
_DRAWS = 1_000_000  # in all: of many units fewer resamples are drawn, which takes as long


@dataclass(frozen=True, slots=True)
class Alpha:
    """The coefficient with its 95 % interval, over so many units; None where it is undefined, and why."""

    units: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    undefined: str | None = None


def nominal_alpha(units: Iterable[Unit]) -> Alpha:
    """Alpha where labels are the same or different, and nothing in between."""
    return _with_interval(units, lambda _: lambda one, other: float(one != other))


def ordinal_alpha(units: Iterable[Unit]) -> Alpha:
    """Alpha where labels are graded: the more readings lie between two of them, the further they are apart."""
    return _with_interval(units, _by_ranks)


def _by_ranks(frequencies: Mapping[int, int]) -> Callable[[int, int], float]:
    """Between the middles of two values, where all readings stand in a row in the order of the grades."""
    middles, before = {}, 0
    for value in sorted(frequencies):
        middles[value] = before + frequencies[value] / 2
        before += frequencies[value]
    return lambda one, other: (middles[one] - middles[other]) ** 2


def _with_interval(units: Iterable[Unit], scale: Scale) -> Alpha:
    """The coefficient, and the middle 95 % of it over resampled units, drawn with a fixed seed."""
    read_twice = Counter(tuple(sorted(unit)) for unit in units if len(unit) > 1)
    many = read_twice.total()
    if not many:
        return Alpha(0, undefined="no claim was read twice")
    value = _alpha(read_twice, scale)
    if value is None:
        return Alpha(many, undefined="every reading gave the same label, so chance alone would agree as well")
    draw, kinds = Random(20_110_125), sorted(read_twice)  # noqa: S311 - a bootstrap
    weights = [read_twice[one] for one in kinds]
    resamples = max(_FEWEST_RESAMPLES, min(_MOST_RESAMPLES, _DRAWS // many))
    drawn = (_alpha(Counter(draw.choices(kinds, weights, k=many)), scale) for _ in range(resamples))
    found = sorted(one for one in drawn if one is not None)
    low, high = (found[round(share * (len(found) - 1))] if found else None for share in (0.025, 0.975))
    return Alpha(many, value, low, high)


def _alpha(units: Mapping[Unit, int], scale: Scale) -> float | None:
    """One minus observed over expected disagreement; None where none is to be expected."""
    frequencies: Counter[int] = Counter()
    for unit, many in units.items():
        for value in unit:
            frequencies[value] += many
    apart = scale(frequencies)
    observed = sum(
        many * sum(apart(*pair) for pair in combinations(unit, 2)) / (len(unit) - 1) for unit, many in units.items()
    )
    expected = sum(
        frequencies[one] * frequencies[other] * apart(one, other) for one, other in combinations(frequencies, 2)
    )
    return 1 - (frequencies.total() - 1) * observed / expected if expected else None
