"""Who does what to whom: a claim that turns `A sued B` into `B sued A`, or `rose` into `fell`. English.

Both texts are cut at a word that they share, or of which one has the opposite. Four things turn a statement round:
an opposite, the sides changed, a passive made active, a denial. Two of them leave it as it was: `B was sued by A`,
`prices here are lower than there`. An odd number is another statement.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain

from factcheck.text.asides import without_asides
from factcheck.text.converses import is_told_from_the_other_side
from factcheck.text.folding import words
from factcheck.text.keeping import kept_of_short
from factcheck.text.marked import PASSED_OVER
from factcheck.text.offices import held_once
from factcheck.text.opposites import LEAST_BASE, MOVES, PREFIXES, in_one, key, opposites_with
from factcheck.text.passives import BEFORE_BASE, MODALS, is_passive, leading, names_agent
from factcheck.text.turns import DAYS_AND_MONTHS, Difference, Stretch, Turn, stretches
from factcheck.text.verbs import is_adverb, is_past, root

SYMMETRIC = frozenset(map(root, words("""
    meet marry wed play face fight resemble equal tie draw border date divorce debate differ talk speak agree merge
    clash compete share negotiate say tell add state include name know follow join star feature base have end start
""")))  # fmt: skip
"""Of these both may do the same, or one is said of the other."""
_EITHER_FIRST = SYMMETRIC | frozenset(map(root, words("""
    become see make hold take get give come go begin stop produce live work call
""")))  # fmt: skip
"""Of these both sides may do the same, or either may stand first."""
_ADJUNCTS = frozenset(words("""
    in on at during since for with after before until over under near off about into as among within throughout
    between despite without like
"""))  # fmt: skip
_ENDS_ADJUNCT = DAYS_AND_MONTHS | {"year", "month", "week"}
_DETERMINERS = frozenset(words("the a an his her its their this that these those"))
_SMALL = _DETERMINERS | frozenset(words("""
    is are was were be been being am has have had do does did will would can could may might must should shall not
    of to by from against and or but that which who whom whose it he she they them him also then s than more less mr ms
    mrs dr
"""))  # fmt: skip
_PASSED = _SMALL | _ADJUNCTS | frozenset(words("also still now too yet already again"))
_NO_OBJECTS = (_SMALL | _ADJUNCTS) - _DETERMINERS
_TIMES = frozenset(("before", "after"))
_LINKS = _TIMES | {"because"}
"""These join two statements, whose sides are all their words."""
_LEAST_OFFICE = 7
_NEAR = 3
_JOINS = frozenset(words("""
    and but while whereas aber während wohingegen pero mientras mais tandis alors ma mentre mas enquanto maar terwijl
"""))  # fmt: skip
_DENIALS = frozenset(words("not no never neither nor cannot none nobody except"))
_NO_COMPARATIVES = (_SMALL | _ADJUNCTS | _JOINS) - {"more", "less"}
_LONGEST = 60
"""Words of a stretch that is looked at."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch cut at a word: what it says before and behind it, and whether the word is a passive, if known."""

    word: str
    left: Sequence[str]
    right: Sequence[str]
    is_passive: bool | None
    has_by: bool


def reversed_words(claim: str, sentence: str) -> Iterator[Difference]:
    """What the claim says the opposite of."""
    said, meant = _short(sentence), _short(claim)
    yield from _reversed(claim, _opposed_cuts(meant, said), meant, said)


def turned_round(claim: str, sentence: str) -> Iterator[Difference]:
    """What the claim says the opposite of; else what it says of one that the sentence says of the other."""
    said, meant = _short(sentence), _short(claim)
    is_denied, opposed = _is_denied_by_one(meant, said), _opposed_cuts(meant, said)
    yield from _reversed(claim, opposed, meant, said)
    if is_denied or opposed:
        return
    yield from _crossed(claim, sentence)
    plain = without_asides(claim), without_asides(sentence)
    if plain != (claim, sentence):
        yield from _crossed(*plain)


