import pytest

from factcheck.errors import NothingToUndoError, OutputError, QuoteMissingError
from factcheck.screen.keys import EDITOR_ACTS, keymap, with_advice

MISSING = QuoteMissingError(7, "So it is.", "https://a.example")


def test_advice_names_the_bound_key() -> None:
    assert with_advice(MISSING, keymap({"reject": "R"}, EDITOR_ACTS)) == (
        "the quote 'So it is.' is not in 'https://a.example'; R sends the claim back, so that its evidence is mended"
    )


def test_no_key_gives_no_advice() -> None:
    assert with_advice(NothingToUndoError("ann"), keymap(acts=EDITOR_ACTS)) == (
        "'ann' has no verdict or skip to take back"
    )


@pytest.mark.parametrize("bound", [{}, {"back": "z"}])
def test_facts_stand_alone_without_advice(bound: dict[str, str]) -> None:
    assert with_advice(OutputError("it exists already"), keymap(bound)) == "it exists already"
