"""Signs without width: those that join and divide letters belong to the words; soft hyphens and marks do not."""

import re
from dataclasses import dataclass
from unicodedata import bidirectional

_NON_JOINER, _JOINER = "\u200c", "\u200d"
_WRITTEN_OUT = re.compile(r"&(?:zwnj|zwj|#820[45]|#x200[cd]);", re.IGNORECASE)
_SPELT = {"zwnj": _NON_JOINER, "#8204": _NON_JOINER, "#x200c": _NON_JOINER}
_NO_PART = str.maketrans("", "", "\u00ad\ufeff")  # soft hyphen, byte order mark
FORCE, FORCE_ENDS = "\u202e", "\u202c"
_FORCED = re.compile(r"\u202e([^\u202c\u202e\n\u2029]*+)\u202c?")  # until it is ended, or the paragraph is
_FIRST_STAND_IN = 0x16800  # letters of Bamum, which few pages hold


def without_marks(text: str) -> str:
    """The text without soft hyphens and byte order marks, which nobody sees and which divide words for machines."""
    return text.translate(_NO_PART)


def as_shown(text: str) -> str:
    """The text with what is forced to run from right to left turned round: readers see 12 where 21 is written."""
    return _FORCED.sub(lambda found: turned(found[1]), text) if FORCE in text else text


def turned(words: str) -> str:
    """Words that are forced to run from right to left, as they are shown; Hebrew and Arabic ones do so anyway."""
    return words if any(map(_runs_so, words)) else words[::-1]


def _runs_so(letter: str) -> bool:
    return bidirectional(letter) in {"R", "AL"}


@dataclass(frozen=True, slots=True)
class Joiners:
    """Keeps zero-width joiners through a reader that drops all that is not printed, as letters that the page lacks.

    Persian, Hindi and other scripts, and many emoji, are spelt with them.
    """

    stand_ins: tuple[str, str] | None

    @classmethod
    def of(cls, text: str) -> "Joiners":
        """Those of a page; none where it has none."""
        if _NON_JOINER not in text and _JOINER not in text and not _WRITTEN_OUT.search(text):
            return cls(None)
        held = set(text)
        free = (chr(code) for code in range(_FIRST_STAND_IN, _FIRST_STAND_IN + len(held) + 2))
        first, second = [one for one in free if one not in held][:2]
        return cls((first, second))

    def hidden(self, text: str) -> str:
        """The text with the stand-ins."""
        if self.stand_ins is None:
            return text
        plain = _WRITTEN_OUT.sub(lambda found: _SPELT.get(found[0][1:-1].lower(), _JOINER), text)
        first, second = self.stand_ins
        return plain.replace(_NON_JOINER, first).replace(_JOINER, second)

    def put_back(self, text: str) -> str:
        """What was read, with the joiners again, and without soft hyphens."""
        if self.stand_ins is not None:
            first, second = self.stand_ins
            text = text.replace(first, _NON_JOINER).replace(second, _JOINER)
        return without_marks(text)
