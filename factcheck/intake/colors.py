"""Colours as pages write them, as far as it takes to know letters that nobody sees on their ground."""

import re
from colorsys import hls_to_rgb

Color = tuple[float, float, float]
"""Red, green and blue, each to 255."""

_NAMES: dict[str, Color] = {
    "black": (0, 0, 0), "white": (255, 255, 255), "red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255),
    "yellow": (255, 255, 0), "silver": (192, 192, 192), "gray": (128, 128, 128), "grey": (128, 128, 128),
    "green": (0, 128, 0), "navy": (0, 0, 128), "maroon": (128, 0, 0), "snow": (255, 250, 250),
}  # fmt: skip
_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_SHORT = 5  # signs of a colour with one digit to each part
_CALL = re.compile(r"(?:rgb|hsl)a?\(([^()]{1,80})\)")
_NUMBER = re.compile(r"([0-9]{0,3}\.?[0-9]{1,9})(%?)")
_WITHOUT_THICKNESS = 3  # numbers of a colour
_LEAST_APART = 9  # of 255, in one of the three: nobody sees less


def color_of(written: str) -> Color | None:
    """The colour that is written; None where it is none that is known, or one sees through it."""
    plain = written.lower().strip()
    parts = _parts(plain)
    if is_clear(plain) or len(parts) < len(_NAMES["white"]):
        return _NAMES.get(plain)
    red, green, blue, *_ = parts
    return red, green, blue


def is_clear(written: str) -> bool:
    """Whether one sees through it."""
    plain = written.lower().strip()
    return plain == "transparent" or _parts(plain)[3:] == [0]


def is_alike(one: Color | None, other: Color | None) -> bool:
    """Whether nobody would see the one on the other."""
    if one is None or other is None:
        return False
    return all(abs(mine - its) < _LEAST_APART for mine, its in zip(one, other, strict=True))


def _parts(plain: str) -> list[float]:
    """Red, green and blue of 255, and of 1 or 255 how thick they are, where it is said."""
    if _HEX.fullmatch(plain):
        digits = "".join(2 * one for one in plain[1:]) if len(plain) <= _SHORT else plain[1:]
        return [int(digits[at : at + 2], 16) for at in range(0, len(digits), 2)]
    call = _CALL.fullmatch(plain)
    numbers = _NUMBER.findall(call[1]) if call else []
    if plain.startswith("hsl"):
        return _of_hue([float(number) for number, _ in numbers])
    return [float(number) * (2.55 if share else 1) for number, share in numbers]


def _of_hue(numbers: list[float]) -> list[float]:
    """The same of a hue in degrees, and of how strong and how light it is in hundredths."""
    if len(numbers) < _WITHOUT_THICKNESS:
        return []
    hue, strength, light, *thickness = numbers
    return [255 * part for part in hls_to_rgb(hue / 360, min(light, 100) / 100, min(strength, 100) / 100)] + thickness
