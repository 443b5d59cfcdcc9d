"""What comparing a claim with its sentence costs, in calls of functions, which no busy machine changes."""

import sys
from types import FrameType

from factcheck.text.meaning import differences

SENTENCE = (
    "The council of Greystone, which Anna Miller has led since 2019, denied that it had agreed to sell the old mill to"
    " Northway, a developer, for 14 million dollars, and said that 23 of the 40 tenants, among them two bakers, would"
    " have left before March if the roof had not been mended by the town."
)
CLAIMS = ("The council is led by Anna Miller.", "The mill has 40 tenants, two of whom are bakers.")


def calls_of(claim: str, sentence: str) -> int:
    """How many functions of the package are called to compare them."""
    count = 0

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event == "call" and "factcheck" in frame.f_code.co_filename

    sys.setprofile(note)
    try:
        list(differences(claim, sentence, "en"))
    finally:
        sys.setprofile(None)
    return count


def test_sentence_is_read_once_for_all_its_claims() -> None:
    for claim in CLAIMS:
        calls_of(claim, claim + " ")  # as their words and numbers are known then
    calls_of(CLAIMS[0], SENTENCE)

    assert calls_of(CLAIMS[1], SENTENCE) < 4_000


def test_claim_without_words_that_rules_look_for_costs_little() -> None:
    plain = (
        "The bakers of Greystone sold warm bread to their old neighbours near the quiet harbour every single morning."
    )
    calls_of(plain, plain + " ")  # as the words that numbers are told by are read then

    assert calls_of("The bakers of Greystone sold bread to neighbours.", plain) < 2_600


def test_claim_in_the_words_of_its_sentence_is_compared_with_nothing() -> None:
    told = "The committee ruled out that the vaccine batch had been contaminated at the plant in Baltimore."

    assert calls_of(told, told) <= 1
    assert not list(differences(told, told, "en"))
