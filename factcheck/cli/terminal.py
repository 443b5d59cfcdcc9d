"""What a person sees: tables and details on stdout, talk and progress on stderr."""

import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import click

from factcheck.export.visible import one_line, visible

PAGE = 50
_PIPE_WIDTH = 160

T = TypeVar("T")


class _Talk:
    """How stderr is talked to: in words for people, or in lines of JSON."""

    def __init__(self) -> None:
        self.is_json = False
        self._handlers: list[logging.Handler] = []

    def choose(self, *, is_json: bool) -> None:
        """Talk so from now on; what libraries log, and a mistake in the program, is talk too."""
        self.is_json = is_json
        for one in self._handlers:
            logging.getLogger().removeHandler(one)
        self._handlers, sys.excepthook = [], sys.__excepthook__
        if is_json:
            from factcheck.cli.log_lines import LibraryLines, log_mistake

            self._handlers, sys.excepthook = [LibraryLines()], log_mistake
            logging.getLogger().addHandler(self._handlers[0])


talk = _Talk()


def say(message: str, **facts: object) -> None:
    """A line on stderr; the facts stand beside the words where a program reads them.

    What begins with `factcheck: ` tells of trouble.
    """
    if not talk.is_json:
        click.echo(visible(message), err=True)
        return
    from factcheck.cli.log_lines import log

    words = message.removeprefix("factcheck: ")
    log("info" if words == message else "error", words, **facts)


def write(text: str) -> None:
    """Text on stdout, made harmless for a terminal.

    A command goes on where nobody reads it any more: what it does is wanted, and its exit code is read.
    """
    try:
        stream(text)
    except BrokenPipeError:
        close_stdout()


def stream(text: str) -> None:
    """One of many texts on stdout. Raises BrokenPipeError where nobody reads them any more."""
    click.echo(visible(text))


def close_stdout() -> None:
    """Let what is written to stdout from now on go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def counted(number: int, thing: str) -> str:
    """`1 call`, `2,000 calls`."""
    return f"{number:,} {thing}" + "s" * (number != 1)


def spoken(name: str) -> str:
    """A state, an act or a field in plain words."""
    return name.replace("_", " ")


def show_list(
    found: Iterable[T],
    record: Callable[[T], object],
    columns: Mapping[str, str],
    line: Callable[[T], Sequence[object]],
    *,
    as_json: bool,
    total: int = 0,
) -> None:
    """What was found: a JSON array of records, or a table with a line for each."""
    from factcheck.export.records import to_json

    if as_json:
        write(to_json([record(one) for one in found]))
    else:
        table(columns, map(line, found), total)


def table(columns: Mapping[str, str], lines: Iterable[Sequence[object]], total: int = 0) -> None:
    """A table on stdout: its headings, each with how the column is set, `left`, `right` or `wide`.

    Where there are more lines in `total`, that is said on stderr, and how to see them.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for heading, how in columns.items():
        grid.add_column(
            heading,
            justify="right" if how == "right" else "left",
            ratio=1 if how == "wide" else None,
            overflow="fold",
            no_wrap=how != "wide",
        )
    # Plain Text: in a plain string rich would obey the markup that an article's words may look like.
    for line in lines:
        grid.add_row(*(Text(one_line("" if cell is None else str(cell))) for cell in line))
    _draw(grid)
    if grid.row_count < total:
        say(f"{grid.row_count} of {total} shown; --limit N shows more, --all everything")


def details(pairs: Iterable[tuple[str, object]]) -> None:
    """Names and values on stdout, one pair a line; pairs without a value are left out."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for name, value in pairs:
        if value is not None and value not in ("", (), []):
            lines = value if isinstance(value, list | tuple) else str(value).split("\n")
            grid.add_row(Text(one_line(name)), Text("\n".join(one_line(str(line)) for line in lines)))
    _draw(grid)


def _draw(grid: object) -> None:
    from rich.console import Console

    if sys.stdout.isatty():
        # The terminal itself knows best: COLUMNS may be left over from a window of another size.
        width = os.get_terminal_size(sys.stdout.fileno()).columns
    else:
        width = shutil.get_terminal_size((_PIPE_WIDTH, 0)).columns
    Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False).print(grid)
