"""`factcheck serve`: the desk in a browser."""

from contextlib import suppress

import click

from factcheck import wiring
from factcheck.cli.options import db_option, log_option, setting_option
from factcheck.cli.signals import stopped_as_by_ctrl_c
from factcheck.cli.terminal import counted, say
from factcheck.settings import Settings


@click.command("serve", context_settings={"show_default": True})
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="Where to listen; elsewhere than on loopback.")
@click.option("--port", default=8760, type=click.IntRange(0, 65_535), help="At which port; 0 takes any that is free.")
@setting_option("reviewer", "--reviewer", metavar="NAME", help="Who you are, until you say otherwise.")
@log_option
@db_option
@click.pass_obj
def serve_command(settings: Settings, host: str, port: int) -> None:
    """Serve the desk to browsers, until Ctrl-C.

    On loopback whoever sits at this machine is trusted, as at its terminal, unless people have passwords. Elsewhere
    they need them, and web.address in the config file says under which address they reach the desk.
    """
    # To be stopped is how it ends: no failure, and nothing is left undone.
    with stopped_as_by_ctrl_c(), suppress(KeyboardInterrupt):
        wiring.serve(settings, host, port, _served, _stopping)
    say("the desk is closed; what was asked by then is done")


def _served(address: str) -> None:
    say(f"the desk is at {address}; Ctrl-C ends it", at=address)


def _stopping(calls: int) -> None:
    if calls:
        say(f"stopping: waiting for {counted(calls, 'call')} of a model, paid for already; Ctrl-C again drops them")
