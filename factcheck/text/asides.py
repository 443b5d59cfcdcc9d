"""A text without the commas around what only tells more of a noun: `the developer, Northway, of fraud`. English.

`The mill, built in 1910, sued the town, its tenant, over rent` is read as `the mill sued the town its tenant over
rent`: a name or a description belongs to its noun's side of the verb, a clause of its own to neither.
"""

import re
from collections.abc import Iterator, Sequence

from factcheck.text.folding import fold, words
from factcheck.text.keeping import kept_of_short
from factcheck.text.titles import TITLES
from factcheck.text.turns import DETERMINERS
from factcheck.text.verbs import AUXILIARIES, is_past

_PARTS = re.compile(r"([.!?;:](?=\s|$)|[()\[\]{}\"“”„«»—–]|\s-\s)")
_COMMA = re.compile(r",\s+")
_AGE = re.compile(r"\d{1,3}")
_RELATIVE = re.compile(r"\s(?:who|which|that|whose|whom|where)\s")
_TITLED = re.compile(rf"(?:[a-z]+\s)?(?:{'|'.join(sorted(TITLES))})\s[A-Z]")
"""`State senator Beth Hanley` begins with no capital and is a name all the same."""
_RELATIVES = frozenset(("who", "which", "whose", "whom", "where"))
_OPENERS = frozenset(words("""
    in on at by for from to with after before during since until under over as when while if because although despite
    according
"""))  # fmt: skip
"""What begins with one of these is no noun that a name behind its comma could tell more of: `In the final, Lyon`."""
_LEAST = 2
_LONGEST = 8
"""Words of what only tells who somebody is."""


@kept_of_short
def without_asides(text: str) -> str:
    """The text with each name or description read with its noun, and no clause between noun and verb."""
    return "".join(_joined(_COMMA.split(part)) for part in _PARTS.split(text))


def _joined(pieces: Sequence[str]) -> str:
    """The pieces between commas as one; behind an aside the sentence goes on, whatever its first word is."""
    said, was_aside = pieces[0], False
    for at, piece in enumerate(pieces[1:], 1):
        is_clause = (_is_clause(piece) and not was_aside) or _AGE.fullmatch(piece)
        if is_clause and at + 1 < len(pieces):
            was_aside = True
            continue
        is_opened = at == 1 and next(_words(said), "") in _OPENERS
        described = _RELATIVE.split(piece, maxsplit=1)[0] if at + 1 < len(pieces) else piece
        is_name = _is_name(described) and not is_opened
        said += f"{' ' if was_aside or is_name else ', '}{described if is_name else piece}"
        was_aside = is_name
    return said


def _is_clause(piece: str) -> bool:
    """Whether it begins with a participle or a relative pronoun, so that it tells more of the noun before it."""
    first = next(_words(piece), "")
    return first in _RELATIVES or is_past(first) or (first.endswith("ing") and first[0].islower())


def _is_name(piece: str) -> bool:
    """Whether it is a name or a description, with no verb of its own."""
    found = list(_words(piece))
    is_titled = len(found) <= _LONGEST // 2 and _TITLED.match(piece) is not None
    if not found or len(found) > _LONGEST or not (piece[0].isupper() or found[0] in DETERMINERS or is_titled):
        return False
    # `A convicted arsonist` has no verb.
    verbs = found[2:] if found[0] in DETERMINERS and len(found) > _LEAST else found
    return not any(is_past(one) or one in AUXILIARIES for one in verbs)


def _words(piece: str) -> Iterator[str]:
    return iter(fold(piece).split())
