"""Whether words beside a quote in its sentence, which it leaves out, may turn it round or change an amount."""

import re
from collections.abc import Iterable

from factcheck.text.folding import tokens, words
from factcheck.text.marked import CONDITIONS, HEDGES, PASSED_OVER, QUANTIFIERS, WEAK_DENIALS, denies, expressions
from factcheck.text.unreal import governs
from factcheck.text.untruths import UNTRUTHS

_TAKEN_BACK = UNTRUTHS.union(
    words("""
    denied denies deny retracted withdrawn rumour rumor falsch falschmeldung unwahr gerücht bestreitet bestritt
    dementiert dementierte faux fausse rumeur démenti dément falso falsa bulo mentira desmiente desmintió negó bufala
    smentito smentisce boato desmentiu onwaar gerucht ontkent
"""))  # fmt: skip
"""Words by which a sentence takes back what it says besides."""
_CONDITIONS = CONDITIONS | frozenset(words("wenn falls sofern si sauf salvo se tenzij indien"))
_OF_PART = frozenset({"few", "not_all", "half", "nearly", "part", "share", "less"})
_CLAUSE = re.compile(
    r"[,;:.!?()\"“”—–]|\b(?:and|but|while|whereas|und|aber|et|mais|y|pero|e|ma|mas|en|maar)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s+(?=[^\W\d_a-z]|[\"“‘«(]|\d)|[。！？]")
_NUMBER = re.compile(r"\d[\d.,]*\Z")
_COUNTED = frozenset(words("""
    one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty
    ninety hundred thousand million billion zwei drei vier fünf sechs sieben acht neun zehn zwölf deux trois quatre
    cinq six sept huit neuf dix dos tres cuatro cinco seis siete ocho nueve diez due tre quattro sei sette otto nove
    dieci
"""))  # fmt: skip
_MAGNITUDE = re.compile(
    r"\s*(?:[%‰°½⅓¼¾]|\d+[/⁄]\d|per ?cents?\b|percentage|hundreds?\b|thousands?\b|(?:m|b|tr)illions?\b"
    r"|milli?ards?\b|dozens?\b|prozent\w*|hundert\w*|tausend\w*|millionen\b|milliarden?\b|mio\b|mrd\b|bn\b"
    r"|pour cent\b|mille\b|milliers?\b"
    r"|por ciento\b|miles?\b|mil\b|millón\b|millones\b|milhões\b|bilhões\b|per cento\b|mila\b|milion[ei]\b"
    r"|miliard[oi]\b|procent\b|duizend\b|miljoen\b|miljard\b)",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?:^|\s)[−-]\s?\Z")
_MONTH = re.compile(r"\bMay\b")
_OWNED = re.compile(r"['’]s\b")


def is_cut_short(quote: str, places: Iterable[tuple[str, str]]) -> bool:
    """Whether the quote is cut so wherever it stands; `places` are what stands before and behind it there."""
    found = [_is_cut(quote, *one) for one in places]
    return bool(found) and all(found)


def _is_cut(quote: str, before: str, behind: str) -> bool:
    before = _SENTENCE_END.split(before)[-1] if quote[:1].strip() else before
    said = quote.strip(" \t\n\"'“”‘’«»,;:")
    behind = "" if said.endswith((".", "!", "?", "…")) else _SENTENCE_END.split(behind)[0]
    return _changes_amount(said, before, behind) or bool(_OWNED.match(behind)) or _turns(before, behind)


def _changes_amount(said: str, before: str, behind: str) -> bool:
    """Whether a number is parted from what it counts in: `paid 5` of `paid 5 million`."""
    ends = _is_number((tokens(said) or ("",))[-1]) and _MAGNITUDE.match(behind) is not None
    begins = _is_number((tokens(before) or ("",))[-1]) and _MAGNITUDE.match(said) is not None
    return ends or begins or (said[:1].isdigit() and _MINUS.search(before) is not None)


def _is_number(word: str) -> bool:
    return bool(_NUMBER.match(word)) or word in _COUNTED


def _turns(before: str, behind: str) -> bool:
    near = (_CLAUSE.split(before)[-1], _CLAUSE.split(behind)[0])
    taken = not _TAKEN_BACK.isdisjoint((*tokens(before), *tokens(behind)))
    return taken or any(map(_bends, near)) or _is_part(near[0])


def _is_part(before: str) -> bool:
    """Whether the words before say that what follows is said of a part: `half of the`, `few`, `nearly`."""
    told = (one for one in reversed(expressions(" ".join(tokens(before)))) if one and one not in PASSED_OVER)
    return QUANTIFIERS.get(next(told, "")) in _OF_PART


def _bends(beside: str) -> bool:
    """Whether a clause denies, hedges or sets a condition for what was quoted of it."""
    found = expressions(" ".join(tokens(_MONTH.sub("", beside))))
    bent = any(denies(one) or one in WEAK_DENIALS or one in HEDGES or one in _CONDITIONS for one in found)
    return bent or governs(found)
