"""`factcheck extract`: files in, claims in the queue, nothing paid twice."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from fakes import Reply, StandIn, completion, failing, numbered_sentences, one_claim_a_sentence, pdf_of

TEXT = "Talks in Lisbon\n\nAna Silva flew to Lisbon on Monday. She met 40 nurses there.\n"


@pytest.fixture
def article(folder: Path) -> Path:
    """A short article in a file."""
    path = folder / "talks.txt"
    path.write_text(TEXT)
    return path


def test_article_fills_the_queue(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    done = factcheck("extract", article)

    assert done.code == 0
    assert "3 sentences: 3 claims" in done.out
    assert len(factcheck("claims", "--json").json) == 3
    assert len(stand_in.requests) == 1


def test_json_holds_claims_and_counts(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    [summary] = factcheck("extract", article, "--json").json

    assert summary["sentences"] == {"pending": 0, "claims": 3, "not_checkable": 0, "ambiguous": 0, "failed": 0}
    assert [claim["text"] for claim in summary["claims"]][1] == "Ana Silva flew to Lisbon on Monday."
    assert summary["usage"]["prompt_tokens"] == 100
    assert len(stand_in.requests) == 1


def test_second_extract_asks_nothing(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    factcheck("extract", article)
    factcheck("verdict", 1, "false", "--reviewer", "ana")
    before = factcheck("claims", "--json").json

    again = factcheck("extract", article)

    assert again.code == 0
    assert "nothing was paid" in again.out
    assert len(stand_in.requests) == 1
    assert factcheck("claims", "--json").json == before


def test_second_extract_needs_no_key(
    factcheck: Command, article: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    factcheck("extract", article)
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.delenv("FACTCHECK_MODEL")

    assert factcheck("extract", article).code == 0
    assert len(stand_in.requests) == 1


def test_standard_input_is_an_article(folder: Path, stand_in: StandIn) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "factcheck", "extract", "-", "--json"],
        input=TEXT.encode(),
        cwd=folder,
        capture_output=True,
        check=True,
    )

    assert json.loads(done.stdout)[0]["article"]["title"] == "Talks in Lisbon"
    assert len(stand_in.requests) == 1


def test_page_is_fetched_and_read(factcheck: Command, stand_in: StandIn) -> None:
    body = "".join(
        f"<p>Ana Silva flew to Lisbon on day {day} and met {day} nurses there, she said.</p>" for day in range(9)
    )
    page = (
        f"<html lang='en'><head><title>Talks</title></head><body><article><h1>Talks</h1>{body}</article></body></html>"
    )
    stand_in.pages["/talks"] = ("text/html", page.encode())

    [summary] = factcheck("extract", f"{stand_in.address}/talks", "--json").json

    assert summary["article"]["url"] == f"{stand_in.address}/talks"
    assert summary["article"]["title"] == "Talks"
    assert len(summary["claims"]) >= 9


def test_unreadable_source_spares_others(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    done = factcheck("extract", "missing.txt", article)

    assert done.code == 3
    assert "'missing.txt'" in done.err
    assert len(factcheck("claims", "--json").json) == 3
    assert len(stand_in.requests) == 1


def test_failed_sentences_have_exit_code(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    stand_in.answer = lambda _: (200, completion("no JSON"), {})

    done = factcheck("extract", article)

    assert done.code == 10
    assert "--retry 1" in done.err


def test_retry_asks_failed_sentences_only(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    def last_fails(request: dict[str, Any]) -> Reply:
        broken = "nurses" in str(numbered_sentences(request))
        return (200, completion("no JSON"), {}) if broken else one_claim_a_sentence(request)

    stand_in.answer = last_fails
    factcheck("extract", article, "--window", 1)
    stand_in.answer = one_claim_a_sentence
    assert factcheck("extract", article).code == 10

    done = factcheck("extract", "--retry", 1)

    assert done.code == 0
    assert len(stand_in.requests) == 4
    assert list(numbered_sentences(stand_in.requests[-1]).values()) == ["She met 40 nurses there."]


def test_wrong_key_keeps_what_landed(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    stand_in.answer = lambda request: (
        one_claim_a_sentence(request) if len(stand_in.requests) == 1 else failing(401, "invalid_api_key")(request)
    )
    stopped = factcheck("extract", article, "--window", 1, "--concurrency", 1)
    assert stopped.code == 4

    stand_in.answer = one_claim_a_sentence
    factcheck("extract", article, "--window", 1)

    assert len(factcheck("claims", "--json").json) == 3
    assert len(stand_in.requests) == 4


def test_record_then_replay_gives_same(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    factcheck("extract", article, "--window", 2, "--record", "tape.yaml")
    recorded = factcheck("claims", "--json").json
    asked = len(stand_in.requests)

    done = factcheck("--db", "other.db", "extract", article, "--replay", "tape.yaml")

    assert done.code == 0
    assert len(stand_in.requests) == asked
    replayed = factcheck("--db", "other.db", "claims", "--json").json
    assert {claim["uid"] for claim in replayed} == {claim["uid"] for claim in recorded}
    assert replayed[0]["run"]["recording"] == "tape.yaml"


def test_recording_hash_is_kept(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    factcheck("extract", article, "--record", "tape.yaml")
    factcheck("--db", "other.db", "extract", article, "--replay", "tape.yaml")

    [made] = factcheck("article", 1, "--json").json["runs"]
    [played] = factcheck("--db", "other.db", "article", 1, "--json").json["runs"]

    assert len(made["recording_sha256"]) == 64
    assert made["recording_sha256"] == played["recording_sha256"]
    assert len(stand_in.requests) == 1


def test_progress_stays_off_pipes(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    assert factcheck("extract", article).err == ""
    assert len(stand_in.requests) == 1


def test_recording_of_nothing_is_told(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    factcheck("extract", article)

    done = factcheck("extract", article, "--record", "tape.yaml")

    assert done.code == 0
    assert "no recording 'tape.yaml'" in done.err
    assert not Path("tape.yaml").exists()
    assert len(stand_in.requests) == 1


def test_two_processes_pay_once(article: Path, factcheck: Command, stand_in: StandIn) -> None:
    def slow(request: dict[str, Any]) -> Reply:
        time.sleep(1)
        return one_claim_a_sentence(request)

    stand_in.answer = slow
    with subprocess.Popen([sys.executable, "-m", "factcheck", "extract", str(article)], cwd=article.parent) as other:
        while not stand_in.requests:
            time.sleep(0.02)
        done = factcheck("extract", article)
        other.wait(timeout=100)

    assert (done.code, other.returncode, len(stand_in.requests)) == (0, 0, 1)
    assert "another extract is asking about article 1; waiting" in done.err
    assert "3 claims" in done.out


def test_half_a_character_costs_nothing(factcheck: Command, article: Path, stand_in: StandIn) -> None:
    claim = {"quote": "\ud800", "claim": "Ana \ud800 flew.", "speaker": "\udfff", "worth": 1, "why": "\ud800"}
    parts = {f"s{number}": {"begins": "\ud800", "claims": [claim], "kind": "fact"} for number in (1, 2, 3)}
    stand_in.answer = lambda _: (200, completion(json.dumps(parts)), {})

    factcheck("extract", article)

    assert factcheck("claims", "--json").json[0]["text"] == "Ana ? flew."


def test_pdf_of_the_web_is_replayed(factcheck: Command, stand_in: StandIn) -> None:
    words = "Ana Silva flew to Lisbon and met forty nurses there.\nThe ministry said so on Monday in a statement."
    stand_in.pages["/talks.pdf"] = ("application/pdf", pdf_of(words, title="Talks in Lisbon"))
    source = f"{stand_in.address}/talks.pdf"
    [first] = factcheck("extract", source, "--record", "tape.yaml", "--json").json
    del stand_in.pages["/talks.pdf"]

    [again] = factcheck("--db", "other.db", "extract", source, "--replay", "tape.yaml", "--json").json

    assert (again["article"]["title"], len(again["claims"])) == ("Talks in Lisbon", 2)
    assert again["article"]["sha256"] == first["article"]["sha256"]


def test_private_page_is_not_fetched(factcheck: Command, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FACTCHECK_ALLOW_PRIVATE_FETCH")

    done = factcheck("extract", f"{stand_in.address}/talks")

    assert (done.code, stand_in.requests) == (3, [])
    assert "is not fetched" in done.err


def test_page_of_another_host_is_not_played(factcheck: Command, stand_in: StandIn) -> None:
    words = "<p>Ana Silva flew to Lisbon and met forty nurses there, the ministry said on Monday.</p>" * 4
    stand_in.pages["/talks"] = ("text/html", f"<html><body><article>{words}</article></body></html>".encode())
    factcheck("extract", f"{stand_in.address}/talks", "--record", "tape.yaml")

    done = factcheck("--db", "other.db", "extract", "http://other.example/talks", "--replay", "tape.yaml")

    assert done.code == 5
    assert "'http://other.example/talks'" in done.err


def test_unnamed_language_is_detected(factcheck: Command, folder: Path, stand_in: StandIn) -> None:
    german = "Der Vertrag wurde am 3. Oktober unterzeichnet und ist nicht mehr zu ändern. Die Stadt hat ihn gezeigt."
    (folder / "vertrag.txt").write_text(german, encoding="utf-8")

    assert (
        factcheck("extract", "vertrag.txt", "--language", "en", "--dry-run", "--json").json["articles"][0]["sentences"]
        == 3
    )
    factcheck("extract", "vertrag.txt")

    assert len(numbered_sentences(stand_in.requests[0])) == 2
    record = factcheck("article", 1, "--json").json
    assert (record["language"], record["detected_language"]) == (None, "de")
