"""What to ask a search for a claim: its names, numbers, day and words, without those that say nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.domain.when import When
from factcheck.text.folding import UNBROKEN, fold
from factcheck.text.language import NOUNS_IN_CAPITALS
from factcheck.text.names import Token, may_be_name, name_runs, name_tokens
from factcheck.text.stop_words import stop_words

MOST = 3
_MOST_WORDS = 14
_LONGEST = 120  # characters of a query in a script without blanks
# Signs that searches take for orders (`-word`, `site:`, `!bang`, a quotation mark) are no part of a word.
_WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")
_JOINS = frozenset(("and", "for", "in", "on"))
_UNBROKEN = re.compile(f"[{UNBROKEN}]")


@dataclass(frozen=True, slots=True)
class _Part:
    """A word, or a name of several, as it is asked for."""

    words: str
    is_name: bool
    is_number: bool

    @property
    def asked(self) -> str:
        """With quotation marks around a name of several words: it is asked for as a whole."""
        return f'"{self.words}"' if " " in self.words else self.words


def queries_of(claim: str, when: When | None = None, language: str | None = None) -> tuple[str, ...]:
    """The queries for a claim, the fullest first, at most three.

    The second holds names, numbers and the year alone; the third no number, since who contradicts has another.
    """
    if _UNBROKEN.search(claim):
        return (" ".join(_WORD.findall(claim))[:_LONGEST],)
    parts = list(_parts(claim, language))
    if not parts:
        return tuple(filter(None, [tidy_query(claim)]))
    year = _year(when, parts)
    names = [one for one in parts if one.is_name]
    numbers = [one for one in parts if one.is_number]
    others = [one for one in parts if not one.is_number]
    made = [_joined(parts, year)]
    if names and (numbers or year or len(names) > 1):
        made.append(_joined([*names, *numbers], year))
    if numbers and len(others) > 1:
        made.append(_joined(others))
    return tuple(dict.fromkeys(one for one in made if one))[:MOST]


def tidy_query(query: str) -> str:
    """A query of somebody else, such as a model, without the signs that searches take for orders."""
    return " ".join(_WORD.findall(query)[:_MOST_WORDS])


def _parts(claim: str, language: str | None) -> Iterator[_Part]:
    """The claim's names, numbers and words that say something, in its order, each once."""
    stop, names = stop_words(language), _names(claim, language)
    seen: set[str] = set()
    end = 0
    for found in _WORD.finditer(claim):
        if found.start() < end:
            continue
        words, is_number = found[0], found[0][0].isdecimal()
        name = names.get(found.start())
        if name is not None:
            end = found.start() + len(name)
            words = " ".join(_WORD.findall(name))
        elif not is_number and set(_plain(words)) <= stop:
            continue
        if fold(words) not in seen:
            seen.add(fold(words))
            yield _Part(words, name is not None, is_number)


def _plain(word: str) -> list[str]:
    return [one for one in re.split(r"['’-]", fold(word).removesuffix("'s")) if one]


def _names(claim: str, language: str | None) -> dict[int, str]:
    """The names of the claim by where they begin; where every noun has a capital, only those of several words."""
    stop = stop_words(language)
    has_capitals = (language or "en").split("-", maxsplit=1)[0].lower() in NOUNS_IN_CAPITALS
    found = {}
    for run in _parted(list(name_tokens(claim))):
        # The word that opens a sentence has a capital whatever it is, and so has a title before a name.
        while run and (fold(run[0].word) in stop or not may_be_name(run[0].word)):
            run = run[1:]  # noqa: PLW2901 - what is left of it
        if run and (len(run) > 1 or not (has_capitals or run[0].opens)):
            found[run[0].span.start] = claim[run[0].span.start : run[-1].span.end].removesuffix("'s").removesuffix("’s")
    return found


def _parted(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The names, those that a small word joins apart: pages write `Trump and Takaichi` and `Mecca` in other ways."""
    for run in name_runs(tokens):
        part: list[Token] = []
        for token in run:
            if token.word in _JOINS:
                yield part
                part = []
            else:
                part.append(token)
        yield part


def _year(when: When | None, parts: Sequence[_Part]) -> str | None:
    """The year that the claim speaks of, where it is one and the words do not tell it."""
    if when is None or when.first.year != when.last.year:
        return None
    year = str(when.first.year)
    return None if any(year in one.words for one in parts) else year


def _joined(parts: Sequence[_Part], year: str | None = None) -> str:
    return " ".join([*(one.asked for one in parts[:_MOST_WORDS]), *([year] if year else [])])
