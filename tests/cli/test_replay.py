"""`factcheck replay RUN`: the recording once more, and nothing changed."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import ROOT, Command
from fakes import StandIn, failing, in_turn, one_claim_a_sentence

DEMO = ROOT / "cassettes" / "demo" / "trump_takaichi.yaml"
ARTICLES = ROOT / "cassettes" / "articles"


def altered(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(statement)


def test_same_claims_come_out(factcheck: Command, demo_desk: Path) -> None:
    before = demo_desk.read_bytes()

    done = factcheck("replay", 1)

    assert done.code == 0
    assert "the same\n32 sentences asked by both: 30 claims in both, 0 lost, 0 gained" in done.out
    assert demo_desk.read_bytes() == before


@pytest.mark.parametrize("name", ["mecca_crane", "scientology_defector", "wikipedia_in_turkey"])
def test_other_windows_replay_too(factcheck: Command, folder: Path, name: str) -> None:
    shutil.copytree(ARTICLES, folder / "cassettes" / "articles")
    factcheck("extract", f"cassettes/articles/{name}.txt", "--replay", f"cassettes/articles/{name}.yaml")

    assert factcheck("replay", 1, "--json").json["same"] is True


def test_changed_claim_is_told(factcheck: Command, demo_desk: Path) -> None:
    altered(demo_desk, "UPDATE claim SET text = 'Somebody else said so.' WHERE id = 4")

    done = factcheck("replay", 1)

    assert done.code == 15
    assert "not the same" in done.out
    assert "-     4  Somebody else said so." in done.out
    assert "+     0  Sanae Takaichi is the newly appointed Minister for Economic Security of Japan." in done.out


def test_moved_sentence_is_told(factcheck: Command, demo_desk: Path) -> None:
    altered(demo_desk, "UPDATE run_sentence SET state = 'failed' WHERE run_id = 1 AND position = 2")

    done = factcheck("replay", 1)

    assert (done.code, "sentence 2: failed -> claims" in done.out) == (15, True)


def test_recording_may_be_named(factcheck: Command, demo_desk: Path, folder: Path) -> None:
    altered(demo_desk, "UPDATE run SET recording = 'moved.yaml'")
    shutil.copy(DEMO, folder / "elsewhere.yaml")

    assert factcheck("replay", 1).code == 5
    assert factcheck("replay", 1, "--recording", "elsewhere.yaml").code == 0


def test_other_recording_is_refused(factcheck: Command, demo_desk: Path, folder: Path) -> None:
    del demo_desk
    (folder / "trump_takaichi.yaml").write_text(DEMO.read_text("utf-8") + "\n", "utf-8")

    assert factcheck("replay", 1).code == 0  # the one of that name is another; the shipped one is found
    done = factcheck("replay", 1, "--recording", "trump_takaichi.yaml")
    assert (done.code, "--recording FILE" in done.err) == (5, True)


def test_unrecorded_run_is_told(factcheck: Command, demo_desk: Path) -> None:
    altered(demo_desk, "UPDATE run SET recording = NULL")

    done = factcheck("replay", 1)

    assert (done.code, "was not recorded" in done.err) == (5, True)


def test_unknown_run_is_told(factcheck: Command, demo_desk: Path) -> None:
    del demo_desk
    assert factcheck("replay", 9).code == 6


@pytest.mark.parametrize(
    "told",
    [
        ("title=Hello",),
        ("published=2026-03-01",),
        ("title=", "published=2026-03-01", "author=Ana", "modified=2026-03-02"),
    ],
)
def test_run_is_asked_again_with_what_it_was_asked_with(
    factcheck: Command, demo_desk: Path, told: tuple[str, ...]
) -> None:
    del demo_desk
    for _ in range(2):
        for one in told:
            assert factcheck("article", 1, "--set", one, "--reviewer", "eve").code == 0
        done = factcheck("replay", 1)
        assert (done.code, done.err) == (0, "")
        told = ("title=Once more", "published=", "modified=2026-03-05")


def test_page_that_names_a_day_for_a_bare_text_changes_no_replay(
    factcheck: Command, folder: Path, stand_in: StandIn
) -> None:
    head = '<title>Talks</title><meta property="article:published_time" content="2026-02-26T10:00:00+02:00">'
    said = [f"Ana Silva flew to Lisbon on day {day} and met {day} nurses there, she said." for day in range(9)]
    page = (
        f"<html><head>{head}</head><body><article><h1>Talks</h1><p>{'</p><p>'.join(said)}</p></article></body></html>"
    )
    (folder / "talks.txt").write_text("\n\n".join(("Talks", *said)), encoding="utf-8")
    stand_in.pages["/talks"] = "text/html", page.encode()
    factcheck("extract", "talks.txt", "--record", "tape.yaml")
    factcheck("extract", f"{stand_in.address}/talks")
    assert factcheck("article", 1, "--json").json["published"].startswith("2026-02-26")
    factcheck("extract", "--article", 1, "--again", "--record", "again.yaml")
    factcheck("article", 1, "--set", "published=2026-03-01", "--reviewer", "eve")

    assert [factcheck("replay", run).code for run in (1, 2)] == [0, 0]


@pytest.mark.parametrize("status", [408, 429, 500])
def test_retried_call_replays_to_the_same_claims(
    factcheck: Command, folder: Path, stand_in: StandIn, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.001)
    (folder / "talks.txt").write_text("Ana Silva flew to Lisbon on Monday. She met 40 nurses there.\n")
    stand_in.answer = in_turn(failing(status, "busy"), one_claim_a_sentence, one_claim_a_sentence)
    factcheck("extract", "talks.txt", "--window", 1, "--record", "tape.yaml")

    done = factcheck("replay", 1)

    assert (done.code, "2 claims in both, 0 lost, 0 gained" in done.out) == (0, True)
