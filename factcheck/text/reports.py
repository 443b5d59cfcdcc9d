"""What one sentence reports: its verbs of saying, who says it, and which words are said."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from factcheck.domain.sentence import Span
from factcheck.text.abbreviations import as_words
from factcheck.text.folding import words
from factcheck.text.noun_phrases import (
    Phrase,
    Token,
    aside_before,
    may_precede_name,
    phrase_behind,
    subject_before,
    subject_first,
)
from factcheck.text.sayings import SAID
from factcheck.text.unsaid import OF_PLURALS, is_bare_plural, unsaid
from factcheck.text.untruths import UNTRUTHS
from factcheck.text.verbs import AUXILIARIES


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody is reported to say in one sentence; the speaker may be the pronoun `he` or `she`.

    `is_inside` holds for a report within a quotation, which whoever is quoted makes.
    """

    speaker: Phrase
    spans: tuple[Span, ...]
    is_inside: bool = False


_SAYING = as_words("saying adding noting arguing claiming insisting warning writing telling suggesting")
"""`…, adding that …`: whoever spoke or acted before in the sentence says this too."""
_ALONE = as_words("say says said saying")
"""Behind these anything is said; behind the others a clause must stand."""
_NOUNS = as_words("states reports claims notes posts estimates tweets remarks stresses complains")
"""Plurals too: `that` or a quotation must stand right behind them."""
_TOLD = as_words("tell tells told telling")
"""Whoever stands behind these is told: `…,” told Ana Silva` is not written."""
_OF_QUOTATIONS = as_words(
    "ask asks asked read reads grumbled sighed quipped joked lamented countered snapped shouted whispered yelled"
    " exclaimed mused retorted murmured muttered boasted"
)
"""What is asked, or how somebody spoke, is said only where it is quoted."""
_AUXILIARIES = as_words(
    "has have had also later then recently once still further again now previously earlier first just"
    " long often always did does"
)
_WHEN = as_words(
    "on last late early earlier this monday tuesday wednesday thursday friday saturday sunday today yesterday"
    " month week year"
)
_PASSIVE = as_words("is was were been has have had also")
_THE = as_words("a an the his her their")
_NOT = as_words("not never hardly n't")
HE_AND_SHE = as_words("he she")
_SUBJECTS = as_words("they it he she there we i you this these those who what")
_FINITE = AUXILIARIES | as_words("wouldn't couldn't shouldn't")
_OPENING = frozenset('“"„«‘')
_MARKS = frozenset("“”\"«»„‘’'")
_SUPPOSED = as_words("what whatever if unless whether had should did does do has have will would could can were")
"""What stands right before a subject of whom nobody says that they spoke: `if X says`, `did X say`."""
_WHILE = as_words("while although though after before when because if since")
_LONGEST = 400
"""Tokens of a sentence that is looked at; nobody writes longer ones, only tables and attacks are."""
_FAR = 12
_THAT = 6
_FIRST = 3
_ADVERBS = 5
_NEAR = 10


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The words of one sentence and the quotations around them."""

    text: str
    tokens: Sequence[Token]
    span: Span
    quotations: Sequence[Span]
    denials: Sequence[int]
    """Where words begin under which a speaker no longer says what follows: denials, and who was told it by whom."""

    def word(self, at: int) -> str:
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def pronoun(self, at: int) -> Phrase | None:
        """The token as a phrase if it is `he` or `she`."""
        return Phrase(at, at + 1) if self.word(at) in HE_AND_SHE else None

    def is_quoted_up_to(self, at: int) -> bool:
        """Whether a quotation ends right before the token."""
        end = self.tokens[at - 1].end if at else self.span.start
        return any(one.start < end <= one.end + 1 and one.end <= end for one in self.quotations)

    def holding(self, at: int) -> Span | None:
        """The quotation that the token stands in."""
        start = self.tokens[at].start
        return next((one for one in self.quotations if one.start < start < one.end), None)


def reports(text: str, tokens: Sequence[Token], span: Span, quotations: Sequence[Span]) -> Iterator[Report]:
    """What a sentence reports, in the order of its verbs."""
    if len(tokens) > _LONGEST:
        return
    denials = unsaid(text, tokens, span)
    sentence = _Sentence(text, tokens, span, quotations, denials)
    if speech := _speech(sentence):
        yield speech
        return
    before: Report | None = None
    for at in range(len(tokens)):
        found = _report_at(sentence, at, before)
        if found and found.spans:
            yield found
            before = before if found.is_inside else found


def _report_at(sentence: _Sentence, at: int, before: Report | None) -> Report | None:
    """What is reported with the words that begin at a token; `before` is what the sentence has reported up to there."""
    word = sentence.tokens[at].word
    if word in SAID or word in OF_PLURALS or word in _OF_QUOTATIONS or word in {"Says", "Said"}:
        return _said(sentence, at, before)
    if word == "saying" and sentence.word(at - 1) == "as":
        return _quoted_as_saying(sentence, at)
    if word in _SAYING:
        return _saying(sentence, at, before)
    source = _source_begins(sentence, at)
    return None if source is None else _according(sentence, at, source)


def _source_begins(sentence: _Sentence, at: int) -> int | None:
    """Where it is named who says so, behind `according to`, `as reported by`, `in the words of` and `, per`."""
    behind = tuple(sentence.word(at + step) for step in (1, 2, 3))
    match sentence.word(at), *behind:
        case "according", "to", _, _:
            return at + 2
        case "as", "reported", "by", _:
            return at + 3
        case "in", "the", "words", "of":
            return at + 4
        case "per", following, _, _ if sentence.word(at - 1) == ",":
            return at + 1 if following in _THE or _is_name(sentence, at + 1) else None
    return None


def _speech(sentence: _Sentence) -> Report | None:
    """`X Y: “…”`, as in an interview; one word there may be a heading's."""
    tokens = sentence.tokens
    stop = next((at for at, one in enumerate(tokens[:6]) if not one.is_name), 6)
    if stop < 2 or sentence.word(stop) != ":" or sentence.word(stop + 1) not in _OPENING:  # noqa: PLR2004
        return None
    return _report(Phrase(0, stop), [(tokens[stop].end, sentence.span.end)])


