"""Words that turn a statement round: a claim without its sentence's `not`, or with `some` for `few`, is another claim.

Each such word is looked at where it stands: beside the next word that means something, which is the one that it
bears on. A claim is compared with its sentence at the words that both have, so that a `not` of another clause, which
the claim leaves out with its clause, is left in peace. The words are English, those of denial in some more languages.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from factcheck.text.folding import tokens, words
from factcheck.text.inference import stem
from factcheck.text.keeping import kept_of_short
from factcheck.text.numbers import find_numbers


class Turn(Enum):
    """What a turning word does, as a person would say it."""

    DENIES = "denial"
    COUNTS = "quantifier"
    HEDGES = "hedge"
    DATES = "office's time"
    NUMBERS = "number"
    POINTS = "direction"


@dataclass(frozen=True, slots=True)
class Difference:
    """What sets a claim apart from its sentence: the words of either, empty where it has none."""

    turn: Turn
    sentence: str
    claim: str

    def __str__(self) -> str:
        sides = (("the sentence", self.sentence), ("the claim", self.claim))
        has, other = (f"{side} says “{said}”" if said else f"{side} does not" for side, said in sides)
        return f"{has}, {other}" if self.sentence else f"{other}, {has}"


def _table(**names: str) -> dict[str, str]:
    """Each word by the sense that it shares with others; an underscore joins the words of one expression."""
    return {word: sense for sense, listed in names.items() for word in listed.split()}


_DENIALS = frozenset(words("""
    no not never none nobody nothing nor neither without cannot denies denied deny denying
    nicht kein keine keinen keinem keiner nie niemals ohne ne pas jamais sans non nunca sin não sem geen niet nooit
    zonder
"""))  # fmt: skip
_WEAK_DENIALS = frozenset(words("""
    fail fails failed failing failure lack lacks lacked lacking unable refuse refuses refused refusing reject rejects
    rejected rejecting avoid avoids avoided prevent prevents prevented hardly barely scarcely seldom rarely false untrue
    absent absence missing unlike instead few little unless except excluding barred banned prohibited
"""))  # fmt: skip
"""Words by which a sentence may deny what its claim says with a `not`, and the other way round."""

_QUANTIFIERS = _table(
    few="few hardly_any",
    some="some several a_few a_number_of",
    many="many numerous lots_of a_lot_of dozens_of hundreds_of thousands_of",
    most="most the_majority_of a_majority_of",
    every="all every each both entire",
    half="half",
    only="only solely exclusively just",
    nearly="nearly almost virtually practically close_to",
    least="at_least no_less_than no_fewer_than",
    most_of="at_most up_to no_more_than as_many_as",
    more="more_than over above exceeding",
    less="less_than fewer_than under below",
)
_HEDGES = _table(
    hedge="""may might could possibly perhaps probably likely unlikely reportedly allegedly alleged apparently seemingly
    purportedly presumably supposedly suspected purported supposed rumored rumoured potentially arguably""",
)
_TIMES = _table(
    former="former formerly ex erstwhile onetime",
    acting="acting interim caretaker",
    late="late",
    elect="incoming outgoing",
    deputy="deputy vice",
)
OFFICES = frozenset(words("""
    president premier chancellor minister secretary governor mayor senator congressman congresswoman representative
    ambassador director chief head chair chairman chairwoman chairperson ceo chancellor commissioner attorney general
    justice judge speaker leader commander captain manager coach king queen prince princess pope bishop archbishop
    editor principal superintendent sheriff dean rector prime foreign finance
"""))  # fmt: skip
"""What `acting`, `late` or `deputy` must stand before to speak of an office."""
_SENSES = {Turn.COUNTS: _QUANTIFIERS, Turn.HEDGES: _HEDGES, Turn.DATES: _TIMES}
_EXPRESSION = re.compile(
    "|".join(
        sorted(
            (rf"\b{one.replace('_', ' ')}\b" for senses in _SENSES.values() for one in senses if "_" in one),
            key=len,
            reverse=True,
        )
    )
)
_UP = """
    rise rises rose risen rising increase increases increased grow grows grew grown climbed gained up higher
"""
_DOWN = """
    fall falls fell fallen falling decrease decreases decreased decline declines declined shrank dropped lost down lower
