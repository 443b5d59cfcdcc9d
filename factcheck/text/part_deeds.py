"""What so many of a number did, told of them all: `of the 48, 12 were treated`, `freed six of them`.

In several languages. Of `two of the five men held after the raid were freed` only what follows word for word is known.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from factcheck.text.folding import fold, tokens, words
from factcheck.text.marked import PASSED_OVER
from factcheck.text.parts import PARTIAL, Number, is_part, numbers_of
from factcheck.text.turns import Difference, Turn

_THE = r"(?:(?:the|its|their|his|her|those|these|den|seinen|ihren|los|las|les|de|onze) )?"
_OPENS = r"(?:^|[.;,] |\b(?:that|dass|que|che|dat) )"
_FRONTED = re.compile(rf"{_OPENS}(?:of|von|de|sur|su|van) {_THE}$")
_FRONTED_IN = {
    "it": re.compile(rf"{_OPENS}(?:dei|degli|delle) $"),
    "pt": re.compile(rf"{_OPENS}d[oa]s $"),
    "fr": re.compile(rf"{_OPENS}des $"),
}
"""In one word with the article."""
_OF_THEM = re.compile(
    r" (?:(?:of|von|di|van|de|d|entre|d entre|d['’]entre) )?"
    r"(?:them|whom|ihnen|davon|ellos|ellas|eux|elles|loro|deles|delas|hen)\b"
)
_ENDS = re.compile(r"[,;:.!?](?=\s|$)|\s(?:and|but|und|y|et|e|en)\s")
_HELPS = frozenset(words("""
    was were have has had been fueron sido han fue ont ete a sont furent sono stati state stato stata hanno foram foi
    zijn werden worden waren is er wurden wurde haben sind
