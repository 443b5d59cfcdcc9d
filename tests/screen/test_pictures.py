"""Pictures of the whole screen, compared with those in `pictures`.

`pytest --draw-pictures` draws them anew; look at each before it is kept.
"""

import re
from pathlib import Path

import pytest
from stage import SAID, Shown, Stage, doubtful_claim, play

from factcheck.domain.second_reading import SecondReadingRules

PICTURES = Path(__file__).parent / "pictures"
_YELLOW = "#d0b344"
RIGHT_TO_LEFT = ("המחירים עלו בחמישה אחוזים במאי.", "ارتفعت الأسعار بنسبة ٥٪ في مايو.", "השכר עלה.")


def same_as_kept(shown: Shown, name: str, request: pytest.FixtureRequest) -> None:
    drawn = re.sub(r"terminal-\d+", "terminal", shown.svg)
    kept = PICTURES / f"{name}.svg"
    if request.config.getoption("--draw-pictures"):
        kept.write_text(drawn)
    if drawn != kept.read_text():
        fresh = kept.with_suffix(".new.svg")
        fresh.write_text(drawn)
        pytest.fail(f"the screen differs from {kept}; compare it with {fresh}")


def test_small_terminal_stacks_the_panes(stage: Stage, request: pytest.FixtureRequest) -> None:
    stage.file(SAID * 6, doubtful_claim(), title="News of the day")

    same_as_kept(play(stage.session()), "80x24", request)


def test_large_terminal_sets_them_side_by_side(stage: Stage, request: pytest.FixtureRequest) -> None:
    stage.file(SAID * 6, doubtful_claim(), title="News of the day")

    same_as_kept(play(stage.session(), size=(200, 60)), "200x60", request)


def test_nothing_is_told_by_colour_alone(
    stage: Stage, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stage.file(SAID * 6, doubtful_claim(), title="News of the day")

    shown = play(stage.session())

    same_as_kept(shown, "no-color", request)
    assert _YELLOW in (PICTURES / "80x24.svg").read_text()
    assert _YELLOW not in shown.svg


def test_right_to_left_text_has_its_own_lines(stage: Stage, request: pytest.FixtureRequest) -> None:
    stage.file(RIGHT_TO_LEFT)

    same_as_kept(play(stage.session(), size=(130, 24)), "right-to-left", request)


def test_adjudicator_compares_side_by_side(stage: Stage, request: pytest.FixtureRequest) -> None:
    stage.rules = SecondReadingRules(sample=1)
    stage.file(SAID[:1])
    play(stage.session(), "r", "+The office says so.", "tab", "tab", "h", "f2", "5")
    play(stage.session("bo"), "r", "+It was six in the end.", "tab", "tab", "l", "f2", "2")

    same_as_kept(play(stage.session("cy")), "adjudication", request)


def test_editor_reads_the_verdict_first(stage: Stage, request: pytest.FixtureRequest) -> None:
    stage.file(SAID * 6, doubtful_claim(), title="News of the day")
    play(stage.session(), "r", "+The office says so.", "f2", "5")

    same_as_kept(play(stage.editor()), "sign-off", request)


def test_hostile_text_draws_nothing(stage: Stage, request: pytest.FixtureRequest) -> None:
    hostile = "\x1b[2J[bold red]Prices[/] [@click=app.quit]fell[/] \u202eback\u202c \u200b\x9b31m " + "x" * 300
    stage.file((hostile,), title="\x1b]0;title\x07[reverse]")

    shown = play(stage.session("ana [b]"), "n", "+[red]note[/]", "f2")

    assert "\x1b" not in shown.svg
    assert "[@click=app.quit]" in shown["words"]
    same_as_kept(shown, "hostile", request)
