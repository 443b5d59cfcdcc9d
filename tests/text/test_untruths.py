"""Sentences that call something untrue, and claims that say it outright."""

import pytest

from factcheck.domain.claim import AnchorStatus
from factcheck.text.anchoring import Anchorer
from factcheck.text.meaning import differences
from factcheck.text.sentences import split_sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "It is a falsehood that the dam broke in March.",
        "It isn't true that the dam broke in March.",
        "It was hardly the case that the dam broke in March.",
        "Critics wrongly claimed the dam broke in March.",
        "Posts state falsely that the dam broke in March.",
        "The minister lied when she said the dam broke in March.",
        "The paper was mistaken when it announced that the dam broke in March.",
        "It is misleading to say that the dam broke in March.",
        "Engineers have disproved that the dam broke in March.",
        "The inquiry ruled out that the dam broke in March.",
        "The paper retracted its statement that the dam broke in March.",
        "The mayor is sceptical that the dam broke in March.",
        "She pretended the dam broke in March.",
        "That the dam broke in March is untrue.",
        "Reports that the dam broke in March were fabricated.",
        "The dam broke in March, which is a lie.",
        "The dam broke in March, Rita Gomes falsely claimed.",
        "Had the mayor said that the dam broke in March, the council would have met.",
        "Should the mayor say that the dam broke in March, the council will meet.",
        "The council would have met had the mayor said the dam broke in March.",
    ],
)
def test_claim_says_outright_what_its_sentence_calls_untrue(sentence: str) -> None:
    assert list(differences("The dam broke in March.", sentence))


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("It is true that the dam broke in March.", "The dam broke in March."),
        ("Rita Gomes, who lied about the cost, said that the dam broke in March.", "The dam broke in March."),
        ("The dam broke in March, which was a shock.", "The dam broke in March."),
        ("He was wrong to build it, but the dam broke in March.", "The dam broke in March."),
        ("The mayor had said that the dam broke in March.", "The dam broke in March."),
        ("The mayor ruled out a run, and said that the dam broke in March.", "The dam broke in March."),
        ("He posted a hoax that went viral in May.", "The hoax went viral in May."),
        ("The firm refuted that claim in court.", "The firm answered the claim in court."),
        ("It is a lie that the dam broke in March.", "That the dam broke in March is a lie."),
        ("It is a lie that the dam broke in March.", "Talk of a dam that broke in March is a hoax."),
        ("It was no surprise, and not wrong, that the board met in May.", "The board met in May."),
    ],
)
def test_claim_that_keeps_what_is_untrue_apart_is_left_in_peace(sentence: str, claim: str) -> None:
    assert list(differences(claim, sentence)) == []


def test_quote_may_not_leave_out_that_it_is_a_lie() -> None:
    article = "The mayor said it is a hoax that the dam of Braga broke in March."
    quote = "The mayor said that the dam of Braga broke in March"

    assert Anchorer(article, split_sentences(article)).anchor(quote, 1, [1]).status is AnchorStatus.SENTENCE
