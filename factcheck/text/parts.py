"""A part told as the whole: `won 11 of 15 matches` made 15 matches won, `17 of the 28` made all 28.

What is among a number told as if it came to it: `seven, including three children` made seven and three,
is told besides. In several languages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise

from factcheck.text.folding import fold, tokens, words
from factcheck.text.keeping import kept_of_short
from factcheck.text.marked import PASSED_OVER, QUANTIFIERS
from factcheck.text.numbers import placed_numbers
from factcheck.text.turns import Difference, Turn
from factcheck.text.verbs import is_adverb, is_past, root

_OF = re.compile(
    r" (?:out )?(?:of|von|der|seiner|ihrer|de|des|d|di|dei|delle|van)"
    r" (?:(?:the|its|their|his|her|all|den|los|las|les|de|le|onze) )?"
)
_FRONTED = re.compile(r"(?:^|[.;,] )(?:of|von|de|sur|su|van) (?:the |its |their |den |los |las |les |de )?$")
_SENSES = frozenset(("few", "most", "some", "half", "many"))
PARTIAL = re.compile(
    rf"\b(?:{'|'.join(one.replace('_', ' ') for one, sense in QUANTIFIERS.items() if sense in _SENSES)})"
    rf"(?: of)?(?:{_OF.pattern.rstrip()})?$"
)
_ALL_BEFORE = re.compile(
    fold("\\b(?:all|alle|todos|todas|tous|toutes|tutti|tutte|sämtliche)") + r" (?:of )?(?:the|los|las|les|le|de)? ?$"
)
_SMALL = PASSED_OVER | frozenset(
    words("apenas barely kaum only nur solo solamente sólo seulement about around nearly almost some")
)
_AMONG = re.compile(
    r"(?:,? (?:including|among them|among whom|darunter|incluid[oa]s?|entre ell[oa]s|entre los que|dont|parmi lesquels"
    r"|tra cui|onder wie) )$"
)
_OF_IT = re.compile(r"(?: million| billion)? of (?:it|them|which|whom)\b")
_AND = re.compile(r"^(?:\s[\w'-]+){1,3}?,?\s(?:and|und|y|et|e|en)\s(?:another\s|a\s)?$")
_INCLUDES = re.compile(r"\b(?:includ\w+|among|darunter|incluid\w+|entre|dont|parmi|total|both|other|eingeschlossen)\b")
_SHARE = re.compile(r"(?:half|(?:thirds?|quarters?|fourth|fifths?|sixth|tenth) of) (?P<whole>\d[\d.,]*)")
_COUNTED = r"(?P<there>\bthere \w+ )?(?<![\d.,]){} (?P<noun>[\w-]+)(?P<behind>(?: [\w-]+){{0,2}})"
_EVERY = r"\b(?:all|alle|todos|todas|tous|toutes) (?:of )?(?:(?:the|los|las|les) )?{}\b"
_NOUN = "[a-z\u0300-\u036f]+"
_ONE_IN = re.compile(
    r"\b(?:(?:one|two|three|four|\d) (?:in|out of) (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
    rf" (?P<noun>{_NOUN})|une? (?P<counted>{_NOUN})(?: {_NOUN}){{0,2}} sur {_NOUN}"
    rf"|un[oa]? de cada {_NOUN} (?P<named>{_NOUN}))"
)
_MOST = 30
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Number:
    """A number, where it stands, and the root of the word behind it and of that before it that means something."""

    written: str
    readings: frozenset[Decimal]
    begin: int
    end: int
    counted: str
    before: str

    def equals(self, other: "Number") -> bool:
        """Whether both may come to the same."""
        return not self.readings.isdisjoint(other.readings)


def part_as_whole(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """A whole of the claim of which the sentence says that of a part."""
    meant, said = fold(claim), fold(sentence)
    here, there = numbers_of(meant, language), numbers_of(said, language)
    yield from _summed(here, there, meant, said)
    yield from _all_of(here, there, meant, said)
    for part, whole in pairwise(there):
        if not is_part(part, whole, said) or any(one.equals(part) for one in here):
            continue
        for mine in here:
            if mine.equals(whole) and mine.counted == whole.counted and mine.before == part.before != "":
                yield Difference(Turn.COUNTS, said[part.begin : whole.end], f"{part.before} {mine.written}")
                return


def speaks_of_whole(claim: str, sentence: str, part: str) -> bool:
    """Whether the claim only says that there is the whole of which the sentence tells a part: `tested 240 wells`.

    `part` is the part as marked, with the whole's number as its last word: `third of 240`.
    """
    shared = _SHARE.fullmatch(part)
    if shared is None:
        return False
    own, its = (re.search(_COUNTED.format(re.escape(shared["whole"])), fold(text)) for text in (claim, sentence))
    if own is None or its is None:
        return False
    which = next(iter(tokens(its["behind"])), "")
    does = {root(one) for one in tokens(claim) if is_past(one)}
    is_counted_alone = own["there"] is not None or (own["noun"] == "people" != its["noun"])
    return is_counted_alone or (is_past(which) and does == {root(which)})


def is_part(part: Number, whole: Number, said: str) -> bool:
    """Whether a folded text has the one as some of the other: `two of the five`."""
    is_of = _OF.fullmatch(said[part.end : whole.begin]) is not None
    return is_of and min(part.readings) < max(whole.readings)


def _all_of(here: Sequence[Number], there: Sequence[Number], meant: str, said: str) -> Iterator[Difference]:
    """`All 28` where the sentence tells of some of them."""
    for mine in here:
        every = _ALL_BEFORE.search(meant[: mine.begin])
        same = [one for one in there if one.equals(mine) and one.counted == mine.counted]
        if every is None or not same or _ALL_BEFORE.search(said[: same[0].begin]):
            continue
        if told := _part_of(same[0], there, said):
            yield Difference(Turn.COUNTS, told, f"{every[0].strip()} {mine.written}")
            return


def every_of(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """`All the schools`, or the schools, where the sentence tells of so many of a number: `of the 52, only 19`."""
    meant, said = fold(claim), fold(sentence)
    known = numbers_of(said, language)
    for whole, part in pairwise(known):
        every = re.search(_EVERY.format(re.escape(said[whole.end :].split()[0])), meant) if said[whole.end :] else None
        is_fronted = _FRONTED.search(said[: whole.begin]) and max(part.readings) < min(whole.readings)
        if every and is_fronted and every[0] not in said:
            yield Difference(Turn.COUNTS, said[whole.begin : part.end], every[0])
            return
    found = _ONE_IN.search(said)
    noun = (found["noun"] or found["counted"] or found["named"]) if found else None
    if noun and all(any(one.equals(its) for its in known) for one in numbers_of(meant, language)):
        subject = re.match(rf"(?:the |las |los |les |die )?{re.escape(noun.rstrip('s'))}e?s\b", meant)
        if subject and found:
            yield Difference(Turn.COUNTS, found[0], subject[0])


def _part_of(whole: Number, there: Sequence[Number], said: str) -> str:
    """What the sentence says of how many of a number it speaks; empty where it speaks of all."""
    before = said[: whole.begin]
    parts = [one for one in there if is_part(one, whole, said)]
    if parts:
        return said[parts[0].begin : whole.end]
    if found := PARTIAL.search(before):
        return said[found.start() : whole.end]
    behind = next((one for one in there if one.begin > whole.end), None)
    is_fronted = _FRONTED.search(before) and behind and max(behind.readings) < min(whole.readings)
    return said[whole.begin : behind.end] if behind and is_fronted else ""


def _summed(here: Sequence[Number], there: Sequence[Number], meant: str, said: str) -> Iterator[Difference]:
    """`Seven civilians and three children` of seven, three of whom are children."""
    if _INCLUDES.search(meant):
        return
    for whole, among in pairwise(there):
        between, behind = said[whole.end : among.begin], said[among.end :]
        if not _AMONG.search(between) and not (between.endswith(", ") and _OF_IT.match(behind)):
            continue
        for one, other in pairwise(here):
            is_same = one.equals(whole) and other.equals(among)
            if is_same and _AND.search(meant[one.end : other.begin]):
                yield Difference(Turn.COUNTS, said[whole.begin : among.end], meant[one.begin : other.end])
                return


@kept_of_short
def numbers_of(folded: str, language: str | None) -> tuple[Number, ...]:
    """The numbers of a text that are surely such."""
    placed = islice(placed_numbers(folded, language), _MOST)
    return tuple(
        Number(
            one.written,
            one.readings,
            at,
            end,
            root(_first(tokens(folded[end : end + _NEAR]))),
            root(_first(tokens(folded[max(0, at - _NEAR) : at])[::-1])),
        )
        for one, at, end in placed
        if one.is_sure and one.readings
    )


def _first(near: Sequence[str]) -> str:
    """The first word that means something."""
    return next((one for one in near if one not in _SMALL and not is_adverb(one)), "")
