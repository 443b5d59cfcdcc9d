"""The former or the latter of two, and a claim that has the other one: in English, German, Spanish and French."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from factcheck.text.folding import tokens
from factcheck.text.marked import PASSED_OVER
from factcheck.text.turns import Difference, Turn
from factcheck.text.verbs import root

_LATTER = {
    "en": re.compile(r"\bthe latter(?: (?:one|two))?\b", re.IGNORECASE),
    "de": re.compile(r"\b[Ll]etztere[rnsm]?\b"),
    "es": re.compile(r"\b[EeÉé]st[ea] últim[oa]\b"),
    "fr": re.compile(r"\b[Cc]e(?:tte)? derni(?:er|ère)\b"),
}
_FORMER = {
    "en": re.compile(r"\bthe former(?=,| (?:was|is|were|had|has|will|would)\b|\.?$)", re.IGNORECASE),
    "de": re.compile(r"\b[Ee]rstere[rnsm]?\b"),
    "es": re.compile(r"\b(?:aquél|aquel|aquella)(?=[ ,])"),
    "fr": re.compile(r"\b(?:ce premier|cette première|celui-là|celle-là)\b"),
}
_AND = re.compile(r",?\s(?:and|or|und|oder|sowie|y|o|e|u|et|ou)\s")
_MARK = re.compile(r"[,;:](?=\s)")
_PURPOSE = re.compile(r"\s(?:for|to|pour|para|um|zur|zum|als|as)\s")
_LONGEST = 5
"""Words of the first of the two."""


def other_of_two(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """The one of two in the claim, of which the sentence says that of the other one."""
    primary = (language or "en").split("-")[0].lower()
    for is_last, patterns in ((True, _LATTER), (False, _FORMER)):
        pattern = patterns.get(primary)
        found = pattern.search(sentence) if pattern else None
        if pattern is None or found is None or pattern.search(claim):
            continue
        pair = _pair(sentence[: found.start()])
        if pair is None:
            continue
        meant, other = pair[::-1] if is_last else pair
        said = _roots(claim)
        clause = _roots(_clause(sentence, found)) - _roots(meant) - _roots(other)
        if said & clause and said & _roots(other) - _roots(meant) and not said & _roots(meant) - _roots(other):
            yield Difference(Turn.BINDS, f"{found[0]}: {meant}", other)
            return


def _pair(before: str) -> tuple[str, str] | None:
    """The last two things that stand there joined by `and` or `or` with a clause behind them."""
    for joined in reversed(list(_AND.finditer(before))):
        behind = before[joined.end() :]
        ends = [one.start() for one in (*_MARK.finditer(behind), *_AND.finditer(behind))]
        ends += [one.start() for one in _PURPOSE.finditer(behind)] if ends else []
        if not ends:
            continue  # `…, and the latter`
        first = _MARK.split(before[: joined.start()])[-1].split()[-_LONGEST:]
        return " ".join(first), behind[: min(ends)].strip()
    return None


def _clause(sentence: str, found: re.Match[str]) -> str:
    """The words around `the latter`, back to the mark or `and` before it and on to the next mark."""
    before, behind = sentence[: found.start()], sentence[found.end() :]
    begins = [one.end() for one in (*_MARK.finditer(before.rstrip(" ,")), *_AND.finditer(before))]
    return f"{before[max(begins, default=0) :]} {_MARK.split(behind)[0]}"


def _roots(text: str) -> AbstractSet[str]:
    return frozenset(root(one) for one in tokens(text) if one not in PASSED_OVER)
