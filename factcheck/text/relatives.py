"""What a relative clause tells of its noun, told of another one: `X, whose father was mayor` made X a mayor.

`Ana founded the trust, which runs clinics` tells of the trust. English, and what is put so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from factcheck.text.folding import words
from factcheck.text.heads import Word, read_words
from factcheck.text.turns import Difference, Turn
from factcheck.text.verb_groups import FORMS_OF_BE, PREPOSITIONS, VerbGroup, verb_groups
from factcheck.text.verbs import is_adverb, is_past, root

_OWNS = frozenset(words("his her their its my our whose"))
_ENDS = frozenset(',;:.!?()"“”—–…')
_HELPS = FORMS_OF_BE | frozenset(words("has have had"))
_EQUATES = frozenset(
    map(root, words("become remain call name serve act represent include mean appoint elect consider"))
)
_SELF = frozenset(words("himself herself itself themselves as like"))
_BREAK = Word(";", ";")
_LONGEST_OWNED = 4


@dataclass(frozen=True, slots=True)
class _Told:
    """What a claim says: the words before its first verb, and those from there on, by their roots."""

    subject: frozenset[str]
    rest: frozenset[str]
    written: str


def of_another_noun(claim: str, sentence: str) -> Iterator[Difference]:
    """What the claim says of one, and the sentence in a relative clause of another one."""
    said = read_words(sentence)
    places = [at for at, one in enumerate(said) if at and one.low in _FINDERS]
    meant = _told(read_words(claim)) if places else None
    if meant is None:
        return
    for at in places:
        begin = at + 1 + (list(said[at + 1 : at + 2]) == [_BREAK])  # Spanish: `, that ; has won`
        end = next((here for here in range(begin, len(said)) if said[here].low in _ENDS), len(said))
        if other := _FINDERS[said[at].low](meant, said, at, end):
            yield Difference(Turn.ROLES, other, meant.written)
            return


def _told(meant: Sequence[Word]) -> _Told | None:
    """What a claim of one clause says; None where its subject is owned by another one, or no verb is found."""
    place = _verb_at(meant, 0, len(meant))
    if not place or any(one.low in _OWNS or one.is_owner for one in meant[:place]):
        return None
    subject, rest = _roots(meant[:place]), _roots(meant[place:])
    written = " ".join(one.written for one in meant[: place + 2])
    return _Told(subject, rest, written) if subject and rest else None


def _verb_at(said: Sequence[Word], begin: int, end: int) -> int:
    """Where the first verb stands, in the present too; 0 if there is none."""
    groups = [one.begin for one in verb_groups(said) if begin < one.begin < end]
    helping = [at for at in range(begin + 1, end) if said[at].low in _HELPS]
    return min([*groups[:1], *helping[:1]], default=0) or _present_at(said, begin + 1, end)


def _present_at(said: Sequence[Word], begin: int, end: int) -> int:
    """Where a word of the present may stand behind a name or noun: `runs`."""
    return next(
        (
            at
            for at in range(begin, end)
            if said[at].written.islower() and said[at].low.endswith("s") and said[at].is_content
        ),
        0,
    )


def _of_owned(meant: _Told, said: Sequence[Word], at: int, end: int) -> str:
    """What is told of somebody's father, as told of that one."""
    verb = _verb_at(said, at, end)
    behind = verb
    if verb + 1 == end:  # German and Dutch: `whose father mayor was`
        behind = next((here for here in range(at + 1, end) if said[here].is_content), verb) + 1
    owned = _roots(said[at + 1 : behind]) if at < behind <= at + 1 + _LONGEST_OWNED else frozenset[str]()
    told = _roots(said[behind:end])
    is_of_it = meant.rest <= told and not meant.rest <= _roots([*said[:at], *said[end:]])
    is_of_owner = meant.subject <= _roots(said[:at]) and owned.isdisjoint(meant.subject | meant.rest)
    return " ".join(one.written for one in said[at : verb + 1]) if owned and is_of_it and is_of_owner else ""


def _of_object(meant: _Told, said: Sequence[Word], at: int, end: int) -> str:
    """What is told of what another verb is done to, or of whom it is done with, as told of who did that."""
    if said[at - 1].low != ",":
        return ""
    verb = next((one for one in reversed(verb_groups(said[: at - 1]))), None)
    if verb is None or _may_equate(said, verb, at - 1):
        return ""
    zone, before = said[verb.end + 1 : at - 1], said[: verb.begin]
    told = _roots(said[at + 1 : end])
    is_of_it = meant.rest <= told and not meant.rest <= _roots(said[:at])
    is_of_doer = meant.subject <= _roots(before) and meant.subject.isdisjoint(_roots(zone))
    is_noun = bool(zone) and zone[-1].is_content and not is_adverb(zone[-1].low)
    return " ".join(one.written for one in (*zone, *said[at : at + 2])) if is_of_it and is_of_doer and is_noun else ""


def _of_both(meant: _Told, said: Sequence[Word], at: int, end: int) -> str:
    """What is told of something between two, as told of one of them: `a row between A and B delayed it`."""
    joined = next((here for here in range(at, end) if said[here].low == "and"), end)
    past = next((here for here in range(joined, end) if is_past(said[here].low)), 0)
    verb = min(filter(None, (past, _verb_at(said, joined, end))), default=0)
    if not verb or not said[at - 1].is_content or not _roots(said[verb:end]) & meant.rest:
        return ""
    sides = _roots(said[at + 1 : joined]), _roots(said[joined:verb])
    is_of_one = any(meant.subject <= one and meant.subject.isdisjoint(other) for one, other in (sides, sides[::-1]))
    is_of_it = meant.rest <= _roots(said) and root(said[_end_of(said, verb)].low) in meant.rest
    return " ".join(one.written for one in said[at - 1 : verb + 1]) if is_of_one and is_of_it else ""


def _end_of(said: Sequence[Word], begin: int) -> int:
    """Where a verb ends that begins there."""
    return next((one.end for one in verb_groups(said) if one.begin == begin), begin)


def _may_equate(said: Sequence[Word], verb: VerbGroup, end: int) -> bool:
    """Whether what stands behind a verb may be its subject in other words: `is the head of it, who lives`."""
    behind = said[verb.end + 1 : end]
    is_bare = verb.is_passive and behind[:1] and behind[0].low not in PREPOSITIONS
    is_copula = (
        any(one.low in FORMS_OF_BE for one in (*said[verb.begin : verb.end + 1], *behind)) and not verb.is_passive
    )
    is_self = any(one.low in _SELF for one in behind)
    return bool(is_bare or is_copula or is_self or root(said[verb.end].low) in _EQUATES)


def _roots(said: Sequence[Word]) -> frozenset[str]:
    return frozenset(root(one.bare) for one in said if one.is_content and not is_adverb(one.low))


_FINDERS: Mapping[str, Callable[[_Told, Sequence[Word], int, int], str]] = {
    **dict.fromkeys(("who", "which", "that"), _of_object),
    "whose": _of_owned,
    "between": _of_both,
}
