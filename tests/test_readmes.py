"""Every README is true: its commands run, its files can be used, its links lead somewhere."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import click
import pytest
from conftest import ROOT, Command
from readmes import READMES, SET_UP, Block, blocks, every_block, name_of, without_code

from factcheck.cli.main import factcheck as entry
from factcheck.screen.keys import keymap
from factcheck.settings import Settings

RUN = [path for path in READMES if any(not block.text.startswith(SET_UP) for block in blocks(path, "sh"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.mark.parametrize("path", RUN, ids=name_of)
def test_commands_run_in_their_order(path: Path, factcheck: Command, folder: Path) -> None:
    shutil.copytree(ROOT / "cassettes", folder / "cassettes", ignore=shutil.ignore_patterns("evaluation"))
    lines = [
        line for block in blocks(path, "sh") if not block.text.startswith(SET_UP) for line in block.text.splitlines()
    ]

    for line in lines:
        program, *arguments = shlex.split(line, comments=True)
        assert program == "factcheck", f"{line}\nis not run here; put it into a block of `console`"
        done = factcheck(*arguments)
        assert done.code == 0, f"{line}\n{done.err}"


@pytest.mark.parametrize("block", every_block("console"), ids=lambda block: block.place)
def test_shown_commands_and_options_exist(block: Block) -> None:
    for line in block.text.splitlines():
        program, *arguments = shlex.split(line, comments=True)
        if program == "factcheck":
            assert _unknown(entry, arguments) == [], line
        elif program == "python":
            assert (ROOT / arguments[0]).is_file(), line


@pytest.mark.parametrize("block", every_block("toml"), ids=lambda block: block.place)
def test_files_of_toml_can_be_used(block: Block, factcheck: Command, folder: Path) -> None:
    name = block.text.partition("\n")[0].removeprefix("# ")
    (folder / name).write_text(block.text, "utf-8")

    if name == "factcheck.toml":
        keymap(Settings.from_environment().keys)
    else:
        assert name == "prices.toml"
        article = ROOT / "cassettes" / "articles" / "mecca_crane.txt"
        told = factcheck("extract", article, "--dry-run", "--model", "openai:qwen2.5", "--prices", name)
        assert told.code == 0, told.err


def test_json_can_be_parsed() -> None:
    for block in every_block("json"):
        assert json.loads(block.text), block.place


@pytest.mark.parametrize(
    "block", [one for one in every_block("python") if one.path != READMES[0]], ids=lambda block: block.place
)
def test_python_runs_as_it_stands(block: Block, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "cassettes", folder / "cassettes", ignore=shutil.ignore_patterns("evaluation"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # for programs that the block starts

    exec(compile(block.text, block.place, "exec"), {"__name__": "__main__"})  # noqa: S102


@pytest.mark.parametrize("block", blocks(READMES[0], "python"), ids=lambda block: block.place)
def test_python_runs_from_a_checkout(block: Block, folder: Path) -> None:
    shutil.copytree(ROOT / "cassettes", folder / "cassettes", ignore=shutil.ignore_patterns("evaluation"))
    environment = os.environ | {"PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        [sys.executable, "-c", block.text], capture_output=True, text=True, env=environment, check=False
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", [*READMES, ROOT / "CHANGELOG.md"], ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    for link in LINK.findall(without_code(path)):
        if "://" in link:
            continue
        file, _, heading = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        assert not heading or heading in _headings(target), link


def test_every_page_is_linked_from_the_first() -> None:
    first, *others = READMES
    linked = {(ROOT / link).resolve() for link in LINK.findall(without_code(first))}

    assert [name_of(path) for path in others if path not in linked] == []


def test_rooms_are_those_of_the_contract() -> None:
    page = (ROOT / "factcheck" / "README.md").read_text("utf-8")
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    [layers] = [one["layers"] for one in contracts if one["type"] == "layers"]
    table = re.findall(r"^\| [\[`]([a-z_]+)[\]`]", page, re.MULTILINE)

    assert "".join(f"    {layer}\n" for layer in layers) in page
    assert table == [room for layer in layers for room in layer.split(" | ")]


def test_blocks_name_a_language_that_is_tested() -> None:
    known = {"sh", "console", "toml", "json", "python", "jinja", "sql", "nginx", "caddy"}
    fences = chain.from_iterable(re.findall(r"^ *```(.+)$", path.read_text("utf-8"), re.MULTILINE) for path in READMES)

    assert set(fences) <= known


def _unknown(command: click.Command, words: list[str]) -> list[str]:
    """The words of a command line that name no command, or no option of theirs."""
    options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"-h", "--help"}
    unknown = []
    for place, word in enumerate(words):
        if word.startswith("-") and word != "-":
            unknown += [] if word in options else [word]
        elif isinstance(command, click.Group) and words[place - 1] not in options:
            found = command.get_command(click.Context(command), word)
            return [*unknown, word] if found is None else unknown + _unknown(found, words[place + 1 :])
    return unknown


def _headings(path: Path) -> set[str]:
    """The anchors that headings have on the web."""
    found = re.findall(r"^#+ (.*)$", without_code(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in found}
