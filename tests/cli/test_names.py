"""A name that nobody has used, and that is nearly somebody's, is asked about or refused."""

import io

import pytest
from conftest import Command

pytestmark = pytest.mark.usefixtures("eve_is_known")


@pytest.fixture
def eve_is_known(factcheck: Command, demo_desk: object) -> None:
    """A desk at which eve has done something."""
    del demo_desk
    factcheck("note", 2, "Mind it.", "--reviewer", "eve")


def type_at_a_terminal(patch: pytest.MonkeyPatch, typed: str) -> None:
    """Standard input and error become a terminal's, in which this is typed."""
    lines = io.StringIO(typed)
    patch.setattr(lines, "isatty", lambda: True, raising=False)
    patch.setattr("sys.stdin", lines)
    patch.setattr("sys.stderr.isatty", lambda: True, raising=False)


ACTS = [
    ("next",),
    ("verdict", 2, "true"),
    ("note", 2, "So."),
    ("undo",),
    ("draft", 2, "--label", "true"),
    ("sign-off", 2, 4),
    ("evidence", "add", 2, "https://a.example", "--stance", "context", "--no-fetch"),
    ("evidence", "check", 2),
    ("add", "A deal.", "--article", 1, "--sentence", 2),
]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: " ".join(map(str, act[:2])))
def test_misspelt_name_does_nothing(factcheck: Command, act: tuple[object, ...]) -> None:
    before = factcheck("audit", "export").out

    refused = factcheck(*act, "--reviewer", "evve")

    assert (refused.code, refused.out) == (2, "")
    assert "nobody here is called 'evve', but somebody is called 'eve'; name eve, or say --new" in refused.err
    assert factcheck("audit", "export").out == before


def test_new_name_is_introduced(factcheck: Command) -> None:
    assert factcheck("next", "--reviewer", "evve", "--new").code == 0

    assert [one["name"] for one in factcheck("people", "list", "--json").json] == ["evve"]
    assert factcheck("next", "--reviewer", "evve").code == 0


def test_added_name_is_not_asked_about(factcheck: Command) -> None:
    factcheck("people", "add", "evve")

    assert factcheck("next", "--reviewer", "evve").code == 0


@pytest.mark.parametrize(("answer", "who"), [("y", "eve"), ("n", "evve")])
def test_person_at_a_terminal_is_asked(
    factcheck: Command, monkeypatch: pytest.MonkeyPatch, answer: str, who: str
) -> None:
    type_at_a_terminal(monkeypatch, f"perhaps\n{answer}\n")

    done = factcheck("note", 4, "So.", "--reviewer", "evve", "--json")

    assert [one["reviewer"] for one in done.json["notes"]] == [who]
    assert "do you mean eve? [y/n]" in done.err


def test_misspelt_task_is_asked_about(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    type_at_a_terminal(monkeypatch, "y\n")

    assert factcheck("assign", 4, "evve", "--reviewer", "eve", "--json").json["assigned_to"] == "eve"


def test_misspelt_task_is_refused(factcheck: Command) -> None:
    refused = factcheck("assign", 4, "evve", "--reviewer", "eve")

    assert (refused.code, "name eve, or say --new" in refused.err) == (2, True)
    assert factcheck("assign", 4, "evve", "--reviewer", "eve", "--new", "--json").json["assigned_to"] == "evve"


def test_screen_is_not_opened_for_a_slip(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    type_at_a_terminal(monkeypatch, "")  # the end of the input leaves it unanswered

    assert factcheck("review", "--to-sign-off", "--reviewer", "evve").code == 130
