"""Whom each verb of a long sentence is of, read across what stands between. English.

Before each verb stands what may be its subject: all words back to where its clause begins. Relative clauses,
appositions, ages and participles in between are passed over, and a clause with `whose` has a subject of its own. These
may be more words than the subject has, never others; where they cannot be told, there are none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from factcheck.text.folding import words
from factcheck.text.heads import Word, read_words
from factcheck.text.keeping import kept_of_short
from factcheck.text.sayings import is_of_saying, is_verb_of_saying
from factcheck.text.turns import DAYS_AND_MONTHS, DETERMINERS
from factcheck.text.verb_groups import FORMS_OF_BE, PREPOSITIONS, ROWS, TO_AGENT, VerbGroup, opens_object, verb_groups
from factcheck.text.verbs import is_adverb, is_past, root

_RELATIVES = frozenset(("who", "which", "that", "whom"))
_ASIDES = _RELATIVES | {"whose", "where"}
_PRONOUNS = frozenset(words("""
    he she it they we you i him them us who which whom what this these those one ones others another each both neither
    either all some many most none himself herself itself themselves
"""))  # fmt: skip
_STOPS = frozenset(";:.!?")
_MARKS = frozenset('“”"«»„()[]–—…')
"""Across these nobody is sought."""
_NOWHERE = _STOPS | _MARKS
_CLAUSE_BEGINS = frozenset(words("while because but although though when if where whereas whether so unless once"))
_MAY_BEGIN = frozenset(words("after before until since as than like and or nor"))
"""These begin a clause where a verb stands on their other side, else they are part of a phrase."""
_ENDS_SHARING = FORMS_OF_BE | _PRONOUNS | _CLAUSE_BEGINS | _MARKS | _STOPS | {"that", "with"}
"""Behind these a verb may have a subject of its own: `with two members abstaining`."""
_OTHER_CLAUSES = _CLAUSE_BEGINS | _ASIDES
_SMALL = DETERMINERS | PREPOSITIONS
_LEADS = _SMALL | {"former", "now", "then"}
_PASSED = PREPOSITIONS | DAYS_AND_MONTHS
_DEFINITE = frozenset(words("the this that these those"))
_BEFORE_INNER = _RELATIVES - {"who"} | {"a", "the", "to"}
_LONGEST_ASIDE = 30


@dataclass(frozen=True, slots=True)
class Named:
    """Words that may tell who does something, by their roots, and where the first of them stands.

    `is_inner` are those of a relative clause.
    """

    roots: frozenset[str]
    first: int
    written: str
    has_name: bool
    is_definite: bool
    is_inner: bool = False

    def __str__(self) -> str:
        return self.written

    @property
    def head(self) -> str:
        """The last word before a preposition, in small letters."""
        said = self.written.lower().split()
        end = next((at for at, one in enumerate(said) if at and one in PREPOSITIONS), len(said))
        return said[end - 1]


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb by its root and as written, who does it, and to whom it is done; None where that is not told."""

    verb: str
    written: str
    doer: Named | None
    done_to: Named | None
    is_passive: bool


@kept_of_short
def clauses(text: str) -> tuple[Clause, ...]:
    """Every verb of a text with those whom it is of, in its order."""
    return tuple(_Reader(read_words(text)).clauses())


