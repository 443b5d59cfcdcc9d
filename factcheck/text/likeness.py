"""How alike two claims are in words, and what sets them apart all the same: a number or a `not` makes another claim."""

from factcheck.text.folding import words
from factcheck.text.inference import content_words
from factcheck.text.meaning import denies
from factcheck.text.numbers import find_numbers


def likeness(one: str, other: str) -> float:
    """The agreement of the content words of two texts, from 0 to 1 (F1)."""
    first, second = content_words(one), content_words(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def contrasts(one: str, other: str) -> tuple[str, ...]:
    """What may set two claims apart although their words agree: numbers, a negation."""
    found = []
    if _numbers(one) != _numbers(other):
        found.append("other numbers")
    if _negations(one) != _negations(other):
        found.append("one says not")
    return tuple(found)


def _numbers(text: str) -> set[frozenset[object]]:
    return {frozenset(number.readings | number.parts) for number in find_numbers(text) if number.is_sure}


def _negations(text: str) -> int:
    """1 if the text denies something, else 0."""
    # `It is not false` denies twice, and so affirms.
    said = words(text)
    return sum(denies(word) or word == "false" for word in said) % 2
