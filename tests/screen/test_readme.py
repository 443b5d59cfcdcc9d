"""The page on the review screen names every key, and its config file does what it says."""

import re
from pathlib import Path

import pytest
from conftest import ROOT
from readmes import blocks

from factcheck.screen.keys import ACTS, EDITOR_ACTS, KeyAct, keymap
from factcheck.settings import Settings

README = ROOT / "factcheck" / "screen" / "README.md"
PAGE = README.read_text("utf-8")


@pytest.mark.parametrize("act", {one.name: one for one in (*EDITOR_ACTS, *ACTS)}.values(), ids=lambda act: act.name)
def test_every_key_is_named(act: KeyAct) -> None:
    [line] = [line for line in PAGE.splitlines() if line.startswith("|") and f"`{act.name}`" in line.split("|")[2]]

    assert {f"`{'←' if key == 'left' else '→' if key == 'right' else key}`" for key in act.keys} <= set(
        re.findall(r"`[^`]+`", line.split("|")[1])
    )


def test_key_bindings_can_be_used(folder: Path) -> None:
    [bindings] = blocks(README, "toml")
    (folder / "factcheck.toml").write_text(bindings.text, "utf-8")

    assert keymap(Settings.from_environment().keys).acts.get("f12") == "skip"