def _according(sentence: _Sentence, first: int, at: int) -> Report | None:
    """`According to X` reports the clause before it as well as the one behind it."""
    tokens = sentence.tokens
    who = sentence.pronoun(at) or phrase_behind(tokens, at, may_be_named=first > 0)
    if not who:
        return None
    begin, stop = sentence.span.start, who.stop
    behind = (tokens[stop - 1].end, sentence.span.end)
    quotation = sentence.holding(first)
    if quotation:
        begin, behind = max(begin, quotation.start), (behind[0], min(behind[1], quotation.end))
    said = [(begin, tokens[first].start)]
    if first < _FIRST or (sentence.word(stop) == "," and not _is_apposition(sentence, stop + 1)):
        said.append(behind)
    return _report(who, said, is_inside=bool(quotation))


def _is_name(sentence: _Sentence, at: int) -> bool:
    return at < len(sentence.tokens) and sentence.tokens[at].is_name


def _quoted_as_saying(sentence: _Sentence, verb: int) -> Report | None:
    """`X was quoted as saying …` and `Reuters quoted X as saying …`."""
    quoted = next((at for at in range(verb - 2, max(-1, verb - _NEAR), -1) if sentence.word(at) == "quoted"), None)
    if quoted is None:
        return None
    if quoted < verb - 2:
        who = sentence.pronoun(quoted + 1) or phrase_behind(sentence.tokens, quoted + 1, may_be_named=False)
    else:
        while sentence.word(quoted - 1) in _PASSIVE:
            quoted -= 1
        who = _subject(sentence, quoted)
    return _report(who, _said_behind(sentence, verb)) if who else None


def _is_apposition(sentence: _Sentence, at: int) -> bool:
    """Whether what stands behind a comma tells of the name before it: `a nurse`, `who left`."""
    return sentence.word(at) in {"a", "an", "the", "who", "which", "whose", "one"}


