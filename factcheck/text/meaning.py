"""Whether a claim says what its sentence says: what turns it round, told by rules without a model.

A claim is compared with its sentence at the words that both have, so that a `not` of another clause, which the claim
leaves out with its clause, is left in peace. Turning words are looked at here; acts that were not done, who did what,
conditions, and what belongs together are looked at by rules of their own.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from factcheck.text.ages import other_age
from factcheck.text.aims import aim_as_done
from factcheck.text.animals import beyond_animals
from factcheck.text.appositions import of_another_name
from factcheck.text.beside import put_into
from factcheck.text.bindings import misbound
from factcheck.text.bounded import unbounded
from factcheck.text.calendar_words import other_days
from factcheck.text.causes import made_cause
from factcheck.text.clause_days import of_another_clause
from factcheck.text.contrasts import is_of_an_exception, is_of_the_other
from factcheck.text.doers import given_to_another
from factcheck.text.folding import tokens, words
from factcheck.text.frequencies import other_frequency
from factcheck.text.fronted import fronted_as_doer
from factcheck.text.glosses import gloss, in_words
from factcheck.text.halves import of_other_half
from factcheck.text.heads import promoted
from factcheck.text.hearsay import told_as_done
from factcheck.text.invented_causes import invented_cause
from factcheck.text.judgements import judged_so
from factcheck.text.latter import other_of_two
from factcheck.text.marked import (
    CONDITIONS,
    HEDGES,
    PASSED_OVER,
    QUANTIFIERS,
    REACH,
    TIMES,
    WEAK_DENIALS,
    Mark,
    Marked,
    denies,
    denies_in,
    expressions,
    marked,
)
from factcheck.text.merged_names import merged
from factcheck.text.noun_places import at_another_place
from factcheck.text.numbers import find_numbers
from factcheck.text.objects import done_to_another
from factcheck.text.opposites import is_opposed, negated
from factcheck.text.other_speakers import said_by_the_other
from factcheck.text.owners import of_another_owner
from factcheck.text.paired_amounts import crossed_amounts, other_noun_of
from factcheck.text.part_deeds import part_deed_of_whole, tells_part
from factcheck.text.particles import without_particles
from factcheck.text.parts import every_of, part_as_whole, speaks_of_whole
from factcheck.text.placings import raised_to_first
from factcheck.text.ranks import raised
from factcheck.text.rates import each_as_sum, rate_as_amount
from factcheck.text.relatives import of_another_noun
from factcheck.text.rephrased import rephrased_as_done
from factcheck.text.report_days import said_that_day
from factcheck.text.respective import paired_otherwise
from factcheck.text.restrictions import unrestricted
from factcheck.text.roles import reversed_words, turned_round
from factcheck.text.routes import turned_way
from factcheck.text.scopes import taken_out
from factcheck.text.sides import turned_side
from factcheck.text.superlatives import unranked
from factcheck.text.tellers import teller_as_doer
from factcheck.text.turns import Difference, Turn
from factcheck.text.undone_rulings import undone_by_it
from factcheck.text.unreal import governs, outlived, undone
from factcheck.text.until import other_sides_of_dates
from factcheck.text.untruths import UNTRUTHS
from factcheck.text.verbs import is_past, root

_SAYINGS = frozenset(words("""
    said says say told tells claim claims claimed deny denies denied accuse accuses accused allege alleges alleged argue
    argues argued suggest suggests suggested believe believes believed think thinks thought according announced reported
    reports insisted insists promised warned predicted expected feared hoped planned wants wanted tried attempted
    threatened
"""))  # fmt: skip
"""Verbs under which what is quoted is somebody's word, or hope."""

_TURNING = frozenset({"only", "nearly", "almost"}).union(WEAK_DENIALS, HEDGES, TIMES, CONDITIONS, UNTRUTHS, _SAYINGS)
_TAKEN_BACK = UNTRUTHS.union(words("withdrew withdrawn retracted recanted apologised apologized corrected denied"))
"""A whole sentence left out that has one of these takes back what stands before it."""
_CONFUSIONS = (
    said_that_day,
    merged,
    put_into,
    turned_side,
    made_cause,
    crossed_amounts,
    teller_as_doer,
    rate_as_amount,
    other_age,
    of_another_name,
    of_another_owner,
    other_frequency,
    paired_otherwise,
    unranked,
    of_another_clause,
    unrestricted,
    aim_as_done,
    beyond_animals,
    raised_to_first,
    unbounded,
    undone_by_it,
    at_another_place,
    rephrased_as_done,
    fronted_as_doer,
    said_by_the_other,
)
"""What an English claim may take for another thing of its sentence."""
_CONFUSIONS_OF_MANY = (
    turned_way,
    of_other_half,
    other_of_two,
    invented_cause,
    other_noun_of,
    each_as_sum,
    every_of,
    part_as_whole,
    part_deed_of_whole,
    judged_so,
)
"""What a claim of any of several languages may take so; each rule knows the words of its languages."""
_OF_TIME = frozenset(("quarter_of",))
"""`the first quarter of 2020` counts nothing."""
_RELATIVE = re.compile(r"(?<!\s)\s*+,\s*+(?:who|which|whose|whom|where|when)\b[^,.;!?]*+,\s*+")
_DENIED_ASIDE = re.compile(r"\bnot,\s[^,;:.!?]{1,60},\s", re.IGNORECASE)
"""`Of fraud but not, as was reported, of theft`: the denial is of what stands behind."""
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)]*+\s++(?=\S)")
_STOP = re.compile(r"[,;:.!?()\"“”—–]")
_JOINS = re.compile(r"\b(?:and|but|while|whereas)\b")
_NOT_SO = re.compile(r"(?:\bnot|n['’]t)\ (?:true|so|right|correct|the\ case)\b", re.IGNORECASE)
_DENY = root("deny")
_MOST = 2 / 3
_LONGEST = 2_000
"""Characters of a text that is looked at; nobody writes longer sentences, only tables and attacks are."""
_LOOSE = frozenset(("by", "part", "share", "one_of", "rank"))
"""A claim may add one of these and say no more than its sentence."""


