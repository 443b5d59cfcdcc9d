"""What to type or to press stands in the fronts alone: below them errors, and all that is printed, tell facts."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from conftest import ROOT

from factcheck.cli import advice as typed
from factcheck.cli.main import factcheck
from factcheck.errors import FactcheckError
from factcheck.screen import keys as pressed
from factcheck.screen.keys import ACTS, EDITOR_ACTS

PACKAGE = ROOT / "factcheck"
FRONTS = {"cli", "screen"}
BELOW = [path for path in sorted(PACKAGE.rglob("*.py")) if path.relative_to(PACKAGE).parts[0] not in FRONTS]
COMMAND = re.compile(r"\bfactcheck (?P<words>[a-z][a-z -]*)")
OPTION = re.compile(r"(?:^|[\s(])(?P<name>--?(?!webkit-)[a-z][a-z-]*)")  # properties of styles are none
VARIABLE = re.compile(r"\b(?:FACTCHECK|OPENAI)_")
WORD = re.compile(r"\w+")
A_VARIABLE = re.compile(r"[A-Z_]+")
ADVICE = [*typed.ADVICE.values(), *typed.TO_ADD.values(), typed.FILL_QUEUE]


def strings(path: Path) -> Iterator[str]:
    """Every string of a module that does not stand alone, as a docstring does."""
    tree = ast.parse(path.read_text("utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


def names_command_line(string: str) -> bool:
    """Whether the string holds a command to type, an option or a variable."""
    return any(one.search(string) for one in (COMMAND, OPTION, VARIABLE))


def is_read(path: Path, string: str) -> bool:
    """Whether the string is a variable's bare name where the environment is read: settings does that for all."""
    return path == PACKAGE / "settings" / "__init__.py" and A_VARIABLE.fullmatch(string) is not None


@pytest.mark.parametrize("path", BELOW, ids=[str(path.relative_to(PACKAGE)) for path in BELOW])
def test_only_fronts_name_commands(path: Path) -> None:
    assert [one for one in strings(path) if names_command_line(one) and not is_read(path, one)] == []


@pytest.mark.parametrize(
    "string", ["see: factcheck runs", "say --scale x", "--budget needs", "write it with -o", "set FACTCHECK_DB"]
)
def test_command_lines_are_recognised(string: str) -> None:
    assert names_command_line(string)


@pytest.mark.parametrize(
    "string", ["a check-worthy claim", "<!-- user -->", "a factcheck, made", "1-a", "</script-->", "-webkit-x"]
)
def test_other_words_are_no_command_line(string: str) -> None:
    assert not names_command_line(string)


@cache
def raised_below() -> set[str]:
    """Every word of the modules below the fronts, but for those that define errors."""
    modules = [path.read_text("utf-8") for path in BELOW if path.parent.name != "errors"]
    return {word for module in modules for word in WORD.findall(module)}


@pytest.mark.parametrize("error", sorted({*typed.ADVICE, *pressed.ADVICE}, key=str), ids=lambda error: error.__name__)
def test_advice_is_for_errors_that_are_raised(error: type[FactcheckError]) -> None:
    assert issubclass(error, FactcheckError)
    assert error.__name__ in raised_below()


@pytest.mark.parametrize("advice", [one for one in ADVICE if COMMAND.search(one)])
def test_commands_in_advice_exist(advice: str) -> None:
    words = COMMAND.search(advice)
    assert words
    command = found(words["words"])

    assert command is not None
    assert {one["name"] for one in OPTION.finditer(advice[words.start() :])} <= options(command)


@pytest.mark.parametrize("advice", [one for one in ADVICE if OPTION.search(one)])
def test_options_in_advice_exist(advice: str) -> None:
    assert {one["name"] for one in OPTION.finditer(advice)} - {"--upgrade"} <= options(factcheck)


@pytest.mark.parametrize("act", [act for act, _ in pressed.ADVICE.values()])
def test_acts_in_advice_exist(act: str) -> None:
    assert act in {one.name for one in (*ACTS, *EDITOR_ACTS)}


def found(words: str) -> click.Command | None:
    """The command that the words name; a group's needs two of them, unless it does something alone."""
    name, *rest = words.split()
    command = factcheck.get_command(click.Context(factcheck), name)
    if isinstance(command, click.Group):
        alone = command if command.invoke_without_command else None
        return command.get_command(click.Context(command), rest[0]) if rest else alone
    return command


def options(command: click.Command) -> set[str]:
    """Every option of a command, and of those in it."""
    names = {name for one in command.params for name in one.opts}
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        inner = (command.get_command(ctx, name) for name in command.list_commands(ctx))
        names.update(*(options(one) for one in inner if one))
    return names
