"""Claims that state nothing."""

import pytest

from factcheck.text.empty_claims import breaks_off, says_nothing


@pytest.mark.parametrize(
    ("claim", "is_empty"),
    [
        ("The former premier said through his office.", True),
        ("Ana Silva told reporters.", True),
        ("Ana Silva said on Monday.", True),
        ("She said so.", True),
        ("Ana Silva told reporters prices rose.", False),
        ("Ana Silva said in a statement prices rose.", False),
        ("Ana Silva said prices rose.", False),
        ("Ana Silva told the council about the flood.", False),
        ("Ana Silva said, “No.”", False),
        ("Ana Silva spoke in Lisbon.", False),
        ("Ana Silva flew to Lisbon - “a long way”, she said.", False),
        ("Prices rose, she said.", False),
        ("The rule was as she said.", False),
        ("Nordbank announced the news on Friday.", True),
        ("The ministry made the announcement.", True),
        ("Nordbank announced the news that it would close.", False),
        ("The ministry announced the merger on Friday.", False),
        ("Nordbank, which was sold, announced it.", False),
        ("The University of Ely is a university.", True),
        ("Anna Maria Kern is Anna Kern.", True),
        ("The name of Windows 7 was Windows 7.", True),
        ("The University of Ely is in Ely.", False),
        ("The University of Ely is the oldest university.", False),
        ("Mayor Anna Kern is the mayor.", False),
        ("The Green Bank is not green.", False),
        ("Kern is Anna Kern.", False),
        ("The bank is closed.", False),
    ],
)
def test_claim_that_says_nothing_is_known(claim: str, is_empty: bool) -> None:  # noqa: FBT001 - a table's column
    assert says_nothing(claim) is is_empty


@pytest.mark.parametrize(
    ("claim", "is_broken"),
    [
        ("Kern asserted that officials,", True),
        ("Kern wrote:", True),
        ("Kern nannte drei Gründe –", True),
        ("Kern fled.", False),
        ("Kern fled", False),
        ('Kern said "No."', False),
    ],
)
def test_claim_that_breaks_off_is_known(claim: str, is_broken: bool) -> None:  # noqa: FBT001 - a table's column
    assert breaks_off(claim) is is_broken
