"""The files that pages are made with, from the config file to the page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcheck.domain.page import PLAIN, ArticleShown, OwnTemplate, Picture
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import ConfigFileError, InputError
from factcheck.intake.page_files import read_page_files
from factcheck.settings import PageFiles, Settings

NAMES = {"logo": None, "stylesheet": None, "method": None, "catalogue": None, "template": None}
LIMITS = ParsingLimits(seconds=3)
Read = Callable[..., Any]


def test_config_file_names_the_files(folder: Path) -> None:
    (folder / "house").mkdir()
    (folder / "house" / "desk.toml").write_text(
        '[report]\narticle = "full"\naccent = "#abc"\nlogo = "logo.svg"\nstylesheet = "own.css"\n'
    )
    settings = Settings.from_environment(config="house/desk.toml")
    assert (settings.page_look.article, settings.page_look.accent) == (ArticleShown.FULL, "#abc")
    assert settings.page_files == PageFiles(logo="house/logo.svg", stylesheet="house/own.css")


@pytest.mark.parametrize(
    "line", ['article = "half"', 'accent = "red;}"', 'accent_dark = "#12345"', "logo = 1", 'x = ""']
)
def test_config_file_says_what_is_wrong(folder: Path, line: str) -> None:
    (folder / "factcheck.toml").write_text(f"[report]\n{line}\n")
    with pytest.raises(ConfigFileError, match=line.split(maxsplit=1)[0]):
        Settings.from_environment()


def test_files_are_read(folder: Path) -> None:
    (folder / "logo.SVG").write_bytes(b"<svg/>")
    (folder / "own.css").write_text("\ufeffh1 { color: red }", "utf-8")
    (folder / "fr.po").write_bytes(b"x")
    (folder / "page.j2").write_text("{{ claimreview }}", "utf-8")
    named = {"logo": "logo.SVG", "stylesheet": "own.css", "catalogue": "fr.po", "template": "page.j2"}
    look = read_page_files(PLAIN, limits=LIMITS, **NAMES | named)
    assert look.logo == Picture(b"<svg/>", "image/svg+xml")
    assert (look.style, look.catalogue) == ("h1 { color: red }", b"x")
    assert look.template == OwnTemplate("{{ claimreview }}", "page.j2", LIMITS)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"logo": "logo.bmp"}, "is no picture by its name"),
        ({"logo": "logo.png"}, "cannot be read"),
        ({"stylesheet": "bad.css"}, "is not text in UTF-8"),
        ({"stylesheet": "end.css"}, "which no style sheet needs"),
        ({"template": "."}, "cannot be read"),
    ],
)
def test_unusable_files_are_told(folder: Path, named: dict[str, str], said: str) -> None:
    (folder / "bad.css").write_bytes(b"\xff")
    (folder / "end.css").write_bytes(b"</style><script>")
    with pytest.raises(InputError, match=said):
        read_page_files(PLAIN, limits=LIMITS, **NAMES | named)
