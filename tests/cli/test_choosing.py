"""Which claims a reviewer asks for, and whose task they are, on the demo's claims."""

import pytest
from conftest import Command, Finished

pytestmark = pytest.mark.usefixtures("demo_desk")


def by(factcheck: Command, reviewer: str, *arguments: object) -> Finished:
    return factcheck(*arguments, "--reviewer", reviewer, "--json")


def test_next_takes_the_claim_named(factcheck: Command) -> None:
    taken = by(factcheck, "ana", "next", "--claim", 4).json

    assert (taken["id"], taken["lease"]["reviewer"]) == (4, "ana")
    assert by(factcheck, "ana", "next", "--claim", 4).json["id"] == 4
    refused = by(factcheck, "bob", "next", "--claim", 4)
    assert (refused.code, "claim 4 is leased by 'ana'" in refused.err) == (7, True)


def test_next_takes_all_words(factcheck: Command) -> None:
    assert by(factcheck, "ana", "next", "--search", "takaichi minister", "--search", "appointed").json["id"] == 4
    none = by(factcheck, "ana", "next", "--search", "takaichi minister", "--search", "appointed")
    assert (none.code, "none of the claims asked for" in none.err) == (11, True)


def test_next_keeps_to_the_article(factcheck: Command) -> None:
    assert by(factcheck, "ana", "next", "--article", 1).json["article_id"] == 1
    assert by(factcheck, "ana", "next", "--article", 9).code == 6


@pytest.mark.parametrize("command", ["next", "review"])
@pytest.mark.parametrize("asked", [("--claim", 999), ("--search", "zeppelin"), ("--article", 9)])
def test_unknown_claims_are_not_found(
    factcheck: Command, monkeypatch: pytest.MonkeyPatch, command: str, asked: tuple[object, ...]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)

    assert by(factcheck, "ana", command, *asked).code == 6


@pytest.mark.parametrize(
    "asked",
    [
        ("next", "--claim", 4, "--second"),
        ("next", "--claim", 4, "--search", "takaichi"),
        ("review", "--to-sign-off", "--second"),
        ("review", "--to-sign-off", "--claim", 4),
    ],
)
def test_choices_that_exclude_each_other(factcheck: Command, asked: tuple[object, ...]) -> None:
    done = by(factcheck, "ana", *asked)

    assert (done.code, "goes with no" in done.err) == (2, True)


def test_what_blocks_publication_comes_first(factcheck: Command, demo_desk: object) -> None:
    del demo_desk
    with open("factcheck.toml", "w", encoding="utf-8") as file:  # noqa: PTH123 - the folder is the current one
        file.write('[second_reading]\nlabels = ["false"]\n')
    by(factcheck, "ana", "verdict", 20, "false")

    assert by(factcheck, "bob", "next").json["id"] == 20

    by(factcheck, "bob", "release", 20)
    with open("factcheck.toml", "a", encoding="utf-8") as file:  # noqa: PTH123
        file.write('[queue]\norder = ["first"]\n')
    assert by(factcheck, "bob", "next").json["id"] != 20


def test_task_is_shown_where_set(factcheck: Command) -> None:
    assert "due" not in factcheck("claims", "--all").out.splitlines()[1].split()
    by(factcheck, "eve", "assign", 2, "bob")
    assert by(factcheck, "eve", "due", 4, "2026-01-02").json["due_on"] == "2026-01-02"

    head, *lines = [line.split() for line in factcheck("claims", "--all").out.splitlines() if line.strip()]

    assert head == ["#", "state", "for", "due", "worth", "claim"]
    assert [line[2] for line in lines if line[0] == "2"] == ["bob"]
    assert [line[2] for line in lines if line[0] == "4"] == ["2026-01-02"]
    assert [one["id"] for one in factcheck("claims", "--assigned", "bob", "--json").json] == [2]
    assert "assigned to" in factcheck("claim", 2).out
    assert "2026-01-02" in factcheck("claim", 4).out
    assert factcheck("claim", 2, "--json").json["assigned_to"] == "bob"
    assert by(factcheck, "bob", "next").json["id"] == 2


def test_task_and_day_are_taken_back(factcheck: Command) -> None:
    by(factcheck, "eve", "assign", 2, "bob")
    by(factcheck, "eve", "due", 2, "2026-01-02")

    assert by(factcheck, "eve", "assign", 2, "--clear").json["assigned_to"] is None
    assert by(factcheck, "eve", "due", 2, "--clear").json["due_on"] is None