"""
_OPPOSITES = tuple(
    (frozenset(words(one)), frozenset(words(other)))
    for one, other in (
        (_UP, _DOWN),
        ("before", "after"),
        ("more", "less fewer"),
        ("above", "below"),
        ("first", "last"),
        ("win wins won winning", "lose loses lost losing"),
        ("approve approves approved accept accepts accepted", "reject rejects rejected refuse refuses refused"),
        ("support supports supported", "oppose opposes opposed"),
        ("open opens opened", "close closes closed"),
        ("guilty convicted", "acquitted innocent cleared"),
    )
)
"""Words of which one points another way than the other."""
_CONDITIONS = frozenset(words("if unless provided whether until"))
_SAYINGS = frozenset(words("""
    said says say told tells claim claims claimed deny denies denied accuse accuses accused allege alleges alleged argue
    argues argued suggest suggests suggested believe believes believed think thinks thought according announced reported
    reports insisted insists promised warned predicted expected feared hoped planned wants wanted tried attempted
    threatened
"""))  # fmt: skip
"""Verbs under which what is quoted is somebody's word, or hope."""

_TURNING = frozenset({"only", "nearly", "almost"}).union(
    _DENIALS, _WEAK_DENIALS, _HEDGES, _TIMES, _CONDITIONS, _SAYINGS
)
_RELATIVE = re.compile(r"(?<!\s)\s*+,\s*+(?:who|which|whose|whom|where|when)\b[^,.;!?]*+,\s*+")
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)]*+\s++(?=\S)")
_PASSED_OVER = frozenset(words("""
    a an the of to be been being is are was were am has have had do does did will would shall should can it that this
    these those their his her its our your my there any one ever even also yet so very really actually only just in on
    at by for with from as
"""))  # fmt: skip
_REACH = 5
"""So many words behind a turning word are looked at for the one that it bears on."""
_BORNE_ON = {"no": 3, "not": 2, "never": 2, "nobody": 2, "none": 2, "neither": 2}
"""How many words behind it a denial bears on, where that is more than one: of `no known form of life uses …`."""
_MOST = 2 / 3
_NEAR = 100
_LONGEST = 2_000
"""Characters of a text that is looked at; nobody writes longer sentences, only tables and attacks are."""
_NARROWING = {"few", "only", "nearly", "least", "most_of", "more", "less", "half", "hedge", True, *_TIMES.values()}
"""Without one of these a claim says more than its sentence; `some` and `many` may go with no harm."""
_BOUNDARY = re.compile(r"[,;:.!?…](?=\s|$)|[()\[\]{}\"“”„«»—–]|\s-\s")
"""Where a stretch of words ends that one word may bear on."""


_MONTH_OF_MAY = re.compile(
    r"(\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Oo]f|[Ff]rom|[Tt]o|[Ll]ate|[Ee]arly|[Ll]ast|\d\d?(?:st|nd|rd|th)?)[ -])"
    r"May\b|\bMay(?=[ ]\d)"
)
"""`May` that is no hedge, by the word before it or the figure behind it."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A turning word as written, what it means, and the stem of the word that it bears on."""

    written: str
    sense: object
    bears_on: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A text's stems, how often each, and its turning words."""

    stems: Mapping[str, int]
    marks: Mapping[Turn, Sequence[_Mark]]
    denies_weakly: bool
    words: AbstractSet[str]

    def holds_most_of(self, other: "_Read") -> bool:
        """Whether the words of the other text that mean something stand here, all but a third of them."""
        wanted = [one for one in other.stems if one not in _PASSED_OVER and not denies(one)]
        return sum(one in self.stems for one in wanted) >= _MOST * len(wanted)


def differences(claim: str, sentence: str) -> Iterator[Difference]:
    """What turns the claim round against its sentence, the weightiest first."""
    if max(len(claim), len(sentence)) > _LONGEST:
        return
    said, meant = _read(sentence), _read(claim)
    for turn in Turn:
        yield from _differing(turn, said, meant)
    if said.holds_most_of(meant):
        for one, other in _OPPOSITES:
            for here, there in ((one, other), (other, one)):
                points, against = here & meant.words, there & said.words
                if points and against and not (here & said.words or there & meant.words):
                    yield Difference(Turn.POINTS, min(against), min(points))


def is_turned_by(left_out: str) -> bool:
    """Whether words that a quote leaves out between others may turn it round.

    A relative clause between commas is of its noun alone. Of several sentences only the ends count, that bear on
    what is quoted before and behind them.
    """
    if _RELATIVE.fullmatch(left_out):
        return False
    first, *rest = _SENTENCE_END.split(left_out)
    near = [first.partition(",")[0], rest[-1]] if rest else [first]
    return any(map(_turns, near))


