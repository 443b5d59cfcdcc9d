"""`factcheck review`: the full screen."""

import sys

import click

from factcheck import wiring
from factcheck.cli.options import db_option, json_option, named_reviewer, reviewer_option
from factcheck.cli.terminal import write
from factcheck.errors import InputError
from factcheck.export.records import to_json
from factcheck.settings import Settings


@click.command("review")
@reviewer_option
@json_option
@db_option
@click.pass_obj
def review_command(settings: Settings, reviewer: str | None, *, as_json: bool) -> None:
    """Review claims on the full screen, with single keys; `?` shows them.

    It is drawn on stderr, so that what was done can be printed on stdout at the end.
    """
    name = named_reviewer(reviewer, settings)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        message = "the review screen needs a terminal; without one use: factcheck next, factcheck verdict"
        raise InputError(message)
    done = wiring.review_on_screen(settings, name)
    if as_json:
        write(to_json({"reviewer": name, "decided": done.decided, "skipped": done.skipped}))
    else:
        write(f"{name}: {done.decided} decided, {done.skipped} skipped; what you held is given back")
