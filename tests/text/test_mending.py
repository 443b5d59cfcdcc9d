"""Names that a model broke, put right from their sentence."""

import pytest

from factcheck.text.mending import NameMender
from factcheck.text.names import ArticleNames

SENTENCE = "The U.S. and Japan both face pressure, said Sanae Takaichi."


@pytest.mark.parametrize(
    ("claim", "mended", "put_right"),
    [
        ("The U. and Japan face pressure.", "The U.S. and Japan face pressure.", (("U.", "U.S."),)),
        ("Sanae Takaici said so.", "Sanae Takaichi said so.", (("Takaici", "Takaichi"),)),
        ("John U. Marsh had met Takaichi.", "John U. Marsh had met Takaichi.", ()),
        ("The U.N. faces pressure.", "The U.N. faces pressure.", ()),
        ("Sanae Tanaka said so.", "Sanae Tanaka said so.", ()),
        ("Japanese Takaichi said so.", "Japanese Takaichi said so.", ()),
    ],
)
def test_broken_name_becomes_the_sentences(claim: str, mended: str, put_right: tuple[tuple[str, str], ...]) -> None:
    assert NameMender(SENTENCE, ArticleNames(SENTENCE)).mended(claim) == (mended, put_right)


def test_name_that_the_article_has_elsewhere_is_not_broken() -> None:
    names = ArticleNames(f"{SENTENCE} Takaici is a town.")

    assert NameMender(SENTENCE, names).mended("Takaici is a town.") == ("Takaici is a town.", ())


def test_name_between_two_stays() -> None:
    sentence = "Marten met Martin and Sanae."

    assert NameMender(sentence, ArticleNames(sentence)).mended("Martan met Sanae.") == ("Martan met Sanae.", ())
