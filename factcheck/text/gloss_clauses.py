"""What governs a clause of another language, as English rules know it: `glaubt, dass` as `believed that`."""

from collections.abc import Sequence
from dataclasses import replace

from factcheck.text import gloss_words as known
from factcheck.text.gloss_reading import Word

_NEAR = 3


def clauses_governed(said: Sequence[Word], language: str) -> list[Word]:
    """The words with conditions, double denials and verbs of opinion as English has them."""
    return _opinions(_neither(_conditions(said, language), language), language)


def _conditions(said: Sequence[Word], language: str) -> list[Word]:
    """With `if` before a German condition that opens with its verb, and for the Portuguese `se` that is one."""
    found = list(said)
    is_told = any(one.written == "," for one in said) and "?" not in {one.written for one in said}
    if language == "de" and is_told and said[0].low in known.VERB_FIRST:
        return [Word("", "if", "small"), *found]
    if language == "pt":
        for at, one in enumerate(said):
            if one.low == "se" and (not at or said[at - 1].written == ","):
                found[at] = Word(one.written, "if", "small")
    return found


def _neither(said: Sequence[Word], language: str) -> list[Word]:
    """The German `weder … noch` and the Dutch `noch … noch`; one `noch` alone is `still`."""
    found = list(said)
    places = [at for at, one in enumerate(said) if one.low == "noch" and language in known.VERB_LAST]
    if language == "nl" and len(places) > 1:
        found[places[0]] = replace(said[places[0]], put="neither")
    neither = next((at for at, one in enumerate(found) if one.put == "neither"), len(found))
    for at in (at for at in places if at > neither):
        found[at] = replace(said[at], put="nor")
    return found


def _opinions(said: Sequence[Word], language: str) -> list[Word]:
    """A verb of belief or doubt with the clause that it governs right behind it: `glaubt, dass` as `believed that`."""
    found = list(said)
    for at, one in enumerate(said):
        put = known.OPINIONS[language].get(one.base) if one.kind in {"verb", "intends"} else None
        behind = range(at + 1, min(len(said), at + 2 + _NEAR))
        place = next((here for here in behind if said[here].low not in known.BEFORE_CLAUSES), at)
        is_asked = put == "doubted" and said[place].put in {"or", "whether"}  # `betwijfelen of`
        if put and place > at and (said[place].put == "that" or is_asked):
            between = [replace(other, put="") if other.written == "," else other for other in said[at + 1 : place]]
            last = replace(said[place], put="that")
            found[at : place + 1] = [*between, Word(one.written, put), last]
    return found
