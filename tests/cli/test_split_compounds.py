"""A claim that says two facts is asked about once, alone: it comes apart as a whole, or stays as it was."""

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from fakes import HANG_SECONDS, Answer, Reply, StandIn, completion, failing, hanging, one_claim_a_sentence

from factcheck.extraction.prompts import load_prompt

COMPOUND = "A storm felled a crane in Lisbon, killing 12 people and wounding 238 others."
OTHER = "Rain fell on Porto."
FIRST = "A storm felled a crane in Lisbon."
PARTS = [FIRST, "A storm killed 12 people.", "A storm wounded 238 others."]
EXAMPLE = ["Ana Silva left the ministry in May.", "Ana Silva joined a bank in Lisbon."]
PRICED = '"openai:stand-in" = { input = 1000000, output = 1000000 }'


def is_of_one_claim(request: dict[str, Any]) -> bool:
    return bool(request["messages"][-1]["content"].startswith("Claim: "))


def split_as(answer: object) -> Answer:
    """A model that answers a question about a claim with these claims, and others well."""
    return lambda request: (
        (200, completion(json.dumps({"claims": answer})), {})
        if is_of_one_claim(request)
        else one_claim_a_sentence(request)
    )


def split_by(answer: Answer) -> Answer:
    """A model that answers others well, and a question about a claim so."""
    return lambda request: answer(request) if is_of_one_claim(request) else one_claim_a_sentence(request)


@pytest.fixture
def article(folder: Path, stand_in: StandIn) -> Path:
    """Two sentences in a file, one of them of two facts that code cannot take apart, and a model that can."""
    stand_in.answer = split_as(PARTS)
    path = folder / "cars.txt"
    path.write_text(f"{COMPOUND} {OTHER}\n")
    return path


def claims(factcheck: Command) -> list[str]:
    return [one["text"] for one in sorted(factcheck("claims", "--json").json, key=lambda one: int(one["id"]))]


def flags(factcheck: Command) -> list[list[str]]:
    return [one["flags"] for one in sorted(factcheck("claims", "--json").json, key=lambda one: int(one["id"]))]


