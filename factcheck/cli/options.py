"""What several commands have in common: their options, and how a command on a claim is made."""

import sys
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from functools import wraps
from math import isfinite
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem
from typing_extensions import override

from factcheck import wiring
from factcheck.cli.terminal import PAGE, talk
from factcheck.domain.review import ClaimQuery, Confidence, ErrorType, Remarks, require_reviewer
from factcheck.errors import InputError, MisspeltNameError
from factcheck.settings import Settings
from factcheck.workflow.manage_people import add_person

Command = Callable[..., Any]
_MILLIONTH = 1e-6
E = TypeVar("E", bound=StrEnum)


class _Words(click.ParamType[str]):
    """Text that can be stored: bytes that UTF-8 cannot read are refused."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        words = str(value)
        try:
            words.encode()
        except UnicodeEncodeError:
            self.fail(f"{words!r} is not valid text", param, ctx)
        return words


class _Label(_Words):
    """A label of the desk's scale, which the use cases read in any case; the shell completes it."""

    name = "label"

    @override
    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        settings = Settings.from_environment()  # nothing has run yet, so that the settings are read here
        labels = wiring.scale_named(settings, settings.scale).labels
        return [CompletionItem(one.id, help=one.definition) for one in labels if one.id.startswith(incomplete.lower())]


class _Day(click.ParamType[date]):
    """A day, as 2026-03-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2026-03-01", param, ctx)


class _AboveNothing(click.ParamType[float]):
    """A rate or an amount of dollars: a finite number, of a millionth at least."""

    name = "float"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401
        number = click.FLOAT.convert(value, param, ctx)
        if not (isfinite(number) and number >= _MILLIONTH):  # nan is neither more nor less than anything
            self.fail(f"{value!r} is no number of {_MILLIONTH:f} or more", param, ctx)
        return number


class OneOf(click.Choice[E]):
    """One of an enum's values, in any case."""

    def __init__(self, kind: type[E]) -> None:
        super().__init__(kind, case_sensitive=False)

    @override
    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        return str(choice).lower()  # the value; click would take the enum's name


ABOVE_NOTHING = _AboveNothing()
WORDS = _Words()
LABEL = _Label()
DAY = _Day()


