"""Whether English claims are another claim cut up: all its words, each in its place, and none beside them.

So nothing that a model adds, drops, turns round or takes from one fact into the other passes for a part.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.text.folding import fold, words
from factcheck.text.inference import stem
from factcheck.text.splitting import has_verb, holds_for_what_follows, opening

_ARTICLES = frozenset(("a", "an", "the"))
_PRONOUNS = frozenset(words("he she it they him her them his its their who whom whose which that"))
_LOOSE = frozenset(words("and but while whereas yet also")) | _ARTICLES | _PRONOUNS
"""Words that may go or come: they join facts, or stand for what a part names."""
_EDGES = ".,;:!?…\"'“”‘’()[]"


@dataclass(frozen=True, slots=True)
class _Word:
    stem: str
    is_named: bool
    """Whether it begins a subject of its own, as far as an article or a capital tells."""
    is_by_pronoun: bool


def why_no_cut(claim: str, parts: Sequence[str]) -> str | None:
    """Why the parts are not the claim cut up, or None if they are.

    Each part has to hold the next stretch of the claim's words, as it stands there or turned about one place (`killing
    12 people` to `12 people killed`). A subject from further ahead may stand before it if it has none, or in it for
    a pronoun, and a verb behind it. Forms of a word are one, as far as `stem` tells.
    """
    left = _words(claim)
    opened = len(_words(opening(claim)))
    said = [one.stem for one in left]
    for part in parts:
        own = [one.stem for one in _words(part)]
        if not set(own) <= set(said):
            return f"“{part}” says something else"
        length = next((at for at, one in enumerate(left) if one.stem not in own), len(left))
        stretch, left = left[:length], left[length:]
        before = said[: len(said) - len(left) - length]
        if any(one not in own for at, one in enumerate(before) if at < opened or holds_for_what_follows(one)):
            return f"“{part}” leaves out what it stands under"
        if not stretch or not _holds(own, stretch, before):
            return f"“{part}” is not in the claim's own words"
        if not has_verb(part):
            return f"“{part}” has no verb"
    return f"“{left[0].stem}” is lost" if left else None


def _holds(own: Sequence[str], stretch: Sequence[_Word], before: Sequence[str]) -> bool:
    """Whether a part says a stretch of the claim, and beside it only that one's subject."""
    wanted, more = [one.stem for one in stretch], len(own) - len(stretch)
    if more <= 0:
        return _is_turned(own, wanted)
    may_stand_for = any(one.is_by_pronoun for one in stretch)
    if stretch[0].is_named and not may_stand_for:
        return False
    return any(
        _is_subject(own[at : at + more], before, is_by_pronoun=may_stand_for)
        and _is_turned([*own[:at], *own[at + more :]], wanted)
        for at in (range(len(stretch) + 1) if may_stand_for else (0,))
    )


def _is_turned(said: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the words are the same, but for a run at their begin that may stand at their end."""
    return len(said) == len(wanted) and any([*said[at:], *said[:at]] == list(wanted) for at in range(len(said)))


def _is_subject(run: Sequence[str], before: Sequence[str], *, is_by_pronoun: bool) -> bool:
    """Whether words begin the claim, or for a pronoun stand right before it: whom else one may mean is a guess."""
    run, before = list(run), list(before)
    return before[-len(run) :] == run if is_by_pronoun else before[: len(run)] == run


def _words(text: str) -> list[_Word]:
    """The words of a text that may not go."""
    written = [(one, fold(one).strip(_EDGES)) for one in text.split()]
    folded = ["", *(word for _, word in written), ""]
    return [
        _Word(stem(word), before in _ARTICLES or one[:1].isupper(), not _PRONOUNS.isdisjoint((before, behind)))
        for (one, word), before, behind in zip(written, folded, folded[2:], strict=False)
        if word not in _LOOSE and any(map(str.isalnum, word))
    ]
