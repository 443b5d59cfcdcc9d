"""What a person sees: tables and details on stdout, talk and progress on stderr."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from factcheck.export.visible import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from factcheck.domain.article import FiledArticle
    from factcheck.domain.extraction import Usage
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


class ProgressBar:
    """A progress bar on stderr where that is a terminal; where it is not, only what must be known."""

    def __init__(self) -> None:
        self._bar: click._termui_impl.ProgressBar[int] | None = None

    def landed(self, filed: FiledArticle, done: int, total: int, usage: Usage) -> None:
        """`done` windows of the `total` planned so far have landed, the last one of this article."""
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = click.progressbar(
                length=total,
                width=16,
                file=sys.stderr,
                item_show_func=lambda shown: f"{shown:,} tokens" if shown else None,
            )
            self._bar.__enter__()
        self._bar.label = one_line(filed.name)[:24]
        self._bar.length = total
        self._bar.update(done - self._bar.pos, usage.prompt_tokens + usage.completion_tokens)

    def waits(self, filed: FiledArticle) -> None:
        """Another process asks about this article."""
        say(f"another extract is asking about article {filed.id}; waiting for its answers, nothing is paid twice")

    def close(self) -> None:
        """End the line that the bar stands on."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None


def _console() -> Console:
    import shutil

    from rich.console import Console

    # A pipe has no width of its own: COLUMNS says one, or it is wide enough that few words are folded.
    width = None if sys.stdout.isatty() else shutil.get_terminal_size((_PIPE_WIDTH, 0)).columns
    return Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
