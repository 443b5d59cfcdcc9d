from pathlib import Path

import pytest

from factcheck.domain.rating import TRUTH_5, AveritecClass
from factcheck.errors import BrokenScaleError, InputError
from factcheck.intake.scales import read_scales

OWN = """
id = "stars"
version = 2

[[labels]]
id = "one-star"
grade = 1
averitec = "Refuted"
definition = "No."

[[labels]]
id = "five-stars"
grade = 5
averitec = "Supported"
definition = "Yes."
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A newsroom's own scale in a file."""
    path = tmp_path / "stars.toml"
    path.write_text(OWN, "utf-8")
    return path


def test_three_scales_are_shipped() -> None:
    assert list(read_scales()) == ["truth-5", "averitec", "pre-publication"]


def test_shipped_truth_5_is_the_default() -> None:
    assert read_scales()["truth-5"] == TRUTH_5


def test_averitec_has_its_four_classes() -> None:
    assert {one.averitec for one in read_scales()["averitec"].labels} == set(AveritecClass)


def test_pre_publication_tells_what_to_do() -> None:
    labels = read_scales()["pre-publication"].labels

    assert [one.id for one in labels] == ["ok", "fix", "cut", "cannot-verify", "ask-author"]


def test_own_scale_stands_beside_them(own: Path) -> None:
    scale = read_scales([str(own)])["stars"]

    assert (scale.version, scale.label("five-stars").grade) == (2, 5)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Refuted", "Wrong", "'Wrong' is not a valid AveritecClass"),
        ("grade = 1", "grade = 6", "grades run from 1 to 5"),
        ("one-star", "five-stars", "an id of its own"),
        ("one-star", "One Star", "lower-case words"),
        ('"No."', '" "', "needs a definition"),
        ("version = 2", "version = 0", "versions count from 1"),
        ("version = 2", "", "'version'"),
        ("grade = 1", "gread = 1", "no key 'gread'"),
        ("version = 2", "version =", "Invalid value"),
    ],
)
def test_mistake_in_a_scale_is_named(own: Path, old: str, new: str, told: str) -> None:
    own.write_text(OWN.replace(old, new), "utf-8")

    with pytest.raises(BrokenScaleError, match=rf"stars\.toml' is broken: .*{told}"):
        read_scales([str(own)])


def test_missing_scale_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml' cannot be read"):
        read_scales([str(tmp_path / "none.toml")])
