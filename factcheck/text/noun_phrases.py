"""Noun phrases beside a verb, told from capitals and small words without a parser: who `said`.

A phrase that stands right before `said` ends there, and one right behind `according to` begins there, so that only its
other side must be found. Each walk looks at a bounded number of tokens. English; in doubt there is no phrase.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.text.abbreviations import as_words

_TOKEN = re.compile(r"\w++(?:[&'’./@-]\w++)*+|[^\w\s]")
_LONGEST = 7
"""Tokens of a phrase without its prepositions."""
_PREPOSITIONS_INSIDE = 3
_ASIDES = 4
_POSSESSIVE = re.compile(r"['’]s?$")

_ABBREVIATED = as_words(
    "Mr Mrs Ms Mx Dr Prof Sen Sens Rep Reps Gov Gen Lt Maj Col Capt Cmdr Sgt Adm Rev Hon St Atty Supt Det Insp Mme Pres"
    " Inc Corp Co Ltd Jr Sr"
)
_BEHIND_A_COMMA = as_words("Inc. Jr. Sr. Inc Jr Sr Ltd. Corp.")
_DETERMINERS = as_words(
    "a an the his her their its our my your this these those some many most several other another both each every all"
    " two three four five six dozens hundreds one few more"
)
_JOINED = as_words("and of for de del der la van von bin al & the")
_TIMES = as_words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september"
    " october november december yesterday today tonight tomorrow now night morning afternoon evening week month year"
    " ago earlier late later last early previously recently"
)
_PREPOSITIONS = as_words("of for from to at in with on by about")
_SMALL = as_words(
    "of for from to at in with on by about after before during into over under against between among through without"
    " within since until than as like and or but nor so yet that if when while because though although where whereas"
    " unless whether which who whom whose what how why is are was were be been being am has have had do does did will"
    " would can could shall should may might must not never i you he she it we they me him us them himself herself"
    " itself themselves there here also then just only even still again once too ever always often already however"
    " meanwhile instead out up down off away"
)
_NAMES_TOO = as_words("May Will")
_CLAUSE_BEGINS = as_words("that but and as while because when if though although since so whereas or yet after before")
_SAYS = as_words("said says told tells wrote writes")
"""Behind these another phrase begins: `Silva said engineers …`."""
_NO_NAME_ENDS = ("ly", "ing")
_PLURAL = re.compile(r"(?:\w*[a-rt-z]s|police|people|others|staff|media|counsel)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a mark that stands for itself, with its offsets in the text; `lower` is the word in small letters."""

    start: int
    end: int
    word: str
    lower: str

    @property
    def is_word(self) -> bool:
        """Whether it holds letters or digits."""
        return self.word[0].isalnum()

    @property
    def is_name(self) -> bool:
        """Whether it has a capital and is none of the words that only begin a sentence."""
        return self.word[0].isalnum() and self.word != self.lower and self.is_content

    @property
    def is_content(self) -> bool:
        """Whether it may stand inside a phrase, behind its determiner."""
        if self.word in _NAMES_TOO:
            return True
        word = self.lower.replace("’", "'").split("'", maxsplit=1)[0]  # `I'm` is no name
        return self.is_word and word not in _SMALL and word not in _TIMES and word not in _DETERMINERS

    @property
    def is_possessive(self) -> bool:
        """Whether it is a genitive: `Trump's` stands before what is his."""
        return _POSSESSIVE.search(self.word) is not None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as the half-open stretch `[first, stop)` of a sentence's tokens."""

    first: int
    stop: int

    def words(self, text: str, tokens: Sequence[Token]) -> str:
        """Its words with single blanks, and without a genitive's ending."""
        words = " ".join(text[tokens[self.first].start : tokens[self.stop - 1].end].split())
        return _POSSESSIVE.sub("", words)


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The words and marks between two offsets; the full stop of `Sen.`, `U.S.` and `F.` belongs to its word."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text, start, end):
        start, word = found.start(), found[0]
        if word == "." and tokens and tokens[-1].end == start and _is_shortened(tokens[-1].word):
            start, word = tokens[-1].start, f"{tokens.pop().word}."
        tokens.append(Token(start, found.end(), word, word.lower()))
    return tokens


def phrase_before(tokens: Sequence[Token], stop: int) -> Phrase | None:
    """The phrase that ends right before a token, with the prepositions inside it: `attorneys for the family`."""
    nearest = base = _base_before(tokens, stop)
    for _ in range(_PREPOSITIONS_INSIDE):
        if base is None or not base.first or tokens[base.first - 1].lower not in _PREPOSITIONS:
            break
        outer = _base_before(tokens, base.first - 1)
        if outer is None:
            # `In Ohio` may have swallowed the beginning: `In Ohio police`, but not `in a speech in Ohio police`.
            return nearest if base is nearest else None
        is_aside = tokens[base.first - 1].lower in {"in", "on", "at"} and not tokens[base.stop - 1].is_name
        base = Phrase(outer.first, outer.stop if is_aside else base.stop)
    return base


