"""Checked against Krippendorff's own figures, and against his coincidences worked out the long way round."""

from random import Random
from typing import Literal

import krippendorff
import pytest

from factcheck.domain.agreement import Unit, nominal_alpha, ordinal_alpha

READERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
"""His example of four readers and twelve units (Computing Krippendorff's Alpha-Reliability, 2011, part C)."""

EXAMPLE = [tuple(value for value in unit if value is not None) for unit in zip(*READERS, strict=True)]


def read_twice(seed: int, claims: int, labels: int, agree: float) -> list[Unit]:
    """Pairs of readings that agree as often as told, and else are drawn at random."""
    draw = Random(seed)  # noqa: S311 - a sample
    units: list[Unit] = []
    for _ in range(claims):
        first = draw.randrange(labels)
        units.append((first, first if draw.random() < agree else draw.randrange(labels)))
    return units


def independent(units: list[Unit], level: Literal["nominal", "ordinal"]) -> float:
    """What the package `krippendorff` makes of the same readings."""
    readers = [[unit[0] for unit in units], [unit[1] for unit in units]]
    return float(krippendorff.alpha(reliability_data=readers, level_of_measurement=level))


def test_nominal_is_krippendorffs_own() -> None:
    assert nominal_alpha(EXAMPLE).value == pytest.approx(0.743, abs=0.0005)


def test_ordinal_is_krippendorffs_own() -> None:
    assert ordinal_alpha(EXAMPLE).value == pytest.approx(0.815, abs=0.0005)


def test_units_read_once_do_not_count() -> None:
    assert nominal_alpha(EXAMPLE).units == 11


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("claims", "labels", "agree"), [(5, 3, 0.5), (40, 5, 0.9), (200, 11, 0.6), (60, 2, 0.0)])
def test_alpha_equals_the_independent_one(seed: int, claims: int, labels: int, agree: float) -> None:
    units = read_twice(seed, claims, labels, agree)

    assert nominal_alpha(units).value == pytest.approx(independent(units, "nominal"), abs=1e-9)
    assert ordinal_alpha(units).value == pytest.approx(independent(units, "ordinal"), abs=1e-9)


def test_perfect_agreement_is_one() -> None:
    alpha = nominal_alpha([(1, 1), (2, 2), (3, 3)] * 5)

    assert (alpha.value, alpha.low, alpha.high) == (1.0, 1.0, 1.0)


def test_nothing_read_twice_is_undefined() -> None:
    assert nominal_alpha([(1,), ()]).undefined == "no claim was read twice"


def test_one_label_only_is_undefined() -> None:
    alpha = ordinal_alpha([(2, 2)] * 9)

    assert (alpha.value, alpha.units) == (None, 9)
    assert alpha.undefined is not None
    assert "gave the same label" in alpha.undefined


def test_interval_holds_value_and_narrows() -> None:
    few, many = (ordinal_alpha(read_twice(3, claims, 5, 0.7)) for claims in (20, 2000))

    widths = []
    for alpha in (few, many):
        assert alpha.value is not None
        assert alpha.low is not None
        assert alpha.high is not None
        assert alpha.low < alpha.value < alpha.high
        widths.append(alpha.high - alpha.low)
    assert widths[1] < widths[0] / 5


def test_interval_is_the_same_twice() -> None:
    units = read_twice(4, 30, 5, 0.7)

    assert nominal_alpha(units) == nominal_alpha(list(reversed(units)))
