"""What a sentence says in numbers and names that no claim of it holds."""

import re
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache

from factcheck.domain.article import Article
from factcheck.domain.claim import Claim
from factcheck.domain.sentence import Sentence
from factcheck.text.language import NOUNS_IN_CAPITALS
from factcheck.text.names import ArticleNames, may_be_name, name_tokens
from factcheck.text.numbers import find_numbers

_OF_A_NAME = re.compile(r"(?<=[^\W\d_])\d+\b|(?<=\S )(?P<name>[^\W\d_a-z][^\W\d_]+) \d{1,2}(?![\d.,:%]*\d|%)")
"""The figure of `IE6` and of `Internet Explorer 6`, but not of `on March 4` nor of `In Germany 40 firms closed`."""
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|from|across|en|à|im|aus|bei|a|em|te)\s(?P<place>\S+)$", re.IGNORECASE)

_KEPT = 8  # articles: a reviewer's screen asks about each of their sentences in turn
_QUOTES = "\"'“”‘’«»„ "
_NAME_BEFORE = re.compile(r"\b([^\W\d_a-z][\w'’.-]{0,40}) $")
_NAME_BEHIND = re.compile(r" ([^\W\d_a-z][\w'’-]*)")


def uncovered_of(article: Article, sentences: Iterable[Sentence], claims: Iterable[Claim]) -> dict[int, Sequence[str]]:
    """What `uncovered` finds, by the position of each sentence that has claims and says more than they do."""
    said: dict[int, list[str]] = {}
    for claim in claims:
        for position in claim.positions:
            said.setdefault(position, []).extend(filter(None, (claim.text, claim.speaker)))
    inside = _inside(article.text)
    found = (
        (one.position, uncovered(one.span.cut(article.text), said[one.position], article.read_as, inside))
        for one in sentences
        if one.position in said
    )
    return {position: lost for position, lost in found if lost}


def uncovered(
    sentence: str, claims: Iterable[str], language: str | None, inside: Container[str] | None = None
) -> tuple[str, ...]:
    """The numbers, then the names of a sentence that its claims hold in no form, as written there; dates are both.

    `language` is a BCP 47 tag. Names are not looked for where every noun has a capital, as in German. `inside` has the
    words that the article writes large inside its sentences, where it is at hand: one that stands at a sentence's start
    alone, as `Authorities`, is no name for that.
    """
    said = list(claims)
    numbers = uncovered_numbers(sentence, said, language)
    if (language or "").split("-")[0] in NOUNS_IN_CAPITALS:
        return numbers
    names = ArticleNames("\n".join(said), language or "en").unknown_in(sentence)
    names = tuple(one for one in names if not _is_part_of_known_name(one, sentence))
    if inside is not None:
        names = tuple(
            one for one in names if " " in one or one in inside or not sentence.lstrip(_QUOTES).startswith(one)
        )
    return tuple(dict.fromkeys((*numbers, *names)))


def uncovered_numbers(sentence: str, claims: Iterable[str], language: str | None) -> tuple[str, ...]:
    """The numbers of a sentence whose value no claim of it holds; one that belongs to a name is none."""
    held = {value for one in find_numbers("\n".join(claims), language) for value in (*one.readings, *one.parts)}
    plain = _OF_A_NAME.sub(lambda found: "" if _is_of_a_name(found) else found[0], sentence)
    lost = (one for one in find_numbers(plain, language) if one.is_sure and one.readings.isdisjoint(held))
    return tuple(dict.fromkeys(one.written for one in lost if not one.parts or not one.parts <= held))


@lru_cache(_KEPT)
def _inside(text: str) -> frozenset[str]:
    """The words that a text writes large inside its sentences."""
    return frozenset(one.word for one in name_tokens(text) if one.is_capital and not one.opens)


def _is_of_a_name(found: re.Match[str]) -> bool:
    """Whether a figure belongs to the name before it, which is none behind `in`: `In Rome 12 died` counts the dead."""
    before = found.string[: found.end("name")] if found["name"] else ""
    return may_be_name(found["name"] or "X") and not _PLACE_BEFORE.search(before)


def _is_part_of_known_name(name: str, sentence: str) -> bool:
    """Whether a word of a name stands beside it that the claims do hold: `Ana` is no loss where they say `Silva`."""
    before, _, behind = sentence.partition(name)
    neighbours = (_NAME_BEFORE.search(before), _NAME_BEHIND.match(behind))
    return any(one is not None and may_be_name(one[1]) for one in neighbours)