def _said(sentence: _Sentence, verb: int, before: Report | None) -> Report | None:
    tokens = sentence.tokens
    group = _group(sentence, verb)
    if group is None or sentence.word(verb + 1) == "by":
        return None
    quotation = sentence.holding(verb)
    is_relative = sentence.word(group - 1) == "who"
    who, stop = _subject(sentence, group), verb + 1
    first = who.first if who else group
    if not who and (who := _subject_behind(sentence, verb)):
        stop = who.stop
    if not who:
        # `X left and said that …`
        goes_on = sentence.word(group - 1) in {"and", "but"} and not quotation
        return _goes_on(sentence, verb, before) if goes_on else None
    if _is_supposed(sentence, first) or (tokens[verb].word in OF_PLURALS and not is_bare_plural(tokens, who)):
        return None
    if quotation:
        return None if sentence.pronoun(who.first) else _inside(sentence, who, verb, quotation)
    said = [] if is_relative else _said_before(sentence, first, stop)
    if not said and stop == verb + 1 and tokens[verb].lower not in _OF_QUOTATIONS:
        said = _within_clause(sentence, first, _said_behind(sentence, verb), is_relative=is_relative)
    return _report(who, said)


def _is_supposed(sentence: _Sentence, first: int) -> bool:
    """Whether it is asked or supposed that the subject speaks; `Will` may be a name, but not of a question."""
    if sentence.word(first - 1) in _SUPPOSED:
        return True
    return first == 0 and sentence.word(0) == "will" and sentence.word(len(sentence.tokens) - 1) == "?"


def _within_clause(
    sentence: _Sentence, first: int, said: list[tuple[int, int]], *, is_relative: bool
) -> list[tuple[int, int]]:
    """Of `While X said that …, Y left`, and of `X, who said …, left`, what stands before the comma."""
    is_led = 0 < first <= _FIRST and sentence.word(first - 1) in _WHILE
    if not is_led and not is_relative:
        return said
    commas = [one.start for one in sentence.tokens if one.word == ","]
    return [(start, next((comma for comma in commas if start < comma), end)) for start, end in said]


def _saying(sentence: _Sentence, verb: int, before: Report | None) -> Report | None:
    is_led = sentence.word(verb - 1) in {",", "by", "and"}
    return _goes_on(sentence, verb, before) if is_led and not sentence.holding(verb) else None


def _goes_on(sentence: _Sentence, verb: int, before: Report | None) -> Report | None:
    """A verb without a subject of its own: its subject is who spoke before, or whose name begins the sentence."""
    if before:
        return _report(before.speaker, _said_behind(sentence, verb))
    who = subject_first(sentence.tokens)
    return _report(who, _said_behind(sentence, verb)) if who else None


def _group(sentence: _Sentence, verb: int) -> int | None:
    """Where `has also said` begins; None if it is negated."""
    at = verb
    while at and verb - at < _ADVERBS:
        word = sentence.word(at - 1)
        if word in _NOT or word.endswith("n't"):
            return None
        # `the family said` holds no adverb.
        is_adverb = word.endswith("ly") and sentence.tokens[at - 1].word == word and sentence.word(at - 2) not in _THE
        if not is_adverb and word not in _AUXILIARIES and word not in _WHEN:
            break
        at -= 1
    return at


def _subject(sentence: _Sentence, group: int) -> Phrase | None:
    """Who stands before the verb, be it `he` or `she`."""
    if (sentence.word(group - 2), sentence.word(group - 1)) == (",", "who"):
        return subject_before(sentence.tokens, group - 2)
    if group and sentence.word(group - 1) == ",":
        return aside_before(sentence.tokens, group)
    return sentence.pronoun(group - 1) or subject_before(sentence.tokens, group)


def _subject_behind(sentence: _Sentence, verb: int) -> Phrase | None:
    """Who stands behind it, as in `…,” said X`."""
    before = sentence.word(verb - 1)
    if sentence.word(verb) in _TOLD or not (before in {",", "!", "?"} or before in _MARKS):
        return None
    return sentence.pronoun(verb + 1) or phrase_behind(sentence.tokens, verb + 1)


def _said_before(sentence: _Sentence, first: int, stop: int) -> list[tuple[int, int]]:
    """What stands before `…, X said`: a quotation, or the whole of a sentence that ends so."""
    tokens, span = sentence.tokens, sentence.span
    behind_verb = tokens[stop - 1].end
    # `“…,” the minister Ana Silva said`: some words may stand before a name.
    for at in range(first, max(-1, first - _NEAR), -1):
        if sentence.is_quoted_up_to(at) and sentence.word(stop) not in {"that", "to"}:
            later = [(one.start, one.end) for one in sentence.quotations if behind_verb <= one.start < span.end]
            return [(span.start, tokens[at - 1].end), *later] if at else later
        if at and not may_precede_name(tokens[at - 1]):
            break
    return _said_around(sentence, first, stop)


