"""Who says what, told by code: quotations and reported speech of an article, each with its speaker.

A small model passes over `according to X`, and of a quotation of three sentences it sees one at a
time. What is told here is read from the article's own words: a quotation and the name beside its
verb of saying. Verbs and pronouns are English; without them a quotation has no speaker.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from factcheck.domain.claim import Anchor
from factcheck.domain.sentence import Sentence, Span
from factcheck.text.folding import words
from factcheck.text.noun_phrases import Phrase, Token, name_first, tokens_of
from factcheck.text.pronouns import Persons
from factcheck.text.quotations import CLOSING, find_quotations
from factcheck.text.reports import HE_AND_SHE, Report, reports
from factcheck.text.sayings import begins_as_saying, is_verb_of_saying

_MOSTLY = 0.5
_PRONOUNS = frozenset(("i", "we", "you", "he", "she", "it", "they", "us", "him", "her", "them", "who"))
_NOBODY = frozenset(words("""
    n/a na none null nil unknown unspecified unnamed unclear undefined not stated specified mentioned given no one
    nobody noone narrator author writer article text the speaker
"""))  # fmt: skip
"""What a model writes where nobody is named; `Nobody said so` names nobody either."""
_QUOTED = re.compile(r"[“”„«»\"]|\baccording to\b", re.IGNORECASE)
_BLANK = re.compile(r"\s*+")
_SIGNATURE = re.compile(r"\s{0,4}[―—–-]{1,2}[^\S\n]{0,4}")
_LINE = 100
_NOTHING = frozenset(" ,:.\n")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of the article that somebody is reported to say; `speaker` is in the article's words."""

    span: Span
    speaker: str


class Attributions:
    """The reported stretches of one article, asked who says what a claim is anchored in."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._spans = {one.position: one.span for one in sentences}
        self._text, self._words = text, frozenset(words(text))
        self._near: dict[int, list[Attribution]] = {}
        self.stretches = tuple(_attributions(text, sentences))
        """Every stretch that somebody with a name is reported to say, in reading order of its sentence."""
        starts = [one.span.start for one in sentences]
        for found in self.stretches:
            first = bisect_right(starts, found.span.start) - 1
            for sentence in sentences[first : bisect_left(starts, found.span.end)]:
                self._near.setdefault(sentence.position, []).append(found)

    def speaker_of(self, anchor: Anchor) -> str | None:
        """Who says at least half of the words that the claim is anchored in; None if nobody is named."""
        places = anchor.segments or tuple(self._spans[at] for at in anchor.sentence_ids)
        near = (one for at in anchor.sentence_ids for one in self._near.get(at, ()))
        found = speaker_among(near, places)
        return found if found and is_named(found) else None

    def speaker_told(self, claim: str, anchor: Anchor, told: str, *, is_english: bool) -> str | None:
        """The speaker that a model tells, if the article names it and reports somebody's words there.

        Who is spoken of is no speaker for that: small models name the subject of whatever they are asked about.
        """
        read, said = self.speaker_of(anchor), frozenset(words(told))
        stands = is_named(told) and said <= self._words
        if read is not None:
            return told if stands and not said.isdisjoint(words(read)) else read
        is_subject = said <= frozenset(words(claim))
        is_of_saying = is_verb_of_saying if is_english else begins_as_saying
        return told if stands and not is_subject and self._reports(anchor, is_of_saying) else None

    def _reports(self, anchor: Anchor, is_of_saying: Callable[[str], bool]) -> bool:
        """Whether a verb of saying or a quotation stands in a claim's sentences, or in one beside them."""
        near = {at + step for at in anchor.sentence_ids for step in (-1, 0, 1)}
        texts = (self._spans[at].cut(self._text) for at in near if at in self._spans)
        return any(_QUOTED.search(one) or any(map(is_of_saying, words(one))) for one in texts)


def speaker_among(attributions: Iterable[Attribution], places: Sequence[Span]) -> str | None:
    """Who says at least half of the places; among several, whose stretch fits best, for one may report another."""
    length = sum(one.end - one.start for one in places)
    fits: dict[str, float] = {}
    shares: dict[str, int] = {}
    for found in attributions if places else ():
        shared = sum(max(0, min(found.span.end, one.end) - max(found.span.start, one.start)) for one in places)
        shares[found.speaker] = shares.get(found.speaker, 0) + shared
        fit = shared / (length + found.span.end - found.span.start - shared)
        if shared >= _MOSTLY * length and fit > fits.get(found.speaker, 0):
            fits[found.speaker] = fit
    # A quotation may be broken by `she said`.
    among = fits or {speaker: shared for speaker, shared in shares.items() if shared >= _MOSTLY * length}
    # Of two that fit as well, the later one: `“…,” A said. “…,” added B.`
    return max(reversed(among), key=among.__getitem__, default=None)


