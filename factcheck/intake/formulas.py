"""The forms of formulas on one line, as `1/2`, `10⁶`, `√(a+b)`, in which no sign becomes part of another number."""

import re
from collections.abc import Iterable

from factcheck.intake.superscripts import raised

_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)+")
_IS_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_ROOTS = {"2": "", "": ""}  # of a degree that nobody writes
_REACHES_ON = frozenset("/^√")
"""With these a form takes in what stands close to it."""


def whole(part: str) -> str:
    """A part as one thing, in brackets where it is more than a number or a word."""
    is_one = part.isalnum() or _DECIMAL.fullmatch(part) is not None or _is_in_brackets(part)
    return part if is_one or not part else f"({part})"


def fraction(above: str, below: str) -> str:
    """One part over another one."""
    return f"{whole(above)}/{whole(below)}"


def power(base: str, exponent: str) -> str:
    """A part with another one raised behind it."""
    base = f"({base})" if base[-1:] in _IS_RAISED else whole(base)
    return base + (raised(exponent) or f"^{whole(exponent)}") if exponent else base


def lowered(base: str, below: str) -> str:
    """A part with another one lowered behind it."""
    return base + below.translate(_LOWERED)


def root(base: str, degree: str = "") -> str:
    """The root of a part."""
    return f"{_ROOTS.get(degree, raised(degree) or f'{degree} ')}√{whole(base)}"


def in_a_row(parts: Iterable[tuple[str, bool]]) -> str:
    """One after the other, each with whether it is a form of its own; a blank where two would be one number."""
    said: list[str] = []
    before, ends = "", ""  # the form that has just been said, and the last sign
    for part, is_form in parts:
        form = part if is_form else ""
        touches = ends.isalnum() and part[:1].isalnum() and not _REACHES_ON.isdisjoint(form + before)
        is_mixed = "/" in form and ends.isdigit()  # as 2 1/2
        said.append(f" {part}" if touches or is_mixed else part)
        before, ends = (form, part[-1]) if part else (before, ends)
    return "".join(said)


def _is_in_brackets(part: str) -> bool:
    """Whether one pair of brackets stands around all of it."""
    depth, closes = 0, []
    for at, char in enumerate(part):
        depth += (char == "(") - (char == ")")
        if not depth:
            closes.append(at)
    return part[:1] == "(" and closes[:1] == [len(part) - 1]