def _turns(left_out: str) -> bool:
    found = _expressions(" ".join(tokens(left_out)))
    if any(one in _TURNING or denies(one) for one in found):
        return True
    # What counts the next quoted word: `paid [three million] dollars`, `[few of the] growers`.
    last = next((one for one in reversed(found) if one not in _PASSED_OVER), "")
    end = " ".join(found[-_REACH:])
    return last in _QUANTIFIERS or any(number.is_sure and end.endswith(number.written) for number in find_numbers(end))


def _differing(turn: Turn, said: _Read, meant: _Read) -> Iterator[Difference]:
    here, there = meant.marks[turn], said.marks[turn]
    if turn is Turn.DENIES and (said.denies_weakly or meant.denies_weakly):
        return
    for mark in there:
        own = [one for one in here if one.bears_on == mark.bears_on]
        if own and all(one.sense != mark.sense for one in own) and not _has(there, own[0]):
            yield Difference(turn, mark.written, own[0].written)
            continue
        # A word that stands in the sentence without the mark too may be the claim's.
        is_plain = said.stems.get(mark.bears_on, 0) > _times(there, mark.bears_on)
        is_lost = not own and not is_plain and mark.bears_on in meant.stems
        if is_lost and mark.sense in _NARROWING and all(one.sense != mark.sense for one in here):
            yield Difference(turn, mark.written, "")
    for mark in here:
        is_new = all(one.bears_on != mark.bears_on and one.sense != mark.sense for one in there)
        is_about_it = mark.bears_on in said.stems or (turn is Turn.DENIES and said.holds_most_of(meant))
        if is_new and turn is not Turn.NUMBERS and is_about_it:
            yield Difference(turn, "", mark.written)


def _times(marks: Sequence[_Mark], stem: str) -> int:
    return sum(one.bears_on == stem for one in marks)


def _has(marks: Sequence[_Mark], mark: _Mark) -> bool:
    return any((one.bears_on, one.sense) == (mark.bears_on, mark.sense) for one in marks)


@kept_of_short
def _read(text: str) -> _Read:
    marks: dict[Turn, list[_Mark]] = {turn: [] for turn in Turn}
    stems: Counter[str] = Counter()
    every: set[str] = set()
    for stretch in _BOUNDARY.split(text):
        plain = " ".join(tokens(_MONTH_OF_MAY.sub(r"\1Mai", stretch)))
        found = _expressions(plain)
        for at, word in enumerate(found):
            for turn, sense in _senses(word, found[at + 1] if at + 1 < len(found) else ""):
                for governed in islice(_governed(found, at), _BORNE_ON.get(word, 1)):
                    marks[turn].append(_Mark(f"{word.replace('_', ' ')} {governed}", sense, stem(governed)))
        marks[Turn.NUMBERS] += _numbers(plain)
        stems.update(map(stem, found))
        every.update(found)
    return _Read(stems, marks, not _WEAK_DENIALS.isdisjoint(every), every)


def _senses(word: str, behind: str) -> Iterator[tuple[Turn, object]]:
    if denies(word):
        yield Turn.DENIES, True
    for turn, senses in _SENSES.items():
        is_meant = turn is not Turn.DATES or senses.get(word) == "former" or behind in OFFICES
        if word in senses and is_meant:
            yield turn, senses[word]


def _expressions(plain: str) -> list[str]:
    """The words, those of one expression joined by an underscore."""
    return _EXPRESSION.sub(lambda match: match[0].replace(" ", "_"), plain).split(" ")


def denies(word: str) -> bool:
    """Whether a folded word is one of denial, in English, German or a Romance language."""
    return word in _DENIALS or word.endswith("n't")


def _governed(found: Sequence[str], at: int) -> Iterator[str]:
    """The words that the turning word at this place bears on: the next ones that mean something."""
    near = found[at + 1 : at + 1 + _REACH]
    return (word for word in near if word not in _PASSED_OVER and not any(_senses(word, word)))


def _numbers(written: str) -> Iterator[_Mark]:
    end = 0
    for number in find_numbers(written):
        at = written.find(number.written, end)
        if at < 0 or not number.readings:
            continue
        end = at + len(number.written)
        behind = written[end : end + _NEAR].split(" ")[1:]
        for governed in islice(_governed(behind, -1), 1):
            yield _Mark(f"{number.written} {governed}", number.readings, stem(governed))
