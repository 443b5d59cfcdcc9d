"""The quality benchmark's chains and recordings, with a stand-in for the model's server."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from benchmarks import quality
from benchmarks.evaluation import tapes
from benchmarks.evaluation.chains import CHAINS, Chain, own_prompt
from benchmarks.evaluation.other_forms import (
    flat_answer,
    from_kind_first,
    from_list,
    kind_first_schema,
    list_schema,
    other_prompt,
)
from benchmarks.evaluation.samples import SETS, Sample
from benchmarks.evaluation.table import Row, as_json, as_text
from fakes import Reply, StandIn, completion, failing, numbered_sentences, one_claim_a_sentence

from factcheck.domain.claim import AnchorStatus
from factcheck.errors import RecordingError
from factcheck.extraction.schema import answer_schema

CHAIN = {one.name: one for one in CHAINS}
MODELS = [one for one in CHAINS if one.run is not None]


def samples(name: str, rows: int) -> tuple[Sample, ...]:
    return next(one for one in SETS if one.name == name).samples(rows)


def configuration(folder: Path, chain: Chain, name: str = "factcheck_bench", rows: int = 2) -> tapes.Configuration:
    return tapes.Configuration("tape", chain, 2, samples(name, rows), own_prompt(), folder)


def server(stand_in: StandIn) -> tapes.Server:
    return tapes.Server("stand-in", f"{stand_in.address}/v1", 2)


def well_behaved(request: dict[str, Any]) -> Reply:
    """Each sentence is its own claim, in whichever form is asked for."""
    schema = request["response_format"]["json_schema"]["schema"]
    if "thought" in schema["properties"]:
        words = request["messages"][-1]["content"].rsplit("\n", 1)[1]
        answer = {"thought": "", "claims": [words], "verdict": "clear", "sentence": words}
        return 200, completion(json.dumps({name: answer[name] for name in schema["properties"]})), {}
    status, body, headers = one_claim_a_sentence(request)
    assert isinstance(body, dict)
    if "claims" in schema["properties"]:
        message = body["choices"][0]["message"]
        message["content"] = json.dumps(flat_answer(json.loads(message["content"])))
    return status, body, headers


def ignore(_: str) -> None:
    pass


@pytest.mark.parametrize("chain", MODELS, ids=lambda one: one.name)
def test_recorded_chain_plays_without_server(chain: Chain, stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.answer = well_behaved
    one = configuration(tmp_path, chain)
    tapes.record(one, server(stand_in), ignore)
    asked = len(stand_in.requests)

    played = tapes.play(one, None)

    assert len(stand_in.requests) == asked == sum(done.usage.calls for done in played.extracted)
    assert sum(done.usage.prompt_tokens for done in played.extracted) == 100 * asked
    assert sum(done.failed for done in played.extracted) == 0
    assert [[claim.text for claim in done.claims] for done in played.extracted] == [
        [sentence.span.cut(sample.article.text) for sentence in sample.wanted] for sample in one.samples
    ]
    assert played.seconds is not None


def test_claimify_asks_three_times_a_sentence(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.answer = well_behaved
    one = configuration(tmp_path, CHAIN["claimify"])
    tapes.record(one, server(stand_in), ignore)

    assert len(stand_in.requests) == 3 * sum(len(sample.wanted) for sample in one.samples)
    [first, *_] = tapes.play(one, None).extracted
    assert first.claims[0].anchor.status is AnchorStatus.SENTENCE


def test_claimify_stops_where_nothing_is_verifiable(stand_in: StandIn, tmp_path: Path) -> None:
    refusal = {"thought": "", "verdict": "No verifiable claims", "sentence": "Left over."}
    stand_in.answer = lambda _: (200, completion(json.dumps(refusal)), {})
    one = configuration(tmp_path, CHAIN["claimify"], rows=1)
    tapes.record(one, server(stand_in), ignore)

    assert len(stand_in.requests) == 1
    assert [(done.claims, done.failed) for done in tapes.play(one, None).extracted] == [((), 0)]


def test_claimify_counts_unusable_answers_as_failed(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.answer = lambda _: (200, completion("no JSON"), {})
    one = configuration(tmp_path, CHAIN["claimify"], rows=1)
    tapes.record(one, server(stand_in), ignore)

    [done] = tapes.play(one, None).extracted
    assert (done.claims, done.failed, done.usage.prompt_tokens) == ((), 1, 100)


def test_claimify_shows_neighbours_of_a_sentence(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.answer = well_behaved
    tapes.record(configuration(tmp_path, CHAIN["claimify"], "feverfact", 1), server(stand_in), ignore)
    [selection, disambiguation, decomposition] = [one["messages"][-1]["content"] for one in stand_in.requests]

    assert "Excerpt:\nAsia Asia is notable" in selection
    assert "The western boundary" in selection
    assert "The western boundary" in disambiguation
    assert "The western boundary" not in decomposition
    assert "Arctic Ocean. [...]" in decomposition


def test_list_chain_differs_in_form_alone(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.answer = well_behaved
    for name in ("kind_first", "list"):
        tapes.record(configuration(tmp_path / name, CHAIN[name], rows=1), server(stand_in), ignore)
    keyed, flat = stand_in.requests
    example = json.loads(keyed["messages"][2]["content"])

    assert json.loads(flat["messages"][2]["content"]) == flat_answer(example)
    assert [one["content"] for one in flat["messages"] if one["role"] != "assistant"] == [
        one["content"] for one in keyed["messages"] if one["role"] != "assistant"
    ]
    form = flat["response_format"]["json_schema"]["schema"]
    assert form["properties"] == list_schema(answer_schema(1))["properties"]


def test_flat_example_holds_every_claim() -> None:
    example = json.loads(other_prompt().examples[0].answer)
    flat = flat_answer(example)["claims"]

    assert len(flat) == sum(len(part["claims"]) for part in example.values()) > 1
    assert set(flat[0]) == set(list_schema(answer_schema(1))["properties"]["claims"]["items"]["required"])


def test_list_finds_its_sentences_again() -> None:
    answer = {"claims": [{"sentence": "s2", "claim": "x"}, {"sentence": "s9", "claim": "y"}]}
    keyed = from_list(answer, ["s1", "s2"])

    assert keyed["s2"] == {"claims": [{"claim": "x"}], "kind": "fact"}
    assert (keyed["s1"]["kind"] != "fact", keyed["s1"]["claims"]) == (True, [])


def test_kind_first_asks_for_kinds_before_claims(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.answer = well_behaved
    tapes.record(configuration(tmp_path, CHAIN["kind_first"], rows=1), server(stand_in), ignore)
    [asked] = stand_in.requests
    example = json.loads(asked["messages"][2]["content"])
    form = asked["response_format"]["json_schema"]["schema"]["$defs"]["sentence"]

    assert {tuple(part) for part in example.values()} == {("kind", "claims", "note")} == {tuple(form["required"])}
    assert form == kind_first_schema(answer_schema(1))["$defs"]["sentence"]
    assert "minItems" not in form["properties"]["claims"]


def test_claims_count_there_whatever_their_kind() -> None:
    parts = {"s1": ("opinion", ["x"]), "s2": ("opinion", []), "s3": ("ambiguous", ["x"]), "s4": ("fact", [])}
    answer = {key: {"kind": kind, "claims": claims} for key, (kind, claims) in parts.items()}

    turned = from_kind_first(answer, list(answer))

    assert [part["kind"] for part in turned.values()] == ["fact", "opinion", "ambiguous", "fact"]


def test_interrupted_recording_is_not_kept(stand_in: StandIn, tmp_path: Path) -> None:
    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tapes.record(configuration(tmp_path, CHAIN["keys"]), server(stand_in), interrupted)

    assert len(stand_in.requests) >= 1
    assert list(tmp_path.iterdir()) == []


def test_recording_with_unanswered_calls_is_not_kept(stand_in: StandIn, tmp_path: Path) -> None:
    def dropped(request: dict[str, Any]) -> Reply:
        if "Airplane" in json.dumps(numbered_sentences(request)):
            raise ConnectionResetError
        return one_claim_a_sentence(request)

    stand_in.answer = dropped
    with pytest.raises(RecordingError, match="1 of 2 calls were answered"):
        tapes.record(configuration(tmp_path, CHAIN["keys"]), server(stand_in), ignore)
    assert list(tmp_path.iterdir()) == []


def test_refused_calls_are_recorded_as_failed(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.answer = failing(500, "server_error")
    one = configuration(tmp_path, CHAIN["keys"])
    tapes.record(one, server(stand_in), ignore)

    assert [done.failed for done in tapes.play(one, None).extracted] == [1, 2]


def test_recording_with_another_prompt_is_told(stand_in: StandIn, tmp_path: Path) -> None:
    one = configuration(tmp_path, CHAIN["keys"])
    tapes.record(one, server(stand_in), ignore)
    text = one.path.read_text("utf-8")
    one.path.write_text(text.replace(own_prompt().sha256, "f" * 64), "utf-8")

    with pytest.raises(RecordingError, match="recorded with another prompt"):
        tapes.play(one, None)
    assert not tapes.is_recorded(one, server(stand_in))


def test_recording_of_another_model_is_told(stand_in: StandIn, tmp_path: Path) -> None:
    one = configuration(tmp_path, CHAIN["keys"])
    tapes.record(one, server(stand_in), ignore)

    assert tapes.is_recorded(one, server(stand_in))
    assert tapes.play(one, "openai:stand-in").model == "openai:stand-in"
    with pytest.raises(RecordingError, match="another model: openai:stand-in"):
        tapes.play(one, "other")


def test_missing_recording_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="not recorded"):
        tapes.play(configuration(tmp_path, CHAIN["keys"]), None)


def test_seconds_belong_to_one_recording(stand_in: StandIn, tmp_path: Path) -> None:
    one = configuration(tmp_path, CHAIN["keys"])
    tapes.record(one, server(stand_in), ignore)
    one.path.write_text(one.path.read_text("utf-8") + "\n", "utf-8")

    assert tapes.play(one, None).seconds is None


def test_table_tells_each_reason_once() -> None:
    rows = [Row("seed", "keys", size, note="not recorded") for size in (1, 2)]

    assert "keys 1, keys 2: not recorded" in as_text(rows)
    assert [row["window"] for row in json.loads(as_json(rows))] == [1, 2]


def test_script_prints_its_rows_offline(tmp_path: Path) -> None:
    script = Path(__file__).parent / "benchmarks" / "quality.py"
    options = ("--set", "seed", "--window", "3", "--recordings", str(tmp_path), "--json")
    done = subprocess.run([sys.executable, str(script), *options], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    [baseline, keys, *_] = json.loads(done.stdout)
    assert (baseline["chain"], baseline["figures"]["claims"], baseline["note"]) == ("sentence", 32, None)
    assert (keys["chain"], keys["window"], keys["figures"], keys["note"]) == ("keys", 3, None, "not recorded")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--record",), "no model is named"),
        (("--record", "--model", "m", "--rows", "1"), "no recording of the set"),
        (("--prompt", "none.md"), "'none.md' cannot be read"),
        (("--rows", "0"), "no whole number from 1 up"),
    ],
)
def test_script_refuses_what_it_cannot_do(
    options: tuple[str, ...], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        sys.exit(quality.main(options))

    out, err = capfd.readouterr()
    assert ended.value.code != 0
    assert message in err
    assert out == ""
