"""What one of two speakers of a sentence says, told as said by the other. English."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from factcheck.domain.sentence import Span
from factcheck.text.folding import tokens, words
from factcheck.text.marked import PASSED_OVER
from factcheck.text.noun_phrases import tokens_of
from factcheck.text.quotations import find_quotations
from factcheck.text.reports import reports
from factcheck.text.sayings import is_of_saying
from factcheck.text.turns import DETERMINERS, Difference, Turn
from factcheck.text.verbs import root

_LIKEWISE = frozenset(map(root, words("same so agree confirm too also both likewise")))
_SMALL = PASSED_OVER | DETERMINERS | frozenset(words("he she they him them who which there not and or but"))
_MOST, _FEW = 2 / 3, 1 / 3
_LEAST = 2
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class _Said:
    """Who says something, as written and by roots, and where it stands."""

    written: str
    speaker: AbstractSet[str]
    spans: tuple[Span, ...]


def said_by_the_other(claim: str, sentence: str) -> Iterator[Difference]:
    """A speaker of the claim who says something else in its sentence, where another speaker says this."""
    here = list(_said_in(claim))
    there = list(_said_in(sentence)) if here else []
    own = [one for one in there if len(here) == 1 and root(tokens(here[0].written)[-1]) in one.speaker]
    if len(own) != 1 or (len(there) < _LEAST and sum(map(is_of_saying, tokens(sentence))) < _LEAST):
        return
    told = _content(" ".join(span.cut(claim) for span in here[0].spans))
    mine = frozenset(map(root, tokens(" ".join(span.cut(sentence) for span in own[0].spans))))
    rest = frozenset(map(root, tokens(_without(sentence, own[0].spans))))
    is_told_by_own = len(told & mine) > _FEW * len(told) or not _LIKEWISE.isdisjoint(mine)
    if len(told) >= _LEAST and not is_told_by_own and len(told & rest) >= _MOST * len(told):
        says = " ".join(" ".join(span.cut(sentence) for span in own[0].spans).split()[:_SHOWN])
        yield Difference(Turn.ROLES, f"{own[0].written} … {says}", claim.strip())


def _said_in(text: str) -> Iterator[_Said]:
    found = tokens_of(text, 0, len(text))
    if not found:
        return
    for one in reports(text, found, Span(0, len(text)), list(find_quotations(text))):
        written = one.speaker.words(text, found)
        yield _Said(written, _content(written), one.spans)


def _content(text: str) -> frozenset[str]:
    return frozenset(root(word) for word in tokens(text) if word not in _SMALL)


def _without(text: str, spans: tuple[Span, ...]) -> str:
    for span in sorted(spans, key=lambda one: -one.start):
        text = f"{text[: span.start]} {text[span.end :]}"
    return text
