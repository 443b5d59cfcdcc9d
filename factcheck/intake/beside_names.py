"""What stands beside an author's name in a byline and is none: a degree, an agency, a place, who took the pictures."""

import re
import zoneinfo
from collections.abc import Set as AbstractSet
from functools import cache

from factcheck.text.places import countries

_AGENCY = re.compile(
    r"\b(?:news|press|agency|agentur|agence|agencia|agenzia|media|network|magazine|radio|tv|television|zeitung|herald"
    r"|tribune|university|institute|bureau|business insider)\b",
    re.IGNORECASE,
)
_GENERATION = re.compile(r", (?=(?:Jr|Sr)\b\.?|(?:II|III|IV)\b)")
_CREDITS = re.compile(
    r"[\s,.;|·•–—-]{0,3}\b(?:photo(?:graph)?(?:s|ed|y)?|pictures?|images?|videos?|illustrat(?:ed|ions?)|graphics?"
    r"|translat(?:ed|ions?)|fotos?|fotograf[ií]as?|bilder|übersetzt|traducido|traduit|tradotto|traduzido)"
    r"(?: (?:and|und) [^\W\d]{1,20})?(?:\s(?:by|von|par|por|da|di)\b|:).*\Z",
    re.IGNORECASE | re.DOTALL,
)
_END_OF_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})\.\Z")


def without_credits(line: str) -> str:
    """The line without whoever took its pictures or translated it, and with `Jr.` as a part of its name."""
    return _END_OF_SENTENCE.sub("", _CREDITS.sub("", _GENERATION.sub(" ", line)))


def is_beside_name(words: str) -> bool:
    """Whether it says of the name before it what, where or for whom that is: no single word there is a name."""
    return len(words.split()) == 1 or bool(_AGENCY.search(words)) or _is_place(words)


def _is_place(words: str) -> bool:
    plain = words.casefold().strip(".")
    return plain in _cities() or bool(countries(plain, "en"))


@cache
def _cities() -> AbstractSet[str]:
    """The cities that zones of time are called after."""
    return {one.rpartition("/")[2].replace("_", " ").casefold() for one in zoneinfo.available_timezones()}
