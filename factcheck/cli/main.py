"""The command `factcheck`: settings in, one command, an exit code out."""

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from factcheck import __version__
from factcheck.cli.exit_codes import ExitCode, exit_code_of
from factcheck.cli.terminal import say
from factcheck.errors import FactcheckError

_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000
"""The libraries' imports make many objects that stay; looking through them each 700 is a sixth of a command's time."""

_COMMANDS = {
    "demo": "Run the whole thing once, on a recorded answer: no key, no network.",
    "extract": "Split articles into claims and queue them.",
    "articles": "List the articles.",
    "article": "Show an article with the ledger of its sentences.",
    "claims": "List the claims.",
    "claim": "Show a claim with its evidence and verdict.",
    "next": "Take the free claim most worth checking.",
    "verdict": "Decide a claim.",
    "evidence": "Add evidence to a claim.",
    "skip": "Put a claim at the end of the queue.",
    "release": "Give a claim back.",
    "undo": "Take back your last verdict or skip.",
    "status": "Show how full the queue is and what was spent.",
    "report": "Write a verdict report.",
}
_MODULES = {
    "article": "articles",
    "claim": "claims",
    "next": "review",
    "verdict": "review",
    "skip": "review",
    "release": "review",
    "undo": "review",
}


class _Commands(click.Group):
    """Loads a command's module when it is used; the overview comes from the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of a day's work."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, its module loaded."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"factcheck.cli.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The overview, without loading any command."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--db", metavar="PATH-OR-URL", help="The database. [default: ./factcheck.db, or FACTCHECK_DB]")
@click.version_option(__version__, prog_name="factcheck")
@click.pass_context
def factcheck(ctx: click.Context, db: str | None) -> None:
    """Split articles into claims, review them in a queue, report the verdicts."""
    from factcheck.settings import Settings  # noqa: PLC0415 - the overview needs no settings

    ctx.obj = Settings.from_environment(db=db)


def main() -> NoReturn:
    """Run the command and exit with its code; errors are one line on stderr."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    code = run(sys.argv[1:])
    gc.freeze()  # the process ends: nothing is worth collecting any more
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; whatever goes wrong is told on stderr."""
    try:
        code = factcheck.main(list(arguments), prog_name="factcheck", standalone_mode=False)
        sys.stdout.flush()
    except FactcheckError as error:
        say(f"factcheck: {error}")
        return exit_code_of(error)
    except click.ClickException as error:
        error.show(sys.stderr)
        return ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        say("factcheck: stopped; what had landed is saved, the same command goes on")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    return code if isinstance(code, int) else ExitCode.OK
