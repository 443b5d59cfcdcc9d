"""Talk on stderr as lines of JSON."""

import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from conftest import Command

from factcheck.cli.log_lines import log_mistake
from factcheck.cli.terminal import say, talk


@pytest.fixture
def in_json() -> Iterator[None]:
    talk.choose(is_json=True)
    yield
    talk.choose(is_json=False)


def lines(told: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in told.splitlines()]


@pytest.mark.usefixtures("in_json")
def test_line_has_time_level_event_and_facts(capfd: pytest.CaptureFixture[str]) -> None:
    say("job 7 has failed", job=7, again_in=timedelta(minutes=5))
    say("factcheck: there is no claim 9", exit_code=7)

    failed, trouble = lines(capfd.readouterr().err)
    assert abs(datetime.fromisoformat(failed.pop("time")) - datetime.now(UTC)) < timedelta(minutes=1)
    assert failed == {"level": "info", "event": "job 7 has failed", "job": 7, "again_in": "0:05:00"}
    assert (trouble["level"], trouble["event"], trouble["exit_code"]) == ("error", "there is no claim 9", 7)


@pytest.mark.usefixtures("in_json")
def test_control_characters_are_escaped(capfd: pytest.CaptureFixture[str]) -> None:
    hostile = "gone\n\x1b[31m \x7f\x9b31m \u202e\ud800"

    say(hostile, reason=hostile)

    told = capfd.readouterr().err
    assert told.isascii()
    assert [one for one in told if not one.isprintable()] == ["\n"]
    assert lines(told)[0]["reason"] == hostile


@pytest.mark.usefixtures("in_json")
@pytest.mark.parametrize("fact", ["event", "source"])
def test_secrets_of_addresses_are_left_out(capfd: pytest.CaptureFixture[str], fact: str) -> None:
    address = "'https://ann:secret@news.example:8443/feed?key=secret#secret' and http://b.example?secret are gone"

    say(*([address] if fact == "event" else ["gone"]), **({} if fact == "event" else {"source": address}))

    [line] = lines(capfd.readouterr().err)
    assert line[fact] == "'https://news.example:8443/feed' and http://b.example are gone"


@pytest.mark.usefixtures("in_json")
@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("postgresql://desk:secret@db.example/desk", "postgresql://db.example/desk"),
        ("postgresql+psycopg://desk@db.example/desk?password=secret", "postgresql+psycopg://db.example/desk"),
        ("HTTPS://ann:secret@a.example/x?key=secret", "HTTPS://a.example/x"),
        ({"page": ["https://a.example/?key=secret"]}, {"page": ["https://a.example/"]}),
        (ValueError("https://a.example/?key=secret"), "https://a.example/"),
        ("'https://a.example/b' and 'https://c.example?secret'", "'https://a.example/b' and 'https://c.example'"),
    ],
)
def test_secrets_are_left_out_wherever_they_stand(
    capfd: pytest.CaptureFixture[str], fact: object, told: object
) -> None:
    say("gone", source=fact)

    [line] = lines(capfd.readouterr().err)
    assert line["source"] == told


@pytest.mark.usefixtures("in_json")
def test_what_libraries_log_is_a_line_too(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("some.library").warning("asked %s", "https://a.example/?key=secret")

    [line] = lines(capfd.readouterr().err)
    assert (line["level"], line["logger"], line["event"]) == ("warning", "some.library", "asked https://a.example/")


@pytest.mark.usefixtures("in_json")
def test_mistake_in_the_program_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    assert sys.excepthook is log_mistake
    try:
        int("https://a.example/?key=secret")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)

    [line] = lines(capfd.readouterr().err)
    assert (line["level"], "test_log_lines.py" in line["exception"]) == ("critical", True)
    assert "key=secret" not in line["exception"]


def test_command_talks_in_json_where_it_is_asked_to(factcheck: Command) -> None:
    done = factcheck("watch", "http://127.0.0.1:9/feed?key=secret", "--model", "openai:any", "--log-json")

    assert (done.code, done.out) == (3, "")
    assert all(one["level"] in {"info", "error"} for one in lines(done.err))
    assert ("secret" in done.err, "http://127.0.0.1:9/feed" in done.err) == (False, True)
    assert not factcheck("claim", "9").err.startswith("{")


def test_setting_makes_every_command_talk_in_json(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_LOG", "json")

    [missing], [wrong] = lines(factcheck("claim", "9").err), lines(factcheck("claim", "--wrong").err)

    assert (missing["error"], missing["exit_code"]) == ("NoDeskError", 8)
    assert (wrong["exit_code"], "--wrong" in wrong["event"]) == (2, True)


def test_other_form_of_the_log_is_refused(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_LOG", "xml")

    done = factcheck("claims")

    assert (done.code, done.err) == (2, "factcheck: FACTCHECK_LOG is 'xml'; set it to words, or to json\n")