@pytest.mark.parametrize(
    ("command", "what"),
    [("assign", ()), ("assign", ("bob", "--clear")), ("due", ()), ("due", ("2026-01-02", "--clear"))],
)
def test_task_takes_one_of_two(factcheck: Command, command: str, what: tuple[str, ...]) -> None:
    done = by(factcheck, "eve", command, 2, *what)

    assert (done.code, "or --clear" in done.err) == (2, True)


def test_claim_is_added_by_hand(factcheck: Command) -> None:
    about = ("--article", 1, "--sentence", 2, "--speaker", "Ana Lopez")

    claim = by(factcheck, "ana", "add", "There is a deal.", *about).json

    assert (claim["status"], claim["speaker"], claim["sentence_ids"]) == ("queued", "Ana Lopez", [2])
    assert (claim["added"]["by"], claim["run"]) == ("ana", None)
    assert "added by" in factcheck("claim", claim["id"]).out
    again = by(factcheck, "ana", "add", "There is a deal.", *about)
    assert (again.code, f"claim {claim['id']} of article 1 says" in again.err) == (7, True)


def test_added_quote_must_stand_there(factcheck: Command) -> None:
    wrong = by(factcheck, "ana", "add", "A deal.", "--article", 1, "--sentence", 2, "--quote", "No such words")
    nowhere = by(factcheck, "ana", "add", "A deal.", "--article", 1, "--sentence", 99)

    assert (wrong.code, "does not stand once in sentence 2" in wrong.err) == (2, True)
    assert (nowhere.code, "factcheck article 1" in nowhere.err) == (6, True)


def test_speaker_is_set_and_taken_back(factcheck: Command) -> None:
    before = factcheck("claim", 2, "--json").json["speaker"]

    assert by(factcheck, "ana", "speaker", 2, "Ana Lopez").json["speaker"] == "Ana Lopez"
    assert [one["action"] for one in factcheck("log", 2, "--json").json] == ["attributed"]
    undone = factcheck("undo", "--reviewer", "ana").out
    assert undone == f"undone: claim 2 is no longer attributed as you said; it is said by {before or 'nobody named'}\n"
    assert factcheck("claim", 2, "--json").json["speaker"] == before


def test_status_begins_with_what_waits(factcheck: Command) -> None:
    reasons = ("--rationale", "So.", "--evidence", "https://a.example")
    by(factcheck, "ana", "verdict", 4, "true", *reasons)
    by(factcheck, "ana", "verdict", 6, "true", *reasons)
    by(factcheck, "eve", "sign-off", 6)
    by(factcheck, "eve", "assign", 2, "bob")
    by(factcheck, "eve", "due", 2, "2026-01-02")
    by(factcheck, "eve", "due", 9, "2099-01-02")

    shown, told = factcheck("status").out.splitlines(), factcheck("status", "--json").json

    assert [line.partition("  ")[0] for line in shown[:8]] == [
        "first readings", "second readings", "adjudications", "sign-offs", "publications",
        "signed off, on changed words", "tasks of bob", "due, nobody's",
    ]  # fmt: skip
    assert "24 for a reader; the longest wait is " in shown[0]
    assert "1 overdue, the first due on 2026-01-02" in shown[6]
    assert ("tokens" in shown[-3], shown[-2].split()[0]) == (True, "price")
    assert len(shown) < 25
    assert (told["waiting"]["sign_offs"]["claims"], told["waiting"]["publications"]["claims"]) == (1, 1)
    assert told["waiting"]["adjudications"] == {"claims": 0, "oldest": None}
    assert told["tasks"][0] == {"person": "bob", "many": 1, "overdue": 1, "first_due": "2026-01-02"}


def test_agreement_is_told_from_ten_on(factcheck: Command) -> None:
    with open("factcheck.toml", "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("[second_reading]\nsample = 1.0\n")
    waiting = [one["id"] for one in factcheck("claims", "--status", "queued", "--json").json[:10]]
    told = []
    for number in waiting:
        for reviewer in ("ana", "bob"):
            by(factcheck, reviewer, "verdict", number, "false" if number % 2 else "true")
        told.append(factcheck("status").out)

    assert "truth-5 v1, 9 claim(s) read twice; how far readers agree is told from 10 on" in told[8]
    assert "alpha" not in told[8]
    assert "Krippendorff's alpha: nominal 1.000" in told[9]