class _Reader:
    """The words of one sentence, and its verbs."""

    def __init__(self, said: Sequence[Word]) -> None:
        self.said = said
        self.verbs = tuple(verb_groups(said))
        self._at = {place: one for one in self.verbs for place in range(one.begin, one.end + 1)}
        self._subjects: list[Named | None] = []

    def clauses(self) -> Iterator[Clause]:
        """Each verb with the words before it, and behind it, or behind its `by`."""
        for one in self.verbs:
            subject = self._subject(one)
            self._subjects.append(subject)
            word = self.said[one.end]
            behind = self._agent(one) if one.is_passive else self._object(one) if subject else None
            doer, done_to = (behind, subject) if one.is_passive else (subject, behind)
            yield Clause(root(word.low), word.written, doer, done_to, one.is_passive)

    def _subject(self, verb: VerbGroup) -> Named | None:
        """The words that its subject is among."""
        last = verb.begin - 1
        while last >= 0 and is_adverb(self.said[last].low):
            last -= 1
        before = self.said[last].low if last >= 0 else ""
        if not before:
            return None if verb.is_sure else self._opened(verb)
        if before in ROWS or before == "but":
            return self._shared(last)
        if before == ",":
            return self._over_aside(last) if verb.is_sure else self._before_comma(last, verb)
        if before in _RELATIVES:
            end = last - 1 - (last > 0 and self.said[last - 1].low == ",")
            return self._back(end, is_object=True) if end >= 0 and not self._is_link(last) else None
        return self._back(last)

    def _opened(self, verb: VerbGroup) -> Named | None:
        """Of a participle that opens a sentence the words behind its comma, up to the next verb."""
        comma = next((at for at in range(verb.end, len(self.said)) if self.said[at].low == ","), len(self.said))
        main = next((one for one in self.verbs if one.begin > comma and one.is_sure), None)
        return self._named(range(comma + 1, main.begin)) if main else None

    def _shared(self, end: int) -> Named | None:
        """Those of the verbs before, any of which may have this one too, if no other clause begins in between."""
        if not self._subjects or None in self._subjects:
            return None
        between = self.said[self.verbs[len(self._subjects) - 1].end + 1 : end]
        if any(one.low in _ENDS_SHARING for one in between):
            return None
        return _together([one for one in self._subjects if one])

    def _before_comma(self, comma: int, verb: VerbGroup) -> Named | None:
        """Of `…, demanding` who does what stands before; of `…, founded by` the words right before."""
        if self.said[verb.end].low.endswith("ing"):
            return self._shared(comma)
        beside = self._back(comma - 1)
        whole = None if verb.is_passive or beside is None else self._over_aside(comma)
        return _together([beside, whole]) if beside and whole else beside

    def _over_aside(self, last: int) -> Named | None:
        """The words before the comma that opens what ends with a comma there, with a name or description inside."""
        for comma in range(last - 1, max(0, last - _LONGEST_ASIDE), -1):
            if self.said[comma].low != ",":
                continue
            inner = range(comma + 1, last)
            first = self.said[comma + 1].low
            if first in _ASIDES or first.isdecimal() or self._is_participle(comma + 1):
                return self._back(comma - 1)
            if self._describes(inner):
                own = self._back(comma - 1)
                aside = self._named(inner)
                return own and (_together([own, aside]) if aside else own)
        return None

    def _is_participle(self, at: int) -> bool:
        one = self._at.get(at)
        low = self.said[at].low
        return (one is not None and not one.is_sure) or (low.endswith("ing") and self.said[at].written[0].islower())

    def _describes(self, inner: range) -> bool:
        """Whether words between commas are a name, a description or a phrase: none has a verb but in its own clause."""
        first = self.said[inner.start]
        relative = next((at for at in inner if self.said[at].low in _ASIDES), inner.stop)
        is_led = first.written[0].isupper() or first.low in _LEADS
        return is_led and not any(at in self._at and self._at[at].is_sure for at in range(inner.start, relative))

    def _back(self, last: int, *, is_object: bool = False) -> Named | None:
        """The words of the clause up to there, back to where it begins; None where that cannot be told.

        Of what may be an object they are those behind its verb.
        """
        found: list[int] = []
        at = last
        while at >= 0 and not self._begins(at, last, found):
            if is_object and found and self._has_object(at):
                break
            if self._is_lost(at):
                return None
            if self.said[at].low in _RELATIVES:
                found.clear()
            elif at in self._at:
                at = self._at[at].begin
            else:
                found.append(at)
            at -= 1
        named = self._named(sorted(found))
        return named and replace(named, is_inner=at >= 0 and self._is_inner(at))

    def _has_object(self, at: int) -> bool:
        """Whether an active verb stands there with an object behind it."""
        verb = self._at.get(at)
        return verb is not None and verb.is_sure and not verb.is_passive and opens_object(self.said[verb.end + 1])

    def _is_inner(self, at: int) -> bool:
        """Whether a clause begins there that tells more of a noun before it, and has a subject of its own."""
        if self.said[at].low == "whose":
            return True
        behind, first = self.said[at + 1], at
        while first > 1 and self.said[first].low in _BEFORE_INNER:  # Spanish: `a the that the voters accused`
            first -= 1
        is_led = behind.low in DETERMINERS or behind.written[0].isupper()
        return first < at and self.said[first].low == "," and is_led

    def _begins(self, at: int, last: int, found: Sequence[int]) -> bool:
        """Whether the clause whose words behind that word were found begins behind it."""
        low = self.said[at].low
        if low == ",":
            return not self._goes_on(at, found)
        if low in _RELATIVES:
            return not self._is_open(at, last)
        if low in _MAY_BEGIN:
            return bool(found) and self._has_sure_verb(at)
        is_told = at in self._at and is_verb_of_saying(self.said[self._at[at].end].low)
        return is_told or low in _STOPS or low in _CLAUSE_BEGINS or low == "whose"

    def _is_lost(self, at: int) -> bool:
        """Whether what stands there may have its subject's words before it, which none can tell."""
        low = self.said[at].low
        verb = self._at.get(at)
        is_sure = verb is not None and verb.is_sure and not self._is_in_relative(verb)
        return low in _MARKS or is_sure or (low in _RELATIVES and self._is_link(at))

    def _goes_on(self, comma: int, found: Sequence[int]) -> bool:
        """Whether a phrase goes on before a comma: in a row of several, or between two names."""
        is_row = any(self.said[at].low in ROWS for at in found)
        before, behind = self.said[comma - 1], self.said[comma + 1]
        is_name = before.written[0].isupper() and behind.written[0].isupper()
        return is_row or is_name or self._has_copula(max(found, default=comma))

    def _has_copula(self, last: int) -> bool:
        """Whether a form of `be` that helps no verb stands before a place, so that all around it is the same one."""
        for at in range(last, -1, -1):
            if self.said[at].low in _STOPS:
                return False
            if self.said[at].low in FORMS_OF_BE and at not in self._at:
                return True
        return False

    def _is_link(self, at: int) -> bool:
        """Whether a word as `that` stands behind a verb or noun of saying: it opens what is said."""
        before = self.said[at - 1].low if at else ""
        return self.said[at].low == "that" and (not before or is_of_saying(before) or is_past(before))

    def _is_open(self, at: int, last: int) -> bool:
        """Whether a clause that a relative pronoun begins has its verb already before a place."""
        within = [one for one in self.verbs if at < one.begin <= last]
        return any(one.is_sure or self.said[one.end + 1].low not in {"of", "by"} for one in within)

    def _is_in_relative(self, verb: VerbGroup) -> bool:
        """Whether a relative pronoun stands before a verb, with nothing but its subject in between."""
        for at in range(verb.begin - 1, -1, -1):
            if self.said[at].low in _RELATIVES:
                return True
            if at in self._at or not (self.said[at].is_content or self.said[at].low in _SMALL):
                return False
        return False

    def _has_sure_verb(self, at: int) -> bool:
        """Whether a clause with a verb of its own stands before a word, in which no relative clause is open."""
        for place in range(at - 1, -1, -1):
            low = self.said[place].low
            if place in self._at and self._at[place].is_sure:
                return not self._is_in_relative(self._at[place])
            if low in _STOPS or low in _CLAUSE_BEGINS:
                return False
        return False

    def _agent(self, verb: VerbGroup) -> Named | None:
        """Who does what a passive tells, behind its `by`."""
        for at in range(verb.end + 1, min(len(self.said) - 1, verb.end + TO_AGENT)):
            low = self.said[at].low
            if low == "by":
                is_time = self.said[at + 1].low[0].isdecimal() or self.said[at + 1].low in DAYS_AND_MONTHS
                return None if is_time or self._is_participle(at + 1) else self._ahead(at + 1)
            if low in _NOWHERE or low == "," or at in self._at:
                return None
        return None

    def _object(self, verb: VerbGroup) -> Named | None:
        """What an active verb is done to: all that stands behind it in its clause, if it begins with a noun."""
        first = verb.end + 1
        return self._ahead(first) if first < len(self.said) and opens_object(self.said[first]) else None

    def _ahead(self, first: int) -> Named | None:
        """The words from there to the end of their clause, with a description behind a comma."""
        found = []
        for at in range(first, len(self.said)):
            low = self.said[at].low
            is_apposition = (
                low == ","
                and at + 1 < len(self.said)
                and (self.said[at + 1].written[0].isupper() or self.said[at + 1].low in DETERMINERS)
            )
            is_ended = low in _NOWHERE or low in _OTHER_CLAUSES or (low == "," and not is_apposition)
            is_verb = at in self._at and (self._at[at].is_sure or self.said[at - 1].low in ROWS)
            if is_ended or is_verb:
                break
            found.append(at)
        return self._named(found)

    def _named(self, places: Sequence[int]) -> Named | None:
        """The words at some places as a name or noun; None where a pronoun stands among them."""
        said = [self.said[at] for at in places]
        if any(one.low in _PRONOUNS for one in said):
            return None
        meant = [one for one in said if one.is_content and one.low not in _PASSED and not is_adverb(one.low)]
        if all(one.low[0].isdecimal() for one in meant):
            return None
        return Named(
            frozenset(root(one.bare) for one in meant),
            places[0],
            " ".join(one.written for one in said if one.low != ","),
            any(one.written[0].isupper() and one is not self.said[0] for one in meant),
            said[0].low in _DEFINITE or any(two.low == "the" and one.is_content for one, two in pairwise(said)),
        )


def _together(named: Sequence[Named]) -> Named:
    return Named(
        frozenset().union(*(one.roots for one in named)),
        min(one.first for one in named),
        named[0].written,
        any(one.has_name for one in named),
        named[0].is_definite,
    )
