"""The config file on the desk's page sets what it says."""

from pathlib import Path

from conftest import ROOT
from readmes import blocks

from factcheck.settings import Settings


def test_config_file_sets_the_archive(folder: Path) -> None:
    [table] = blocks(ROOT / "factcheck" / "workflow" / "README.md", "toml")
    (folder / "factcheck.toml").write_text(table.text, "utf-8")

    assert Settings.from_environment().archive_save == "https://web.archive.org/save/{url}"
