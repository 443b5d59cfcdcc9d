"""Who says what, told by code: quotations and reported speech of an article, each with its speaker.

A small model passes over `according to X`, and of a quotation of three sentences it sees one at a
time. What is told here is read from the article's own words: a quotation and the name beside its
verb of saying. Verbs and pronouns are English; without them a quotation has no speaker.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factcheck.domain.claim import Anchor
from factcheck.domain.sentence import Sentence, Span
from factcheck.text.quotations import find_quotations

_MOSTLY = 0.5
_LONGEST = 2_000
"""Characters of a sentence that is looked at; nobody writes longer ones, only tables and attacks are."""

_SAID = (
    r"(?:says?|said|states?|stated|tells?|told|adds?|added|wrote|writes|argues?|argued|claimed|announces?|"
    r"announced|asserts?|asserted|concludes?|concluded|confirms?|confirmed|declares?|declared|explains?|"
    r"explained|insists?|insisted|maintains?|maintained|noted|predicts?|predicted|reported|stresse[sd]|"
    r"testified|tweeted|warns?|warned|acknowledge[sd]|admits?|admitted|allege[sd]|describe[sd]|remarked)"
)
_SAID_ALONE = re.compile(_SAID)
_HAS_SAID = rf"(?:(?:has|have|had|also|later|then|recently)\s+){{0,2}}{_SAID}"
_UPPER = "A-Z" + "".join(letter for letter in map(chr, range(0xC0, 0x250)) if letter.isupper())
_TITLE = (
    r"(?:Mrs?|Ms|Mx|Dr|Prof|Sens?|Reps?|Gov|Gen|Lt|Maj|Col|Capt|Cmdr|Sgt|Adm|Rev|Hon|St|Atty|Supt|Det|Insp|Mme|Pres)\."
)
# `al-Assad` and `d'Estaing` begin small; `U.N.`, `John F. Kennedy`, `Sen. Lopez` and `Apple Inc.` hold full stops.
_CAPITAL = (
    rf"(?:{_TITLE}(?=\s+[{_UPPER}])|(?:[A-Z]\.){{2,}}|[{_UPPER}]\.(?=\s+[{_UPPER}])"
    rf"|(?:(?:al|el|ibn|d|o)[-'’])?[{_UPPER}0-9](?:[\w&'’-]|\.(?=\w))*(?:,?\s+(?:Inc|Corp|Co|Ltd|Jr|Sr)\.)?)"
)
_NAME = (
    rf"(?:[Tt]he\s+)?{_CAPITAL}"
    rf"(?:\s+(?:(?:of|for|in|to)\s+(?:the\s+)?|(?:al|and|bin|de|del|der|la|van|von)\s+){{0,2}}{_CAPITAL}){{0,8}}"
)
_PLURAL = (
    r"(?:\s+(?:officials|spokes\w+|police|researchers|scientists|authorities|investigators|prosecutors|lawyers"
    r"|government|military))?"
)
_WHO = rf"(?P<who>{_NAME}{_PLURAL}|(?:[Hh]e|[Ss]he)(?=\s))"
_ASIDE = r"(?:\s*\([^()]{1,40}\))?(?:\s*,[^,“”\"]{1,90},|,)?"
_CLOSING = "\"”’»'"

_BEFORE = re.compile(
    rf"{_WHO}{_ASIDE}\s+{_HAS_SAID}\b(?P<link>[^.!?“”\"]{{0,60}}?(?:\bthat\b|[:,]?(?=\s*[“\"„«])|:)|(?=[\s,:]|$))"
)
"""`X, head of Y, told Z that …`: what is said stands behind it."""

_CLAUSE = re.compile(r"\s+(?:[A-Z“\"]|(?:they|it|he|she|there|we)\b)")
_PRONOUNS = frozenset(("i", "we", "you", "he", "she", "it", "they", "us", "him", "her", "them", "who"))
_NOTHING = frozenset(" ,:.\n")

_ENDS = rf"(?P<end>[,!?{_CLOSING}]{{1,2}})\s*"
# `“…,” he said that …` begins what is said; it does not end it.
_ENDED = r"(?!\w)(?!\s+(?:that|to)\b)"
_AFTER = (
    re.compile(rf"{_ENDS}{_HAS_SAID}\s+{_WHO}{_ENDED}"),
    re.compile(rf"{_ENDS}(?:[a-z'’-]+,?\s+){{0,6}}{_WHO}{_ASIDE}\s+{_HAS_SAID}{_ENDED}"),
)
"""`…, said X` and `…, X said`: what is said stands before it."""

_SPEECH = re.compile(rf"\s*(?P<who>{_CAPITAL}(?:\s+{_CAPITAL}){{1,4}})\s*:(?=\s*[“\"„«])")
"""`X Y: “…”`, as in an interview; one word there may be a heading's."""

