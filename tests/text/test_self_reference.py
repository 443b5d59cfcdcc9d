"""Claims about the article in place of what it says."""

import pytest

from factcheck.text.self_reference import speaks_of_itself


@pytest.mark.parametrize(
    "claim",
    [
        "The article discusses the strike.",
        "This text mentions a strike at the port.",
        "The article is about the strike.",
        "Der Artikel beschreibt den Streik.",
        "L’article traite de la grève.",
        "El artículo fue publicado en Madrid.",
        "L'articolo parla dello sciopero.",
        "O artigo fala da greve.",
        "Het artikel bespreekt de staking.",
    ],
)
def test_claim_about_the_article_is_told(claim: str) -> None:
    assert speaks_of_itself(claim, "Dockers struck at the port.")


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The article was published in Nature.", "It was published in Nature."),
        ("The article states that dues are void.", "The article states that dues are void."),
        ("The text was adopted by the council.", "It was adopted by the council."),
        ("The sentence was cut to three years.", "It was cut to three years."),
        ("Articles of the treaty mention ports.", "They mention ports."),
    ],
)
def test_article_that_the_sentence_speaks_of_is_left_in_peace(claim: str, sentence: str) -> None:
    assert not speaks_of_itself(claim, sentence)
