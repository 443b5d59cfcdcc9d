"""What a text says that somebody was: an office that was held once, so that `former` says no more."""

from itertools import islice

from factcheck.text.folding import words
from factcheck.text.turns import Stretch
from factcheck.text.verbs import is_past

_HELD = frozenset(words("was were been served worked became once fue era été était fu stato stata foi war"))
_PUT_IN = frozenset(words("elected appointed named made sworn nominated been served"))
_ENDS = frozenset(words("by in on at from with to for of after before and but that who which when"))
_REACH = 7
"""So many words behind one of these an office may stand."""


def held_once(stretch: Stretch) -> frozenset[str]:
    """The words by which a text says what somebody was: `mayor` of `was once the mayor of`, not of `the mayor was`."""
    found: set[str] = set()
    for at, word in enumerate(stretch):
        behind = stretch[at + 1 : at + 1 + _REACH]
        # `war Präsident` is put as `had president`; what stands behind `had warned` is no office.
        is_held = (
            word in _HELD
            or stretch[at - 1 : at + 1] == ("used", "to")
            or (word == "had" and not any(map(is_past, islice(behind, 1))))
        )
        for one in behind if is_held else ():
            if one in _ENDS or (is_past(one) and one not in _PUT_IN):
                break
            found.add(one)
    return frozenset(found)
