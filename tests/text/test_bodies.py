"""Which body a claim names where its sentence says `the company` or `the council`."""

import pytest

from factcheck.text.bodies import BodiesMeant
from factcheck.text.sentences import split_sentences

TEXT = (
    "Acme refused to sell its mill. In May investors left Borel Mills Inc. for good. "
    "The Leeds-based company blamed the rain. "
    "The Council of Porto fined Acme. Rita Gomes wept. The company paid. The council was pleased."
)
BODIES = BodiesMeant(TEXT, split_sentences(TEXT))


@pytest.mark.parametrize(
    ("claim", "position", "told"),
    [
        ("Acme blamed the rain.", 3, ("Acme", "The Leeds-based company", "Borel Mills Inc")),
        ("Borel Mills paid.", 6, None),
        ("Borel Mills was pleased.", 7, ("Borel Mills", "The council", "Council of Porto")),
    ],
)
def test_name_with_a_rival_since_its_last_mention_is_told(
    claim: str, position: int, told: tuple[str, str, str] | None
) -> None:
    assert BODIES.rival(claim, position) == told


@pytest.mark.parametrize(
    ("claim", "position"),
    [
        ("Borel Mills blamed the rain.", 3),
        ("The company blamed the rain.", 3),
        ("Acme paid.", 6),  # nobody else with a company's name was named since
        ("Porto was pleased.", 7),
        ("Rita Gomes wept.", 5),
        ("Corvo blamed the rain.", 3),  # a name that the article lacks is told as such
    ],
)
def test_name_that_may_be_meant_is_left_in_peace(claim: str, position: int) -> None:
    assert BODIES.rival(claim, position) is None
