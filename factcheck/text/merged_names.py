"""One name made of two: `David Marsh` of a sentence that has David Langley and Susan Marsh. Told by capitals."""

from collections.abc import Iterator, Sequence

from factcheck.text.keeping import kept_of_short
from factcheck.text.names import Token, name_runs, name_tokens
from factcheck.text.titles import OF_BODIES, TITLES
from factcheck.text.turns import Difference, Turn

_FULL = 2  # words


def merged(claim: str, sentence: str) -> Iterator[Difference]:
    """A full name of the claim whose given name is one person's in the sentence, and whose surname another's."""
    here = [name for name in _names(claim) if len(name) >= _FULL]
    there = _names(sentence) if here else ()
    for name in here:
        given, surname = name[-_FULL:]
        if _is_of_people(given, surname) and (both := _bearers(given, surname, there)):
            yield Difference(Turn.BINDS, " … ".join(map(_written, both)), f"{given.owner} {surname.owner}")


def _is_of_people(given: Token, surname: Token) -> bool:
    is_body = not OF_BODIES.isdisjoint((given.bare, surname.bare))
    return not is_body and given.bare not in TITLES and len(given.bare) > 1 and not given.word.isupper()


def _bearers(given: Token, surname: Token, names: Sequence[Sequence[Token]]) -> Sequence[Sequence[Token]]:
    """Who has the given name, and who the surname; nobody where one may have both, as of `Luis and Ana Ortega`."""
    first, last = given.bare, surname.bare
    of_given = [name for name in names if any(one.bare == first for one in name)]
    of_surname = [name for name in names if any(one.bare == last for one in name)] if of_given else []
    is_each = all(name[-1].bare != first for name in of_given) and all(
        len(name) >= _FULL and name[-1].bare == last and all(one.bare != first for one in name) for name in of_surname
    )
    return (of_given[0], of_surname[0]) if of_given and of_surname and is_each else ()


@kept_of_short
def _names(text: str) -> tuple[Sequence[Token], ...]:
    """The runs of words with capitals, each cut at small words and behind an owner."""
    return tuple(_cut_names(text))


def _cut_names(text: str) -> Iterator[Sequence[Token]]:
    for run in name_runs(name_tokens(text)):
        name: list[Token] = []
        for one in run:
            if one.is_capital:
                name.append(one)
            if name and (not one.is_capital or one.owner != one.word):
                yield name
                name = []
        if name:
            yield name


def _written(name: Sequence[Token]) -> str:
    return " ".join(one.owner for one in name)
