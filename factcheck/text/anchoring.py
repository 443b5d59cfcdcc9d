"""Find a quote again in its article, and say how well.

The model names a sentence and quotes words; only code says where they stand. The order is: the named sentence word for
word, the same with typography folded, then a unique match in the window, then the named sentence with words left out,
then nothing, aloud. A match counts only if it is the one: a wrong anchor is worse than none.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise

from factcheck.domain.claim import Anchor, AnchorStatus
from factcheck.domain.sentence import Sentence, Span
from factcheck.text.folding import MARKS, UNBROKEN, fold_spelling, fold_with_offsets
from factcheck.text.language import detect_language
from factcheck.text.meaning import is_turned_by

_ELLIPSIS = re.compile(r"(?<!\s)\s*+(?:\[\s*+)?(?:\.\s?){3,}(?:\])?\s*+")
_LETTER = rf"[^\W{UNBROKEN}]"
_TOKEN = re.compile(rf"[{UNBROKEN}][{MARKS}]*|{_LETTER}(?:{_LETTER}|[{MARKS}])*(?:[.,'⁄-]{_LETTER}+)*")
_IN_NUMBER = re.compile(r"(?<=\d)(?=[.,]\d)|(?<=\d[.,])(?=\d)")
_IN_COMPOUND = re.compile(
    r"(?<=\w)(?=[-‐‑]\n?\w)|(?<=\w[-‐‑])(?=\w)|(?<=\w[-‐‑]\n)(?=\w)"  # `un-able`, also over a line's end
    r"|(?<=\d[–/⁄:'’\u00a0\u202f])(?=\d)|(?<=\d)(?=[–/⁄:'’\u00a0\u202f]\d)|(?<=(?<!\w)[-–−])(?=\d)"
)
"""Where a cut leaves half of a compound, of a number or a range, or a number without its sign."""
_THOUSANDS_BEFORE = re.compile(r"(?<![\d.,])(?<![A-Z][a-z]{2} )(?<![A-Z][a-z]{2}\. )\d{1,3}(?: \d{3}){0,5} $")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_MOST_BESIDE = 20  # places of a quote
_NEAR = 24  # characters of a number's groups
_RAISED = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹₀-₉]")
_OUTER = " \t\n\"'“”‘’«»„.,;:!?…"
_MIN_WORDS_ELSEWHERE = 3
_MIN_CHARS_ELSEWHERE = 12
_MAX_SEGMENTS = 4
_MIN_RUN = 3
_INVISIBLE = "\u200b"
_INSERTION = re.compile(r"\[(?P<inside>(?P<letter>\w(?=\]\w))?[^\[\]\n]{0,60}?)\]")
"""What stands in square brackets; `letter` is one whose case was changed, as in `[H]e said`."""
_NOTE = re.compile(
    r"\s*(?:sic!?|\.{3}|…|\d{1,3}|[a-z]|(?:note|nb|n\.?|anm\.?|update) ?\d{0,3}|edit|bearbeiten|modifier|editar"
    r"|modifica|(?:citation|clarification|source|page) needed|by whom\?|who\?|when\?|emphasis (?:added|mine)"
    r"|italics added|einzelnachweis fehlt|beleg fehlt|anm\. d\. (?:red|übers)\.|hervorhebung .{0,30}"
    r"|réf\. (?:nécessaire|souhaitée)|cita requerida|senza fonte|carece de fontes?)\s*",
    re.IGNORECASE,
)
"""What an editor notes in brackets, in whose place nothing of the sentence stands."""
_BROKEN_OFF = re.compile(r"(?<=[^\W\d_]['’])(?=(?:t|s|re|ve|ll|d|m)(?!\w))|(?<=n)(?=['’]t(?!\w))", re.IGNORECASE)
"""Where a cut leaves half of `couldn't`; of `l'homme` it leaves a word."""
_BLOCK_END = re.compile(r"\n\s*\n")
_CLOSED = re.compile(r"[.!?…:;。！？؟।][\"'”’»)\]\s]*\Z")
_NOTE_MARK = re.compile(
    r"(?<=[^\W\d_])[*†‡](?=\s)|(?<=[.,;:!?\"”’)%])[*†‡⁰¹²³⁴-⁹]{1,3}(?=\s|$)|(?<=[^\W\d_]{4})[⁰¹²³⁴-⁹]{1,3}(?=[\s.,;:!?]|$)"
)
"""What sends a reader to a note: `safe.¹`, `safe†`, `safe¹`, `5%¹`; behind few letters it may be of a unit: `km²`."""


class Anchorer:
    """Anchors quotes in one article. Folding the text once makes each quote cheap."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], *, is_parted: bool = False, language: str | None = None
    ) -> None:
        """With `is_parted` blank lines stand between blocks, and none goes on in the next.

        `language` is a BCP 47 tag; without one it is detected where words are left out.
        """
        self._text, self._is_parted, self._language = text, is_parted, language
        self._sentences = {sentence.position: sentence.span for sentence in sentences}
        self._in_order = sorted(sentences, key=lambda sentence: sentence.span)
        self._starts = [sentence.span.start for sentence in self._in_order]
        self._ends = [sentence.span.end for sentence in self._in_order]
        # What an editor has noted in brackets is passed over; other words in them are words of the sentence.
        self._plain = _without_notes(text)
        self._solid = fold_with_offsets(self._plain, blanks=False)
        self._spaced = fold_with_offsets(text)

    def anchor(self, quote: str, position: int | None, window: Sequence[int]) -> Anchor:
        """Anchor a quote in the sentence at `position`, if the article has it, or uniquely among those of `window`."""
        named = self._sentences.get(position) if position is not None else None
        found = self._in_stretch(quote, named)
        if found is None:
            spans = [self._sentences[one] for one in window if one in self._sentences]
            around = Span(min(spans).start, max(one.end for one in spans)) if spans else None
            elsewhere = self._in_stretch(quote, around) if _is_long_enough_elsewhere(quote) else None
            found = elsewhere if elsewhere and elsewhere[1] else self._in_pieces(quote, named)
        if found is not None and found[1]:
            status, segments = found
            # The sentences that share a character with a segment.
            near = (slice(bisect_right(self._ends, one.start), bisect_left(self._starts, one.end)) for one in segments)
            positions = dict.fromkeys(one.position for stretch in near for one in self._in_order[stretch])
            return Anchor(status, tuple(segments), tuple(positions))
        if position is None or named is None:
            return Anchor(AnchorStatus.NONE)
        return Anchor(AnchorStatus.SENTENCE, sentence_ids=(position,))

    def standing(self, quote: str) -> AnchorStatus:
        """How well the words stand in the text, once or more often: exact, normalised or none.

        Parts of an elided quote must be long enough to be told apart, and follow one another.
        """
        found = self._in_stretch(quote, Span(0, len(self._text)))
        if found is not None:
            return found[0]
        parts = [part for part in _ELLIPSIS.split(fold_spelling(quote).strip(_OUTER)) if part]
        if len(parts) <= 1 or not all(map(_is_long_enough_elsewhere, parts)):
            return AnchorStatus.NONE
        start, end = 0, len(self._text)
        for part in parts:
            stands = next(self._normalised(part, Span(start, end)), None) if start < end else None
            if stands is None:
                return AnchorStatus.NONE
            if start and self._is_turned_by(start, stands.start):
                return AnchorStatus.NONE
            start = stands.end
        return AnchorStatus.NORMALISED

    def beside(self, quote: str) -> Iterator[tuple[str, str]]:
        """What stands before and behind the words in their line, for each place where they stand in one piece."""
        for words in dict.fromkeys((quote.strip(), quote.strip(_OUTER))):
            matches = list(islice(self._normalised(words, Span(0, len(self._text))), _MOST_BESIDE))
            for one in matches:
                begin = self._text.rfind("\n", 0, one.start) + 1
                end = self._text.find("\n", one.end)
                yield self._text[begin : one.start], self._text[one.end : len(self._text) if end < 0 else end]
            if matches:
                return

    def _in_stretch(self, quote: str, stretch: Span | None) -> tuple[AnchorStatus, list[Span]] | None:
        """The status and the one match; no spans if there are several; None if there is none."""
        if stretch is None:
            return None
        for words in dict.fromkeys((quote.strip(), quote.strip(_OUTER))):
            starts = _occurrences(self._text, words, stretch.start, stretch.end)
            exact = filter(self._is_whole, (Span(start, start + len(words)) for start in starts))
            normalised = self._normalised(words, stretch)
            for status, matches in ((AnchorStatus.EXACT, exact), (AnchorStatus.NORMALISED, normalised)):
                # A second match is looked for, and not one more: two are as ambiguous as twenty.
                found = list(islice(matches, 2))
                if found:
                    return status, found if len(found) == 1 else []
        return None

    def _normalised(self, words: str, stretch: Span) -> Iterator[Span]:
        # What the quote has in brackets may be its writer's, or of the text.
        for plain in dict.fromkeys((_without_insertions(words), _without_notes(words))):
            found = self._folded(plain, stretch)
            if (first := next(found, None)) is not None:
                yield first
                yield from found
                return

    def _folded(self, plain: str, stretch: Span) -> Iterator[Span]:
        wanted, runs, folded = fold_spelling(plain).replace(" ", ""), _letter_runs(plain), self._solid
        is_raised = bool(_RAISED.search(plain))  # `10²` is not `102`
        for at in _occurrences(folded.text, wanted, *folded.ends_of(stretch)):
            if folded.halves_character(at) or folded.halves_character(at + len(wanted)):
                continue
            span = folded.source_span(at, at + len(wanted))
            # Blanks were taken out to find it, so that `nowhere` is found where `now here` stands.
            said = span.cut(self._plain)
            if self._is_whole(span) and _letter_runs(said) == runs and bool(_RAISED.search(said)) == is_raised:
                yield span

    def _is_whole(self, span: Span) -> bool:
        if _splits_word(self._text, span.start) or _splits_word(self._text, span.end):
            return False
        return not (self._is_parted and _crosses_block(span.cut(self._text)))

    def _in_pieces(self, quote: str, sentence: Span | None) -> tuple[AnchorStatus, list[Span]] | None:
        """Words left out, with an ellipsis or without: the rest must fit in one way only."""
        if sentence is None:
            return None
        pieces = [piece for piece in _ELLIPSIS.split(fold_spelling(quote).strip(_OUTER)) if piece]
        wanted = [word for piece in pieces for word in _TOKEN.findall(piece)]
        matches = list(_TOKEN.finditer(self._spaced.text, *self._spaced.ends_of(sentence)))
        tokens = [match[0] for match in matches]
        # Placed as early as can be and as late as can be: where both agree, there is no other way.
        places, late = _embed(wanted, tokens), _embed(wanted[::-1], tokens[::-1])
        if places != [len(tokens) - 1 - place for place in late[::-1]]:
            return None
        taken = set(places)
        firsts = [place for place in places if place - 1 not in taken]
        lasts = [place for place in places if place + 1 not in taken]
        runs = list(zip(firsts, lasts, strict=True))
        if not runs or _are_scraps(runs, tokens):
            return None
        ends = ((matches[first].start(), matches[last].end()) for first, last in runs)
        spans = [self._spaced.source_span(*both) for both in ends]
        if any(self._is_turned_by(one.end, other.start) for one, other in pairwise(spans)):
            return None
        return AnchorStatus.NORMALISED, spans

    def _is_turned_by(self, start: int, end: int) -> bool:
        """Whether the words between two offsets may turn round what leaves them out."""
        language = self._language or detect_language(self._text) or ""
        return is_turned_by(self._text[start:end], language.split("-")[0].lower() or None)


