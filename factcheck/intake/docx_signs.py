"""Letters that a font of signs draws as other ones: what a reader of the Word document sees in their place."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from factcheck.intake.docx_xml import attribute

if TYPE_CHECKING:
    from lxml import etree

_SYMBOL = dict(
    enumerate(
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?"
        "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
        "‾αβχδεφγηιϕκλµνοπθρστυϖωξψζ{|}∼ "
        "                                "
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵"
        "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√·¬∧∨⇔⇐⇑⇒⇓"
        "◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ ⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭ ",
        0x20,
    )
)
"""The font Symbol, sign by sign, as its maker's table has them."""
_DRAWN = {
    "symbol": _SYMBOL,
    "wingdings": dict(zip(b"\x6f\xa8\xfb\xfc\xfd\xfe", "☐☐✗✓☒☑", strict=True)),
    "wingdings 2": dict(zip(b"OPQRST\xa3", "✗✓☒☑☒☒☐", strict=True)),
}
"""By the fonts' names; of those that draw pictures only boxes and marks, which say what somebody has chosen."""
_CODE = re.compile(r"[0-9A-Fa-f]{1,4}")
_PRIVATE = range(0xF020, 0xF100)
_LONGEST_OF_SIGNS = 3  # letters in a row: more are a word, which no one has meant for signs


def sign(element: "etree._Element") -> str:
    """What a `sym` shows; nothing for pictures."""
    code = _code(attribute(element, "char"))
    table = _DRAWN.get((attribute(element, "font") or "").lower())
    if table is not None:
        return table.get(code & 0xFF, "\ufffd" if table is _SYMBOL else "")
    return chr(code) if chr(code).isprintable() else ""


def as_drawn(words: str, about: "etree._Element | None") -> str:
    """The words of a run in the font that it names."""
    fonts = None if about is None else about.find("{*}rFonts")
    table = None if fonts is None else _DRAWN.get((attribute(fonts, "ascii") or "").lower())
    if table is None:
        return words
    is_few = len(words.strip()) <= _LONGEST_OF_SIGNS
    return "".join(_drawn(char, table, is_few=is_few) for char in words)


def _drawn(char: str, table: Mapping[int, str], *, is_few: bool) -> str:
    code = ord(char)
    if code in _PRIVATE:
        return table.get(code & 0xFF, "")
    return table.get(code, char) if is_few and char.isascii() else char


def _code(written: str | None) -> int:
    return int(written, 16) if written and _CODE.fullmatch(written) else 0
