"""The overview of the commands, and what the shell completes of them."""

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from conftest import ROOT, Command

from factcheck.cli.main import factcheck as entry
from factcheck.cli.main import main, overview

COMMANDS = entry.list_commands(click.Context(entry))
CLI = ROOT / "factcheck" / "cli"
STORES = {"ledger", "queue", "people", "log", "statistics", "past_verdicts"}


def test_overview_is_grouped_by_users(factcheck: Command) -> None:
    shown = factcheck("--help").out.splitlines()

    assert [line for line in shown if line.endswith(":")][1:] == ["Extract:", "Review:", "Edit:", "Report:", "Desk:"]
    assert shown.index("Edit:") < shown.index("  publish        Publish verdicts that are signed off.")


def test_overview_tells_the_docstrings() -> None:
    context = click.Context(entry)
    commands = {name: entry.get_command(context, name) for name in COMMANDS}

    assert {name: (command.help or "").partition("\n")[0] for name, command in commands.items() if command} == {
        name: line for _, name, line in overview()
    }
    assert all(command and command.name == name for name, command in commands.items())


def test_overview_line_is_short() -> None:
    assert [line for _, _, line in overview() if len(line) > 80 or not line.endswith(".")] == []


def test_overview_loads_no_command() -> None:
    code = (
        "import sys; from factcheck.cli.main import run; run(['--help'])\n"
        "print([one for one in sys.modules if one.startswith(('factcheck.wiring', 'factcheck.workflow'))])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("typed", "meant"), [("verdcit", "verdict"), ("signoff", "sign-off"), ("claim s", "claims")])
def test_misspelt_command_is_guessed(factcheck: Command, typed: str, meant: str) -> None:
    done = factcheck(typed)

    assert done.code == 2
    assert f"'{meant}'" in done.err


@pytest.mark.parametrize("module", sorted(CLI.glob("*.py")), ids=lambda path: path.stem)
def test_command_line_calls_no_store(module: Path) -> None:
    tree = ast.parse(module.read_text("utf-8"))
    attributes = [one for one in ast.walk(tree) if isinstance(one, ast.Attribute)]

    called = {
        ast.unparse(one) for one in attributes if isinstance(one.value, ast.Attribute) and one.value.attr in STORES
    }

    assert called == set()


@pytest.fixture
def completed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., list[str]]:
    """What the shell is told that the last of some words could become."""
    del folder

    def told(*words: str, shell: str = "bash") -> list[str]:
        monkeypatch.setenv("_FACTCHECK_COMPLETE", f"{shell}_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(words))
        monkeypatch.setenv("COMP_CWORD", words[-1] if shell == "fish" else str(len(words) - 1))
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 0
        return capfd.readouterr().out.splitlines()

    return told


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("factcheck", "sig"), ["plain,sign-off"]),
        (("factcheck", "--ver"), ["plain,--version"]),
        (("factcheck", "claims", "--stat"), ["plain,--status"]),
        (("factcheck", "claims", "--status", "q"), ["plain,queued"]),
        (("factcheck", "--db", "x.db", "claims", "--editorial", "sig"), ["plain,signed_off"]),
        (("factcheck", "evidence", "ch"), ["plain,check"]),
        (("factcheck", "verdict", "2", "mostly"), ["plain,mostly-false", "plain,mostly-true"]),
        (("factcheck", "sign-off", "2", "--label", "mix"), ["plain,mixed"]),
        (("factcheck", "correct", "2", "unpr"), ["plain,unproven"]),
    ],
    ids=lambda value: value[-1],
)
def test_bash_is_told_what_fits(completed: Callable[..., list[str]], words: tuple[str, ...], wanted: list[str]) -> None:
    assert completed(*words) == wanted


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_are_told_too(completed: Callable[..., list[str]], shell: str) -> None:
    assert "Sign off the verdicts on claims." in "\n".join(completed("factcheck", "sig", shell=shell))
    assert "queued" in "\n".join(completed("factcheck", "claims", "--status", "q", shell=shell))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_gets_a_script(folder: Path, shell: str) -> None:
    line = f"_FACTCHECK_COMPLETE={shell}_source {sys.executable} -m factcheck"

    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True, cwd=folder)

    assert f"_FACTCHECK_COMPLETE={shell}_complete" in done.stdout


def test_bash_completes_a_command(folder: Path) -> None:
    (folder / "factcheck").write_text(f'#!/bin/sh\nexec {sys.executable} -m factcheck "$@"\n', "utf-8")
    (folder / "factcheck").chmod(0o755)
    script = (
        'PATH="$PWD:$PATH"; eval "$(_FACTCHECK_COMPLETE=bash_source factcheck)"\n'
        "complete -p factcheck >&2\n"
        "COMP_WORDS=(factcheck publ); COMP_CWORD=1; _factcheck_completion factcheck; echo ${COMPREPLY[@]}"
    )

    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, cwd=folder)

    assert done.stdout == "publish\n"
    assert "_factcheck_completion" in done.stderr