# `said Lopez's lawyer, Ben Okoro`: it is the lawyer who speaks.
_OF_OWNER = (
    rf"(?:\s+(?!(?:on|in|at|after|before|during|who|to|as|and|when|while|of|for|by|{_SAID})\b)[a-z][\w-]*){{1,4}}"
)
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday)\b"
_OWNED = (re.compile(rf"{_OF_OWNER},?\s+(?!{_DAY})(?P<name>{_NAME})"), re.compile(_OF_OWNER))

_DENIAL = re.compile(r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:es?|ed)|dismiss(?:es|ed)?|refut(?:es?|ed))\b")
"""Whoever reports a denial does not say what is denied."""

_ACCORDING = re.compile(rf"\b(?:[Aa]ccording\s+to|[Aa]s\s+reported\s+by)\s+{_WHO}")
_AS_SAID = re.compile(rf"\b[Aa]s\s+{_WHO}\s+{_HAS_SAID}\s*,")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of the article that somebody is reported to say; `speaker` is in the article's words."""

    span: Span
    speaker: str


class Attributions:
    """The reported stretches of one article, asked who says what a claim is anchored in."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._spans = {one.position: one.span for one in sentences}
        self._near: dict[int, list[Attribution]] = {}
        starts = [one.span.start for one in sentences]
        for found in _attributions(text, sentences):
            first = bisect_right(starts, found.span.start) - 1
            for sentence in sentences[first : bisect_left(starts, found.span.end)]:
                self._near.setdefault(sentence.position, []).append(found)

    def speaker_of(self, anchor: Anchor) -> str | None:
        """Who says at least half of the words that the claim is anchored in; None if nobody is named."""
        places = anchor.segments or tuple(self._spans[at] for at in anchor.sentence_ids)
        near = (one for at in anchor.sentence_ids for one in self._near.get(at, ()))
        return speaker_among(near, places)


def speaker_among(attributions: Iterable[Attribution], places: Sequence[Span]) -> str | None:
    """The speaker of the first attribution that covers at least half of the places."""
    half = _MOSTLY * sum(one.end - one.start for one in places)
    for found in attributions if places else ():
        shared = (min(found.span.end, place.end) - max(found.span.start, place.start) for place in places)
        if sum(max(0, length) for length in shared) >= half:
            return found.speaker
    return None


def is_named(speaker: str) -> bool:
    """Whether a speaker is told by a name, or at least by a noun, and not by a pronoun alone."""
    return bool(speaker.strip()) and speaker.strip().lower() not in _PRONOUNS


def is_verb_of_saying(word: str) -> bool:
    """Whether an English word reports what somebody says, as `said` and `announces`."""
    return _SAID_ALONE.fullmatch(word) is not None


def _attributions(text: str, sentences: Sequence[Sentence]) -> Iterator[Attribution]:
    """Of each sentence, with the whole of a quotation that reaches beyond it, or that follows it."""
    quotations = tuple(find_quotations(text))
    starts, ends = [one.start for one in quotations], [one.end for one in quotations]
    # Whom `he` and `she` mean: who began the sentence before, if they have spoken already, else who spoke last.
    known: set[str] = set()
    last: str | None = None
    for sentence in sentences:
        # Those that share a character with the sentence, and the first one behind it.
        near = quotations[bisect_right(ends, sentence.span.start) : bisect_left(starts, sentence.span.end) + 1]
        for said in _reported(text, sentence.span, near):
            if said.speaker.lower() not in {"he", "she"}:
                last = said.speaker
                known.add(last)
            if last is None:
                continue
            spans = [_widened(said.span, sentence.span, near), *_following(text, said.span, sentence.span, near)]
            for one in spans:
                if not _NOTHING.issuperset(one.cut(text)):
                    yield Attribution(one, last)
        last = max(filter(sentence.span.cut(text).startswith, known), key=len, default=last)


def _reported(text: str, span: Span, quotations: Sequence[Span]) -> Iterator[Attribution]:
    """What one sentence reports: one way of saying it is enough."""
    words = span.cut(text)
    # The patterns try each capital as a name's beginning, which a long table would make slow.
    if len(words) > _LONGEST:
        return
    if (found := _AS_SAID.search(words)) or (found := _ACCORDING.search(words)):
        # `According to X` reports the clause before it as well as the one behind it.
        said = [(span.start, span.start + found.start()), (span.start + found.end(), span.end)]
    elif found := _said_before(words, span, quotations):
        behind = ((one.start, one.end) for one in quotations if span.start + found.end() <= one.start < span.end)
        said = [(span.start, span.start + found.start("end")), *behind]
    elif found := _SPEECH.match(words):
        said = [(span.start + found.end(), span.end)]
    elif found := next((verb for verb in _BEFORE.finditer(words) if _begins_clause(words, verb)), None):
        denial = _DENIAL.search(words, found.end())
        said = [(span.start + min(found.end(), len(words) - 1), span.start + denial.start() if denial else span.end)]
    else:
        return
    speaker = _speaker(words, found)
    yield from (Attribution(Span(start, end), speaker) for start, end in said if start < end)


def _speaker(words: str, found: re.Match[str]) -> str:
    """Who is named at a verb of saying; of `Lopez's lawyer, Ben Okoro` the latter."""
    who = " ".join(found["who"].split())
    if re.search(r"['’]s?$", who):
        named, nameless = (pattern.match(words, found.end("who")) for pattern in _OWNED)
        if owned := named["name"] if named else who + nameless[0] if nameless else None:
            return " ".join(owned.split())
    return re.sub(r"['’]s?$", "", who)


def _begins_clause(words: str, verb: re.Match[str]) -> bool:
    """Whether a clause stands behind the verb, and not merely an object: `told them a story` reports nothing."""
    rest = words[verb.end() :]
    return bool(verb["link"].strip() or _CLAUSE.match(rest) or _NOTHING.issuperset(rest))


def _said_before(words: str, span: Span, quotations: Sequence[Span]) -> re.Match[str] | None:
    """The verb of saying behind a quotation, or at the end of a sentence that holds none."""
    for found in filter(None, (pattern.search(words) for pattern in _AFTER)):
        end = span.start + found.end("end")
        is_quoted = any(one.start < end <= one.end + 1 and one.end <= end for one in quotations)
        is_last = not words[found.end() :].strip(" .") and not any(one.overlaps(span) for one in quotations)
        if is_quoted or is_last:
            return found
    return None


def _widened(said: Span, sentence: Span, quotations: Sequence[Span]) -> Span:
    """The stretch with the whole of a quotation that reaches into the sentence's neighbours."""
    for one in quotations:
        if one.overlaps(said) and not (sentence.start <= one.start and one.end <= sentence.end):
            said = Span(min(said.start, one.start), max(said.end, one.end))
    return said


def _following(text: str, said: Span, sentence: Span, quotations: Sequence[Span]) -> Iterator[Span]:
    """The quotation right behind `X said:`, or behind `“…,” said X.` in the same paragraph."""
    introduces = _NOTHING.issuperset(said.cut(text))
    goes_on = said.start == sentence.start and any(one.overlaps(said) for one in quotations)
    for one in quotations:
        gap = text[sentence.end : one.start]
        if one.start >= sentence.end and not gap.strip() and (introduces or (goes_on and "\n\n" not in gap)):
            yield one
