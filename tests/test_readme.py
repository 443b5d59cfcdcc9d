"""The first page: short, set up in two lines, and with each command's own words."""

import re

import click
import pytest
from conftest import ROOT
from readmes import blocks

from factcheck.cli.main import factcheck as entry

README = ROOT / "README.md"
PAGE = README.read_text("utf-8")
MOST_BYTES = 10_000


def test_first_page_stays_short() -> None:
    assert README.stat().st_size <= MOST_BYTES


def test_set_up_is_two_lines() -> None:
    install, tests = (block.text for block in blocks(README, "sh")[:2])

    assert [one.count("\n") for one in (install, tests)] == [1, 1]
    assert install.endswith("factcheck demo\n")


def test_ci_calls_the_test_line() -> None:
    assert blocks(README, "sh")[1].text in (ROOT / ".ci" / "run").read_text("utf-8")


def test_day_at_the_desk_is_a_day() -> None:
    assert blocks(README, "sh")[2].text.count("\n") > 5


@pytest.mark.parametrize("name", entry.list_commands(click.Context(entry)))
def test_command_is_told_in_its_own_words(name: str) -> None:
    command = entry.get_command(click.Context(entry), name)
    assert command is not None
    [told] = re.findall(rf"^\| `{name}(?: [^`]*)?` \| (.*) \|$", PAGE, re.MULTILINE)

    assert told == (command.help or "").partition("\n")[0]


def test_table_holds_nothing_but_commands() -> None:
    table = PAGE.partition("\n## Commands\n")[2].partition("\n## ")[0]

    told = re.findall(r"^\| `([a-z-]+)", table, re.MULTILINE)

    assert sorted(told) == sorted(entry.list_commands(click.Context(entry)))
