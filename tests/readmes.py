"""The README files of the project, and the blocks of code in them."""

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from conftest import ROOT

FOLDERS = ("factcheck", "prompts", "cassettes", "tests")
READMES = [ROOT / "README.md", *sorted(path for one in FOLDERS for path in (ROOT / one).rglob("README.md"))]
SET_UP = "python3 -m venv"

_BLOCK = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of code in a README."""

    path: Path
    line: int
    language: str
    text: str

    @property
    def place(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def blocks(path: Path, language: str) -> list[Block]:
    """The blocks of a language in a README, in order."""
    page = path.read_text("utf-8")
    return [
        Block(path, page.count("\n", 0, found.start()) + 1, found["language"], dedent(found["text"]))
        for found in _BLOCK.finditer(page)
        if found["language"] == language
    ]


def every_block(language: str) -> list[Block]:
    """The blocks of a language in all READMEs."""
    return [block for path in READMES for block in blocks(path, language)]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def without_code(path: Path) -> str:
    """The page without its blocks of code."""
    return _BLOCK.sub("", path.read_text("utf-8"))