def _without_notes(text: str) -> str:
    """The text with what editors note made invisible, at the same offsets: `[sic]`, `†`, the brackets of `[H]e`."""
    return _without(text, lambda found: _is_note(found) or found["letter"] is not None)


def _without_insertions(text: str) -> str:
    """As `_without_notes`, also without what its writer has put into a quote, unless that turns it, as `[not]`."""
    return _without(text, lambda found: found["inside"].strip().isdecimal() or not is_turned_by(found["inside"]))


def _is_note(found: re.Match[str]) -> bool:
    goes_on = found.string[found.end() : found.end() + 1].isalnum()  # as in `1[0]7`
    return not goes_on and _NOTE.fullmatch(found["inside"]) is not None


def _without(text: str, is_hidden: Callable[[re.Match[str]], bool]) -> str:
    def hidden(found: re.Match[str]) -> str:
        if not is_hidden(found):
            return found[0]
        kept = found["inside"] if found["letter"] else _INVISIBLE * len(found["inside"])
        return f"{_INVISIBLE}{kept}{_INVISIBLE}"

    return _NOTE_MARK.sub(lambda mark: _INVISIBLE * len(mark[0]), _INSERTION.sub(hidden, text))


def _crosses_block(words: str) -> bool:
    """Whether the words go over the end of a block that ends no sentence: a heading, a cell, an item of a list."""
    return any(not _CLOSED.search(one) for one in _BLOCK_END.split(words)[:-1])


