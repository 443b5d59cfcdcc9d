"""The README is true: its commands run, and it names every command, setting and exit code."""

import re
import shlex
import shutil
import tomllib
from pathlib import Path

import click
import pytest
from conftest import ROOT, Command

from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.main import factcheck as entry
from factcheck.domain.rating import TRUTH_5
from factcheck.screen.keys import ACTS, EDITOR_ACTS, KeyAct, keymap
from factcheck.settings import Settings

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_day_at_the_desk_runs(factcheck: Command, folder: Path) -> None:
    shutil.copytree(ROOT / "cassettes" / "articles", folder / "cassettes" / "articles")
    lines = BLOCKS[2].splitlines()

    for line in lines:
        done = factcheck(*shlex.split(line)[1:])
        assert done.code == 0, f"{line}\n{done.err}"
    assert len(lines) > 10


def test_set_up_is_two_lines() -> None:
    assert [block.count("\n") for block in BLOCKS[:2]] == [1, 1]
    assert BLOCKS[0].endswith("factcheck demo\n")


def test_ci_calls_the_test_line() -> None:
    assert BLOCKS[1] in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("name", entry.list_commands(click.Context(entry)))
def test_every_command_is_named(name: str) -> None:
    assert f"`factcheck {name}" in README


@pytest.mark.parametrize("code", list(ExitCode), ids=lambda code: code.name)
def test_every_exit_code_is_named(code: ExitCode) -> None:
    assert f"| {code.value} | `{code.name}` | {code.meaning} |" in README


@pytest.mark.parametrize("label", [label.id for label in TRUTH_5.labels])
def test_every_label_is_named(label: str) -> None:
    assert f"`{label}`" in README


def test_every_option_of_extract_is_named() -> None:
    command = entry.get_command(click.Context(entry), "extract")
    assert command is not None
    options = {name for one in command.params for name in one.opts if name.startswith("--")} - {"--json"}

    assert {name for name in options if f"`{name}" not in README} == set()


def test_overview_fits_commands() -> None:
    for name in entry.list_commands(click.Context(entry)):
        command = entry.get_command(click.Context(entry), name)
        assert command is not None
        assert command.name == name


@pytest.mark.parametrize("act", {one.name: one for one in (*EDITOR_ACTS, *ACTS)}.values(), ids=lambda act: act.name)
def test_every_key_is_named(act: KeyAct) -> None:
    [line] = [line for line in README.splitlines() if line.startswith("|") and f"`{act.name}`" in line.split("|")[2]]

    assert {f"`{'←' if key == 'left' else '→' if key == 'right' else key}`" for key in act.keys} <= set(
        re.findall(r"`[^`]+`", line.split("|")[1])
    )


def test_config_file_can_be_used(folder: Path) -> None:
    [table] = re.findall(r'^```toml\n(scale = ".*?)^```', README, re.MULTILINE | re.DOTALL)
    (folder / "factcheck.toml").write_text(table, "utf-8")

    assert Settings.from_environment().archive_save == "https://web.archive.org/save/{url}"


def test_key_bindings_can_be_used() -> None:
    [bindings] = re.findall(r"^```toml\n\[keys\]\n(.*?)^```", README, re.MULTILINE | re.DOTALL)

    assert keymap(tomllib.loads(bindings)).act("k") == "skip"