def _reversed(
    claim: str, opposed: Iterable[tuple[_Cut, _Cut]], meant: Sequence[Stretch], said: Sequence[Stretch]
) -> Iterator[Difference]:
    for cut, beside in opposed:
        # What a stretch without the word denies is another thing.
        around = [one for one in meant if cut.word in one], [one for one in said if beside.word in one]
        is_denied = _is_denied_by_one(*around)
        is_of_a_name = re.search(rf"\b{re.escape(cut.word.capitalize())} [A-Z]", claim)  # `North Korea`
        is_of_one = not is_of_a_name and (beside.word not in _TIMES or set(cut.right) & set(beside.right))
        is_converse = is_told_from_the_other_side(list(chain(*meant)), cut.word, list(chain(*said)), beside.word)
        if is_of_one and not is_converse and _is_odd(cut, beside, turns=1 + is_denied):
            yield Difference(Turn.POINTS, beside.word, cut.word)


def _is_denied_by_one(claim: Sequence[Stretch], said: Sequence[Stretch]) -> bool:
    return _denies(_words(claim)) != _denies(_words(said))


def _opposed_cuts(claim: Sequence[Stretch], said: Sequence[Stretch]) -> list[tuple[_Cut, _Cut]]:
    """Where the claim has the opposite of a word of the clause that it is about, or else of any.

    What rose in a clause of its own did not fall because something else did, by another number.
    """
    own = _own_clause(claim, said)
    found = list(_opposed(claim, own))
    if found or own is said:
        return found
    return [one for one in _opposed(claim, said) if key(one[0].word) not in MOVES or _has_number(claim, one[1], said)]


def _has_number(claim: Sequence[Stretch], beside: _Cut, said: Sequence[Stretch]) -> bool:
    """Whether a number of the claim stands beside a word of the sentence."""
    near = _words([one for one in said if beside.word in one])
    return any(one[0].isdecimal() and one in near for one in _words(claim))


def _crossed(claim: str, sentence: str) -> Iterator[Difference]:
    """Where the sides of a verb that both have are changed, or its voice."""
    meant, said = _short(claim), _short(sentence)
    for kind in sorted(_shared_pivots(_pivotal(claim), _pivotal(sentence))):
        cuts, besides = _cuts(meant, kind), _cuts(said, kind)
        if len(cuts) == len(besides) == 1 and _is_odd(cuts[0], besides[0], turns=0):
            yield Difference(Turn.ROLES, _told(said, besides[0].word), _told(meant, cuts[0].word))
        if len(cuts) == 1 < len(besides):
            stretch = next(one for one in meant if cuts[0].word in one)
            if own := _owner(stretch, said, kind):
                yield Difference(Turn.ROLES, own, _told(meant, cuts[0].word))


def _opposed(claim: Sequence[Stretch], said: Sequence[Stretch]) -> Iterator[tuple[_Cut, _Cut]]:
    """Where the claim has a word, and what is said its opposite and not the word."""
    here, there = _words(claim), _words(said)
    keys_here, keys_there = frozenset(map(key, here)), frozenset(map(key, there))
    for one, other in (*opposites_with(keys_here), *_prefixed(here, there, (*claim, *said))):
        for mine, theirs in ((one, other), (other, one)):
            is_either = mine & keys_here and theirs & keys_there
            if is_either and not (mine & keys_there or theirs & keys_here):
                yield _first_cut(claim, mine & keys_here), _first_cut(said, theirs & keys_there)


def _own_clause(claim: Sequence[Stretch], said: Sequence[Stretch]) -> Sequence[Stretch]:
    """The clause of the sentence that shares most with the claim; all of them where several share as much."""
    wanted = frozenset(map(key, _words(claim))) - _PASSED
    clauses = [part for stretch in said for part in _clauses(stretch)]
    shared = [len(wanted.intersection(map(key, part))) for part in clauses]
    most = max(shared, default=0)
    return (clauses[shared.index(most)],) if most > 1 and shared.count(most) == 1 else said


def _owner(claim: Stretch, said: Sequence[Stretch], kind: str) -> str:
    """Of a verb that stands twice the clause whose subject is the claim's, where only another one has its object."""
    clauses = [part for stretch in said for part in _clauses(stretch) if kind in map(key, part)]
    [(left, right)] = _halves([claim], kind)
    lefts, rights = zip(*_halves(clauses, kind), strict=True)
    subject, object_ = _only_fit(left, lefts), _only_fit(right, rights)
    if subject is None or object_ is None or subject == object_ or not lefts[object_]:
        return ""
    return " ".join(clauses[subject])


