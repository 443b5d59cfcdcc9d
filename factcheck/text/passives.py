"""Whether a verb in a row of words is a passive, and tells by whom. English."""

from collections.abc import Iterator
from itertools import islice

from factcheck.text.folding import words
from factcheck.text.numbers import find_numbers
from factcheck.text.opposites import MOVES, key
from factcheck.text.turns import Stretch
from factcheck.text.verbs import is_adverb

_ABOUT = frozenset(words("about around nearly almost over just more less than up to roughly some a an another"))
_AMOUNTS = frozenset(words("half third quarter percent fifth tenth"))
MODALS = frozenset(words("will would can could may might must should shall did"))
BEFORE_BASE = MODALS | {"to"}
_BE = frozenset(words("is are was were be been being am got gets"))
_NO_VERBS = frozenset(("draw", "defeat", "loss", "win"))
"""Of `held to a draw by Derby` only `held` is a passive."""
_NEAR = 3


def leading(stretch: Stretch, at: int) -> Iterator[str]:
    """The word before a place, adverbs passed over."""
    return islice((one for one in reversed(stretch[max(0, at - _NEAR) : at]) if not is_adverb(one)), 1)


def is_passive(stretch: Stretch, at: int) -> bool | None:
    """Whether it is a passive that tells by whom; None for one that does not, and may be an adjective."""
    before, behind, kind = stretch[max(0, at - _NEAR) : at], stretch[at + 1 :], key(stretch[at])
    is_led_by = (behind[:1] == ("by",) and names_agent(behind, kind)) or (
        behind[:1] == ("and",) and "by" in behind[2 : 2 + _NEAR]
    )
    is_infinitive = any(one in BEFORE_BASE for one in leading(stretch, at))  # `is to replace`
    is_led = not _BE.isdisjoint(before) and not stretch[at].endswith("ing") and not is_infinitive
    if stretch[at] in _NO_VERBS:
        return False
    if is_led_by or (is_led and names_agent(behind, kind)):
        return True
    return None if is_led else False


def names_agent(part: Stretch, kind: str) -> bool:
    """Whether a `by` behind a verb tells who did it, and not how much: `rose by 3 percent`, `fell by about half`."""
    if kind not in MOVES:
        return "by" in part
    named = [part[at + 1 :] for at, one in enumerate(part) if one == "by"]
    behind = (next((one for one in rest if one not in _ABOUT), "") for rest in named)
    return any(one not in _AMOUNTS and not any(number.is_sure for number in find_numbers(one)) for one in behind)
