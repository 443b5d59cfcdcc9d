"""A reviewer's day on the command line, on the demo's claims."""

from pathlib import Path

import pytest
from conftest import Command

pytestmark = pytest.mark.usefixtures("demo_desk")


def test_next_takes_the_worthiest(factcheck: Command) -> None:
    waiting = factcheck("claims", "--status", "queued", "--json").json
    best = max(waiting, key=lambda claim: (claim["check_worthiness"], -claim["id"]))

    taken = factcheck("next", "--reviewer", "ana", "--json").json

    assert taken["id"] == best["id"]
    assert taken["status"] == "leased"
    assert taken["lease"]["reviewer"] == "ana"


def test_each_next_is_another_claim(factcheck: Command) -> None:
    taken = [factcheck("next", "--reviewer", name, "--json").json["id"] for name in ("ana", "bob", "ana")]

    assert len(set(taken)) == 3


def test_next_names_what_you_hold(factcheck: Command) -> None:
    first = factcheck("next", "--reviewer", "ana", "--json").json["id"]

    assert f"you also hold: {first}" in factcheck("next", "--reviewer", "ana").err


def test_verdict_with_evidence_is_kept(factcheck: Command) -> None:
    number = factcheck("next", "--reviewer", "ana", "--json").json["id"]
    urls = ("--evidence", "https://a.example/1", "--evidence", "https://b.example/2")

    claim = factcheck("verdict", number, "false", "--reviewer", "ana", "--rationale", "So it is.", *urls, "--json").json

    assert claim["status"] == "decided"
    assert claim["verdict"]["label"] == "false"
    assert claim["verdict"]["rationale"] == "So it is."
    assert [(one["url"], one["stance"]) for one in claim["evidence"]] == [
        ("https://a.example/1", "refutes"),
        ("https://b.example/2", "refutes"),
    ]


@pytest.mark.parametrize(("label", "stance"), [("true", "supports"), ("outdated", "refutes"), ("unproven", "context")])
def test_evidence_takes_verdict_stance(factcheck: Command, label: str, stance: str) -> None:
    claim = factcheck("verdict", 2, label, "--reviewer", "ana", "--evidence", "https://a.example", "--json").json

    assert claim["evidence"][0]["stance"] == stance


def test_added_evidence_keeps_quote(factcheck: Command) -> None:
    words = ("--stance", "context", "--quote", "so they said", "--reviewer", "ana", "--json")

    [evidence] = factcheck("evidence", "add", 2, "https://a.example", *words).json["evidence"]

    assert (evidence["quote"], evidence["stance"], evidence["added_by"]) == ("so they said", "context", "ana")


def test_same_evidence_twice_is_one(factcheck: Command) -> None:
    for _ in range(2):
        factcheck("evidence", "add", 2, "https://a.example", "--stance", "context")

    assert len(factcheck("claim", 2, "--json").json["evidence"]) == 1


def test_skipped_claim_goes_last(factcheck: Command) -> None:
    first = factcheck("next", "--reviewer", "ana", "--json").json["id"]
    assert factcheck("skip", first, "--reviewer", "ana").code == 0

    taken = []
    while (done := factcheck("next", "--reviewer", "ana", "--json")).code == 0:
        taken.append(done.json["id"])

    assert taken[-1] == first
    assert len(taken) == 26


def test_released_claim_comes_first(factcheck: Command) -> None:
    first = factcheck("next", "--reviewer", "ana", "--json").json["id"]
    assert factcheck("release", first, "--reviewer", "ana").code == 0

    assert factcheck("next", "--reviewer", "bob", "--json").json["id"] == first


def test_undo_takes_verdict_back(factcheck: Command) -> None:
    factcheck("verdict", 2, "false", "--reviewer", "ana", "--evidence", "https://a.example")

    undone = factcheck("undo", "--reviewer", "ana", "--json").json

    assert undone["undone"] == "decided"
    assert undone["claim"]["id"] == 2
    assert undone["claim"]["verdict"] is None
    assert undone["claim"]["evidence"] == []
    assert undone["claim"]["lease"]["reviewer"] == "ana"


def test_undo_goes_further_back(factcheck: Command) -> None:
    factcheck("verdict", 2, "false", "--reviewer", "ana")
    factcheck("skip", 4, "--reviewer", "ana")

    undone = [factcheck("undo", "--reviewer", "ana", "--json").json for _ in range(2)]

    assert [(one["undone"], one["claim"]["id"]) for one in undone] == [("skipped", 4), ("decided", 2)]


def test_reviewer_comes_from_environment(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_REVIEWER", "ana")

    assert factcheck("next", "--json").json["lease"]["reviewer"] == "ana"


def test_status_adds_up(factcheck: Command) -> None:
    factcheck("next", "--reviewer", "ana")

    status = factcheck("status", "--json").json

    assert {state: count for state, count in status["claims"].items() if count} == {
        "queued": 25,
        "leased": 1,
        "decided": 4,
    }
    assert status["verdicts"] == {"false": 3, "true": 1}
    assert sum(status["sentences"].values()) == 43


def test_whole_queue_says_why_empty(factcheck: Command) -> None:
    while factcheck("next", "--reviewer", "ana").code == 0:
        pass

    assert "0 queued, 26 leased, next back" in factcheck("next", "--reviewer", "bob").err


def test_screen_shows_verdict_and_why(factcheck: Command) -> None:
    factcheck("verdict", 2, "mixed", "--reviewer", "ana", "--rationale", "Half of it.")

    shown = factcheck("claim", 2).out

    assert "mixed (truth-5 v1) by ana" in shown
    assert "Half of it." in shown


def test_report_goes_to_file(factcheck: Command, folder: Path) -> None:
    done = factcheck("report", "--article", 1, "--format", "csv", "-o", "out.csv")

    assert (done.code, done.out) == (0, "")
    assert (folder / "out.csv").read_bytes().startswith(b"claim_id,")