def differences(claim: str, sentence: str, language: str | None = None) -> Iterator[Difference]:
    """What turns the claim round against its sentence, the weightiest first; `language` is that of both, if known."""
    if claim == sentence or max(len(claim), len(sentence)) > _LONGEST:
        return  # as one claim in ten does, word for word
    meant, said = gloss(claim, language), gloss(sentence, language)
    if meant is None or said is None:
        yield from _by_words(claim, sentence)
        yield from chain.from_iterable(confused(claim, sentence) for confused in _CONFUSIONS)
    else:
        by_words = _by_words(meant.text, said.text, is_put_so=True)
        yield from (in_words(one, meant, said) for one in by_words if one.turn is not Turn.NUMBERS)
        yield from _by_own_words(without_particles(claim), without_particles(sentence), language)
    yield from chain(misbound(claim, sentence, language), other_days(claim, sentence, language))
    yield from chain(other_sides_of_dates(claim, sentence, language), raised(claim, sentence, language))
    yield from told_as_done(claim, sentence, language)
    yield from chain.from_iterable(confused(claim, sentence, language) for confused in _CONFUSIONS_OF_MANY)


def _by_words(claim: str, sentence: str, *, is_put_so: bool = False) -> Iterator[Difference]:
    """What turns an English claim round, or one put so, by its words and their order."""
    said, meant = (marked(_DENIED_ASIDE.sub("not ", text)) for text in (sentence, claim))
    is_excepted = is_of_an_exception(claim, sentence)
    is_of_the_other_one = is_of_the_other(claim, sentence)
    for turn in Turn:
        if turn is Turn.DENIES and is_of_the_other_one:
            yield from _denied_alike(said, meant)
            continue
        differing = _differing(turn, said, meant)
        yield from (one for one in differing if not speaks_of_whole(claim, sentence, one.sentence))
        yield from () if turn is Turn.DENIES and is_excepted else _added(turn, said, meant)
    if _holds_most(said, meant):
        yield from chain(turned_round(claim, sentence), outlived(claim, sentence))
        yield from () if is_of_the_other_one or is_excepted else given_to_another(claim, sentence, is_put_so=is_put_so)
        yield from done_to_another(claim, sentence)
    yield from chain(promoted(claim, sentence), undone(claim, sentence), taken_out(claim, sentence))
    yield from of_another_noun(claim, sentence)


def _denied_alike(said: Marked, meant: Marked) -> Iterator[Difference]:
    """What a claim denies of one, and the sentence of another whom it is unlike."""
    for mark in meant.marks[Turn.DENIES]:
        if mark.bears_on in said.denied:
            yield Difference(Turn.DENIES, "unlike", mark.written)


def _by_own_words(claim: str, sentence: str, language: str | None) -> Iterator[Difference]:
    """What turns a claim of another language round, by its numbers, and by opposites in the forms that news has."""
    said, meant = marked(sentence, language), marked(claim, language)
    numbers = _differing(Turn.NUMBERS, said, meant)
    yield from (one for one in numbers if not tells_part(claim, sentence, one, language))
    if _holds_most(said, meant):
        yield from reversed_words(claim, sentence)


def is_turned_by(left_out: str, language: str | None = None) -> bool:
    """Whether words that a quote leaves out between others may turn it round.

    A relative clause between commas is of its noun alone. Of several sentences only the ends count, that bear on
    what is quoted before and behind them, and those that take something back.
    """
    if _RELATIVE.fullmatch(left_out):
        return False
    # `Lyon beat [Porto and Ajax lost to] Bern`: what follows is another verb's.
    last = _STOP.split(left_out)[-1]
    if (joined := _JOINS.search(last)) and any(map(is_past, tokens(last[joined.end() :]))):
        return True
    first, *rest = _SENTENCE_END.split(left_out)
    is_ended = left_out.rstrip().endswith((".", "!", "?", "…"))
    whole = rest if is_ended else rest[:-1]
    if any(_NOT_SO.search(one) or not _TAKEN_BACK.isdisjoint(tokens(one)) for one in whole):
        return True
    near = [first.partition(",")[0], *([] if is_ended else rest[-1:])] if rest else [first]
    return any(_turns(one, language) for one in near)


