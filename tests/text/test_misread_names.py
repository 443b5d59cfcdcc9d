"""Names taken for others that look like them."""

import pytest

from factcheck.text.misread_names import misread_name


@pytest.mark.parametrize(
    ("sentence", "claim", "told"),
    [
        ("At Wikimedia we protect readers.", "Wikipedia protects readers.", ("Wikipedia", "Wikimedia")),
        ("Fines went to Corbett and her firm.", "Corbell was fined.", None),  # only the ending sets them apart
        ("Dr Hanover left the clinic.", "Dr Hangver left the clinic.", ("Hangver", "Hanover")),
        ("Wikimedia runs Wikipedia.", "Wikipedia is run by Wikimedia.", None),
        ("Germany voted on Sunday.", "Germans voted on Sunday.", None),
        ("Lindberg met Lindholm.", "Lindberg met Lindholm.", None),
        ("The marathon was held in Trieste.", "Trieste held the marathon.", None),
    ],
)
def test_name_that_looks_like_the_sentences_is_told(sentence: str, claim: str, told: tuple[str, str] | None) -> None:
    assert misread_name(claim, sentence) == told
