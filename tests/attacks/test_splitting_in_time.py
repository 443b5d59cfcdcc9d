"""The splitter as a whole, which no test of its patterns alone holds: sentencex, and what goes through what it says."""

import math
import time
from collections.abc import Callable

import pytest

from factcheck.text.sentences import split_sentences

_LENGTH = 8_000  # characters; longer than a piece that is given to sentencex at once
_LENGTH_OF_LINES = 2_500  # each of which is split for itself
_STEEPEST = 1.5  # 1 is linear, 2 is quadratic
_WORTH_MEASURING = 0.05  # s


def _grown(piece: Callable[[int], str], length: int) -> str:
    pieces = [piece(1)]
    while sum(map(len, pieces)) < length:
        pieces += [piece(number) for number in range(len(pieces) + 1, 2 * len(pieces) + 1)]
    return "".join(pieces)[:length]


def _seconds(text: str) -> float:
    started = time.process_time()
    split_sentences(text, "en")
    return time.process_time() - started


def _exponent(piece: Callable[[int], str], length: int = _LENGTH) -> float:
    """How the time grows with the text: as its length to the power of this; 0 where it is short all the same."""
    steepest = math.inf
    for _ in range(5):  # on a busy machine a time may be anything, a few times
        first, second = _seconds(_grown(piece, length)), _seconds(_grown(piece, 4 * length))
        if second < _WORTH_MEASURING:
            return 0.0
        steepest = min(steepest, math.log(second / max(first, 1e-5), 4))
        if steepest < _STEEPEST:
            break
    return steepest


@pytest.mark.parametrize("repeated", [
    "`", "``", "``a ", "'", "''a ", '"', '"a ', "“", "«a ", "»", "„", "‘a. A ", "‹", "《", "「",
    "(", "(a. ", "[", "[1] ", "{", "<", ")", "(A.) ", "“A.” ",
    "... ", ". ", ".) ", "! ", "? ! ", "… ", ".' A ", "中。", ". [1] ",
    "Dr. ", "U.S. ", "a.", "etc. ", "Mr. A. ", "a@", "1. ", "1.", "1. A ", "a) ", "a", " ", "\u3000",
])  # fmt: skip
def test_repeated_piece_takes_linear_time(repeated: str) -> None:
    assert _exponent(lambda _: repeated) < _STEEPEST


@pytest.mark.parametrize("mark", ["`", "'", '"', "“", "(", "[", ".", " ", "1", "a"])
def test_growing_runs_take_linear_time(mark: str) -> None:
    assert _exponent(lambda number: f"e{mark * number} ") < _STEEPEST


@pytest.mark.parametrize("line", ["- a\n", "# a\n", "1. A\n", "a.\n\n", "a\r", "`\n", "a. \n"])
def test_many_lines_take_linear_time(line: str) -> None:
    assert _exponent(lambda _: line, _LENGTH_OF_LINES) < _STEEPEST


@pytest.mark.parametrize("form", ["{}. A ", "{}. A\n", "{}) a ", "[{}] a. "])
def test_counted_items_take_linear_time(form: str) -> None:
    assert _exponent(form.format, _LENGTH_OF_LINES) < _STEEPEST