def _turns(left_out: str, language: str | None) -> bool:
    found = expressions(" ".join(tokens(left_out)))
    if any(one in _TURNING or denies_in(one, language) for one in found) or governs(found):
        return True
    # What counts the next quoted word: `paid [three million] dollars`, `[few of the] growers`.
    last = next((one for one in reversed(found) if one not in PASSED_OVER), "")
    end = " ".join(found[-REACH:])
    is_count = last in QUANTIFIERS and last not in _OF_TIME
    return is_count or any(number.is_sure and end.endswith(number.written) for number in find_numbers(end))


def _holds_most(said: Marked, meant: Marked) -> bool:
    """Whether the claim's words that mean something stand there, all but a third, or one whose opposite does."""
    wanted = [one for one in meant.roots if one not in PASSED_OVER and not denies(one)]
    lacking = [one for one in wanted if one not in said.roots]
    return len(lacking) <= (1 - _MOST) * len(wanted) or (len(lacking) == 1 and is_opposed(lacking[0], said.roots))


def _differing(turn: Turn, said: Marked, meant: Marked) -> Iterator[Difference]:
    """Words of the sentence that the claim lacks, or has others for, where both speak of the same."""
    here, there = meant.marks[turn], said.marks[turn]
    uncounted = [one for one in there if not one.bears_on]
    for mark in there:
        own = [one for one in here if mark.bears_on and one.bears_on == mark.bears_on and not _has(there, one)]
        if own and all(one.differs(mark) for one in own):
            # What `28` counts in `34 seats, up from 28`, only its reader knows.
            if all(one.differs(number) for one in own for number in uncounted):
                yield Difference(turn, mark.written, own[0].written)
            continue
        is_lost = mark.narrows and not own and mark.bears_on in meant.roots and not _is_plain(mark, said, there)
        if is_lost and not _is_said_otherwise(turn, mark, meant) and all(one.sense != mark.sense for one in here):
            yield Difference(turn, mark.written, "")


def _is_plain(mark: Mark, said: Marked, there: Iterable[Mark]) -> bool:
    """Whether what the mark bears on stands in the sentence without such a mark too, so that it may be the claim's."""
    return said.roots.get(mark.bears_on, 0) > len({one.place for one in there if one.bears_on == mark.bears_on})


def _is_said_otherwise(turn: Turn, mark: Mark, meant: Marked) -> bool:
    """Whether the claim says in other words what the lost word says."""
    if turn is Turn.DENIES or mark.sense == "hardly":
        return mark.bears_on in meant.weakly_denied | (meant.denied if mark.sense == "hardly" else frozenset())
    if turn is Turn.HEDGES:
        return bool(meant.open_words - {mark.bears_on})
    # Who was a mayor, or coached, is no mayor and no coach now.
    office = mark.written.rpartition(" ")[2]
    return mark.sense == "former" and (office in meant.held_once or office not in meant.words)


def _added(turn: Turn, said: Marked, meant: Marked) -> Iterator[Difference]:
    """Words of the claim that the sentence has no such for, where it speaks of the same."""
    if turn is Turn.NUMBERS or (turn is Turn.HEDGES and said.open_words):
        return
    # A denial of what the claim leaves out is none of what it says.
    near = said.marks[turn] if turn is not Turn.DENIES or not said.denied.isdisjoint(meant.roots) else []
    for mark in meant.marks[turn]:
        is_judged = any(one in said.roots for one in mark.nearer)
        is_known = any(one.bears_on == mark.bears_on or one.sense == mark.sense for one in near)
        if is_judged or is_known or (turn is Turn.DENIES and (_denies_too(said, mark) or _is_own_denial(said, mark))):
            continue
        is_about_it = mark.sense not in _LOOSE and mark.bears_on in said.roots
        if is_about_it or (turn is Turn.DENIES and _holds_most(said, meant)):
            yield Difference(turn, "", mark.written)


def _denies_too(said: Marked, mark: Mark) -> bool:
    """Whether the sentence denies it in other words: by `failed to`, or by `unsafe` what is `not safe`."""
    forms = (form for one in (*mark.nearer, mark.bears_on) for form in negated(one))
    may_be_denied = mark.bears_on in said.weakly_denied or mark.bears_on not in said.roots
    return (bool(said.weakly_denied) and may_be_denied) or any(form in said.roots for form in forms)


def _is_own_denial(said: Marked, mark: Mark) -> bool:
    """Whether the claim tells a denial as one, which the sentence has too: `denies taking` of who `denies theft`."""
    return root(mark.written.split()[0]) == _DENY and _DENY in said.roots


def _has(marks: Iterable[Mark], mark: Mark) -> bool:
    return any((one.bears_on, one.sense) == (mark.bears_on, mark.sense) for one in marks)
