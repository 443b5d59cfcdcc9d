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
@click.option("--to-sign-off", is_flag=True, help="As an editor: sign verdicts off, publish or reject them.")
@reviewer_option
@json_option
@db_option
@click.pass_obj
def review_command(settings: Settings, *, to_sign_off: bool, as_json: bool) -> None:
    """Review claims on the full screen, with single keys; `?` shows them.

    It is drawn on stderr, so that what was done can be printed on stdout at the end.
    """
    name = named_reviewer(settings)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        message = "the review screen needs a terminal; without one use: factcheck next, factcheck verdict"
        raise InputError(message)
    done = wiring.review_on_screen(settings, name, to_sign_off=to_sign_off)
    if as_json:
        write(to_json({"reviewer": name} | {act.value: many for act, many in done.items()}))
    else:
        counts = ", ".join(f"{many} {act.value.replace('_', ' ')}" for act, many in done.items())
        write(f"{name}: {counts}" if to_sign_off else f"{name}: {counts}; what you held is given back")
