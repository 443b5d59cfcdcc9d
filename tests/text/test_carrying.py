"""Which sentence carries a claim."""

from factcheck.text.carrying import Carriers
from factcheck.text.sentences import split_sentences

TEXT = "Ana Silva flew to Lisbon. She met the mayor there. Silva’s meeting with Trump went well. Bread costs more."
CARRIERS = Carriers(TEXT, split_sentences(TEXT))


def test_better_sentence_carries_a_strayed_claim() -> None:
    assert CARRIERS.better("Bread costs more now.", (1,), (2, 3, 4)) == 4
    assert CARRIERS.better("Bread costs more now.", (4,), (1, 2, 3)) is None


def test_names_alone_carry_nothing_away() -> None:
    # Sentence 1 has the name, sentence 2 what is said.
    assert CARRIERS.better("Ana Silva met the mayor.", (2,), (1, 3, 4)) is None


def test_claim_in_other_words_is_not_astray() -> None:
    assert not CARRIERS.is_astray("Ana Silva met with Trump.", (3,))
    assert CARRIERS.is_astray("The price of milk doubled.", (3,))


def test_sentence_that_says_nearly_all_is_better_than_one_that_says_less_than_half() -> None:
    text = (
        "Man held after pier blast. A man is held after a blast that hurt three and killed one at the pier on Friday."
    )
    claim = "A man is held after a pier blast that hurt three and killed one on Friday."

    assert Carriers(text, split_sentences(text)).better(claim, (1,), (2,)) == 2
