"""What servers that do not keep to the form make of it, put right before it is judged.

Only what is meant beyond doubt: a number in quotes, null for "", `Fact` for `fact`, `S1` for `s1`. What contradicts
itself or has another shape stays as it is, and fails its sentence.
"""

import math
import re
from collections.abc import Mapping

from pydantic import BeforeValidator

from factcheck.extraction.schema import WORTH_STEPS, sentence_key

_KEY = re.compile(r"\W{0,9}(?:s|sentence)?[\s_-]{0,3}(\d{1,4})\W{0,9}", re.IGNORECASE)
_NUMBER = re.compile(r"([+-]?\d{1,9}(?:\.\d{1,9})?)(?: ?/ ?10)?")
_AROUND_A_WORD = " \t\r\n.,:;!*_`'\""


def known_key(name: str) -> str | None:
    """The sentence's key that a name is meant for, such as `s1` for `S1`, `01` and `sentence 1`, or None."""
    found = _KEY.fullmatch(name)
    return sentence_key(int(found[1]) - 1) if found else None


def _worth(said: object) -> object:
    """A worth on the scale's nearest step; None for one that is no number, or that a word tells."""
    if isinstance(said, str):
        number = _NUMBER.fullmatch(said.strip())
        said = float(number[1]) if number else None
    if isinstance(said, bool):
        return None
    if not isinstance(said, int | float):
        return said
    # Half a step goes up, unlike with `round`, which takes 8.5 and 7.5 to 8.
    return None if math.isnan(said) else math.floor(min(max(said, 0), WORTH_STEPS) + 0.5)


def _text(said: object) -> object:
    if said is None:
        return ""
    is_words = isinstance(said, list) and all(isinstance(one, str) for one in said)
    return ", ".join(said) if isinstance(said, list) and is_words else said


def _kind(said: object) -> object:
    if said is None:
        return ""
    return said.strip(_AROUND_A_WORD).lower() if isinstance(said, str) else said


def _list(said: object) -> object:
    if said is None:
        return []
    return [said] if isinstance(said, Mapping) else said


AsWorth = BeforeValidator(_worth)
AsText = BeforeValidator(_text)
AsKind = BeforeValidator(_kind)
AsList = BeforeValidator(_list)
