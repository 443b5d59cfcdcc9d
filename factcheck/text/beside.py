"""What a sentence puts outside a place, near it or so many miles north of it, and a claim into it. English."""

import re
from collections.abc import Iterator

from factcheck.text.turns import Difference, Turn

_NAME = r"[A-Z][\w'’-]*+(?: [A-Z][\w'’-]*+)*+"
_IN = re.compile(
    rf"\b(?P<at>[Ii]n|[Aa]t|[Ii]nside|[Ww]ithin) (?:the (?:city|town|village|port) of )?(?:the )?(?P<place>{_NAME})"
)
_POINT = r"(?:north|south|mid)?[ -]?(?:north|south|east|west)"
_BESIDE = re.compile(
    rf"(?:(?<!the )(?<!north )(?<!south )(?<![\w-]){_POINT} of"
    r"|\b(?:outside(?: of)?|near|off|towards?|close to|en route to|bound for|short of|beyond"
    r"|(?:miles|kilomet(?:re|er)s|km|metres|yards|hours|minutes) from))"
    r"(?: the)?(?: [a-z-]+ of| city| town| village| port| coast)?(?: the)? $"
)
_LONGEST = 60
"""Characters before a name that are looked at."""


def put_into(claim: str, sentence: str) -> Iterator[Difference]:
    """A place that the claim has something in, and the sentence only outside or near."""
    for found in _IN.finditer(claim):
        place = found["place"]
        if told := _beside(place, sentence):
            yield Difference(Turn.BINDS, told, f"{found['at'].lower()} {place}")
            return


def _beside(place: str, sentence: str) -> str:
    """The words before a place and its name, where it never stands but behind such words."""
    told = ""
    for found in re.finditer(rf"\b{re.escape(place)}\b", sentence):
        before = _BESIDE.search(sentence[max(0, found.start() - _LONGEST) : found.start()])
        is_longer = re.match(r"['’]s\b|[ -][A-Z]", sentence[found.end() :])
        if before is None or is_longer:
            return ""
        told = told or f"{before[0]}{place}"
    return told
