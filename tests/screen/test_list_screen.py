"""The list of claims: paged, searched and narrowed on the real screen, over a real database."""

from datetime import date, datetime

import pytest
from stage import SAID, Stage, play

from factcheck.domain.review import ClaimQuery, QueuedClaim
from factcheck.domain.states import ClaimStatus
from factcheck.workflow.amend_claim import assign_claim, flag_claim, set_due
from factcheck.workflow.review_claim import record_verdict, take_claim
from factcheck.workflow.review_session import ReviewSession

MANY = tuple(f"In town {number} the price rose by {number} percent." for number in range(1, 61))


def claim(stage: Stage, number: int) -> QueuedClaim:
    return stage.queue.claim(number, stage.clock())


def numbers(rows: str) -> list[int]:
    """The numbers of the claims that stand in the rows."""
    return [int(row.removeprefix("▸ ").split()[0]) for row in rows.splitlines()[1:]]


def test_list_shows_what_stands_where(stage: Stage, session: ReviewSession) -> None:
    record_verdict(stage.desk, 2, "mostly-false", "bob")
    assign_claim(stage.desk, 3, "cy", "eve")
    set_due(stage.desk, 3, date(2026, 4, 1), "eve")

    shown = play(session, "l", size=(110, 24))

    assert shown["listed"] == "claims · article 1 · any state · 4 claims"
    assert [row.split() for row in shown["rows"].splitlines()[:4]] == [
        ["number", "state", "label", "task", "due", "claim"],
        ["▸", "1", "leased", *SAID[0].split()],
        ["2", "to", "sign", "off", "mostly-false", *SAID[1].split()],
        ["3", "queued", "cy", "2026-04-01", *SAID[2].split()],
    ]
    assert shown["chosen"] == f"claim 1 · article 1, sentence 1 · leased · ana until 12:30 UTC\n{SAID[0]}"
    assert "↑↓ row  enter choose  / search" in shown["list-keys"]


