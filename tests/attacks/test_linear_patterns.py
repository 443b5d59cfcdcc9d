import math
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from attacks.patterns import UsedPattern, attacks, used_patterns

_SHORT, _LENGTH = 1_000, 1_500
_SUSPICIOUS = 0.0005  # s; a quadratic pattern takes longer for a short text, and only those few are measured
_WORTH_MEASURING = 0.008  # s
_TOO_LONG = 0.5
_STEEPEST = 1.5  # 1 is linear, 2 is quadratic


class _StoppedError(Exception):
    pass


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise where the processor is at work for longer: the search itself looks for signals."""

    def stop(*_: object) -> None:
        raise _StoppedError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _seconds(pattern: UsedPattern, text: str, tries: int = 1) -> float:
    taken = math.inf
    for _ in range(tries):
        started = time.process_time()
        try:
            with _at_most(_TOO_LONG):
                pattern.run(text)
        except _StoppedError:
            return _TOO_LONG
        taken = min(taken, time.process_time() - started)
    return taken


def _exponent(pattern: UsedPattern, attack: tuple[str, str, str]) -> float:
    """How the time grows with the text: as its length to the power of this; 0 where it is short all the same."""
    head, piece, tail = attack

    def seconds(length: int, tries: int) -> float:
        return _seconds(pattern, head + piece * (length // len(piece)) + tail, tries)

    if seconds(_SHORT, tries=1) < _SUSPICIOUS:
        return 0.0
    steepest = math.inf
    for _ in range(5):  # on a busy machine a time may be anything, a few times
        first, second = seconds(_LENGTH, tries=2), seconds(4 * _LENGTH, tries=2)
        if first >= _TOO_LONG:  # both were stopped, so that nothing is known of how it grows
            return math.inf
        if second >= _TOO_LONG:  # stopped, it may have grown to anything: shorter texts tell
            first, second = seconds(_LENGTH // 4, tries=2), first
        if second < _WORTH_MEASURING:
            return 0.0
        steepest = min(steepest, math.log(second / max(first, 1e-5), 4))
        if steepest < _STEEPEST:
            break
    return steepest


_PATTERNS = {(one.compiled.pattern, one.method): one for one in used_patterns()}.values()
_OWN_FILES = {
    "factcheck.cli.main._FIRST_LINE", "factcheck.extraction.prompts._EXAMPLE", "factcheck.extraction.prompts._FILE",
    "factcheck.text.abbreviations:131",
}  # fmt: skip
"""What reads nothing but files of the package."""


@pytest.mark.parametrize("pattern", [
    pytest.param(one, id=f"{one.name}-{at}")  # two of a line share its name
    for at, one in enumerate(_PATTERNS)
    if one.name.rsplit(":")[0] not in _OWN_FILES and one.name not in _OWN_FILES
])  # fmt: skip
def test_pattern_is_linear(pattern: UsedPattern) -> None:
    for attack in attacks(pattern.compiled):
        exponent = _exponent(pattern, attack)
        assert exponent < _STEEPEST, f"{pattern.name} takes n to the {exponent:.1f} over {attack!r}"


_STEEP = {
    "quadratic": r"(?i)[\s,;|·•–—-]+(?:(?:on|am|le|el|il)\s)?\Z",  # it is stopped in the longer of two texts
    "cubic": r"\s*\s+$",
    "exponential": r"(?:\s+)+$",
}


@pytest.mark.parametrize("steep", _STEEP.values(), ids=_STEEP)
def test_test_knows_steep_pattern(steep: str) -> None:
    pattern = UsedPattern("steep", re.compile(steep), "finditer")

    assert _exponent(pattern, ("", " ", "x")) > _STEEPEST