def _said_around(sentence: _Sentence, first: int, stop: int) -> list[tuple[int, int]]:
    """What stands before and behind `…, X told Y, …` and `…, as X said, …`."""
    tokens, span = sentence.tokens, sentence.span
    if sentence.word(first - 1) == "as" and (stop == len(tokens) or sentence.word(stop) in {",", "."}):
        return [(span.start, tokens[first - 1].start), (tokens[stop - 1].end, span.end)]
    if first == 0 or sentence.word(first - 1) != ",":
        return []
    if sentence.word(stop - 1) in _TOLD and (told := phrase_behind(tokens, stop, may_be_named=False)):
        stop = told.stop
    before = (span.start, tokens[first - 1].end)
    if _is_rest(sentence, stop):
        return [before]
    if sentence.word(stop) == "," and sentence.word(stop + 1) == "that" and _is_untrue(sentence.text, before):
        return [before]
    if sentence.word(stop) == "," and sentence.word(stop + 1) not in _OPENING:
        return [before, (tokens[stop - 1].end, span.end)]
    return []


def _is_untrue(text: str, place: tuple[int, int]) -> bool:
    """Whether that is `It is untrue`, or `It is not true`, of what follows with `that`."""
    said = frozenset(words(Span(*place).cut(text)))
    return not UNTRUTHS.isdisjoint(said) or not _NOT.isdisjoint(said)


def _is_rest(sentence: _Sentence, at: int) -> bool:
    """Whether nothing is said behind the verb: the sentence ends, or tells only when, where and to whom."""
    rest = [one.lower for one in sentence.tokens[at : at + _FAR + 1]]
    if len(rest) > _FAR or not _MARKS.isdisjoint(rest) or "that" in rest:
        return False
    is_circumstance = not rest or rest[0] in _WHEN or rest[0] in {".", "in", "at", "during", "to", "after", "before"}
    return is_circumstance and _FINITE.isdisjoint(rest)


def _said_behind(sentence: _Sentence, verb: int) -> list[tuple[int, int]]:
    """What stands behind `X said`, if a clause or a quotation does: `told them a story` reports nothing."""
    begin = _content_begins(sentence, verb)
    if begin is None:
        return []
    denial = bisect_left(sentence.denials, sentence.tokens[verb].end)
    return [(begin, sentence.denials[denial] if denial < len(sentence.denials) else sentence.span.end)]


def _content_begins(sentence: _Sentence, verb: int) -> int | None:
    """The offset where the said words begin; None if none are said."""
    tokens, word = sentence.tokens, sentence.word(verb)
    rest = tokens[verb + 1 : verb + 1 + _FAR]
    if not any(one.is_word for one in rest):
        return tokens[verb].end if rest else sentence.span.end - 1
    if word in _ALONE:
        return rest[0].start if rest[0].word != "," else rest[1].start
    for at, one in enumerate(rest):
        if one.word in ".!?":
            break
        if one.word in _OPENING:
            return one.start
        if one.word == ":" or (one.lower == "that" and (at < _THAT or word in _TOLD)):
            return one.end
        if word in _NOUNS:
            return None
    return tokens[verb].end if _is_clause(rest, word) else None


def _is_clause(rest: Sequence[Token], verb: str) -> bool:
    """Whether a clause stands behind a verb: it begins with its subject, or has a finite verb before any comma."""
    if rest[0].lower in _SUBJECTS or (rest[0].is_name and verb not in _TOLD):
        return True
    words = [one.lower for one in takewhile(lambda one: one.is_word, rest)]
    return not _FINITE.isdisjoint(words[:_NEAR]) and verb not in _TOLD


def _inside(sentence: _Sentence, who: Phrase, verb: int, quotation: Span) -> Report | None:
    """Of a report within a quotation: what is said ends with the quotation."""
    begin = _content_begins(sentence, verb)
    end = min(quotation.end, sentence.span.end)
    return _report(who, [(begin, end)], is_inside=True) if begin is not None else None


def _report(who: Phrase, pairs: Sequence[tuple[int, int]], *, is_inside: bool = False) -> Report:
    return Report(who, tuple(Span(start, end) for start, end in pairs if start < end), is_inside)