def _halves(clauses: Sequence[Stretch], kind: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The words before and behind a verb in each clause, numbers among them."""
    places = [next(at for at, word in enumerate(part) if key(word) == kind) for part in clauses]
    return [
        (
            frozenset(key(word) for word in part[:at] if not is_adverb(word)) - _PASSED,
            frozenset(map(key, part[at + 1 :])) - _PASSED,
        )
        for part, at in zip(clauses, places, strict=True)
    ]


def _only_fit(words_of_claim: AbstractSet[str], others: Sequence[AbstractSet[str]]) -> int | None:
    """Which one alone shares a word with the claim that no other has; None if none does, or several do."""
    fits = [
        at
        for at, one in enumerate(others)
        if words_of_claim & one - frozenset().union(*(other for other in others if other is not one))
    ]
    return fits[0] if len(fits) == 1 else None


def _clauses(stretch: Stretch) -> Iterator[Stretch]:
    """A stretch cut at the words that join clauses."""
    begin = 0
    for at, word in enumerate((*stretch, "and")):
        if word in _JOINS:
            yield stretch[begin:at]
            begin = at + 1


def _prefixed(
    here: AbstractSet[str], there: AbstractSet[str], every: Sequence[Stretch]
) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Words that one text denies by their beginning and the other has without it: `illegal` and `legal`.

    Of whom one says that he was president, he is an ex-president; `every` are the stretches of both texts.
    """
    for one, other in ((here, there), (there, here)):
        bases = other - one
        for word in sorted(word for word in one - other if word.startswith(PREFIXES)):
            for prefix in PREFIXES:
                base = word.removeprefix(prefix)
                least = _LEAST_OFFICE if prefix == "ex" else LEAST_BASE
                is_pair = base != word and len(base) >= least and base in bases
                if is_pair and (prefix != "ex" or not any(base in held_once(stretch) for stretch in every)):
                    yield frozenset((key(word),)), frozenset((key(base),))


def _short(text: str) -> tuple[Stretch, ...]:
    return tuple(in_one(one[:_LONGEST]) for one in stretches(text))


def _words(said: Sequence[Stretch]) -> frozenset[str]:
    return frozenset(word for stretch in said for word in stretch)


def _denies(here: AbstractSet[str]) -> bool:
    return not here.isdisjoint(_DENIALS) or any(one.endswith("n't") for one in here)


@dataclass(frozen=True, slots=True)
class _Pivotal:
    """The roots of a text's words that sides may stand around; `told` are base forms behind `will` and the like."""

    pivots: frozenset[str]
    comparatives: frozenset[str]
    compared: frozenset[str]
    infinitives: frozenset[str]
    told: frozenset[str]


@kept_of_short
def _pivotal(text: str) -> _Pivotal:
    said = _short(text)
    bases = _infinitives(said), _infinitives(said, MODALS)
    return _Pivotal(_pivots(said), _comparatives(said), _compared(said), *bases)


def _shared_pivots(claim: _Pivotal, said: _Pivotal) -> AbstractSet[str]:
    """Those of both texts; `to buy` is a verb where the other text has `was bought`, `to Reading` is none."""
    here, there = claim.pivots, said.pivots
    if claim.comparatives.isdisjoint(said.comparatives):
        # `costs more than` and `is cheaper than` are no sides of one comparison.
        here, there = here - claim.compared, there - said.compared
    return (here & (there | said.infinitives)) | (there & claim.infinitives) | (claim.told & said.told)


def _comparatives(said: Sequence[Stretch]) -> frozenset[str]:
    """The words that say of what one has more than another."""
    return frozenset(
        key(word)
        for stretch in said
        for at, word in enumerate(stretch)
        if _may_compare(stretch, at) and (word in {"more", "less", "fewer"} or word.endswith("er"))
    )


def _compared(said: Sequence[Stretch]) -> frozenset[str]:
    """Words before `than` that are no verbs."""
    return frozenset(
        key(word)
        for stretch in said
        for at, word in enumerate(stretch)
        if _may_compare(stretch, at) and not _may_be_verb(stretch, at)
    )


def _infinitives(said: Sequence[Stretch], before: AbstractSet[str] = BEFORE_BASE) -> frozenset[str]:
    """The roots of words that may be base forms, by what stands before them: `to buy`, `will also buy`."""
    return frozenset(
        key(word)
        for stretch in said
        for at, word in enumerate(stretch)
        if word not in _SMALL and any(one in before for one in leading(stretch, at)) and key(word) not in _EITHER_FIRST
    )


def _pivots(said: Sequence[Stretch]) -> frozenset[str]:
    """The roots of verbs, by their endings, and of comparatives before `than`."""
    return frozenset(
        key(word)
        for stretch in said
        for at, word in enumerate(stretch)
        if key(word) not in _EITHER_FIRST and (_may_be_verb(stretch, at) or _may_compare(stretch, at))
    )


def _may_be_verb(stretch: Stretch, at: int) -> bool:
    word = stretch[at]
    if word in _LINKS:
        return True
    if word in _SMALL or word in _ADJUNCTS:
        return False
    if is_past(word):
        return True
    is_inside = 0 < at < len(stretch) - 1 and stretch[at - 1] not in _SMALL
    return word.endswith("s") and is_inside and stretch[at + 1] not in _NO_OBJECTS


def _may_compare(stretch: Stretch, at: int) -> bool:
    return "than" in stretch[at + 1 :] and stretch[at] not in _NO_COMPARATIVES


def _first_cut(said: Sequence[Stretch], kinds: AbstractSet[str]) -> _Cut:
    return next(cut for kind in sorted(kinds) for cut in _cuts(said, kind))


def _cuts(said: Sequence[Stretch], kind: str) -> list[_Cut]:
    return [
        _Cut(word, *_both_sides(stretch, at), is_passive(stretch, at), names_agent(stretch[at:], kind))
        for stretch in said
        for at, word in enumerate(stretch)
        if key(word) == kind
    ]


def _both_sides(stretch: Stretch, at: int) -> tuple[Stretch, Stretch]:
    before, behind = stretch[:at], stretch[at + 1 :]
    if "than" in behind:
        than = behind.index("than")
        before, behind = before + behind[:than], behind[than + 1 :]
    elif stretch[at] not in _LINKS:
        before, behind = _without_adjuncts(before), _without_adjuncts(behind)
    return _meant(before), _meant(behind)


def _meant(side: Sequence[str]) -> Stretch:
    return tuple(
        key(word)
        for word in side
        if word not in _PASSED and word not in PASSED_OVER and not word[0].isdecimal() and not is_adverb(word)
    )


def _without_adjuncts(part: Sequence[str]) -> Stretch:
    """The words but for those that tell when and where."""
    kept: list[str] = []
    is_adjunct = has_noun = False
    for word in part:
        if word in _ADJUNCTS:
            is_adjunct, has_noun = True, False
        elif word in _ENDS_ADJUNCT or word[0].isdecimal() or (has_noun and word in _SMALL and word != "of"):
            is_adjunct = has_noun = False
        elif is_adjunct:
            has_noun = has_noun or word not in _SMALL
        else:
            kept.append(word)
    return tuple(kept)


def _is_odd(cut: _Cut, beside: _Cut, *, turns: int) -> bool:
    """Whether so many turns and those between two cuts are odd; where the sides tell nothing only opposites count."""
    left, right, other_left, other_right = map(frozenset, (cut.left, cut.right, beside.left, beside.right))
    crossed = left & other_right - other_left, right & other_left - other_right
    straight = left & other_left - other_right, right & other_right - other_left
    are_heads_crossed = all(crossed) and beside.left[0] in right and beside.right[0] in left
    # `A agreed to sell it to B` and `B agreed to buy it from A`.
    is_most = turns > 0 and len(crossed[0]) > len(straight[0])
    is_crossed = all(crossed) and (are_heads_crossed or is_most or not all(straight))
    if not turns and not is_crossed and not (all(straight) and not any(crossed)):
        return False
    # A headline leaves `is` out: `ranked first by size`.
    is_other_voice = {cut.is_passive, beside.is_passive} == {True, False} and (
        is_crossed or cut.has_by != beside.has_by
    )
    return bool((turns + is_crossed + is_other_voice) % 2)


def _told(said: Sequence[Stretch], word: str) -> str:
    """The words around a verb, for a person to read."""
    stretch = next(one for one in said if word in one)
    at = stretch.index(word)
    return " ".join(stretch[max(0, at - _NEAR) : at + 1 + _NEAR])
