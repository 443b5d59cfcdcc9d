"""What somebody called another, told as what that one is: `is a coward` of whom the sentence has `called a coward`.

`described as`, `hailed as` and `considered` give a judgement its owner, whom a claim must keep. Naming is no judgement,
nor is what an office decides: `called Erasmus`, `declared dead`. In English, German, Spanish, French, Italian,
Portuguese and Dutch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.text.folding import words
from factcheck.text.heads import Word, read_words
from factcheck.text.turns import Difference, Turn, stretches
from factcheck.text.unreal import open_words
from factcheck.text.verbs import root


@dataclass(frozen=True, slots=True)
class _Ways:
    """How one language judges.

    Beginnings of the verbs that judge by one of `links`, and of those that do it outright; what opens a description,
    what states one, and what else gives it to somebody.
    """

    by_link: tuple[str, ...]
    outright: tuple[str, ...]
    links: frozenset[str]
    opens: frozenset[str]
    states: frozenset[str]
    owned: tuple[str, ...]

    def gives(self, word: str) -> bool:
        """Whether a word of a claim gives what it says to somebody."""
        return word.startswith((*self.by_link, *self.outright, *self.owned))


def _ways(by_link: str, outright: str, links: str, opens: str, states: str, owned: str) -> _Ways:
    return _Ways(
        tuple(words(by_link)),
        tuple(words(outright)),
        frozenset(words(links)),
        frozenset(words(opens)),
        frozenset(states.split()),
        tuple(words(owned)),
    )


_WAYS = {
    "en": _ways(
        """describ portray depict characteris characteriz hail prais brand label denounc condemn criticis criticiz
        dismiss regard view celebrat acclaim decri slam blast derid perceiv tout""",
        "called calls calling labelled labeled brand dub consider deem terms termed",
        "as",
        "a an the one another",
        "is are was were be been remains remained",
        "say said argu accord opinion view think believ judg seem appear alleg claim",
    ),
    "de": _ways(
        """bezeichne beschreib beschrieb schilder geschildert würdig gewürdigt kritisier betracht gilt galt gelten
        sieht sehen gesehen hält halten hielt gehalten""",
        "nannte nennt nennen genannt",
        "als für",
        "ein eine einen das der die den",
        "ist war sind waren sei bleibt blieb",
        "laut zufolge nach sagt sagen meint angeblich scheint",
    ),
    "es": _ways(
        "calific describ consider tach tild visto vista",
        "consider llam",
        "de como",
        "un una el la uno",
        "es era son eran fue fueron está están sigue",
        "según opina afirm dij dice cree parece",
    ),
    "fr": _ways(
        "qualifi décri considér trait présent accus",
        "jug considér appel",
        "de comme",
        "un une le la l",
        "est était sont étaient fut reste",
        "selon estim affirm pense croi sembl dit",
    ),
    "it": _ways(
        "consider descri bolla present dipin",
        "defini consider riten chiam",
        "come di",
        "un una uno il lo la",
        "è era sono erano fu resta",
        "secondo dice sostien pensa crede sembra",
    ),
    "pt": _ways(
        "classific descrev descrit consider cham tachou acus",
        "consider chamou",
        "de como",
        "um uma o a",
        "é era são eram foi foram continua",
        "segundo disse diz afirm acha acredita parece",
    ),
    "nl": _ways(
        "omschr beschouw bestempel beschr gezien geldt gold ziet zien zag",
        "noemt noemde noemden noemen genoemd",
        "als",
        "een de het",
        "is was zijn waren blijft bleef",
        "volgens zegt vindt meent lijkt",
    ),
}
_OF_NOBODY = "consider"
"""What `is considered` something is so for everybody, where nobody is named behind a `by`. English."""
_STOPS = frozenset(";:.!?()—–")
_FAR = 12
"""Words on either side of the verb in which its link, or what it calls another, is sought."""
_MOST = 3
"""So many words of a judgement are looked for."""


def judged_so(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """What the claim says outright of something, and the sentence as somebody's word for it."""
    ways = _WAYS.get((language or "en").split("-")[0].lower())
    meant = read_words(claim) if ways else []
    if ways is None or not any(one.written.lower() in ways.states for one in meant):
        return
    is_open = ways is _WAYS["en"] and open_words(stretches(claim))
    if is_open or any(ways.gives(one.low) for one in meant):
        return
    said = read_words(sentence)
    every = [root(one.low) for one in said]
    stated = [_content(meant, at + 1, ways) for at, one in enumerate(meant) if one.written.lower() in ways.states]
    for at, place in _judgements(said, ways):
        wanted = _content(said, place, ways)
        if wanted and every.count(wanted[0]) == 1 and any(_is_same(wanted, one) for one in stated):
            yield Difference(Turn.HEDGES, _written(said, at, place, ways), "")
            return


