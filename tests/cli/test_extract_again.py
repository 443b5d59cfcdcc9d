"""`factcheck extract --again` and `factcheck diff`."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from fakes import Reply, StandIn, completion, numbered_sentences, one_claim_a_sentence


@pytest.fixture
def extracted(folder: Path, factcheck: Command, stand_in: StandIn) -> Path:
    """An article of two sentences, its claims in the queue and the first one decided."""
    article = folder / "article.txt"
    article.write_text("Ana Silva flew to Lisbon on Monday. She met forty nurses there.\n", encoding="utf-8")
    factcheck("extract", article)
    factcheck("verdict", 1, "true", "--reviewer", "ann")
    stand_in.requests.clear()
    return article


def only_the_first(request: dict[str, Any]) -> Reply:
    """Keeps the first claim, and calls the second sentence an opinion."""
    _, body, _ = one_claim_a_sentence(request)
    assert isinstance(body, dict)
    answer = json.loads(body["choices"][0]["message"]["content"])
    answer["s2"] = {"begins": "She met", "claims": [], "kind": "opinion"}
    return 200, completion(json.dumps(answer)), {}


def test_again_asks_about_everything(extracted: Path, factcheck: Command, stand_in: StandIn) -> None:
    done = factcheck("extract", extracted, "--again", "--model", "openai:another")

    assert (done.code, len(numbered_sentences(stand_in.requests[0]))) == (0, 2)
    assert stand_in.requests[0]["model"] == "another"
    assert "run 2: 0 new claims" in done.out


def test_again_keeps_verdicts(extracted: Path, factcheck: Command) -> None:
    factcheck("extract", extracted, "--again")

    first = factcheck("claim", 1, "--json").json
    assert (first["verdict"]["label"], first["vanished_in"], first["run"]["id"]) == ("true", None, 1)


def test_again_marks_what_is_gone(extracted: Path, factcheck: Command, stand_in: StandIn) -> None:
    stand_in.answer = only_the_first
    factcheck("extract", extracted, "--again")

    assert "run 2 asked about its sentence again" in factcheck("claim", 2).out
    assert [one["vanished_in"] for one in factcheck("claims", "--json").json] == [None, 2]
    assert factcheck("next", "--reviewer", "ann").code == 11


def test_article_by_number_is_asked_again(extracted: Path, factcheck: Command, stand_in: StandIn) -> None:
    extracted.unlink()

    assert factcheck("extract", "--article", 1, "--again").code == 0
    assert len(stand_in.requests) == 1


def test_unknown_number_costs_nothing(extracted: Path, factcheck: Command, stand_in: StandIn) -> None:
    done = factcheck("extract", extracted, "--article", 9, "--again")

    assert (done.code, stand_in.requests) == (6, [])
    assert "there is no article 9" in done.err


def test_diff_shows_what_changed(extracted: Path, factcheck: Command, stand_in: StandIn) -> None:
    stand_in.answer = only_the_first
    factcheck("extract", extracted, "--again")

    out = factcheck("diff", 1, 2).out
    assert "2 sentences asked by both: 1 claims in both, 1 lost, 0 gained" in out
    assert "sentence 2: claims -> not checkable (opinion)" in out
    assert "-     2  She met forty nurses there." in out


def test_diff_is_data_too(extracted: Path, factcheck: Command, stand_in: StandIn) -> None:
    stand_in.answer = only_the_first
    factcheck("extract", extracted, "--again")

    found = factcheck("diff", 2, 1, "--json").json
    assert [one["id"] for one in found["runs"]] == [2, 1]
    assert ([one["id"] for one in found["kept"]], [one["id"] for one in found["gained"]]) == ([1], [2])
    assert found["sentences"][0]["first"]["kind"] == "opinion"


@pytest.mark.parametrize("runs", [(1, 9), (9, 1)])
def test_diff_of_unknown_run(extracted: Path, factcheck: Command, runs: tuple[int, int]) -> None:
    del extracted
    done = factcheck("diff", *runs)

    assert (done.code, done.err) == (6, "factcheck: there is no run 9; see: factcheck runs\n")
