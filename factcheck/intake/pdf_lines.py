"""The pieces of lines that the letters of a PDF's page make: raised signs told apart, letterspaced words whole."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from factcheck.intake.pdf_letters import Letter
from factcheck.intake.superscripts import as_written

_SIGN = re.compile(r"[\d+\-\u2212*†‡§,–\s]{1,8}")
_SLASHES = frozenset("/\u2044\u2215")
_SMALL = 0.85  # of the size of the letters before it
_SMALLEST = 0.45  # of it; a larger difference is that of a dropped capital
_RAISED = 0.1  # of it
_OFFSET = 0.6  # of its size a sign may be raised or lowered
_WORD_GAP, _GUESSED_GAP = 0.25, 0.08  # of their size, where nothing is drawn between words
_BACK = 0.5  # of their size a letter may stand before the last one
_GAP = 0.55  # of their size parts what stands on one line, or more where letters are spaced
_MORE = 1.8  # times the last gap is a wider one
_FAR = 1.0  # times their size, after a single letter
_FARTHEST = 6.0  # times their size, with a space in between that is drawn with them
_FAR_LEFT = 2.0  # times their size parts what is written from right to left
_LEFT_GAP = 0.18  # of their size, between such words
_LEAST_SPACED = 3  # letters of a spaced word
_LEAST_TYPED = 5  # of one whose spaces are typed
_PART_GAP = 1.5  # times the gap of its letters parts two spaced words
# As they are seen: Latin words and numbers within what is written from right to left.
_LEFT_TO_RIGHT = re.compile(
    r"[A-Za-z\u00c0-\u024f](?:[\w.,'’ -]*[A-Za-z\d\u00c0-\u024f])?|[$€£]?\d+(?:[.,:/]\d+)*[%$€£]?|.", re.DOTALL
)
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands together on one line, in points; size and base are those of most of its letters."""

    text: str
    left: float
    right: float
    base: float
    size: float


def pieces_of(letters: Sequence[Letter]) -> list[Piece]:
    """The pieces, in the order in which they are drawn."""
    lines: dict[int, list[Letter]] = defaultdict(list)
    for one in letters:
        lines[round(one.base)].append(one)
    leftwards = {base for base, line in lines.items() if is_right_to_left("".join(one.text for one in line))}
    pieces: list[list[_Run]] = []
    for run, stands_on in _runs([one for one in letters if round(one.base) not in leftwards]):
        if stands_on:
            pieces[-1].append(run)
        else:
            pieces.append([run])
    return [*map(_piece, pieces), *(piece for base in leftwards for piece in _leftward_pieces(lines[base]))]


def is_right_to_left(text: str) -> bool:
    """Whether most of its letters are Hebrew, Arabic or the like."""
    ways = [unicodedata.bidirectional(one) for one in text]
    return sum(one in {"R", "AL"} for one in ways) > ways.count("L")


@dataclass(slots=True)
class _Run:
    """Letters of one size and height."""

    letters: list[Letter]
    parted: list[bool]  # from the letter before

    @property
    def text(self) -> str:
        """Its words; where all letters stand apart, words do so where the gap is wider."""
        parted, pairs = list(self.parted), list(pairwise(self.letters))
        is_typed = any(two.space is not None for _, two in pairs)
        # Digits that are drawn one by one, or with spaces, may be numbers.
        is_word = not any(one.text.isdigit() for one in self.letters) or (
            not is_typed and all(one.look.drawing == two.look.drawing for one, two in pairs)
        )
        if is_word and all(parted[1:]) and len(parted) >= (_LEAST_TYPED if is_typed else _LEAST_SPACED):
            gaps = [two.left - one.right for one, two in pairs]
            wide = _PART_GAP * median(gaps)
            parted[1:] = [gap > wide for gap in gaps]
        written = (" " * part + one.text for one, part in zip(self.letters, parted, strict=True))
        return "".join(written)

    def is_like(self, letter: Letter) -> bool:
        """Whether the letter has its size and its height."""
        own = self.letters[0]
        is_same_size = min(own.size, letter.size) >= _SMALL * max(own.size, letter.size)
        return is_same_size and abs(own.base - letter.base) < _RAISED * own.size