"""))  # fmt: skip
_RELATIVES = frozenset(words("who that which die que qui che"))
_ALIKE = 2
"""Letters of an ending in which two forms of a noun may differ."""
_LEAST = 4
_NEAR = 2


def part_deed_of_whole(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """What the claim tells of a whole number, and the sentence of some of it."""
    meant, said = fold(claim), fold(sentence)
    here = numbers_of(meant, language)
    there = numbers_of(said, language) if here else []
    primary = (language or "").split("-")[0].lower()
    yield from _of_other_part(here, there, meant, said, primary)
    for part, told, deeds in _parts(there, said, primary):
        if any(one.equals(part) for one in here):
            continue
        for mine in here:
            if _is_whole(mine, told, meant) and deeds & _deeds(meant, mine):
                begin, end = sorted((part, told), key=lambda one: one.begin)
                yield Difference(Turn.COUNTS, said[begin.begin : end.end], mine.written)
                return
    yield from _of_subject(here, there, meant, said)


def tells_part(claim: str, sentence: str, found: Difference, language: str | None) -> bool:
    """Whether the claim tells of a part what the sentence does, which has it without a noun: `of the 48, 12 were`."""
    said = fold(sentence)
    primary = (language or "").split("-")[0].lower()
    there = numbers_of(said, language)
    whole = next((one for one in there if found.sentence.startswith(one.written)), None)
    if whole is None or not _is_fronted(said, whole, primary):
        return False
    parts = [one for one in there if one.begin > whole.end and max(one.readings) < min(whole.readings)]
    meant = fold(claim)
    for mine in numbers_of(meant, language):
        for one in (one for one in parts if one.equals(mine)):
            begin, end = _zone(said, one, whole.end)
            if _deeds(meant, mine) & _meant(said[begin:end]):
                return True
    return False


def _is_fronted(said: str, whole: Number, primary: str) -> bool:
    before = said[: whole.begin]
    own = _FRONTED_IN.get(primary)
    return bool(_FRONTED.search(before) or (own and own.search(before)))


def _parts(there: Sequence[Number], said: str, primary: str) -> Iterator[tuple[Number, Number, frozenset[str]]]:
    """Each part with its whole, and the words that are told of the part alone."""
    for whole, part in pairwise(there):
        if _is_fronted(said, whole, primary) and max(part.readings) < min(whole.readings):
            yield part, whole, _alone(said, *_zone(said, part, whole.end))
    for at, part in enumerate(there):
        larger = [one for one in there[:at] if min(one.readings) > max(part.readings)]
        if larger and (behind := _OF_THEM.match(said, part.end)):
            begin, end = _zone(said, part, larger[-1].end)
            for one in larger:
                yield part, one, _alone(said, begin, max(end, behind.end()))


def _of_other_part(
    here: Sequence[Number], there: Sequence[Number], meant: str, said: str, primary: str
) -> Iterator[Difference]:
    """What is told of another part: `12 died` of `of the 48, 12 were treated and four died`."""
    whole = next((one for one in there if _is_fronted(said, one, primary)), None)
    if whole is None or len(here) != 1:
        return
    parts = [one for one in there if one.begin > whole.end and max(one.readings) < min(whole.readings)]
    zones = [_zone(said, one, whole.end) for one in parts]
    own = [at for at, one in enumerate(parts) if one.equals(here[0])]
    deeds = _deeds(meant, here[0])
    if len(own) != 1 or deeds & _meant(said[slice(*zones[own[0]])]):
        return
    for at, other in enumerate(parts):
        if at != own[0] and deeds & _alone(said, *zones[at]):
            yield Difference(
                Turn.BINDS, said[other.begin : zones[at][1]], f"{here[0].written} {' '.join(tokens(meant)[-1:])}"
            )
            return


def _zone(said: str, part: Number, least: int) -> tuple[int, int]:
    """From where to where a part is spoken of: from the comma before it, else from its verb, to the next mark."""
    between = said[least : part.begin]
    broken = [found.end() for found in _ENDS.finditer(between)]
    last = [found.start() for found in re.finditer(r"\S+", between)][-_NEAR:]
    begin = least + (broken[-1] if broken else (last or [0])[0])
    end = _ENDS.search(said, part.end)
    return begin, end.start() if end else len(said)


def _alone(said: str, begin: int, end: int) -> frozenset[str]:
    """The words of a stretch that stand nowhere else in the sentence."""
    return _meant(said[begin:end]) - _meant(said[:begin]) - _meant(said[end:])


def _meant(text: str) -> frozenset[str]:
    return frozenset(one for one in tokens(text) if len(one) >= _LEAST and one not in PASSED_OVER | _HELPS)


def _deeds(meant: str, mine: Number) -> frozenset[str]:
    return _meant(meant[: mine.begin]) | _meant(meant[mine.end :])


def _is_whole(mine: Number, whole: Number, meant: str) -> bool:
    """Whether the claim speaks of all of it, by the same noun."""
    return mine.equals(whole) and _are_alike(mine.counted, whole.counted) and not PARTIAL.search(meant[: mine.begin])


def _are_alike(one: str, other: str) -> bool:
    """Whether two words are forms of one noun: `Schüler` and `Schülern`."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _LEAST - 1 and long.startswith(short) and len(long) - len(short) <= _ALIKE


def _of_subject(here: Sequence[Number], there: Sequence[Number], meant: str, said: str) -> Iterator[Difference]:
    """`Five men were freed` of `two of the five men held after the raid were freed`."""
    for part, whole in pairwise(there):
        if not is_part(part, whole, said) or any(one.equals(part) for one in here):
            continue
        for mine in here:
            behind = tokens(meant[mine.end :])[1 : 1 + _NEAR]
            is_first = not tokens(meant[: mine.begin]) and not part.before
            if is_first and behind and _is_whole(mine, whole, meant) and _is_told(behind, tokens(said[whole.end :])):
                yield Difference(Turn.COUNTS, said[part.begin : whole.end], mine.written)
                return


def _is_told(behind: Sequence[str], said: Sequence[str]) -> bool:
    """Whether words stand there in their order, and not in a relative clause."""
    places = [at for at in range(1, len(said)) if list(said[at : at + len(behind)]) == list(behind)]
    return any(said[at - 1] not in _RELATIVES for at in places)