def test_claim_of_two_facts_comes_apart(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    assert factcheck("extract", article).code == 0

    [run] = factcheck("runs", "--json").json
    prompt = load_prompt("split_claim")
    assert claims(factcheck) == [*PARTS, OTHER]
    assert flags(factcheck) == [[], [], [], []]
    assert stand_in.requests[1]["messages"][-1]["content"] == f"Claim: {COMPOUND}\nSentence: {COMPOUND}"
    assert (run["calls"], run["prompt_tokens"]) == (2, 200)
    assert run["parameters"]["split_prompt_hash"] == prompt.sha256
    told = f"a claim of 3 facts taken apart by split_claim 1 {prompt.sha256[:12]}: “{COMPOUND}”"
    assert told in factcheck("article", 1, "--json").out


@pytest.mark.parametrize(
    "answer",
    [
        [COMPOUND],
        [],
        [COMPOUND, FIRST],
        [FIRST, FIRST],
        [FIRST, "It killed 12 people.", PARTS[2]],
        [FIRST, "The storm killed 12 people.", PARTS[2]],
        [FIRST, "A storm killed 13 people.", PARTS[2]],
        PARTS[:2],
        PARTS[1:],
        [*PARTS, *PARTS[1:]],
        EXAMPLE,
        "\n".join(PARTS),
        [FIRST, {"claim": PARTS[1]}, PARTS[2]],
        [*PARTS, " "],
    ],
    ids=str,
)
def test_answer_that_a_gate_refuses_leaves_the_claim(
    factcheck: Command, article: Path, stand_in: StandIn, answer: object
) -> None:
    stand_in.answer = split_as(answer)

    assert factcheck("extract", article).code == 0

    assert claims(factcheck) == [COMPOUND, OTHER]
    assert flags(factcheck) == [["compound"], []]
    assert factcheck("runs", "--json").json[0]["calls"] == 2


@pytest.mark.parametrize(
    "trouble",
    [
        failing(400, "bad"),
        failing(401, "invalid_api_key"),
        failing(404, "model_not_found"),
        lambda _: (200, completion("no JSON"), {}),
        lambda _: (200, completion('{"claims": ["The stakes', "length"), {}),
        lambda _: (200, completion(None, refusal="no"), {}),
        lambda _: (200, b"[]", {}),
    ],
    ids=["refused form", "key", "model", "no json", "cut", "refusal", "no completion"],
)
def test_call_that_fails_leaves_the_claim(
    factcheck: Command, article: Path, stand_in: StandIn, trouble: Answer
) -> None:
    stand_in.answer = split_by(trouble)

    done = factcheck("extract", article)

    assert done.code == 0
    assert claims(factcheck) == [COMPOUND, OTHER]
    assert factcheck("runs", "--json").json[0]["calls"] == 2


def test_refused_question_is_not_asked_again(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    stand_in.answer = split_by(failing(400, "bad"))
    article.write_text(f"{COMPOUND} A flood cut a road in Faro, killing 3 people and wounding 14 others.\n")

    factcheck("extract", article)

    assert sum(map(is_of_one_claim, stand_in.requests)) == 1


@pytest.mark.parametrize("form", ["json_mode", "function_calling"])
def test_other_forms_of_answer_split_too(factcheck: Command, article: Path, stand_in: StandIn, form: str) -> None:
    factcheck("extract", article, "--structured", form)

    asked = stand_in.requests[1]["messages"][-1]["content"]
    assert claims(factcheck) == [*PARTS, OTHER]
    assert ("JSON object" in asked) is (form == "json_mode")


@pytest.mark.parametrize("said", ["option", "environment", "file"])
def test_question_may_be_forgone(
    factcheck: Command, article: Path, stand_in: StandIn, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if said == "environment":
        monkeypatch.setenv("FACTCHECK_SPLIT_COMPOUNDS", "0")
    if said == "file":
        Path("factcheck.toml").write_text("split_compounds = false\n")

    factcheck("extract", article, *(["--no-split-compounds"] if said == "option" else []))

    assert claims(factcheck) == [COMPOUND, OTHER]
    assert len(stand_in.requests) == 1
    assert "split_prompt_hash" not in factcheck("runs", "--json").json[0]["parameters"]


@pytest.mark.parametrize(("spare", "asked"), [(0, 0), (5_000, 1)])
def test_budget_that_is_short_leaves_the_claim(
    factcheck: Command, article: Path, stand_in: StandIn, spare: int, asked: int
) -> None:
    Path("prices.toml").write_text(PRICED)
    told = factcheck("extract", article, "--prices", "prices.toml", "--budget", 1).err
    the_most = float(told.split("the next call can cost $")[1].split(";")[0].replace(",", ""))

    done = factcheck("extract", article, "--prices", "prices.toml", "--budget", the_most + spare)

    assert done.code == 0
    assert sum(map(is_of_one_claim, stand_in.requests)) == asked
    assert factcheck("status", "--json").json["price"] == 120 * (1 + asked)


def test_recording_holds_the_question(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    factcheck("extract", article, "--record", "tape.yaml")
    asked = len(stand_in.requests)

    factcheck("extract", article, "--replay", "tape.yaml", "--db", "other.db")

    assert [one["text"] for one in factcheck("claims", "--json", "--db", "other.db").json] == claims(factcheck)
    assert factcheck("replay", 1, "--json").json["same"] is True
    assert f"split_prompt_hash: {load_prompt('split_claim').sha256}" in Path("tape.yaml").read_text()
    assert len(stand_in.requests) == asked


def test_recording_without_the_question_gives_what_it_gave(factcheck: Command, article: Path) -> None:
    factcheck("extract", article, "--record", "tape.yaml", "--no-split-compounds")
    tape = Path("tape.yaml").read_text()
    older = "".join(line for line in tape.splitlines(keepends=True) if "split_prompt" not in line)
    Path("tape.yaml").write_text(older)

    done = factcheck("extract", article, "--replay", "tape.yaml", "--db", "other.db")

    assert (done.code, len(older) < len(tape)) == (0, True)
    assert [one["flags"] for one in factcheck("claims", "--json", "--db", "other.db").json if one["flags"]] == [
        ["compound"]
    ]
    assert factcheck("replay", 1, "--json", "--db", "other.db").json["same"] is True


def test_recording_that_lacks_the_answer_leaves_the_claim(factcheck: Command, article: Path) -> None:
    factcheck("extract", article, "--record", "tape.yaml")
    tape = Path("tape.yaml").read_text()
    Path("tape.yaml").write_text(tape[: tape.rindex("\n- request:") + 1])

    done = factcheck("extract", article, "--replay", "tape.yaml", "--db", "other.db")

    assert done.code == 0
    assert len(factcheck("claims", "--json", "--db", "other.db").json) == 2
    assert factcheck("runs", "--json", "--db", "other.db").json[0]["calls"] == 1


def test_run_that_did_not_ask_replays_without(factcheck: Command, article: Path) -> None:
    factcheck("extract", article, "--record", "tape.yaml")
    factcheck("extract", article, "--replay", "tape.yaml", "--no-split-compounds", "--db", "other.db")

    assert len(factcheck("claims", "--json", "--db", "other.db").json) == 2
    assert factcheck("replay", 1, "--json", "--db", "other.db").json["same"] is True


def test_recording_of_another_split_prompt_is_refused(factcheck: Command, article: Path) -> None:
    factcheck("extract", article, "--record", "tape.yaml")
    tape = Path("tape.yaml").read_text()
    Path("tape.yaml").write_text(tape.replace(load_prompt("split_claim").sha256, "ab" * 32))

    done = factcheck("extract", article, "--replay", "tape.yaml", "--db", "other.db")

    assert (done.code, "was made with prompt split_claim abababababab" in done.err) == (5, True)


def test_older_recording_does_not_go_on_with_the_question(factcheck: Command, article: Path) -> None:
    factcheck("extract", article, "--record", "tape.yaml", "--no-split-compounds")

    done = factcheck("extract", article, "--again", "--record", "tape.yaml")

    assert (done.code, "its split_prompt_hash is" in done.err) == (9, True)


def waiting_for_split(stand_in: StandIn, article: Path) -> subprocess.Popen[str]:
    """An extraction whose window has landed, and whose question about a claim is under way."""
    asking = subprocess.Popen(
        [sys.executable, "-m", "factcheck", "extract", str(article)],
        cwd=article.parent,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not any(map(is_of_one_claim, stand_in.requests)) and asking.poll() is None:
        time.sleep(0.01)
    return asking


def test_interrupt_waits_for_the_answer_under_way(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    may_answer = threading.Event()

    def late(_: dict[str, Any]) -> Reply:
        may_answer.wait(HANG_SECONDS)
        return 200, completion(json.dumps({"claims": PARTS})), {}

    stand_in.answer = split_by(late)
    with waiting_for_split(stand_in, article) as asking:
        assert asking.stderr is not None
        asking.send_signal(signal.SIGINT)
        told = asking.stderr.readline()
        may_answer.set()
        asking.communicate(timeout=HANG_SECONDS)

    assert (asking.returncode, told[:29]) == (130, "stopping: waiting for 1 call ")
    assert claims(factcheck) == [*PARTS, OTHER]


def test_kill_before_the_answer_loses_nothing(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    stand_in.answer = split_by(lambda _: hanging)
    with waiting_for_split(stand_in, article) as asking:
        asking.kill()
        asking.wait(HANG_SECONDS)
    stand_in.answer = split_as(PARTS)

    done = factcheck("extract", article)

    assert done.code == 0
    assert claims(factcheck) == [COMPOUND, OTHER]
    assert len(stand_in.requests) == 2  # the window is paid once
    assert not list(article.parent.glob("*.answers-*"))


def test_many_claims_come_apart_side_by_side(factcheck: Command, folder: Path, stand_in: StandIn) -> None:
    def three(request: dict[str, Any]) -> Reply:
        name = request["messages"][-1]["content"].split("Claim: A storm in ")[1].split(" ")[0]
        parts = [one.replace("A storm", f"A storm in {name}") for one in PARTS]
        return 200, completion(json.dumps({"claims": parts})), {}

    stand_in.answer = split_by(three)
    names = ["Norway", "Sweden", "Poland", "Italy", "Spain", "Chile"]
    told = (COMPOUND.replace("A storm", f"A storm in {one}") for one in names)
    (folder / "many.txt").write_text("\n\n".join(told) + "\n")

    factcheck("extract", "many.txt", "--window", 1)

    assert len(stand_in.requests) == 12
    assert len(claims(factcheck)) == 18
    assert {one for one in claims(factcheck) if "crane" in one} == {
        FIRST.replace("A storm", f"A storm in {one}") for one in names
    }
