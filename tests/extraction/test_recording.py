"""Recordings: made from real HTTP, readable, without secrets, played to the end."""

import errno
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml
from fakes import StandIn, in_turn
from loopback_site import loopback_site

from factcheck.domain.extraction import RecordingHeader
from factcheck.errors import NoRecordingError, OutputError, RecordingError
from factcheck.extraction.prompts import load_prompt
from factcheck.extraction.recording import read_recording, recording_to, replaying
from factcheck.extraction.tape import Tape

HEADER = RecordingHeader("openai:stand-in", "extract_claims", "1", "0" * 64, 2, "http://127.0.0.1/v1")
QUESTION = {"model": "m", "messages": [{"role": "user", "content": "x\n\ns1: Ünïcode stands.\n"}]}


def post(base_url: str, question: object = QUESTION) -> httpx2.Response:
    headers = {"authorization": "Bearer secret-key", "x-session": "secret-session"}
    return httpx2.post(f"{base_url}/chat/completions", json=question, headers=headers)


def asking(words: str) -> dict[str, Any]:
    return {"model": "m", "messages": [{"role": "user", "content": f"x\n\ns1: {words}\n"}]}


@pytest.fixture
def recorded(stand_in: StandIn, tmp_path: Path) -> Path:
    """A recording of one call to the stand-in."""
    path = tmp_path / "tape.yaml"
    with recording_to(path, HEADER):
        post(f"{stand_in.address}/v1")
    return path


def test_replay_gives_recorded_answer(recorded: Path, stand_in: StandIn) -> None:
    live = post(f"{stand_in.address}/v1").json()
    with replaying(read_recording(recorded)) as tape:
        assert post("http://another.invalid/v1").json() == live
    assert tape.all_played


def test_recording_holds_no_secret(recorded: Path) -> None:
    text = recorded.read_text("utf-8")

    assert "secret" not in text
    assert set(yaml.safe_load(text)["interactions"][0]["request"]["headers"]) == {"content-type"}


