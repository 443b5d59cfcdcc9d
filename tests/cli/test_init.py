"""A config file that says what can be set."""

import re
from pathlib import Path

import pytest
from conftest import Command

from factcheck.settings import Settings

PUBLISHER = ("--name", 'The "Example"', "--url", "https://example.org/")


def test_written_file_changes_nothing(factcheck: Command) -> None:
    before = Settings.from_environment()

    assert factcheck("init", "--yes").code == 0

    assert Settings.from_environment() == before


def test_publisher_is_written(factcheck: Command) -> None:
    factcheck("init", "--yes", *PUBLISHER)

    publisher = Settings.from_environment().publisher
    assert publisher is not None
    assert (publisher.name, publisher.claim_url(7, "x")) == ('The "Example"', "https://example.org/checks/7")


def test_every_line_laid_aside_is_valid(factcheck: Command) -> None:
    factcheck("init", "--yes")
    written = Path("factcheck.toml").read_text("utf-8")
    lines = [re.sub(r"^# (?=\[(?:publisher|web\.oidc)\]|\w+ = )", "", line) for line in written.splitlines()]

    Path("factcheck.toml").write_text("\n".join(lines), "utf-8")

    Path("newsroom.toml").touch()
    settings = Settings.from_environment()
    assert (settings.roles, settings.second_reading.sample) == (True, 0.1)
    assert settings.publisher is not None
    assert settings.oidc is not None
    assert settings.oidc.people == {"ana@example.org": "ana"}


def test_publisher_is_asked_for(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["Desk", "https://desk.example"])
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(answers))

    assert factcheck("init").code == 0
    publisher = Settings.from_environment().publisher
    assert publisher is not None
    assert publisher.claim_url_pattern == "https://desk.example/checks/{id}"


@pytest.mark.parametrize("url", ["desk.example", "https://"])
def test_unusable_site_writes_nothing(factcheck: Command, url: str) -> None:
    done = factcheck("init", "--yes", "--name", "Desk", "--url", url)

    assert done.code == 2
    assert not Path("factcheck.toml").exists()


def test_name_that_is_no_text_is_refused(factcheck: Command) -> None:
    done = factcheck("init", "--yes", "--name", "Desk\udcff", "--url", "https://desk.example")

    assert (done.code, Path("factcheck.toml").exists()) == (2, False)
    assert "is not valid text" in done.err


def test_file_that_is_there_is_left_alone(factcheck: Command) -> None:
    Path("factcheck.toml").write_text("roles = true\n", "utf-8")

    done = factcheck("init", "--yes")

    assert (done.code, Path("factcheck.toml").read_text("utf-8")) == (2, "roles = true\n")
    assert "move it away" in done.err


def test_misspelt_label_of_second_readings_is_refused(factcheck: Command) -> None:
    Path("factcheck.toml").write_text('[second_reading]\nlabels = ["flase"]\n', "utf-8")

    done = factcheck("next", "--reviewer", "ana")

    assert done.code == 2
    assert "second_reading.labels names 'flase'; the scales have: " in done.err


def test_desk_is_made_before_anything_stands_in_it(factcheck: Command, folder: Path) -> None:
    done = factcheck("init", "--desk", "--db", "new.db")

    assert (done.code, done.out) == (0, "the desk at 'new.db' is up to date\n")
    assert not (folder / "factcheck.toml").exists()
    assert factcheck("claims", "--db", "new.db").code == 0


def test_key_and_desk_are_not_made_at_once(factcheck: Command) -> None:
    assert factcheck("init", "--desk", "--web").code == 2
