"""Whether a sentence holds something that can be checked, told by code beside the model's word.

Opinions, outlooks, questions and the page's furniture are told by their signs. English only: a sentence in another
language is never called uncheckable. In doubt a sentence is checkable; `weights.json` holds where doubt ends.
"""

from factcheck.text.language import detect_language
from factcheck.text.signs import named, signs
from factcheck.text.weights import weights_of

ENGLISH = "en"
_SURE = 0.8


def likelihood(sentence: str) -> float:
    """How likely an English sentence holds a checkable claim, from 0 to 1."""
    return weights_of("checkability").likelihood(signs(sentence))


def is_checkable(sentence: str, language: str | None = None) -> bool:
    """Whether a sentence of an article in that language may hold a checkable claim."""
    return not is_english(sentence, language) or likelihood(sentence) >= weights_of("checkability").threshold


def is_surely_checkable(sentence: str, language: str | None = None) -> bool:
    """Whether an English sentence holds a checkable claim by so many signs that a model's other word is doubted."""
    return is_english(sentence, language) and likelihood(sentence) >= _SURE


def why_not(sentence: str) -> str:
    """The signs that speak most against an English sentence, in words: `a view, what should be`."""
    parts = weights_of("checkability").parts(signs(sentence))
    against = sorted((part, sign) for sign, part in parts.items() if part < 0)
    return ", ".join(filter(None, (named(sign) for _, sign in against)))


def is_english(sentence: str, language: str | None) -> bool:
    """Whether the article is in English, or its language unknown, and nothing tells that the sentence is not."""
    is_articles = (language or ENGLISH).split("-")[0].lower() == ENGLISH
    return is_articles and detect_language(sentence) in {None, ENGLISH}
