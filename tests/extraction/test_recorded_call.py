"""A recording that somebody has tampered with is refused before it is played, and the place is named."""

import time
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, Command

from factcheck.errors import BrokenRecordingError, RecordingError
from factcheck.extraction.recording import read_recording, replaying

HEADER = {
    "model": "openai:stand-in",
    "prompt": "extract_claims",
    "prompt_version": "1",
    "prompt_hash": "0" * 64,
    "window": 2,
    "base_url": "http://127.0.0.1/v1",
}
REQUEST = {
    "method": "POST",
    "uri": "http://127.0.0.1/v1/chat/completions",
    "headers": {"content-type": ["application/json"]},
    "json": {"a": 1},
}
RESPONSE = {
    "status": {"code": 200, "message": "OK"},
    "headers": {"content-type": ["application/octet-stream"]},
    "base64": "YWI=",
}
WHOLE = {"metadata": {"factcheck": HEADER}, "interactions": [{"request": REQUEST, "response": RESPONSE}]}
TEXT = yaml.safe_dump(WHOLE)
MECCA = ROOT / "cassettes" / "articles" / "mecca_crane"

Place = tuple[str | int, ...]


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "tape.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def tampered(place: Place, *value: object) -> str:
    """The recording with another value at a place, or with nothing there."""
    calls: Any = deepcopy(WHOLE)
    part = calls
    for name in place[:-1]:
        part = part[name]
    if value:
        part[place[-1]] = value[0]
    else:
        del part[place[-1]]
    return yaml.safe_dump(calls)


def places(part: object, place: Place = ()) -> Iterator[Place]:
    """Every place of the recording but those inside a body."""
    yield place
    names = list(part) if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()
    for name in names if place[-1:] != ("json",) else ():
        yield from places(part[name], (*place, name))  # type: ignore[index]


PLACES = [place for place in places(WHOLE) if place]
OPTIONAL = ("headers", "content-type")


def test_whole_recording_is_played(tmp_path: Path) -> None:
    with replaying(read_recording(written(tmp_path, TEXT))) as tape:
        assert tape.responses[0]["body"]["string"] == b"ab"


@pytest.mark.parametrize("place", [one for one in PLACES if one[-2:] != OPTIONAL], ids=str)
def test_missing_field_is_refused(tmp_path: Path, place: Place) -> None:
    with pytest.raises(BrokenRecordingError, match=r"tape\.yaml.*or a broken one: "):
        read_recording(written(tmp_path, tampered(place)))


@pytest.mark.parametrize("value", [-1, [[]], b"\xff", date(2020, 1, 1), {"a": {"b": b"\xff"}}], ids=repr)
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_value_of_other_kind_is_refused(tmp_path: Path, place: Place, value: object) -> None:
    if place[-1] == "json" and value == [[]]:
        value = {1: 2}
    with pytest.raises(BrokenRecordingError, match=r"tape\.yaml.*or a broken one: "):
        read_recording(written(tmp_path, tampered(place, value)))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("metadata.factcheck.model", ""),
        ("metadata.factcheck.base_url", "http://host:port/"),
        ("interactions.0.request.uri", "http://[x"),
        ("interactions.0.request.uri", "http://host:99999/"),
        ("interactions.0.request.uri", "http://host/\0"),
        ("interactions.0.request.uri", "file:///etc/passwd"),
        ("interactions.0.request.method", "post me"),
        ("interactions.0.request.headers.content-type", []),
        ("interactions.0.response.headers.content-encoding", ["gzip"]),
        ("interactions.0.response.headers.content-type.0", "te\u00fft/plain"),
        ("interactions.0.response.status.code", 42),
        ("interactions.0.response.status.message", "\u00d6K"),
        ("interactions.0.response.base64", "%%%%"),
        ("interactions.0.response.base64", "YWI"),
        ("interactions.0.response.text", "a second body"),
    ],
)
def test_place_of_mistake_is_named(tmp_path: Path, place: str, value: object) -> None:
    steps = tuple(int(step) if step.isdecimal() else step for step in place.split("."))

    with pytest.raises(BrokenRecordingError, match=rf"tape\.yaml.*look at '{place.removesuffix('.text')}'$"):
        read_recording(written(tmp_path, tampered(steps, value)))


def repeats(levels: int) -> str:
    """Some lines that come to ten to the power of `levels` lists."""
    return "a0: &a0 [x]\n" + "".join(
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, levels)
    )


def merges(levels: int) -> str:
    """As above, of mappings that PyYAML would write out itself."""
    return "a0: &a0 {k: v}\n" + "".join(
        f"a{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 10)}]}}\n" for level in range(1, levels)
    )


@pytest.mark.parametrize(
    "lines",
    [
        repeats(40),
        merges(40),
        "x: &x [*x]\n",
        "open: " + "[" * 100_000,
        "x: " + "[" * 900 + "]" * 900 + "\n",
        "x:\n" + "".join(" " * depth + "-\n" for depth in range(1, 2000)),
        "x: 2024-13-45\n",
        f"x: {'9' * 6000}\n",
        "x: !!int abc\n",
        "x: !!bool abc\n",
        "x: !!timestamp abc\n",
        "x: !!python/object/apply:os.getcwd []\n",
        'x: "\\ud800"\n',
        "? [a]\n: 1\n",
        "--- 1\n--- 2\n",
        "\0",
    ],
    ids=lambda lines: lines[:20],
)
def test_hostile_yaml_is_refused(tmp_path: Path, lines: str) -> None:
    started = time.monotonic()
    with pytest.raises(BrokenRecordingError, match=r"tape\.yaml.*its YAML is broken$"):
        read_recording(written(tmp_path, TEXT + lines))

    assert time.monotonic() - started < 10


def test_cut_off_recording_is_refused(tmp_path: Path) -> None:
    whole = MECCA.with_suffix(".yaml").read_bytes()
    for end in range(0, whole.index(b"response:"), 500):
        with pytest.raises(RecordingError):
            read_recording(written(tmp_path, whole[:end]))


@pytest.mark.parametrize("base64", ["%%%%", "YWI", "\u00fc", 5, None])
def test_broken_body_ends_the_replay(factcheck: Command, folder: Path, base64: object) -> None:
    calls = yaml.safe_load(MECCA.with_suffix(".yaml").read_bytes())
    del calls["interactions"][0]["response"]["json"]
    calls["interactions"][0]["response"]["base64"] = base64
    written(folder, yaml.safe_dump(calls))

    done = factcheck("extract", MECCA.with_suffix(".txt"), "--replay", "tape.yaml")

    assert (done.code, done.out) == (5, "")
    assert done.err.startswith("factcheck: 'tape.yaml' is not a recording of this program, or a broken one: look at ")
    assert "'interactions.0.response.base64'; make one with: factcheck extract SOURCE --record FILE" in done.err
