import pytest

from factcheck.errors import NothingToUndoError, NotReadyError, OutputError
from factcheck.screen.keys import EDITOR_ACTS, keymap, with_advice

UNREADY = NotReadyError(7, ["a quote is not in its source: https://a.example"])


def test_advice_names_the_bound_key() -> None:
    assert with_advice(UNREADY, keymap({"reject": "K"}, EDITOR_ACTS)) == (
        "claim 7 is not ready to be signed off: a quote is not in its source: https://a.example; "
        "K sends the claim back, so that its reader mends that"
    )


def test_no_key_gives_no_advice() -> None:
    assert with_advice(NothingToUndoError("ann"), keymap(acts=EDITOR_ACTS)) == (
        "'ann' has no verdict or skip to take back"
    )


@pytest.mark.parametrize("bound", [{}, {"back": "z"}])
def test_facts_stand_alone_without_advice(bound: dict[str, str]) -> None:
    assert with_advice(OutputError("it exists already"), keymap(bound)) == "it exists already"
