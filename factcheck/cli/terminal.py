"""What a person sees: tables and details on stdout, talk and progress on stderr."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from factcheck.export.visible import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from factcheck.workflow.look_up import Page

PAGE = 50
_PIPE_WIDTH = 160


def say(message: str) -> None:
    """A line on stderr."""
    click.echo(visible(message), err=True)


def write(text: str) -> None:
    """Text on stdout, made harmless for a terminal."""
    click.echo(visible(text))


def spoken(name: str) -> str:
    """A state, an act or a field in plain words."""
    return name.replace("_", " ")


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
    # Plain Text: in a plain string rich would obey the markup that an article's words may look like.
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
            lines = value if isinstance(value, list | tuple) else str(value).split("\n")
            grid.add_row(name, Text("\n".join(one_line(str(line)) for line in lines)))
    _console().print(grid)


def page_note(page: Page[Any]) -> None:
    """Say on stderr that there is more than the page, and how to see it."""
    if len(page.shown) < page.total:
        say(f"{len(page.shown)} of {page.total} shown; --limit N shows more, --all everything")


def _console() -> Console:
    import shutil

    from rich.console import Console

    if sys.stdout.isatty():
        # The terminal itself knows best: COLUMNS may be left over from a window of another size.
        width = os.get_terminal_size(sys.stdout.fileno()).columns
    else:
        width = shutil.get_terminal_size((_PIPE_WIDTH, 0)).columns
    return Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
