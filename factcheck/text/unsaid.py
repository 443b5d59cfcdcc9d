"""Words under which a speaker no longer says what follows: denials, untruths, and what others say."""

from collections.abc import Iterator, Sequence

from factcheck.domain.sentence import Span
from factcheck.text.abbreviations import as_words
from factcheck.text.noun_phrases import Phrase, Token, is_plural
from factcheck.text.untruths import called_untrue

_DENIALS = as_words(
    "deny denies denied reject rejects rejected dispute disputes disputed dismiss dismisses dismissed refute"
    " refutes refuted doubts doubted"
)
"""Whoever reports a denial does not say what is denied."""
OF_PLURALS = as_words("claim")
"""A noun elsewhere: `the claim`."""
_DETERMINERS = as_words("a an the his her their")
_NEAR = 6


def unsaid(text: str, tokens: Sequence[Token], span: Span) -> list[int]:
    """Where such words begin in a sentence, in their order."""
    return sorted([*_denials(tokens), *_untruths(text, span), *_told_by_others(tokens)])


def is_bare_plural(tokens: Sequence[Token], who: Phrase) -> bool:
    """Whether a phrase is a plural without an article, as `critics` before `claim`."""
    last = tokens[who.stop - 1]
    return is_plural(last) and not last.is_name and tokens[who.first].lower not in _DETERMINERS


def _denials(tokens: Sequence[Token]) -> Iterator[int]:
    return (one.start for one in tokens if one.lower in _DENIALS)


def _untruths(text: str, span: Span) -> Iterator[int]:
    """Where something is called untrue that follows: `it was a lie that`."""
    return (span.start + start - len(told) for told, start, end in called_untrue(span.cut(text)) if end is None)


def _told_by_others(tokens: Sequence[Token]) -> Iterator[int]:
    """Where others say what follows, as in `X said Y told him …` and `critics claim …`; not `told him to leave`."""
    for at, one in enumerate(tokens[:-2]):
        near = [other.lower for other in tokens[at + 1 : at + 1 + _NEAR]]
        is_told = one.lower in {"told", "tells"} and "to" not in near and near[0] not in {"of", "about", "by"}
        is_claimed = one.lower in OF_PLURALS and at > 1 and is_bare_plural(tokens, Phrase(at - 1, at))
        if at and (is_told or (is_claimed and tokens[at - 2].lower not in _DETERMINERS)):
            yield one.start
