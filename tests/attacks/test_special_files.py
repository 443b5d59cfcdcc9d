import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

_MOST_MEMORY = 1_500_000_000  # bytes of address space, libraries and all; a device without end fills any
_DEEP = "a = " + "[" * 5_000 + "]" * 5_000
_LONG = "a = " + "9" * 5_000
_LONG_BY_HEX = "a = 0x" + "f" * 5_000


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _holding(text: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_text(text, "utf-8")

    return make


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


_SPECIAL = {"device": _device, "fifo": _fifo, "folder": Path.mkdir}
_TOML = {"deep": _holding(_DEEP), "long": _holding(_LONG), "long-by-hex": _holding(_LONG_BY_HEX)}
_CASSETTE = {
    f"cassette-{name}": _holding(
        f"metadata: {{factcheck: {{}}}}\ninteractions:\n- request: {{json: {{a: {number}}}}}\n"
    )
    for name, number in {"long": "9" * 5_000, "long-by-hex": "0x" + "f" * 5_000}.items()
}
_TAKES = {
    "config": (("--config", "FILE", "claims"), 2, _SPECIAL | _TOML),
    "prices": (
        ("extract", "article.txt", "--model", "openai:none", "--dry-run", "--prices", "FILE"),
        2,
        _SPECIAL | _TOML,
    ),
    "replay": (("extract", "article.txt", "--replay", "FILE"), 5, _SPECIAL | _CASSETTE),
    "source": (("extract", "FILE", "--model", "openai:none"), 3, _SPECIAL),
    "lint": (("lint", "FILE"), 3, _SPECIAL),
}
_CASES = [
    pytest.param(command, code, make, id=f"{name}-{kind}")
    for name, (command, code, kinds) in _TAKES.items()
    for kind, make in kinds.items()
]


@pytest.mark.parametrize(("command", "code", "make"), _CASES)
def test_odd_file_is_told_in_one_line(
    folder: Path, command: tuple[str, ...], code: int, make: Callable[[Path], None]
) -> None:
    (folder / "article.txt").write_text("The river rose by two metres.", "utf-8")
    make(folder / "odd")

    ended = subprocess.run(
        [sys.executable, "-m", "factcheck", *("odd" if part == "FILE" else part for part in command)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=100,  # s; what hangs has no end
        preexec_fn=_bounded,
    )

    assert (ended.returncode, len(ended.stderr.strip().splitlines())) == (code, 1), ended.stderr
    assert "'odd'" in ended.stderr
