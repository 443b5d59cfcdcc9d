"""Names that a model broke, put right from the passage that they were taken from."""

import re
from difflib import get_close_matches

from factcheck.text.names import ArticleNames, may_be_name

_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.)+(?![\w.])")
_INITIAL = re.compile(r"(?<![\w'’-])[A-Z][\w'’-]++ $")
_WORD = re.compile(r"(?<![\w.])[A-Z][\w'’-]{4,40}")
_ALIKE = 0.85
"""Of two names' letters: one of seven may differ."""


class NameMender:
    """Puts names right from one passage. Reading the passage once makes each claim cheap.

    Broken are an abbreviation that was cut off, as `the U.`, and a name that the article lacks and that is a
    letter away from one of the passage.
    """

    def __init__(self, passage: str, names: ArticleNames) -> None:
        """`names` are those of the whole article."""
        self._names = names
        self._dotted = frozenset(_DOTTED.findall(passage))
        self._known = [one for one in dict.fromkeys(_WORD.findall(passage)) if may_be_name(one)]

    def mended(self, claim: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The claim with its broken names as the passage writes them, and each with what was put right."""
        right = {found[0]: whole for found in _DOTTED.finditer(claim) if (whole := self._whole(found))}
        for name in self._names.unknown_in(claim):
            for word in _WORD.findall(name):
                close = [one for one in get_close_matches(word, self._known, cutoff=_ALIKE) if one[0] == word[0]]
                if len(close) == 1:
                    right[word] = close[0]
        for broken, name in right.items():
            claim = re.sub(rf"(?<![\w.]){re.escape(broken)}(?![\w.])", name, claim)
        return claim, tuple(right.items())

    def _whole(self, found: re.Match[str]) -> str | None:
        """The one abbreviation that this is the beginning of; None if it is whole, or somebody's initial."""
        longer = [one for one in self._dotted if one.startswith(found[0])]
        before, behind = found.string[: found.start()], found.string[found.end() :]
        is_initial = _INITIAL.search(before) and behind[1:2].isupper()
        return longer[0] if found[0] not in self._dotted and len(longer) == 1 and not is_initial else None
