"""The picture of a verdict as PNG: sites that show what others share take no SVG."""

from collections.abc import Callable
from functools import partial

_LETTER = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text x="5" y="30" font-size="30">{}</text></svg>'
)


def card_drawer() -> Callable[[str], bytes] | None:
    """What makes a PNG of an SVG; None where the package is missing, or the machine has no font to write with."""
    try:
        from resvg_py import svg_to_bytes  # noqa: PLC0415 - comes with an extra
    except ModuleNotFoundError:
        return None
    draw = partial(_drawn, svg_to_bytes)
    return draw if draw(_LETTER.format("A")) != draw(_LETTER.format("")) else None


def _drawn(svg_to_bytes: Callable[..., bytes], svg: str) -> bytes:
    return bytes(svg_to_bytes(svg_string=svg))