def test_list_is_read_page_by_page(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.file(MANY)
    session, find = stage.session(), stage.queue.find
    asked: list[int] = []

    def noted(query: ClaimQuery, now: datetime, limit: int, after: tuple[int, int, int] | None) -> object:
        asked.append(limit)
        return find(query, now, limit, after)

    first = play(session, "l")
    monkeypatch.setattr(stage.queue, "find", noted)
    second = play(session, "l", "pagedown")
    back = play(session, "l", "pagedown", "up")

    rows = len(numbers(first["rows"]))
    assert numbers(first["rows"]) == list(range(1, rows + 1))
    assert numbers(second["rows"])[0] == rows + 1
    assert ["60 claims" in one["listed"] for one in (first, second)] == [True, True]
    assert ("page 1" in first["listed"], "page 2" in second["listed"]) == (True, True)
    assert numbers(back["rows"])[-1] == rows
    assert back["chosen"].endswith(MANY[rows - 1])
    assert set(asked) == {rows + 1}


def test_last_page_is_reached_and_left(stage: Stage) -> None:
    stage.file(MANY)
    session = stage.session()

    last = play(session, "l", "!pagedown pagedown pagedown pagedown pagedown down")
    assert last["chosen"].endswith(MANY[-1])

    assert play(session, "l", "!pagedown pagedown home")["chosen"].endswith(MANY[0])
    assert play(session, "l", "!down down up pageup pageup")["chosen"].endswith(MANY[0])


def test_list_opens_at_the_claim(stage: Stage, session: ReviewSession) -> None:
    del stage
    session.skip()

    assert play(session, "l")["chosen"].startswith("claim 2 ")


def test_words_are_searched_for(session: ReviewSession) -> None:
    typing = play(session, "l", "/", "+rose MI")
    assert typing["list-keys"] == "words: rose MI▏  enter go on  esc back"

    shown = play(session, "+l/rose MIX", "backspace", "enter")
    assert (shown["listed"], numbers(shown["rows"])) == ("claims · article 1 · any state · “rose MI” · 1 claim", [2])

    assert numbers(play(session, "l", "/", "+rents", "escape")["rows"]) == [1, 2, 3, 4]
    assert play(session, "l", "/", "+nowhere", "enter", "enter", "down")["chosen"] == "no claim of that kind"


def test_states_are_gone_through(stage: Stage, session: ReviewSession) -> None:
    record_verdict(stage.desk, 2, "true", "bob")
    flag_claim(stage.desk, 3, "Libel?", "bob")
    assign_claim(stage.desk, 4, "ana", "eve")

    assert numbers(play(session, "l", "s")["rows"]) == [3, 4]
    assert numbers(play(session, "l", "!s s s s")["rows"]) == [2]
    flagged = play(session, "l", "!S S S")
    assert ("flagged" in flagged["listed"], numbers(flagged["rows"])) == (True, [3])
    tasks = play(session, "l", "S")
    assert ("your tasks" in tasks["listed"], numbers(tasks["rows"])) == (True, [4])


def test_list_goes_over_all_articles(stage: Stage, session: ReviewSession) -> None:
    stage.file(("Wages fell in June.", "Snow lay in Rome."))

    both = play(session, "l", "a")
    assert ("all articles" in both["listed"], numbers(both["rows"])) == (True, [1, 2, 3, 4, 5, 6])

    other = play(session, "l", "a", "!down down down down", "a")
    assert ("article 2" in other["listed"], numbers(other["rows"])) == (True, [5, 6])


def test_chosen_claim_is_taken(stage: Stage, session: ReviewSession) -> None:
    shown = play(session, "l", "down", "down", "enter")

    assert shown["words"] == SAID[2]
    assert "claim 3 is in your hands" in shown["notice"]
    assert (claim(stage, 1).status, claim(stage, 3).status) == (ClaimStatus.QUEUED, ClaimStatus.LEASED)


def test_claim_of_another_is_looked_at(stage: Stage, session: ReviewSession) -> None:
    take_claim(stage.desk, 2, "bob")
    record_verdict(stage.desk, 3, "mixed", "bob", "Both hold.")

    held = play(session, "g", "2", "enter")
    assert held["words"] == SAID[1]
    assert "! claim 2 is leased by 'bob' until 2026-03-01 12:30 UTC" in held["notice"]
    assert "looking at claim 2 · leased · esc goes back to yours" in held["head"]

    decided = play(session, "g", "3", "enter")
    assert "mixed  by bob\nwhy       Both hold." in decided["about"]

    refused = play(session, "g", "3", "enter", "1")
    assert "there is no claim in hand here" in refused["notice"]
    assert play(session, "g", "3", "enter", "escape")["words"] == SAID[0]
    assert session.in_hand().id == 1


def test_number_goes_to_its_claim(session: ReviewSession) -> None:
    asked = play(session, "g", "9", "enter")
    assert (asked.screen, asked["chosen"]) == ("ListScreen", "no claim has that number")

    assert play(session, "+g4", "enter")["words"] == SAID[3]


def test_listed_claim_is_the_same(stage: Stage, session: ReviewSession) -> None:
    asked = play(session, "m")
    assert asked["listed"].startswith("claim 1 says the same as · article 1 ·")

    play(session, "m", "/", "+rents", "enter", "enter")

    assert claim(stage, 1).duplicate_of == 3


def test_editor_goes_to_a_verdict(stage: Stage, session: ReviewSession) -> None:
    for number in (1, 2):
        record_verdict(stage.desk, number, "true", "ana")
    del session

    assert play(stage.editor(), "l", "down", "enter")["words"] == SAID[1]
    refused = play(stage.editor(), "g", "3", "enter")
    assert (refused["words"], "looking at claim 3" in refused["head"]) == (SAID[2], True)
    assert "! claim 3 is queued" in refused["notice"]


def test_long_words_stay_on_one_line(stage: Stage) -> None:
    stage.file(("[red]Prices\x1b[2J " + "rose 値上げ " * 30, "Rents fell."))

    shown = play(stage.session(), "l")

    assert "\x1b" not in shown["rows"]
    assert [row.endswith("…") for row in shown["rows"].splitlines()] == [False, True, False]
