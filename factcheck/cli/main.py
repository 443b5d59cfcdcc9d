"""The command `factcheck`: settings in, one command, an exit code out."""

import errno
import importlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import NoReturn, TextIO

import click
from click.shell_completion import CompletionItem
from typing_extensions import override

from factcheck import __version__
from factcheck.cli.advice import with_advice
from factcheck.cli.exit_codes import ExitCode, exit_code_of
from factcheck.cli.terminal import close_stdout, say, talk
from factcheck.errors import FactcheckError

_OUTPUT_ERRORS = frozenset({errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EFBIG})

GROUPS: dict[str, dict[str, str]] = {
    "extract": {
        "demo": "demo",
        "extract": "extract",
        "watch": "watch",
        "batches": "batches",
        "jobs": "worker jobs",
        "article": "article",
        "articles": "articles runs diff replay",
    },
    "review": {
        "claims": "claims claim",
        "review": "review next verdict skip release renew undo history",
        "evidence": "evidence",
        "known": "known",
        "look": "look",
        "amend": "add reword split merge same not-checkable speaker assign due flag note draft contact",
    },
    "edit": {"edit": "sign-off reject publish correct withdraw"},
    "report": {"report": "report lint", "site": "site"},
    "desk": {
        "init": "init",
        "serve": "serve",
        "desk": "people scales",
        "audit": "log audit status",
        "backup": "backup restore copy",
        "mcp": "mcp",
        "tokens": "tokens",
        "webhooks": "webhooks",
    },
}
"""By who uses them: the modules, each with the commands that stand in it."""

_MODULES = {name: module for group in GROUPS.values() for module, names in group.items() for name in names.split()}
_FIRST_LINE = re.compile(r'^def (\w+)_command\(.*?"""(.+?)(?:"""|\n)', re.MULTILINE | re.DOTALL)


def overview() -> Iterator[tuple[str, str, str]]:
    """Each command with its group and the first line of its help.

    The line is read from the module's text: importing every command takes half a second, reading them a few
    thousandths of it.
    """
    for group, modules in GROUPS.items():
        for module, names in modules.items():
            lines = dict(_FIRST_LINE.findall(Path(__file__).with_name(f"{module}.py").read_text("utf-8")))
            yield from ((group, name, lines[name.replace("-", "_")]) for name in names.split())


class _Commands(click.Group):
    """Loads a command's module when it is used, and none for the overview."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_MODULES)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _MODULES:
            return None
        module = importlib.import_module(f"factcheck.cli.{_MODULES[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; where there is none, the error names those that are spelt like it."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=_MODULES, ctx=ctx) from None

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, _MODULES))
        for group, lines in groupby(overview(), key=lambda one: one[0]):
            with formatter.section(group.capitalize()):
                formatter.write_dl([(name.ljust(width), line) for _, name, line in lines])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, with their first lines, and the options."""
        named = [CompletionItem(name, help=line) for _, name, line in overview() if name.startswith(incomplete)]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--db", metavar="PATH-OR-URL", help="The database. [default: ./factcheck.db, or FACTCHECK_DB]")
@click.option("--config", metavar="FILE", help="The config file. [default: ./factcheck.toml, or FACTCHECK_CONFIG]")
@click.version_option(__version__, prog_name="factcheck")
@click.pass_context
def factcheck(ctx: click.Context, db: str | None, config: str | None) -> None:
    """Split articles into claims, review them in a queue, report the verdicts."""
    # The overview needs no settings.
    from factcheck.settings import Settings, asked_telemetry, logs_in_json  # noqa: PLC0415

    talk.choose(is_json=logs_in_json())
    if (asked := asked_telemetry()) is not None:
        from factcheck.wiring.telemetry import telemetry  # noqa: PLC0415 - few ask for it

        ctx.with_resource(telemetry(asked))
    ctx.obj = Settings.from_environment(db=db, config=config)


def main() -> NoReturn:
    """Run the command and exit with its code; errors are one line on stderr."""
    if "_FACTCHECK_COMPLETE" in os.environ:  # noqa: TID251 - the shell asks what could be typed; nothing is run
        factcheck.main(prog_name="factcheck")
    sys.stdout, sys.stderr = (_open_stream(stream) for stream in (sys.stdout, sys.stderr))
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; whatever goes wrong is told on stderr."""
    talk.choose(is_json=False)
    try:
        code = _invoke(arguments)
        with suppress(BrokenPipeError):  # who reads no more may still read the exit code
            sys.stdout.flush()
            return code
        close_stdout()
    except FactcheckError as error:
        code = exit_code_of(error)
        say(f"factcheck: {with_advice(error)}", error=type(error).__name__, exit_code=int(code))
        return code
    except click.ClickException as error:
        if talk.is_json:
            say(f"factcheck: {error.format_message()}", error=type(error).__name__, exit_code=int(ExitCode.USAGE))
        else:
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
    close_stdout()  # Python flushes it once more when it ends
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
