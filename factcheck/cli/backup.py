"""`factcheck backup` and `factcheck restore`: a copy of a desk in use, and a copy in a desk's place."""

from pathlib import Path

import click

from factcheck import wiring
from factcheck.cli.options import db_option
from factcheck.cli.output import ensure_no_treasure
from factcheck.cli.terminal import say
from factcheck.settings import Settings

_overwrite = click.option("--overwrite", is_flag=True, help="Replace what is there.")


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path), metavar="FILE")
@_overwrite
@db_option
@click.pass_obj
def backup_command(settings: Settings, target: Path, *, overwrite: bool) -> None:
    """Copy the desk to FILE while it is in use."""
    ensure_no_treasure(target, settings, whatever_it_holds=True)
    wiring.back_up(settings, target, replaces=overwrite)
    say(f"wrote {target}")


@click.command("restore")
@click.argument("source", type=click.Path(path_type=Path), metavar="FILE")
@_overwrite
@db_option
@click.pass_obj
def restore_command(settings: Settings, source: Path, *, overwrite: bool) -> None:
    """Put a backup in the desk's place, after a look at it."""
    events = wiring.restore(settings, source, replaces=overwrite)
    say(f"restored {settings.db} from {source}: {events} events, whole")
