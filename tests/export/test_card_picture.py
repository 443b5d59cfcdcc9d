"""The picture of a verdict as PNG."""

import sys

import pytest
import resvg_py

from factcheck.export.card_picture import card_drawer

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"><rect width="9" height="9"/>'
    '<image href="file:///etc/passwd"/><image href="http://127.0.0.1:1/x.png" width="9" height="9"/></svg>'
)


def without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = resvg_py.svg_to_bytes
    monkeypatch.setattr(
        resvg_py, "svg_to_bytes", lambda svg_string: drawn(svg_string=svg_string, skip_system_fonts=True)
    )


def test_picture_is_a_png_of_its_size() -> None:
    draw = card_drawer()
    if draw is None:
        pytest.skip("needs a font: apt-get install fonts-dejavu-core")

    png = draw(SVG)

    assert png.startswith(b"\x89PNG")
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (1200, 630)


def test_machine_without_fonts_draws_none(monkeypatch: pytest.MonkeyPatch) -> None:
    without_fonts(monkeypatch)

    assert card_drawer() is None


def test_nothing_is_drawn_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)

    assert card_drawer() is None