def _occurrences(text: str, words: str, start: int, end: int) -> Iterator[int]:
    while words and (start := text.find(words, start, end)) >= 0:
        yield start
        start += 1


def _splits_word(text: str, offset: int) -> bool:
    """Whether a cut at `offset` goes through a word, a number, or a letter and its accent."""
    if not 0 < offset < len(text):
        return False
    if unicodedata.category(text[offset])[0] == "M" or _IN_NUMBER.match(text, offset):
        return True
    if _IN_COMPOUND.match(text, offset) or _BROKEN_OFF.match(text, offset) or _parts_thousands(text, offset):
        return True
    return _is_cased_or_numeral(text[offset - 1]) and _is_cased_or_numeral(text[offset])


def _parts_thousands(text: str, offset: int) -> bool:
    """Whether a cut at `offset` goes through a number whose thousands are set apart by blanks: `1 500 000`."""
    if text[offset] == " ":
        offset += 1
    is_group = _THOUSANDS.match(text, offset)
    return bool(is_group and _THOUSANDS_BEFORE.search(text[max(0, offset - _NEAR) : offset]))


def _letter_runs(text: str) -> list[str]:
    """The words as blanks part them: `now here` is not `nowhere`, though `U. S.` is `U.S.`."""
    return "".join(char if _is_cased_or_numeral(char) else " " for char in fold_spelling(text)).split()


