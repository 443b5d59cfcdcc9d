"""What a person sees: tables and details on stdout, talk and progress on stderr."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from factcheck.export.visible import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

PAGE = 50
_PIPE_WIDTH = 160


def say(message: str) -> None:
    """A line on stderr."""
    click.echo(visible(message), err=True)


def write(text: str) -> None:
    """Text on stdout, made harmless for a terminal."""
    click.echo(visible(text))


def table(columns: Sequence[tuple[str, str]], lines: Iterable[Sequence[object]]) -> None:
    """A table on stdout: columns are (heading, how), how being `left`, `right` or `wide`."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for heading, how in columns:
        grid.add_column(
            heading,
            justify="right" if how == "right" else "left",
            ratio=1 if how == "wide" else None,
            overflow="fold",
            no_wrap=how != "wide",
        )
    for line in lines:
        grid.add_row(*(Text(one_line("" if cell is None else str(cell))) for cell in line))
    _console().print(grid)


def details(pairs: Iterable[tuple[str, object]]) -> None:
    """Names and values on stdout, one pair a line; pairs without a value are left out."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for name, value in pairs:
        if value is not None and value not in ("", (), []):
            grid.add_row(name, Text("\n".join(map(one_line, _lines(value)))))
    _console().print(grid)


def page_note(shown: int, total: int) -> None:
    """Say on stderr that there is more than the page, and how to see it."""
    if shown < total:
        say(f"{shown} of {total} shown; --limit N shows more, --all everything")


def _console() -> Console:
    import shutil

    from rich.console import Console

    is_terminal = sys.stdout.isatty()
    columns = (
        os.get_terminal_size(sys.stdout.fileno()).columns
        if is_terminal
        else shutil.get_terminal_size((_PIPE_WIDTH, 0)).columns
    )
    return Console(file=sys.stdout, width=columns, highlight=False, emoji=False, markup=False)


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.split("\n")
    elif isinstance(value, list | tuple):
        yield from (str(one) for one in value)
    else:
        yield str(value)
