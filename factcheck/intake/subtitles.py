"""Subtitles (SRT, WebVTT): what is said, joined into sentences and paragraphs, and when. Run within bounds."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from factcheck.domain.article import Article, Locator
from factcheck.domain.sentence import Span
from factcheck.errors import SourceError
from factcheck.intake.joiners import without_marks
from factcheck.intake.plain import as_text
from factcheck.text.numbers import find_numbers

_MAX_CHARS = 3_000_000
_MAX_CUES = 30_000  # of a day and more
_MAX_LINES = 500_000
_PAUSE = 2.0  # seconds of silence, after which a sentence that has ended ends its paragraph
_BREAK = 10.0  # seconds of silence, after which everything else does, too
_LONG = 600  # characters, after which the next sentence begins a paragraph
_ROLLING = 0.2  # of the cues begin with the last line of the one before, where lines move up as they are said

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[,.](\d{1,3})"
_TIMING = re.compile(rf"[ \t]*+{_TIME}[ \t]*+-->[ \t]*+{_TIME}(?:[ \t].*+)?\Z")
_VOICE = re.compile(r"(?:[-–—‐]\s?)?<v(?:\.[^\s<>]*+)?\s++([^<>]++)>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*+>|<[\d:.]++>|\{\\[^{}]*+\}|\{[yY]:[ibusIBUS]\}")
# [music], (laughs) and songs between notes are shown, and nobody says them.
_SONG = re.compile(r"[-–—>\s]*+(?:[♪♫].*+|#(?:\s++\D.*+|.*#|\s*+))\Z")
_BRACKETED = re.compile(r"[-–—>\s]*+[\[(](?P<words>[^\[\]()]{0,90}+)[\])]\s*+\Z")
_MOST_OF_SOUND = 6  # words
_SENTENCE = re.compile(
    r"[.!?…]\s*+\Z|\b(?:is|are|was|were|ha[sd]|have|did|will|would|i|he|she|it|we|you|they|ist|sind|war|waren|hat|haben"
    r"|hatten?|wurden?|ich|er|sie|wir|est|sont|était|ont|il|elle|es|son|era|han|fue)\b",
    re.IGNORECASE,
)
_TURN = re.compile(r"(?:[-–—‐](?:\s|(?!\d))|>>+\s?)(?=\S)")  # but for a number below zero
_LABEL = re.compile(r"[A-ZÄÖÜÉ][A-ZÄÖÜÉ .'’-]{1,30}:\s")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]{0,3}\Z")
_ASIDES = ("NOTE", "STYLE", "REGION")
_LANGUAGE = re.compile(r"^Language:[ \t]{0,9}([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})[ \t]{0,9}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Cue:
    """Lines that are shown together, in seconds from the beginning; with each line who the file says speaks."""

    begins: float
    ends: float
    lines: tuple[tuple[str | None, str], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that are shown at a time; `is_turn` where a paragraph begins."""

    begins: float
    words: str
    is_turn: bool


def article_of_subtitles(
    content: bytes, source: str, now: datetime, encoding: str | None, header: str | None, url: str | None
) -> Article:
    """What is said in a recording, a locator for each cue. Raises SourceError where that is too much, EncodingError."""
    text = without_marks(as_text(content, source, encoding, header)).strip()
    is_vtt = text.startswith("WEBVTT")
    head = text.partition("\n\n")[0] if is_vtt else ""
    language = _LANGUAGE.search(head)
    cues = _unrolled(list(_cues(text, source, is_vtt=is_vtt)))
    parts, locators, length = list[str](), list[Locator](), 0
    for piece in _pieces(cues):
        between = "" if not parts else "\n\n" if piece.is_turn else " "
        parts += between, piece.words
        begin, length = length + len(between), length + len(between) + len(piece.words)
        locators.append(Locator(Span(begin, length), timed(piece.begins)))
        if length > _MAX_CHARS:
            raise SourceError(f"{source!r} holds more text than {_MAX_CHARS:,} characters; divide it")
    return Article(
        text="".join(parts),
        retrieved_at=now,
        title=" ".join(head.partition("\n")[0].removeprefix("WEBVTT").strip(" \t-–—:").split()) or None,
        url=url,
        language=language[1] if language else None,
        locators=tuple(locators),
    )


