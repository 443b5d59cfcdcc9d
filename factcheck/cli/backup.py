"""`factcheck backup`, `restore` and `copy`: a desk as a file, back in its place, and in another database."""

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


@click.command("copy")
@click.option("--to", "target", required=True, metavar="URL", help="A file, or postgresql://USER@HOST/DATABASE.")
@db_option
@click.pass_obj
def copy_command(settings: Settings, target: str) -> None:
    """Copy the desk into another database, and verify both."""
    copied = wiring.copy_desk(settings, target)
    for table, many in copied.rows.items():
        if many:
            say(f"{table}: {many:,} row{'s' if many != 1 else ''}")
    say(f"{copied.event_id:,} events, whole on both sides; the last hash is {copied.hash}")