def _runs(letters: Sequence[Letter]) -> Iterator[tuple[_Run, bool]]:
    """The runs, and whether each stands in the piece of the last one."""
    run, is_within, last_gap = _Run([], []), False, 0.0
    for one in letters:
        last = run.letters[-1] if run.letters else None
        gap = one.left - last.right if last else 0.0
        stands_on = last is not None and _stands_on(run, one, last_gap)
        is_parted = stands_on and (
            one.space is not None or gap > (_GUESSED_GAP if one.is_parted else _WORD_GAP) * one.size
        )
        last_gap = gap if stands_on else 0.0
        if stands_on and run.is_like(one):
            run.letters.append(one)
            run.parted.append(is_parted)
            continue
        if last is not None:
            yield run, is_within
        run, is_within = _Run([one], [is_parted]), stands_on
    if run.letters:
        yield run, is_within


def _stands_on(run: _Run, letter: Letter, last_gap: float) -> bool:
    """Whether the letter stands beside the last one of the run, no farther than words do."""
    last = run.letters[-1]
    size = max(last.size, letter.size)
    if min(last.size, letter.size) < _SMALLEST * size:
        return False
    if abs(letter.base - run.letters[0].base) > _OFFSET * size or letter.left < last.left - _BACK * size:
        return False
    if letter.space is not None and letter.look.drawing == last.look.drawing:
        return letter.left - last.right < _FARTHEST * size
    limit = max(_GAP * size, _MORE * last_gap) if len(run.letters) > 1 else _FAR * size
    return letter.left - max(last.right, letter.space or 0.0) < limit


def _piece(runs: Sequence[_Run]) -> Piece:
    main = max(runs, key=lambda one: len(one.letters))
    written, line, is_fraction = "", runs[0], False
    for at, run in enumerate(runs):
        text = run.text.lstrip() if is_fraction else run.text
        is_raised = at > 0 and _is_raised(run, line)
        if is_raised and _is_numerator(runs[at : at + 3], line):
            is_fraction = True
            written += f" {text.strip()}" if written[-1:].isdigit() else text
        elif is_raised:
            written += as_written(written, text, runs[at + 1].text if at + 1 < len(runs) else "")
        else:
            written += text
            line, is_fraction = run, is_fraction and text.strip() in _SLASHES
    letters = [one for run in runs for one in run.letters]
    left, right = min(one.left for one in letters), max(one.right for one in letters)
    return Piece(written, left, right, main.letters[0].base, main.letters[0].size)


def _is_raised(run: _Run, line: _Run) -> bool:
    sign, letter = run.letters[0], line.letters[-1]
    is_small = 0 < sign.size < _SMALL * letter.size
    return is_small and sign.base > letter.base + _RAISED * letter.size and bool(_SIGN.fullmatch(run.text))


def _is_numerator(runs: Sequence[_Run], line: _Run) -> bool:
    """Whether a slash and other small digits follow the raised digits: they are no footnote's mark then."""
    behind = runs[1].text.strip() if len(runs) > 1 else ""
    if behind[:1] not in _SLASHES or not runs[0].text.strip().isdigit():
        return False
    below = runs[1] if len(behind) > 1 else runs[-1]
    digits = behind[1:] or below.text
    return digits.strip().isdigit() and below.letters[0].size < _SMALL * line.letters[0].size


def _leftward_pieces(line: Sequence[Letter]) -> Iterator[Piece]:
    """The pieces of a line that is written from right to left, its first letter first."""
    part: list[Letter] = []
    for one in sorted(line, key=lambda one: one.left):
        if part and one.left - part[-1].right > _FAR_LEFT * one.size:
            yield _leftward(part)
            part = []
        part.append(one)
    yield _leftward(part)


def _leftward(letters: Sequence[Letter]) -> Piece:
    seen = ""
    for at, one in enumerate(letters):
        is_parted = at > 0 and one.left - letters[at - 1].right > _LEFT_GAP * one.size
        seen += " " * is_parted + one.text[::-1]
    text = "".join(reversed(_LEFT_TO_RIGHT.findall(seen)))
    if -1 < text.find(")") < text.find("("):  # some programs name brackets by their forms, which are mirrored
        text = text.translate(_MIRRORED)
    return Piece(text, letters[0].left, letters[-1].right, letters[0].base, letters[0].size)
