"""Options that several commands share."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import click

from factcheck.cli.terminal import PAGE
from factcheck.domain.review import Confidence, ErrorType, Remarks
from factcheck.errors import InputError
from factcheck.settings import Settings

Command = Callable[..., Any]


class _Words(click.ParamType[str]):
    """Text that can be stored: what the shell passed as bytes that are no text is refused."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """The words as they are, if UTF-8 can hold them."""
        words = str(value)
        try:
            words.encode()
        except UnicodeEncodeError:
            self.fail(f"{words!r} is not valid text", param, ctx)
        return words


WORDS = _Words()


class _Day(click.ParamType[date]):
    """A day, as 2026-03-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """The day that the words name."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-03-01", param, ctx)


DAY = _Day()


def db_option(command: Command) -> Command:
    """`--db PATH-OR-URL`, which may stand before the command's name or after it."""

    def chosen(ctx: click.Context, _: click.Parameter, location: str | None) -> None:
        if location:
            ctx.obj = replace(ctx.obj, db=location)

    return click.option(
        "--db", metavar="PATH-OR-URL", expose_value=False, callback=chosen, help="The database. [or FACTCHECK_DB]"
    )(command)


def json_option(command: Command) -> Command:
    """`--json`: data for machines instead of a table."""
    return click.option("as_json", "--json", is_flag=True, help="Print JSON, and nothing else, on stdout.")(command)


def page_options(command: Command) -> Command:
    """`--limit N` and `--all`; None is a page for people and everything for machines."""
    command = click.option("show_all", "--all", is_flag=True, help="Show every line.")(command)
    return click.option(
        "--limit",
        type=click.IntRange(min=1),
        help=f"Show at most this many lines. [default: {PAGE}, with --json all]",
    )(command)


def page_size(limit: int | None, *, show_all: bool, as_json: bool) -> int | None:
    """How many lines to show, None for all: a page, unless more, less, or data is asked for."""
    if show_all:
        return None
    return limit or (None if as_json else PAGE)


def reviewer_option(command: Command) -> Command:
    """`--reviewer NAME`, or FACTCHECK_REVIEWER."""
    return click.option("--reviewer", type=WORDS, metavar="NAME", help="Who decides. [or FACTCHECK_REVIEWER]")(command)


def named_reviewer(reviewer: str | None, settings: Settings) -> str:
    """The reviewer of this command. Raises InputError if none is named."""
    name = reviewer or settings.reviewer
    if not name:
        message = "no reviewer is named; say --reviewer NAME or set FACTCHECK_REVIEWER"
        raise InputError(message)
    return name


def claim_command(name: str) -> Callable[[Command], click.Command]:
    """A command on claim N by a reviewer, with `--json`."""

    def decorated(command: Command) -> click.Command:
        for option in (click.pass_obj, db_option, json_option, reviewer_option):
            command = option(command)
        return click.command(name)(click.argument("number", type=int, metavar="N")(command))

    return decorated


def remark_options(command: Command) -> Command:
    """What may be added to a verdict; gather it with `remarks`."""
    for option in (
        click.option("--error-type", type=click.Choice([one.value for one in ErrorType]), help="Why readers differed."),
        click.option("--note", type=WORDS, metavar="TEXT", help="A word to colleagues; no report prints it."),
        click.option("--confidence", type=click.Choice([one.value for one in Confidence]), help="How sure you are."),
        click.option("--known-as-of", type=DAY, metavar="DATE", help="The day whose knowledge it is judged by."),
        click.option("--scale", type=WORDS, metavar="ID", help="The rating scale. [default: the desk's]"),
    ):
        command = option(command)
    return command


def remarks(known_as_of: date | None, confidence: str | None, note: str | None, error_type: str | None) -> Remarks:
    """The remarks that the options gave."""
    return Remarks(
        known_as_of,
        Confidence(confidence) if confidence else None,
        note,
        ErrorType(error_type) if error_type else None,
    )
