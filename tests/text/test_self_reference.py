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
        "Ana Kern is the name of the person being described.",
        "The man mentioned is a docker.",
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
        ("The man described a strike.", "The man described a strike."),
        ("Ana Kern is the woman mentioned in the will.", "Ana Kern is the woman mentioned in the will."),
        ("Articles of the treaty mention ports.", "They mention ports."),
    ],
)
def test_article_that_the_sentence_speaks_of_is_left_in_peace(claim: str, sentence: str) -> None:
    assert not speaks_of_itself(claim, sentence)
