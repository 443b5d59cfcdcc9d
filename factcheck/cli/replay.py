"""`factcheck replay RUN`."""

from functools import partial
from pathlib import Path

import click

from factcheck import wiring
from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.options import db_option, json_option
from factcheck.cli.runs import told_changes
from factcheck.cli.terminal import write
from factcheck.export.records import comparison_record, to_json
from factcheck.settings import Settings
from factcheck.workflow.replay_run import replay_run


@click.command("replay")
@click.argument("number", type=int, metavar="RUN")
@click.option("--recording", type=click.Path(path_type=Path), metavar="FILE", help="Where the recording is.")
@json_option
@db_option
@click.pass_obj
def replay_command(settings: Settings, number: int, recording: Path | None, *, as_json: bool) -> int:
    """Play a run's recording again, and say whether the same claims come out.

    Nothing is changed.
    """
    with wiring.stores(settings) as opened:
        played = replay_run(opened.ledger, partial(wiring.session_of_run, settings, recording), number)
    found, path = played.comparison, str(played.recording)
    if as_json:
        write(to_json(comparison_record(found) | {"same": found.is_same, "recording": path}))
    else:
        write(f"run {number} played again from {path!r}: {'the same' if found.is_same else 'not the same'}")
        write("\n".join(told_changes(found)))
    return ExitCode.OK if found.is_same else ExitCode.DIFFERENT
