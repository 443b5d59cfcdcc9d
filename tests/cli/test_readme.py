"""The page on the command line names every command, option, label, setting and exit code."""

import re
from collections.abc import Iterator

import click
import pytest
from conftest import ROOT

from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.main import factcheck as entry
from factcheck.domain.rating import TRUTH_5

PAGE = (ROOT / "factcheck" / "cli" / "README.md").read_text("utf-8")
ENTRIES = re.split(r"^(?=- |\n)", PAGE, flags=re.MULTILINE)
SHARED = {"--json", "--db", "--reviewer", "--new", "--limit", "--help", "-h"}


def commands(group: click.Group = entry, above: str = "factcheck") -> Iterator[tuple[str, click.Command]]:
    """Every command by its full name; a group stands for those in it."""
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{above} {name}")
        else:
            yield f"{above} {name}", command


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=lambda one: one if isinstance(one, str) else "")
def test_every_command_is_named_with_its_options(name: str, command: click.Command) -> None:
    told = "".join(one for one in ENTRIES if re.search(rf"`{name}[ `]", one.partition("\n\n")[0]))
    options = {option for one in command.params for option in one.opts if option.startswith("-")} - SHARED
    if "--limit" in {option for one in command.params for option in one.opts}:
        options -= {"--all"}  # what a table shows is told once

    assert told
    assert {option for option in options if not re.search(rf"[` ]{option}\b", told)} == set()


def test_names_of_commands_are_their_own() -> None:
    for name, command in commands():
        assert name.endswith(f" {command.name}")


def test_shared_options_are_told_once() -> None:
    beginning = PAGE.partition("\n## ")[0]

    assert {option for option in SHARED | {"--all"} if f"`{option}" not in beginning} == set()


@pytest.mark.parametrize("code", list(ExitCode), ids=lambda code: code.name)
def test_every_exit_code_is_named(code: ExitCode) -> None:
    assert f"| {code.value} | `{code.name}` | {code.meaning} |" in PAGE


@pytest.mark.parametrize("label", [label.id for label in TRUTH_5.labels])
def test_every_label_is_named(label: str) -> None:
    assert f"`{label}`" in PAGE


def test_every_setting_of_the_environment_is_named() -> None:
    sources = (path.read_text("utf-8") for path in (ROOT / "factcheck").rglob("*.py"))
    read = {name for source in sources for name in re.findall(r"\bFACTCHECK_[A-Z_]+\b", source)}

    assert {f"`{name}`" for name in read if f"| `{name}` |" not in PAGE} == set()
    assert "FACTCHECK_DB" in read
