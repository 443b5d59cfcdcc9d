"""Which body a claim names where its sentence says `the company` or `the council`. English only."""

from collections.abc import Sequence

from factcheck.domain.sentence import Sentence
from factcheck.text.folding import fold, words
from factcheck.text.names import name_runs, name_tokens

_OF_COMPANIES = frozenset(words("""
    corp corporation inc incorporated ltd limited plc llc co company companies ag gmbh sa nv group bank airlines airways
    holdings motors technologies systems industries pharmaceuticals stores brothers sons
"""))  # fmt: skip
_COMPANIES = frozenset(words("""
    company firm group corporation bank airline carrier retailer maker carmaker automaker chain manufacturer publisher
    producer supplier operator lender insurer giant startup conglomerate
"""))  # fmt: skip
_BODIES = frozenset(words("""
    council court ministry university college party union club team hospital church committee commission agency
    institute museum parliament senate board department foundation association
"""))  # fmt: skip
_OPENING = frozenset(("The", "That", "This"))
_MODIFIERS = 3  # words, as of `the troubled Leeds-based company`


class BodiesMeant:
    """The names of one article with the sentences that have them. Reading it once makes each claim cheap."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._words = {one.position: one.span.cut(text) for one in sentences}
        self._names = {
            position: [(one, _said_in(one)) for one in _names(said)] for position, said in self._words.items()
        }

    def rival(self, claim: str, position: int) -> tuple[str, str, str] | None:
        """The claim's name, what the sentence says for it, and a body named since that it may mean; or None.

        A company may be meant by what has a company's name, a council by a council's.
        """
        said = self._words[position]
        meant, kind = _subject(said)
        named = _names(claim)[:1] if claim[:1].isupper() else []
        if not kind or not named or fold(named[0]) in fold(said):
            return None
        own = _said_in(named[0])
        for before in range(position - 1, 0, -1):
            names = self._names.get(before, [])
            if any(own & said_in for _, said_in in names):
                return None
            if rivals := [one for one, said_in in names if kind & said_in]:
                is_known = any(own & said_in for at in range(1, before) for _, said_in in self._names.get(at, []))
                return (named[0], meant, rivals[-1]) if is_known else None
        return None


def _said_in(name: str) -> frozenset[str]:
    return frozenset(words(fold(name)))


def _subject(sentence: str) -> tuple[str, frozenset[str]]:
    """What a sentence opens with, as `The Leeds-based company`, and of which words a name has one that it may mean."""
    first, *rest = sentence.split(maxsplit=_MODIFIERS + 2)[: _MODIFIERS + 2] or [""]
    for place, word in enumerate(rest if first in _OPENING else []):
        if word in _COMPANIES or word in _BODIES:
            kind = _OF_COMPANIES if word in _COMPANIES else frozenset((word,))
            return " ".join((first, *rest[: place + 1])), kind
    return "", frozenset()


def _names(text: str) -> list[str]:
    """The capitalised words in a row, without what only opens a sentence small, as `The`."""
    runs = ([one for one in run if fold(one.word) not in {"the", "a", "an"}] for run in name_runs(name_tokens(text)))
    return [text[run[0].span.start : run[-1].span.end] for run in runs if run and run[0].is_capital]
