"""The verbs of an English sentence with what helps them, and the participles that tell more of a noun."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from factcheck.text.folding import words
from factcheck.text.heads import Word, verb_at
from factcheck.text.opposites import MOVES
from factcheck.text.turns import DAYS_AND_MONTHS, DETERMINERS
from factcheck.text.verbs import AUXILIARIES, PASTS, is_adverb, is_past, root

_GETS = frozenset(("gets", "got"))
FORMS_OF_BE = frozenset(words("is are was were be been being am"))
_BEHIND_PARTICIPLES = frozenset(words("by of as in to from at on with for into under near during"))
PREPOSITIONS = _BEHIND_PARTICIPLES | frozenset(
    words("against about over inside outside between among off through past")
)
_NO_BASES = frozenset(words("according during including following regarding concerning pending"))
_PARTICLES = frozenset(words("up down out off away back apart together"))
_PARTICIPLES = frozenset(words("""
    born known seen done given taken written beaten driven chosen stolen shown spoken broken eaten fallen drawn flown
    thrown grown hidden forgotten forbidden shaken woven worn torn sworn frozen
"""))  # fmt: skip
"""Without an auxiliary these are no verbs of their own."""
_COUNTS = frozenset(words("""
    one two three four five six seven eight nine ten dozens hundreds thousands several some many more all both
"""))  # fmt: skip
_SURE_HELPERS = AUXILIARIES | FORMS_OF_BE
_ARTICLES = DETERMINERS - {"that", "this", "these"}
_OPENS_OBJECTS = DETERMINERS | _COUNTS
TO_AGENT = 8
"""Words behind a passive in which its `by` is sought."""
ROWS = frozenset(("and", "or", "nor", "&"))
"""What joins several."""


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb at the tokens `begin` to `end`; `is_sure` is one that no participle beside a noun can be."""

    begin: int
    end: int
    is_passive: bool
    is_sure: bool


def verb_groups(said: Sequence[Word]) -> list[VerbGroup]:
    """The verbs of a sentence in their order; what may only tell more of a noun behind it if there is nothing else."""
    found, at = list[tuple[VerbGroup, bool]](), 0
    while at < len(said):
        if one := _verb(said, at):
            found.append((one, _is_plain(said, one)))
            at = one.end
        at += 1
    return [one for one, is_plain in found if is_plain] or [one for one, _ in found]


def _is_plain(said: Sequence[Word], verb: VerbGroup) -> bool:
    """Whether no bare noun follows, so that it is no `flavored` of `flavored water`."""
    word = said[verb.end].low
    if verb.end > verb.begin or word.endswith("ing") or verb.is_passive or word in PASTS or verb.end + 1 == len(said):
        return True
    behind = said[verb.end + 1]
    return not behind.is_content or behind.low in PREPOSITIONS | _PARTICLES or opens_object(behind)


def _verb(said: Sequence[Word], at: int) -> VerbGroup | None:
    """The verb that begins there; None where none does, nor a participle."""
    if _is_determined(said, at):
        return None
    if said[at].low in _GETS and at + 1 < len(said) and opens_object(said[at + 1]):
        return VerbGroup(at, at, is_passive=False, is_sure=True)
    found = verb_at(said, at)
    end, is_passive = found or (at, False)
    word, helpers = said[end].low, {one.low for one in said[at:end]}
    is_ing = word.endswith("ing") and len(word) > len("being")
    is_noun = (
        not said[end].written.isalpha() or said[at].written == "May" or (end > at and said[end - 1].low in DETERMINERS)
    )
    if is_noun or not (is_past(word) or is_ing or helpers.isdisjoint(FORMS_OF_BE)):  # `is a lawyer`
        return None
    if not helpers.isdisjoint(_SURE_HELPERS):
        return VerbGroup(at, end, is_passive, is_sure=True)
    if is_ing:
        is_first = at == 0 or said[at - 1].low in {",", "and"}
        return VerbGroup(at, end, is_passive=False, is_sure=False) if is_first and word not in _NO_BASES else None
    return _alone(said, at, end) if found else None


def _is_determined(said: Sequence[Word], at: int) -> bool:
    """Whether an article stands before a word, so that it is none of a verb: `the critically acclaimed film`."""
    before = at - 1
    while before > 0 and is_adverb(said[before].low):
        before -= 1
    return before >= 0 and said[before].low in _ARTICLES


def _alone(said: Sequence[Word], at: int, end: int) -> VerbGroup:
    """A verb without an auxiliary, which may be a participle of the noun before it, or of the one behind its comma."""
    word, behind = said[end].low, said[end + 1].low if end + 1 < len(said) else ""
    is_led = (behind == "by" or _is_led_far(said, at, end)) and root(word) not in MOVES
    is_participle = word in _PARTICIPLES or is_led or (at == 0 and is_past(word))
    return VerbGroup(at, end, is_participle, is_sure=not is_participle and behind not in _BEHIND_PARTICIPLES)


def _is_led_far(said: Sequence[Word], at: int, end: int) -> bool:
    """Whether a phrase stands between a participle in a row and its `by`: `bought and lent to us by a friend`."""
    if at == 0 or end + 1 == len(said) or said[at - 1].low not in {",", "and"}:
        return False
    behind = [one.low for one in said[end + 1 : end + TO_AGENT]]
    phrase = list(
        takewhile(lambda low: low != "by" and low[0].isalnum() and low not in ROWS and not is_past(low), behind)
    )
    return behind[0] in _BEHIND_PARTICIPLES and behind[len(phrase) : len(phrase) + 1] == ["by"]


def opens_object(word: Word) -> bool:
    """Whether a word behind a verb begins its object for sure, as an article, a number or a name does."""
    is_plain = word.low in _OPENS_OBJECTS or word.low[0].isdecimal() or word.written[0].isupper()
    return is_plain and word.low not in DAYS_AND_MONTHS