def test_key_that_a_server_repeats_is_not_recorded(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.answer = lambda _: (401, {"error": {"message": "Invalid key: sk-proj-0123456789"}}, {})
    path = tmp_path / "tape.yaml"

    with recording_to(path, HEADER):
        httpx2.post(f"{stand_in.address}/v1", json=QUESTION, headers={"authorization": "Bearer sk-proj-0123456789"})

    assert "0123456789" not in path.read_text("utf-8")


def test_json_bodies_read_as_yaml(recorded: Path) -> None:
    text = recorded.read_text("utf-8")

    assert yaml.safe_load(text)["interactions"][0]["request"]["json"] == QUESTION
    assert "s1: Ünïcode stands." in text


def test_repeated_parts_are_written_once(stand_in: StandIn, tmp_path: Path) -> None:
    rules = {"role": "system", "content": "long rules " * 50}
    with recording_to(tmp_path / "tape.yaml", HEADER):
        for number in range(3):
            question = {"model": "m", "messages": [rules, {"role": "user", "content": f"x\n\ns1: {number}"}]}
            post(f"{stand_in.address}/v1", question)

    assert (tmp_path / "tape.yaml").read_text("utf-8").count("long rules long rules long rules long") <= 20
    assert [
        call["request"]["json"]["messages"][0] for call in read_recording(tmp_path / "tape.yaml").calls["interactions"]
    ] == [rules] * 3


def test_other_body_is_not_answered(recorded: Path) -> None:
    with replaying(read_recording(recorded)), pytest.raises(Exception, match="Can't play back"):
        post("http://another.invalid/v1", {"model": "m", "messages": []})


def test_answer_is_played_once(recorded: Path) -> None:
    with replaying(read_recording(recorded)):
        post("http://another.invalid/v1")
        with pytest.raises(Exception, match="Can't play back"):
            post("http://another.invalid/v1")


@pytest.mark.parametrize("statuses", [(429, 200), (500, 429, 200), (503, 503)], ids=str)
def test_tries_that_failed_are_not_played(stand_in: StandIn, tmp_path: Path, statuses: tuple[int, ...]) -> None:
    stand_in.answer = in_turn(*((lambda _, status=status: (status, {"status": status}, {})) for status in statuses))
    with recording_to(tmp_path / "tape.yaml", HEADER):
        for _ in statuses:
            post(f"{stand_in.address}/v1")

    with replaying(read_recording(tmp_path / "tape.yaml")) as tape:
        assert post("http://another.invalid/v1").json() == {"status": statuses[-1]}
    assert tape.all_played


def test_refusal_of_another_question_is_played(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.answer = in_turn(lambda _: (500, {}, {}), lambda _: (200, {}, {}))
    with recording_to(tmp_path / "tape.yaml", HEADER):
        post(f"{stand_in.address}/v1")
        post(f"{stand_in.address}/v1", {"model": "m", "messages": []})

    with replaying(read_recording(tmp_path / "tape.yaml")):
        assert post("http://another.invalid/v1").status_code == 500


def test_replaying_changes_no_file(recorded: Path) -> None:
    before = recorded.read_bytes()
    with replaying(read_recording(recorded)):
        post("http://another.invalid/v1")

    assert recorded.read_bytes() == before


def test_same_run_goes_on_in_its_recording(recorded: Path, stand_in: StandIn) -> None:
    with recording_to(recorded, replace(HEADER, base_url="http://127.0.0.2/v1")):
        post(f"{stand_in.address}/v1", asking("another"))

    found = read_recording(recorded)
    assert (len(found.calls["interactions"]), found.header.base_url) == (2, HEADER.base_url)


@pytest.mark.parametrize(
    "other", [{"prompt_hash": "1" * 64}, {"model": "openai:other"}, {"window": 3}, {"structured": "json_mode"}], ids=str
)
def test_recording_of_another_run_is_refused(recorded: Path, other: dict[str, Any]) -> None:
    before, [name] = recorded.read_bytes(), other
    with pytest.raises(OutputError, match=rf"tape\.yaml.* of another run: its {name} is .*; name another file$"):
        recording_to(recorded, replace(HEADER, **other)).__enter__()

    assert recorded.read_bytes() == before


@pytest.mark.parametrize("content", ["just words\n", "a: [", "- request: {}\n", "\0" * 9])
def test_file_that_is_no_recording_is_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / "mine.txt").write_text(content)
    with pytest.raises(OutputError, match=r"mine\.txt.*exists already"):
        recording_to(tmp_path / "mine.txt", HEADER).__enter__()

    assert (tmp_path / "mine.txt").read_text() == content


def test_call_is_in_the_file_once_it_has_landed(stand_in: StandIn, tmp_path: Path) -> None:
    with recording_to(tmp_path / "tape.yaml", HEADER):
        for count in (1, 2):
            post(f"{stand_in.address}/v1")
            assert len(read_recording(tmp_path / "tape.yaml").calls["interactions"]) == count


@pytest.mark.parametrize("kept", [0, 1])
def test_half_a_call_is_cut_off(stand_in: StandIn, tmp_path: Path, kept: int) -> None:
    path = tmp_path / "tape.yaml"
    with recording_to(path, HEADER):
        for number in range(kept + 1):
            post(f"{stand_in.address}/v1", asking(f"number {number}"))
    last = path.read_bytes().rindex(b"- request:")
    path.write_bytes(path.read_bytes()[: last + 200])

    with recording_to(path, HEADER):
        post(f"{stand_in.address}/v1", asking("another"))

    assert len(read_recording(path).calls["interactions"]) == kept + 1


def test_recording_holds_no_password(stand_in: StandIn, tmp_path: Path) -> None:
    address = stand_in.address.replace("//", "//bob:PASSW0RD@")
    with recording_to(tmp_path / "tape.yaml", replace(HEADER, base_url=f"{address}/v1?key=PASSW0RD")):
        httpx2.post(f"{address}/v1/chat/completions?key=PASSW0RD", json=QUESTION)
        httpx2.get(f"{address}/page?number=7")

    text = (tmp_path / "tape.yaml").read_text("utf-8")
    assert "bob" not in text
    assert "PASSW0RD" not in text
    assert "/page?number=7" in text


def test_recording_holds_no_token_of_a_redirect(tmp_path: Path) -> None:
    wanted = "/page?token=S3CR3T&number=7#access_token=S3CR3T"
    with loopback_site() as site:
        told = f'See <a href="{wanted}">there</a>. \u00fc \U0001f600'.encode()
        site.pages["/old"] = 302, {"location": wanted, "content-type": "text/html"}, told
        site.pages["/page?token=S3CR3T&number=7"] = b"It is here."
        with recording_to(tmp_path / "tape.yaml", HEADER):
            live = httpx2.get(f"{site.address}/old", follow_redirects=True)
    with replaying(read_recording(tmp_path / "tape.yaml")):
        played = httpx2.get(f"{site.address}/old", follow_redirects=True)

    assert "S3CR3T" not in (tmp_path / "tape.yaml").read_text("utf-8")
    assert live.text == played.text == "It is here."
    assert played.history[0].text == 'See <a href="/page?token=hidden&number=7#access_token=hidden">there</a>. ü 😀'


def test_disk_that_takes_no_more_is_told_at_the_end(
    stand_in: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Tape) -> OSError:
        return OSError(errno.ENOSPC, "No space left on device")

    def record() -> None:
        with recording_to(tmp_path / "tape.yaml", HEADER):
            post(f"{stand_in.address}/v1")
            with monkeypatch.context() as patch:
                patch.setattr(Tape, "_write", full)
                assert post(f"{stand_in.address}/v1").status_code == 200
            post(f"{stand_in.address}/v1")
            monkeypatch.setattr(Tape, "_write", full)
            post(f"{stand_in.address}/v1")

    with pytest.raises(OutputError, match=r"tape\.yaml.*No space left"):
        record()
    assert len(read_recording(tmp_path / "tape.yaml").calls["interactions"]) == 3


def test_unwritable_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"), recording_to(tmp_path / "file" / "t.yaml", HEADER):
        pass


def test_recording_without_calls_leaves_nothing(tmp_path: Path) -> None:
    with recording_to(tmp_path / "tape.yaml", HEADER):
        pass

    assert not (tmp_path / "tape.yaml").exists()


def test_broken_off_run_keeps_recording(stand_in: StandIn, tmp_path: Path) -> None:
    def broken_off() -> None:
        with recording_to(tmp_path / "tape.yaml", HEADER):
            post(f"{stand_in.address}/v1")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert len(read_recording(tmp_path / "tape.yaml").calls["interactions"]) == 1


@pytest.mark.parametrize("content", ["", "just words", "{}", "a: [", "metadata: {factcheck: {model: x}}", "\x00"])
def test_file_without_header_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.yaml").write_text(content)
    with pytest.raises(RecordingError, match=r"bad\.yaml.*not a recording"):
        read_recording(tmp_path / "bad.yaml")


def test_missing_recording_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoRecordingError, match=r"none\.yaml.*cannot be read: "):
        read_recording(tmp_path / "none.yaml")


FOLDER = Path(__file__).parents[2] / "cassettes"
CASSETTES = sorted(one for one in FOLDER.glob("**/*.yaml") if one.parent.name != "stand_in")
OF_ARTICLES = sorted((*FOLDER.glob("demo/*.yaml"), *FOLDER.glob("articles/*.yaml")))


@pytest.mark.parametrize("path", OF_ARTICLES, ids=lambda path: path.stem)
def test_shipped_recording_fits_shipped_prompt(path: Path) -> None:
    assert read_recording(path).header.prompt_hash == load_prompt("extract_claims").sha256


@pytest.mark.parametrize("path", CASSETTES, ids=lambda path: path.stem)
def test_shipped_recording_keeps_no_secret(path: Path) -> None:
    headers = {
        name
        for call in read_recording(path).calls["interactions"]
        for side in ("request", "response")
        for name in call[side]["headers"]
    }
    assert headers == {"content-type"}
    assert "Bearer" not in path.read_text("utf-8")
