"""Words that are set across a PDF's page, as `DRAFT` or `CONFIDENTIAL`: they are no part of it, and no title."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from factcheck.intake.pdf_letters import Letter

_LARGER = 2.5  # times the size of most letters
_SLANTED = range(25, 66)  # degrees, up or down
_LEAST_LETTERS = 4  # of a stamp; fewer are a large first letter of the text
_LEAST_TEXT = 100  # letters of a page that is no poster
_MOST_LOOKS = 1_000_000


def without_stamps(letters: Sequence[Letter]) -> list[Letter]:
    """The letters without much larger ones that stand aslant, or over or under the text."""
    sizes = Counter(round(one.size, 1) for one in letters)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    text = [one for one in letters if one.size <= _LARGER * usual]
    lines: dict[tuple[float, int, int], list[Letter]] = defaultdict(list)
    for one in letters:
        if one.size > _LARGER * usual:
            lines[round(one.size, 1), one.look.angle, round(one.base)].append(one)
    is_many = (len(letters) - len(text)) * len(text) > _MOST_LOOKS
    is_text = len(text) >= _LEAST_TEXT
    stamps = [
        line
        for (_, angle, _), line in lines.items()
        if len(line) >= _LEAST_LETTERS and ((is_text and _is_slanted(angle)) or (not is_many and _crosses(line, text)))
    ]
    gone = {id(one) for line in stamps for one in line}
    return [one for one in letters if id(one) not in gone]


def _is_slanted(angle: int) -> bool:
    return angle % 180 in _SLANTED or -angle % 180 in _SLANTED


def _crosses(line: Sequence[Letter], text: Sequence[Letter]) -> bool:
    """Whether letters of the text stand where half of these are drawn."""
    return 2 * sum(any(one.box.holds(other.box.middle) for other in text) for one in line) >= len(line)