def _is_cased_or_numeral(char: str) -> bool:
    # Only scripts with upper and lower case put blanks between words in every text; Chinese may be cut anywhere.
    return char.isnumeric() or char.lower() != char.upper()


def _is_long_enough_elsewhere(quote: str) -> bool:
    # One long "word" is a sentence of a script without blanks.
    found = len(quote.split())
    return found >= _MIN_WORDS_ELSEWHERE or (found == 1 and len(quote) >= _MIN_CHARS_ELSEWHERE)


def _embed(wanted: Sequence[str], offered: Sequence[str]) -> list[int]:
    """Where the wanted words stand in their order, each as early as can be; nowhere if one is missing."""
    rest = enumerate(offered)  # each search goes on behind the last one
    places = [next((at for at, word in rest if word == one), -1) for one in wanted]
    return [] if -1 in places else places


def _are_scraps(runs: Sequence[tuple[int, int]], tokens: Sequence[str]) -> bool:
    """Whether words are picked here and there: many runs (two may be subject and verb), short or ambiguous ones."""
    lengths = [last - first + 1 for first, last in runs]
    allowed = min(_MAX_SEGMENTS, max(2, (sum(lengths) - 1) // 2))
    lone = [tokens[first] for first, last in runs if first == last]
    return len(runs) > allowed or max(lengths) < _MIN_RUN or any(tokens.count(word) > 1 for word in lone)