def setting_option(setting: str, name: str, **described: Any) -> Callable[[Command], Command]:  # noqa: ANN401
    """An option that replaces a setting for one command, which finds it among its settings."""

    def chosen(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        if value:  # what is not said leaves the environment's and the file's setting alone
            ctx.obj = replace(ctx.obj, **{setting: value})

    return click.option(name, expose_value=False, callback=chosen, **described)


db_option = setting_option("db", "--db", metavar="PATH-OR-URL", help="The database. [or FACTCHECK_DB]")
_named = setting_option(
    "reviewer", "--reviewer", type=WORDS, metavar="NAME", help="Who decides. [or FACTCHECK_REVIEWER]"
)
scale_option = setting_option(
    "scale", "--scale", type=WORDS, metavar="ID", help="The rating scale. [default: the desk's]"
)
json_option = click.option("as_json", "--json", is_flag=True, help="Print JSON, and nothing else, on stdout.")
log_option = click.option(
    "--log-json",
    is_flag=True,
    expose_value=False,
    callback=lambda _, __, value: talk.choose(is_json=value or talk.is_json),
    help="Talk on stderr in lines of JSON. [or FACTCHECK_LOG=json]",
)
number_argument = click.argument("number", type=int, metavar="N")


def reviewer_option(function: Command) -> Command:
    """Who acts; a name that nobody has used is asked about, or refused, where it is nearly somebody's."""

    @wraps(function)
    def acting(*args: object, is_new: bool, **given: object) -> object:
        try:
            return function(*args, **given)
        except MisspeltNameError as error:  # nothing is done yet: names are looked at before all else
            is_meant = not is_new and _is_meant(error)
            ctx = click.get_current_context()
            if not is_meant:
                with wiring.stores(ctx.obj) as opened:
                    add_person(opened, error.name, (), ctx.obj.reviewer)
            elif str(given.get("assignee")).strip() == error.name:
                given["assignee"] = error.meant
            else:
                ctx.obj = replace(ctx.obj, reviewer=error.meant)
            return acting(*args, is_new=is_new, **given)

    return _named(
        click.option("--new", "is_new", is_flag=True, help="The name is new, however like another's.")(acting)
    )


def _is_meant(error: MisspeltNameError) -> bool:
    """Whether a person says that the other name is meant. Raises the error where nobody can be asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise error
    return click.confirm(f"{error}; do you mean {error.meant}?", default=None, err=True)


def command(
    name: str, *more: Callable[[Command], Command], of: click.Group | None = None
) -> Callable[[Command], click.Command]:
    """A command, of a group if one is given, with `more` options and `--json`; it is called with the settings."""

    def decorated(function: Command) -> click.Command:
        options: list[Callable[[Command], Command]] = [click.pass_obj, db_option, json_option, *reversed(more)]
        # The last one applied stands first on the command line, so that N comes before what a command adds itself.
        for option in options:
            function = option(function)
        return (of.command if of else click.command)(name)(function)

    return decorated


MANY = click.IntRange(1, 1_000_000_000)
"""As many as no desk has of anything, which every database can count to."""


def page_options(function: Command) -> Command:
    """`--limit N` and `--all`, given on as `limit`: so many lines, or None for all of them.

    Unless more or less is asked for, people get a page, and machines everything.
    """

    @wraps(function)
    def limited(*args: object, limit: int | None, show_all: bool, as_json: bool, **others: object) -> object:
        chosen = None if show_all else limit or (None if as_json else PAGE)
        return function(*args, limit=chosen, as_json=as_json, **others)

    limited = click.option("show_all", "--all", is_flag=True, help="Show every line.")(limited)
    told = f"Show at most this many lines. [default: {PAGE}, with --json all]"
    return click.option("--limit", type=MANY, help=told)(limited)


def among_options(function: Command) -> Command:
    """`--article N`, `--claim N` and `--search WORDS`, given on as `among`: the claims asked for, None for any."""

    @wraps(function)
    def gathered(
        *args: object, article_id: int | None, number: int | None, searched: tuple[str, ...], **others: object
    ) -> object:
        words = tuple(word for one in searched for word in one.split())
        among = ClaimQuery(article_id=article_id, number=number, words=words)
        return function(*args, among=among if among != ClaimQuery() else None, **others)

    made: Command = gathered
    told = "Only claims that hold all these words; may be given again."
    for option in (
        click.option("--search", "searched", type=WORDS, multiple=True, metavar="WORDS", help=told),
        click.option("--claim", "number", type=int, metavar="N", help="This claim and no other."),
        click.option("--article", "article_id", type=int, metavar="N", help="Only claims of this article."),
    ):
        made = option(made)
    return made


def label_options(*, required: bool = True) -> Callable[[Command], Command]:
    """A verdict's label and scale, and what may be added to it, given on as `remarks`."""

    def decorated(function: Command) -> Command:
        @wraps(function)
        def gathered(*args: object, **given: Any) -> object:  # noqa: ANN401 - options of several kinds
            remarks = Remarks(**{one.name: given.pop(one.name) for one in fields(Remarks)})
            return function(*args, remarks=remarks, **given)

        made: Command = gathered
        for option in (
            click.option("--error-type", type=OneOf(ErrorType), help="Why readers differed."),
            click.option("--note", type=WORDS, metavar="TEXT", help="A word to colleagues; no report prints it."),
            click.option("--confidence", type=OneOf(Confidence), help="How sure you are."),
            click.option("--known-as-of", type=DAY, metavar="DATE", help="The day whose knowledge it is judged by."),
            scale_option,
            click.argument("label", type=LABEL, required=required),
        ):
            made = option(made)
        return made

    return decorated


def named_reviewer(settings: Settings) -> str:
    """The reviewer of this command, without outer blanks. Raises InputError if none is named."""
    if not settings.reviewer:
        raise InputError("no reviewer is named; say --reviewer NAME or set FACTCHECK_REVIEWER")
    return require_reviewer(settings.reviewer)