def is_named(speaker: str) -> bool:
    """Whether a speaker is told by a name, or at least by a noun, and not by a pronoun or a word for nobody."""
    return not _PRONOUNS.issuperset(said := words(speaker)) and not _NOBODY.issuperset(said)


def _attributions(text: str, sentences: Sequence[Sentence]) -> Iterator[Attribution]:
    """Of each sentence, with the whole of a quotation that reaches beyond it, or that follows it."""
    quotations = tuple(_whole_quotations(text))
    starts, ends = [one.start for one in quotations], [one.end for one in quotations]
    yield from _signed(text, quotations)
    persons = Persons(text)
    for sentence in sentences:
        # Those that share a character with the sentence, and the first one behind it.
        near = quotations[bisect_right(ends, sentence.span.start) : bisect_left(starts, sentence.span.end) + 1]
        tokens = tokens_of(text, sentence.span.start, sentence.span.end)
        # Within a quotation of several sentences speaks somebody else.
        is_quoted = any(one.start < sentence.span.start and sentence.span.end <= one.end for one in near)
        if not is_quoted:
            persons.begin(text, tokens)
        has_report = False
        for said in reports(text, tokens, sentence.span, near):
            has_report = has_report or not said.is_inside
            speaker = _speaker(text, tokens, said, persons)
            for one in said.spans if said.is_inside else _with_quotations(text, said, sentence.span, near):
                if speaker and not _NOTHING.issuperset(one.cut(text)):
                    yield Attribution(one, speaker)
        if not is_quoted:
            persons.end(text, tokens, has_report=has_report)


def _speaker(text: str, tokens: Sequence[Token], said: Report, persons: Persons) -> str | None:
    """The speaker's name, which the persons hear of; who is meant by a pronoun, if that is known."""
    word = tokens[said.speaker.first].lower
    if word in HE_AND_SHE:
        return persons.meant_by(word)
    if not said.is_inside:
        persons.hear(text, tokens, said.speaker)
    return said.speaker.words(text, tokens)


def _whole_quotations(text: str) -> Iterator[Span]:
    """The quotations, of which one without a closing mark goes on in the next paragraph if that begins with one."""
    held: Span | None = None
    for one in find_quotations(text):
        if held and not (goes_on := _goes_on(text, held, one)):
            yield held
        held = Span(held.start, one.end) if held and goes_on else one
    if held:
        yield held


def _goes_on(text: str, quotation: Span, following: Span) -> bool:
    """Whether a quotation is left open at the end of its paragraph, and the next paragraph opens it again."""
    mark = text[quotation.start]
    return (
        text[quotation.end - 1] not in CLOSING
        and text[following.start] == mark
        and quotation.end + len(_blank_behind(text, quotation.end)) == following.start
    )


def _signed(text: str, quotations: Sequence[Span]) -> Iterator[Attribution]:
    """`“… .” — Ana Silva`: two words of a name or more behind a dash, with nothing else in its line but a quotation."""
    for one in quotations:
        # A title without a full stop is not said: `“Storm over Lisbon” — Lisbon Times`.
        if text[one.end - 2] in ".!?…" and (found := _SIGNATURE.match(text, one.end)):
            tokens = tokens_of(text, found.end(), min(len(text), found.end() + _LINE))
            who = name_first(tokens)
            if who and who.stop > 1 and _ends_line(text, tokens, who):
                yield Attribution(one, who.words(text, tokens))


def _ends_line(text: str, tokens: Sequence[Token], name: Phrase) -> bool:
    end = tokens[name.stop - 1].end
    behind = text[end : end + _LINE].lstrip(" .")
    return behind[:1] in {"", "\n", "“", "”", '"'}


def _with_quotations(text: str, said: Report, sentence: Span, quotations: Sequence[Span]) -> Iterator[Span]:
    """The reported stretches, with the whole of each quotation that reaches beyond the sentence or follows it."""
    for one in said.spans:
        yield _widened(one, sentence, quotations)
        yield from _following(text, one, sentence, quotations)


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
        # Not by a slice up to the quotation: it may stand far behind, and be the next one of many sentences.
        gap = _blank_behind(text, sentence.end)
        is_next = sentence.end + len(gap) == one.start
        if is_next and (introduces or (goes_on and "\n\n" not in gap)):
            yield one


def _blank_behind(text: str, at: int) -> str:
    found = _BLANK.match(text, at)
    return found[0] if found else ""