def _is_same(wanted: Sequence[str], stated: Sequence[str]) -> bool:
    shared = [one for one in wanted if one in stated]
    return stated[:1] == wanted[:1] or 2 * len(shared) > len(wanted) > 1


def _judgements(said: Sequence[Word], ways: _Ways) -> Iterator[tuple[int, int]]:
    """Where each verb of judging stands, and where what it says begins, which is no name."""
    for at, word in enumerate(said):
        places = [*_linked(said, at, ways)] if word.low.startswith(ways.by_link) else []
        if word.low.startswith(ways.outright):
            places += _outright(said, at, ways)
        yield from ((at, place) for place in places if not _is_name(said, place, ways))


def _linked(said: Sequence[Word], at: int, ways: _Ways) -> Iterator[int]:
    """Behind the first link after the verb, or the last before it, where verbs stand at the end."""
    behind = _near(said, range(at + 1, at + _FAR))
    before = _near(said, range(at - 1, at - _FAR, -1))
    if (after := next((here for here in behind if said[here].low in ways.links), None)) is not None:
        yield after + 1
    elif (ahead := next((here for here in before if said[here].low in ways.links), None)) is not None:
        yield ahead + 1


def _near(said: Sequence[Word], places: range) -> Iterator[int]:
    """The places up to a mark that ends a clause."""
    for here in places:
        if not 0 <= here < len(said) or said[here].low in _STOPS:
            return
        yield here


def _outright(said: Sequence[Word], at: int, ways: _Ways) -> Iterator[int]:
    """Right behind a passive or a participle with its agent, else where a description opens behind the object."""
    if _is_passive(said, at, ways):
        is_owned = not said[at].low.startswith(_OF_NOBODY) or any(one.low == "by" for one in said[at:])
        yield from (at + 1,) if is_owned or ways is not _WAYS["en"] else ()
        return
    if any(one.low == "by" for one in said[at + 2 : at + 2 + _MOST]):
        yield at + 1  # `the dam, branded unsafe by engineers`
        return
    for here in _near(said, range(at + 2, at + _FAR)):
        if said[here].low == ",":
            return
        if said[here].low in ways.opens:
            yield here
            return


def _is_passive(said: Sequence[Word], at: int, ways: _Ways) -> bool:
    return any(said[here].written.lower() in ways.states for here in range(max(0, at - 2), at))


def _is_name(said: Sequence[Word], place: int, ways: _Ways) -> bool:
    """Whether what follows is a name, and in English any word with a capital."""
    first = next((one for one in said[place:] if one.is_content and one.low not in ways.opens), None)
    return first is None or (ways is _WAYS["en"] and first.written[0].isupper())


def _content(said: Sequence[Word], place: int, ways: _Ways) -> list[str]:
    found = list[str]()
    for one in said[place : place + _FAR]:
        if one.low in _STOPS | {","} or len(found) == _MOST:
            break
        if one.is_content and one.low not in ways.opens:
            found.append(root(one.low))
    return found


def _written(said: Sequence[Word], at: int, place: int, ways: _Ways) -> str:
    first = next(here for here in range(place, len(said)) if said[here].is_content and said[here].low not in ways.opens)
    begin, end = sorted((at, first))
    between = said[begin + 1 : end]
    inner = " ".join(one.written for one in between) if len(between) <= _MOST else "…"
    return " ".join(filter(None, (said[begin].written, inner, said[end].written)))