def timed(seconds: float) -> str:
    """Hours, minutes and seconds from the beginning, such as 00:12:31."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def _cues(text: str, source: str, *, is_vtt: bool) -> Iterator[_Cue]:
    """The cues in their order; comments, styles and numbers are none of them."""
    if text.count("-->") > _MAX_CUES or text.count("\n") > _MAX_LINES:
        most = f"{_MAX_CUES:,} subtitles or {_MAX_LINES:,} lines"
        raise SourceError(f"{source!r} holds more than {most}; divide it")
    lines = text.split("\n")
    timings = [(at, match) for at, line in enumerate(lines) if "-->" in line and (match := _TIMING.match(line))]
    begins = [at for at, _ in timings]
    names = _names(lines, begins) if is_vtt else _numbers(lines, begins)
    for (at, match), end in zip(timings, [*begins, len(lines)][1:], strict=True):
        times = match.groups()
        shown = _shown(["" if one in names else lines[one] for one in range(at + 1, end)])
        yield _Cue(_seconds(times[:4]), _seconds(times[4:]), tuple(_said(shown)))


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = (one or "0" for one in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000


def _names(lines: Sequence[str], begins: Sequence[int]) -> set[int]:
    """Where the names of WebVTT's cues stand: alone above a timing."""
    return {at - 1 for at in begins if at > 1 and _is_full(lines[at - 1]) and not _is_full(lines[at - 2])}


def _numbers(lines: Sequence[str], begins: Sequence[int]) -> set[int]:
    """Where the numbers of SRT's cues stand; in a file that has none, a number above a timing is what is said."""
    numbers = {at - 1 for at in begins if at and lines[at - 1].strip().isdecimal()}
    return numbers if len(numbers) > len(begins) / 2 else set()


def _shown(lines: Sequence[str]) -> Iterator[str]:
    """The lines between two timings without comments."""
    # Some files have blank lines within a cue, which would end it by the letter of their form.
    blocks = ([line.strip() for line in block] for is_full, block in groupby(lines, _is_full) if is_full)
    for number, block in enumerate(blocks):
        if not (number and block[0].startswith(_ASIDES)):
            yield from block


def _is_full(line: str) -> bool:
    return bool(line.strip())


def _said(lines: Iterator[str]) -> Iterator[tuple[str | None, str]]:
    """Each line with its voice, without tags; without what is no speech."""
    voice = None
    for line in (part for one in lines for part in _by_voice(one)):
        if found := _VOICE.search(line):
            voice = " ".join(html.unescape(found[1]).split())
        words = " ".join(html.unescape(_TAG.sub("", line)).split())
        if words and not _SONG.match(words) and not _is_sound(words):
            yield voice, words


def _by_voice(line: str) -> Iterator[str]:
    """The line, cut where another voice begins, or the dash before it."""
    begins = [found.start() for found in _VOICE.finditer(line)]
    if not begins:
        return iter((line,))
    return (line[begin:end] for begin, end in pairwise(sorted({0, *begins, len(line)})))


def _is_sound(words: str) -> bool:
    """Whether they are a few in brackets that say nothing: no number, and no sentence."""
    found = _BRACKETED.match(words)
    if found is None or len(found["words"].split()) > _MOST_OF_SOUND:
        return False
    return not _SENTENCE.search(found["words"]) and next(find_numbers(found["words"]), None) is None


def _unrolled(cues: list[_Cue]) -> list[_Cue]:
    """Without the lines that stand a second time because they move up as the next one is said."""
    full = [one for one in cues if one.lines]
    rolled = [after.lines[0] == before.lines[-1] for before, after in pairwise(full)]
    if sum(rolled) < _ROLLING * len(full):
        return full
    return full[:1] + [
        _Cue(one.begins, one.ends, one.lines[1:] if is_again else one.lines)
        for one, is_again in zip(full[1:], rolled, strict=True)
    ]


def _pieces(cues: Sequence[_Cue]) -> Iterator[_Piece]:
    """The words of each cue, and where somebody else begins, or after a pause, a paragraph of their own."""
    speaker, ended, length, last_end = None, True, 0, 0.0
    for cue in cues:
        for voice, line in cue.lines:
            words = _TURN.sub("", line, count=1) if _TURN.match(line) else line
            is_new = voice is not None and voice != speaker
            pause = cue.begins - last_end
            is_due = ended and (pause >= _PAUSE or length > _LONG or bool(_LABEL.match(words)))
            is_turn = is_new or words != line or is_due or pause >= _BREAK
            speaker, last_end = voice or speaker, cue.ends
            words = f"{voice}: {words}" if is_new else words
            length = len(words) if is_turn else length + len(words)
            ended = bool(_SENTENCE_END.search(words))
            yield _Piece(cue.begins, words, is_turn)
