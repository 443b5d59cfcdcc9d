"""Text made comparable: case, quotes, dashes, blanks and ligatures folded, offsets kept."""

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from factcheck.domain.sentence import Span

_FOLDED = str.maketrans(
    dict.fromkeys("‘’‚‛′`´ʼ＇", "'") | dict.fromkeys("“”„‟«»″〝〞＂", '"') | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
)
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text in which each character knows the offset that it came from."""

    text: str
    origins: Sequence[int]

    def source_span(self, start: int, end: int) -> Span:
        """The stretch of the source that `[start, end)` of the folded text stands for."""
        return Span(self.origins[start], self.origins[end - 1] + 1)


def fold(text: str) -> str:
    """The folded form of a text, with blanks at neither end."""
    return fold_with_offsets(text).text.strip()


def fold_with_offsets(text: str, *, blanks: bool = True) -> FoldedText:
    """Fold a text character by character, so that a match can be carried back.

    Runs of blanks become one blank, or none: `U. S.` and `U.S.` are then alike.
    """
    folded: list[str] = []
    origins = array("L")
    for offset, char in enumerate(text):
        piece = _fold_char(char)
        if piece == " " and (not blanks or (folded and folded[-1] == " ")):
            continue
        folded.append(piece)
        origins.extend([offset] * len(piece))
    return FoldedText("".join(folded), origins)


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in _INVISIBLE:
        return ""
    if char.isspace():
        return " "
    return unicodedata.normalize("NFKD", char.translate(_FOLDED)).casefold().translate(_FOLDED)


_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*(?:[.'][^\W\d_]+)*")


def words(text: str) -> list[str]:
    """The folded words and numbers of a text; `1,000.5` and `U.S.` are one word each, `Japan's` is `japan`."""
    return [word.removesuffix("'s") for word in _WORD.findall(fold(text))]