def _base_before(tokens: Sequence[Token], stop: int) -> Phrase | None:
    """Without prepositions: a run of names, or a noun with what stands before it back to its determiner."""
    if not stop or not tokens[stop - 1].is_content or tokens[stop - 1].is_possessive:
        return None
    if tokens[stop - 1].is_name:
        return _names_before(tokens, stop)
    first = stop - 1
    while first and stop - first < _LONGEST and tokens[first - 1].is_content and not tokens[first].is_possessive:
        if tokens[first - 1].lower in _SAYS:
            break
        first -= 1
    if tokens[first].is_possessive:
        return _names_before(tokens, first + 1, stop)
    if first and tokens[first - 1].lower in _DETERMINERS:
        return Phrase(first - 1, stop)
    begins = not first or not tokens[first - 1].is_word or tokens[first - 1].lower in _CLAUSE_BEGINS | _SAYS
    is_bare = begins and is_plural(tokens[stop - 1])
    return Phrase(first, stop) if is_bare or _is_name_inside(tokens, first, stop) else None


def _is_name_inside(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Whether a noun follows a name: `Clinton campaign`; a sentence's first word may be no name."""
    return stop - first > 1 and tokens[first].is_name and first > 0


def _names_before(tokens: Sequence[Token], stop: int, end: int | None = None) -> Phrase:
    """The run of names that ends before a token: back over `and` and `van` between two of them, and over `the`."""
    first = stop - 1
    while first and stop - first < 2 * _LONGEST:
        before = tokens[first - 1]
        if before.is_name:
            first -= 1
        elif before.lower in _JOINED - _PREPOSITIONS - {"the"} and first > 1 and tokens[first - 2].is_name:
            first -= 2
        elif before.word == "," and tokens[first].word in _BEHIND_A_COMMA:
            first -= 1
        else:
            break
    while first < stop - 1 and tokens[first].lower.endswith(_NO_NAME_ENDS) and not first:
        first += 1
    if first and tokens[first - 1].lower == "the":
        first -= 1
    return Phrase(first, end or stop)


def phrase_behind(tokens: Sequence[Token], first: int, *, may_be_named: bool = True) -> Phrase | None:
    """The phrase that begins with a token, with its prepositions, or the name behind it: `his lawyer, Ben Ito`."""
    base = _base_behind(tokens, first)
    if base is None:
        return None
    is_noun = not tokens[base.stop - 1].is_name
    stop = base.stop
    for _ in range(_PREPOSITIONS_INSIDE):
        inner = _inside(tokens, stop, is_noun=is_noun)
        if inner is None:
            break
        stop = inner.stop
    named = _name_behind_comma(tokens, stop) if is_noun and may_be_named else None
    return named or Phrase(base.first, stop)


def _inside(tokens: Sequence[Token], at: int, *, is_noun: bool) -> Phrase | None:
    """The phrase behind a preposition that belongs to a noun, or to a name if it is itself one: `Court of Lisbon`."""
    if at + 1 >= len(tokens) or tokens[at].lower not in (_PREPOSITIONS if is_noun else {"of", "for"}):
        return None
    inner = _base_behind(tokens, at + 1)
    return inner if inner and (is_noun or tokens[inner.stop - 1].is_name) else None


def _name_behind_comma(tokens: Sequence[Token], at: int) -> Phrase | None:
    """`…, Ben Ito.` as an apposition: a name of several words with a mark behind it."""
    if at + 2 >= len(tokens) or tokens[at].word != ",":
        return None
    stop = _names_behind(tokens, at + 1)
    is_closed = stop == len(tokens) or not tokens[stop].is_word
    return Phrase(at + 1, stop) if stop - at > 2 and is_closed else None  # noqa: PLR2004


def _base_behind(tokens: Sequence[Token], first: int) -> Phrase | None:
    """Without prepositions: from the determiner over adjectives and nouns, of which a name at the end is the phrase."""
    is_determined = first < len(tokens) and tokens[first].lower in _DETERMINERS
    at = begin = first + is_determined
    while at < len(tokens) and at - begin < _LONGEST:
        token = tokens[at]
        if token.is_name:
            at = _names_behind(tokens, at)
        elif (
            token.is_content
            and not (at > begin and token.word.isdigit())
            and not (at > begin and _is_verbal(token.word))
        ):
            at += 1
        else:
            break
    if at == begin:
        return None
    last = tokens[at - 1]
    if last.is_name:
        return _trailing_name(tokens, Phrase(first, at), is_determined=is_determined)
    is_known = is_determined or is_plural(last) or any(one.is_name for one in tokens[begin:at])
    return Phrase(first, at) if is_known else None


def _trailing_name(tokens: Sequence[Token], phrase: Phrase, *, is_determined: bool) -> Phrase | None:
    """The names at the end of a phrase, with `the` right before them; none where the last is a genitive."""
    if tokens[phrase.stop - 1].is_possessive:
        return None
    name = _names_before(tokens, phrase.stop)
    return Phrase(max(name.first, phrase.first), phrase.stop) if is_determined or name.first else phrase


def _names_behind(tokens: Sequence[Token], at: int) -> int:
    """Where the run of names that begins with a token stops."""
    while at < len(tokens):
        if tokens[at].is_name:
            at += 1
        elif (
            at + 1 < len(tokens) and tokens[at].lower in _JOINED - _PREPOSITIONS - {"the"} and tokens[at + 1].is_name
        ) or (tokens[at].word == "," and at + 1 < len(tokens) and tokens[at + 1].word in _BEHIND_A_COMMA):
            at += 2
        else:
            break
    return at


def aside_before(tokens: Sequence[Token], stop: int) -> Phrase | None:
    """The phrase before an aside that ends with the token before `stop`: `Ana Silva, 40, of Dayton, Ohio,`."""
    if tokens[stop - 1].word == ")":
        opening = _find_back(tokens, stop - 1, "(")
        return None if opening is None else subject_before(tokens, opening)
    at, noun = stop - 1, None
    for _ in range(_ASIDES):
        comma = _find_back(tokens, at, ",")
        if comma is None:
            break
        name = _name_alone(tokens, comma + 1, at)
        if name and comma and not tokens[comma - 1].is_name and tokens[comma - 1].is_content:
            return name
        before = subject_before(tokens, comma) if _describes(tokens, comma + 1) else None
        if before and not (before.first and tokens[before.first - 1].lower in _PREPOSITIONS):
            if tokens[before.first].is_name:
                return before
            # It may itself be an aside: `Ana Silva, the mayor of Dayton, one of four, said`.
            noun = noun or before
        at = comma
    return noun


def subject_before(tokens: Sequence[Token], stop: int) -> Phrase | None:
    """The phrase that ends right before a token, over a bracket behind it."""
    if stop and tokens[stop - 1].word == ")":
        return aside_before(tokens, stop)
    return phrase_before(tokens, stop)


def _name_alone(tokens: Sequence[Token], first: int, stop: int) -> Phrase | None:
    return Phrase(first, stop) if stop - first > 1 and _names_behind(tokens, first) == stop else None


def _describes(tokens: Sequence[Token], at: int) -> bool:
    """Whether an apposition may begin there: `a nurse`, `who left`, `40`, `D-Ohio`, `Democrat of Ohio`."""
    is_of = at + 1 < len(tokens) and tokens[at + 1].lower == "of"
    return not tokens[at].is_name or is_of or tokens[at].word[:2] in {"D-", "R-", "I-"}


def _find_back(tokens: Sequence[Token], stop: int, mark: str) -> int | None:
    """The place of a mark before a token, across no quotation mark and no more words than an aside has."""
    for at in range(stop - 1, max(-1, stop - 25), -1):
        if tokens[at].word == mark:
            return at
        if tokens[at].word in '“”"«»„;:':
            return None
    return None


def is_plural(token: Token) -> bool:
    """Whether a noun looks like several: `police` and `nurses`, but `boss` not."""
    return is_plural_word(token.lower)


def is_plural_word(word: str) -> bool:
    """Whether a noun in small letters looks like several."""
    return _PLURAL.fullmatch(word) is not None


def _is_verbal(word: str) -> bool:
    return word.endswith(("ed", "ing", "ly"))


def _is_shortened(word: str) -> bool:
    return word in _ABBREVIATED or "." in word or (len(word) == 1 and word.isupper())


def is_person(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether `he` or `she` may mean the phrase: no plural, and no name with `the`, as an organisation has."""
    last = tokens[phrase.stop - 1]
    begins = tokens[phrase.first].lower
    if last.is_name:
        return begins != "the" and last.word.strip(".").count(".") == 0 and not last.word.isupper()
    return begins in {"a", "an", "the"} and not is_plural(last)


def may_precede_name(token: Token) -> bool:
    """Whether it may stand between a quotation's end and a name: `White House press secretary`."""
    return token.is_content or token.lower in _DETERMINERS or token.lower in _JOINED


def name_first(tokens: Sequence[Token]) -> Phrase | None:
    """The name that a sentence begins with."""
    stop = _names_behind(tokens, 0)
    return Phrase(0, stop) if stop and not tokens[stop - 1].is_possessive else None


def subject_first(tokens: Sequence[Token]) -> Phrase | None:
    """The subject of a sentence that begins with it, if a name ends it or a mark of its end stands behind it."""
    base = _base_behind(tokens, 0)
    if base is None:
        return None
    behind = tokens[base.stop] if base.stop < len(tokens) else None
    is_ended = behind is not None and (not behind.is_word or _is_verbal(behind.word) or behind.lower in _SMALL)
    return base if tokens[base.stop - 1].is_name or (is_ended and is_plural(tokens[base.stop - 1])) else None
