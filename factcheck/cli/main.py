"""The command `factcheck`: settings in, one command, an exit code out."""

import errno
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, TextIO

import click

from factcheck import __version__
from factcheck.cli.advice import with_advice
from factcheck.cli.exit_codes import ExitCode, exit_code_of
from factcheck.cli.terminal import say
from factcheck.errors import FactcheckError

_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000
"""The libraries' imports make many objects that stay; looking through them each 700 is a sixth of a command's time."""

_OUTPUT_ERRORS = frozenset({errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EFBIG})

_COMMANDS = {
    "demo": "Run the whole thing once, on a recorded answer: no key, no network.",
    "extract": "Split articles into claims and queue them.",
    "articles": "List the articles.",
    "article": "Show an article with the ledger of its sentences.",
    "runs": "List the extraction runs and what they cost.",
    "diff": "Show what changed between two runs on one article.",
    "replay": "Play a run's recording again: do the same claims come out?",
    "claims": "List the claims.",
    "claim": "Show a claim with its evidence and verdict.",
    "review": "Review claims on the full screen.",
    "next": "Take the claim most worth checking.",
    "verdict": "Decide a claim.",
    "evidence": "Add, list, check and remove the evidence of a claim.",
    "skip": "Put a claim at the end of the queue.",
    "release": "Give a claim back.",
    "renew": "Hold a claim for longer.",
    "undo": "Take back your last decision.",
    "history": "List your last decisions.",
    "reword": "Correct a claim's words.",
    "split": "Make several claims of one.",
    "merge": "Mark a claim as the same as another.",
    "not-checkable": "Set a claim aside.",
    "flag": "Ask the editor to look at a claim.",
    "note": "Leave a word to colleagues.",
    "draft": "Keep, or show, what you have not decided yet.",
    "contact": "Write down that the claimant was asked.",
    "sign-off": "Sign a verdict off.",
    "reject": "Send a claim back to be read anew.",
    "publish": "Publish a verdict.",
    "correct": "Replace a published verdict.",
    "withdraw": "Take a published verdict back.",
    "people": "List people, add them, give them roles.",
    "scales": "List the rating scales, or show one.",
    "log": "Show what happened.",
    "audit": "Verify or export the event log; look at the desk's own work.",
    "status": "Show how full the queue is and what was spent.",
    "report": "Write a verdict report.",
    "lint": "Check the ClaimReview of a page or a JSON file.",
}
_MODULES = {
    "article": "articles",
    "claim": "claims",
    "diff": "runs",
    **dict.fromkeys(("next", "verdict", "skip", "release", "renew", "undo", "history"), "review"),
    **dict.fromkeys(("reword", "split", "merge", "not-checkable"), "amend"),
    **dict.fromkeys(("flag", "note", "draft", "contact"), "annotate"),
    **dict.fromkeys(("sign-off", "reject", "publish", "correct", "withdraw"), "edit"),
    "log": "audit",
    "review": "screen",
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
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The overview, without loading any command."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--db", metavar="PATH-OR-URL", help="The database. [default: ./factcheck.db, or FACTCHECK_DB]")
@click.option("--config", metavar="FILE", help="The config file. [default: ./factcheck.toml, or FACTCHECK_CONFIG]")
@click.version_option(__version__, prog_name="factcheck")
@click.pass_context
def factcheck(ctx: click.Context, db: str | None, config: str | None) -> None:
    """Split articles into claims, review them in a queue, report the verdicts."""
    from factcheck.settings import Settings  # noqa: PLC0415 - the overview needs no settings

    ctx.obj = Settings.from_environment(db=db, config=config)


def main() -> NoReturn:
    """Run the command and exit with its code; errors are one line on stderr."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    sys.stdout, sys.stderr = (_open_stream(stream) for stream in (sys.stdout, sys.stderr))
    code = run(sys.argv[1:])
    gc.freeze()  # the process ends: nothing is worth collecting any more
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; whatever goes wrong is told on stderr."""
    try:
        code = _invoke(arguments)
        sys.stdout.flush()
    except FactcheckError as error:
        say(f"factcheck: {with_advice(error)}")
        return exit_code_of(error)
    except click.ClickException as error:
        error.show(sys.stderr)
        return ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        say("factcheck: stopped; what had landed is saved, the same command goes on")
        return ExitCode.INTERRUPTED
    except OSError as error:
        return _output_failed(error)
    return code


def _invoke(arguments: Sequence[str]) -> int:
    """Run the command without click's own handling of errors, which turns a closed pipe into a failure."""
    try:
        with factcheck.make_context("factcheck", list(arguments)) as ctx:
            code = factcheck.invoke(ctx)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    return code if isinstance(code, int) else ExitCode.OK


def _output_failed(error: OSError) -> int:
    """End quietly if nobody reads any more, and say so if stdout takes nothing."""
    if error.errno not in _OUTPUT_ERRORS:
        raise error
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno == errno.EPIPE:
        return ExitCode.OK
    say(f"factcheck: stdout cannot be written: {error.strerror}; what the command did is done all the same")
    return ExitCode.OUTPUT


def _open_stream(stream: TextIO | None) -> TextIO:
    """The stream in UTF-8, or a hole to talk into where the caller closed it."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[attr-defined]
    return stream
