"""Recordings: the HTTP of a run in a file that a person can read and a run can play.

It names model, prompt's hash and settings, and holds method, url, status, bodies, two of the headers, and no key: what
stands in an address besides host and path goes, but for the query of a page.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from threading import Lock
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, Field, ValidationError
from vcr import VCR
from vcr.cassette import Cassette
from vcr.errors import CannotOverwriteExistingCassetteException, UnhandledHTTPRequestError
from vcr.persisters.filesystem import CassetteNotFoundError
from vcr.record_mode import RecordMode
from vcr.request import Request
from vcr.serialize import deserialize, serialize

from factcheck import errors
from factcheck.bounded_files import read_bounded
from factcheck.confined import UnparsedError
from factcheck.domain.extraction import FiledRun, RecordingHeader, StructuredMethod
from factcheck.domain.parsing import ParsingLimits
from factcheck.extraction.addresses import bare_address, key_of, without_keys
from factcheck.extraction.recorded_call import KEPT_HEADERS, Address, RecordedCall
from factcheck.extraction.recorded_yaml import read_yaml
from factcheck.extraction.tape import Tape, without_half_call
from factcheck.whole_files import put_in_place

NOT_RECORDED = (CannotOverwriteExistingCassetteException, UnhandledHTTPRequestError)
"""What vcr raises over a request that a recording does not hold."""

_PLAYING = Lock()

_KEYS = frozenset({"api_key", "apiKey", "key"})
_HEADER = "factcheck"  # vcr keeps what else belongs to a cassette under names of our choice
_MOST_BYTES = 200_000_000
_WORTH_SHARING = 300  # characters of JSON; what is shorter reads better where it stands
_LONGEST_PLACE = 80  # characters
_FIRST_ERROR = 400  # of HTTP's statuses
_YAML_ERRORS = (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What PyYAML raises over a broken text, and over a value that does not fit its tag."""


@dataclass(frozen=True, slots=True)
class _CheckedHeader(RecordingHeader):
    """The header with what a file that was edited by hand may break."""

    model: Annotated[str, Field(min_length=1)]
    window: Annotated[int, Field(ge=1)]
    base_url: Address


class _RecordingForm(BaseModel):
    """What a file must hold to be played."""

    metadata: dict[str, _CheckedHeader]
    interactions: list[RecordedCall] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording that was read: its header, the hash of its file (hex) and its calls."""

    path: Path
    header: RecordingHeader
    sha256: str
    calls: dict[str, Any]


def read_recording(path: Path, limits: ParsingLimits | None = None) -> Recording:
    """Read a recording. Raises RecordingError if it is missing, broken, without header, or takes more than `limits`."""
    return _recording_of(path, _content(path), limits)


def _recording_of(path: Path, content: bytes, limits: ParsingLimits | None = None) -> Recording:
    try:
        calls = read_yaml(content, limits)
        header = _RecordingForm.model_validate(calls).metadata[_HEADER]
    except (*_YAML_ERRORS, UnparsedError) as error:
        if isinstance(error, UnparsedError) and error.is_limit:
            raise errors.RecordingLimitError(f"the recording {str(path)!r} cannot be read: {error}") from error
        why = "its YAML is broken"
        if isinstance(error, ValidationError):
            # Where the first mistake is, without what pydantic adds about kinds.
            names = takewhile(lambda name: "[" not in name, map(str, error.errors()[0]["loc"]))
            place = ".".join(names)[:_LONGEST_PLACE]
            why = f"look at {place!r}" if place else "it has no header"
        message = f"{str(path)!r} is not a recording of this program, or a broken one: {why}"
        raise errors.BrokenRecordingError(message) from error
    return Recording(path, header, sha256(content).hexdigest(), calls)


def _content(path: Path) -> bytes:
    try:
        return read_bounded(path, _MOST_BYTES)
    except OSError as error:
        raise errors.NoRecordingError(f"the recording {str(path)!r} cannot be read: {error.strerror}") from error


def recording_sha256(path: Path) -> str:
    """The hash of a recording's file, in hex: it names the recording for good. Raises RecordingError."""
    return sha256(_content(path)).hexdigest()


def recording_of_run(run: FiledRun, named: Path | None, folders: Iterable[Path]) -> Path:
    """The file named, or the first of the folders' that is the run's very own. Raises RecordingError if none is."""
    name, wanted = run.setup.recording, run.setup.recording_sha256
    if name is None:
        raise errors.RunNotRecordedError(f"run {run.id} was not recorded, so it cannot be played again")
    for path in [named] if named else [folder / name for folder in folders]:
        if path.is_file() and wanted in {None, recording_sha256(path)}:
            return path
    where = str(named) if named else name
    message = f"the recording {where!r} of run {run.id} (sha256 {wanted}) is not there, or not the same any more"
    raise errors.OtherRecordingError(message)


@contextmanager
def replaying(recording: Recording) -> Iterator[Cassette]:
    """Answer all HTTP inside the block from the recording; nothing gets out. Raises RecordingError inside another."""
    # vcr changes HTTP for the whole process: where one block ends, another's calls would go out.
    if not _PLAYING.acquire(blocking=False):
        raise errors.RecordingError(f"{str(recording.path)!r} cannot be played beside another recording; one at a time")
    try:
        with _recorder(recording.calls).use_cassette(str(recording.path), record_mode=RecordMode.NONE) as played:
            yield played
    finally:
        _PLAYING.release()


@contextmanager
def recording_to(path: Path, header: RecordingHeader) -> Iterator[None]:
    """Write all HTTP inside the block to `path`, each call as it lands, behind those of an earlier run of its kind.

    Raises OutputError before anything is sent, and at the end if the disk did not take all of it.
    """
    header = replace(header, base_url=bare_address(header.base_url))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError as error:
        message = f"the recording {str(path)!r} cannot be written: {error.strerror}; name another file"
        raise errors.OutputError(message) from error
    if not path.is_file() or path.stat().st_size:
        _continue(path, header)
    tape = Tape(path, yaml.dump({"metadata": {_HEADER: asdict(header)}}, **_STYLE) + "interactions:\n")
    try:
        with _recorder(None).use_cassette(str(path), record_mode=RecordMode.ALL) as made:
            made.append = partial(_append, made, made.append, tape)
            yield
    finally:
        tape.close()
        if tape.is_written:
            _tidy(path)
        elif not path.stat().st_size:
            path.unlink()


def _continue(path: Path, header: RecordingHeader) -> None:
    """Refuse a file to which calls of this kind of run do not belong, and cut off half a call that a kill has left."""
    try:
        content = _content(path)
        try:
            found = _recording_of(path, content).header
        except errors.BrokenRecordingError:
            whole = without_half_call(content)
            if whole is None:
                raise
            found = _recording_of(path, whole).header if whole else header
            os.truncate(path, len(whole))
    except (errors.RecordingError, OSError) as error:
        message = f"the recording {str(path)!r} exists already, and nothing can be added to it; name another file"
        raise errors.OutputError(message) from error
    for name in ("prompt_hash", "model", "window", "structured", "split_prompt_hash"):
        was, wanted = str(getattr(found, name)), str(getattr(header, name))
        if was != wanted:
            message = f"the recording {str(path)!r} is of another run: its {name} is {was!r}, and not {wanted!r}"
            raise errors.OutputError(f"{message}; name another file")


def _append(made: Cassette, keep: Callable[[Request, Any], None], tape: Tape, request: Request, response: Any) -> None:  # noqa: ANN401 - vcr's own shape
    """Take a call that has landed: it goes to the file, and out of memory."""
    with tape.lock:
        keep(request, response)
        calls, made.data, made.dirty = made.data, [], False
        for asked, answered in calls:
            tape.add(serialize({"requests": [asked], "responses": [answered]}, _CallFile()))


def _tidy(path: Path) -> None:
    """Write what several calls hold once, if that can be done; a file with repeats is as good."""
    with suppress(errors.RecordingError, OSError, *_YAML_ERRORS):
        content = read_recording(path).calls
        shown = {"metadata": content["metadata"], "interactions": _shared(content["interactions"], {})}
        with put_in_place(path) as beside:
            beside.write_text(yaml.dump(shown, **_STYLE), encoding="utf-8")


class _CallFile:
    """Serves vcr as a serializer of one call: an item of the list that a recording holds."""

    def serialize(self, content: dict[str, Any]) -> str:
        calls = [{side: _folded(part) for side, part in call.items()} for call in content["interactions"]]
        text: str = yaml.dump(calls, **_STYLE)
        return text


class _RecordingFile:
    """Serves vcr, which calls a recording a cassette, as serializer and as persister: read once, UTF-8 everywhere."""

    def __init__(self, calls: dict[str, Any] | None) -> None:
        self._calls = calls

    def load_cassette(self, path: str, serializer: object) -> Any:  # noqa: ANN401, ARG002 - vcr's own shape
        if self._calls is None:
            raise CassetteNotFoundError
        return deserialize("", self)

    def save_cassette(self, path: str, cassette: dict[str, Any], serializer: object) -> None:
        """Nothing is left to save: each call has been written as it landed."""

    def deserialize(self, _text: str) -> dict[str, Any]:
        calls = _without_failed_tries((self._calls or {})["interactions"])
        return {"interactions": [{side: _unfolded(part) for side, part in call.items()} for call in calls]}


def _without_failed_tries(calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The calls but for refusals, such as 429 or 500, after which the same question was sent once more.

    A replay tries nothing twice, so that it waits for nothing: it gets what the last try got.
    """
    if not any(_is_refused_question(call) for call in calls):
        return calls
    kept, asked_later = [], set()
    for call in reversed(calls):
        request = call["request"]
        question = json.dumps(request, sort_keys=True)
        if not (_is_refused_question(call) and question in asked_later):
            kept.append(call)
        asked_later.add(question)
    return kept[::-1]


def _is_refused_question(call: dict[str, Any]) -> bool:
    return bool(call["request"]["method"] == "POST" and call["response"]["status"]["code"] >= _FIRST_ERROR)


def _shared(value: Any, seen: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """The same value with equal parts made one, so that YAML writes the instructions and the schema once."""
    if isinstance(value, dict):
        value = {name: _shared(part, seen) for name, part in value.items()}
    elif isinstance(value, list):
        value = [_shared(part, seen) for part in value]
    else:
        return value
    key = json.dumps(value)
    return seen.setdefault(key, value) if len(key) > _WORTH_SHARING else value


class _Dumper(yaml.SafeDumper):
    """Writes strings of several lines as blocks, so that prompts read as they are."""


def _as_block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _as_block)
_Dumper.add_representer(StructuredMethod, _as_block)
_STYLE: dict[str, Any] = {"Dumper": _Dumper, "sort_keys": False, "allow_unicode": True, "width": 100}


def _recorder(calls: dict[str, Any] | None) -> VCR:
    """What plays these calls, or records if there are none."""
    keys = set[str]()

    bare = partial(_without, keys)

    def bare_request(request: Request) -> Request:
        if key := key_of(request.headers):
            keys.add(key)
        # A page is not the same without its query; a model's server is asked by the body.
        request.uri = without_keys(request.uri) if request.method == "GET" else bare_address(request.uri)
        body = _parsed(request.body)
        if isinstance(body, dict) and not _KEYS.isdisjoint(body):  # some searches want it there
            request.body = json.dumps({name: value for name, value in body.items() if name not in _KEYS})
        request.headers = {name: value for name, value in request.headers.items() if name.lower() in KEPT_HEADERS}
        return request

    def bare_response(response: dict[str, Any]) -> dict[str, Any]:
        kept = {name.lower(): value for name, value in response["headers"].items() if name.lower() in KEPT_HEADERS}
        body = response["body"]["string"]
        if "location" in kept:  # it is asked next, and the body repeats it
            kept["location"] = [bare(without_keys(one)) for one in kept["location"]]
            body = _changed(body, without_keys)
        return response | {"headers": kept, "body": response["body"] | {"string": _changed(body, bare)}}

    def is_same(first: Request, second: Request) -> bool:
        # A page is its publisher's; a model's server may have another address today.
        is_same_host = first.method != "GET" or (first.host, first.port) == (second.host, second.port)
        return is_same_host and _parsed(first.body) == _parsed(second.body)

    recorder = VCR(
        before_record_request=bare_request, before_record_response=bare_response, decode_compressed_response=True
    )
    recorder.register_persister(_RecordingFile(calls))
    recorder.register_matcher("host_and_body", is_same)
    recorder.match_on = ("method", "path", "query", "host_and_body")
    return recorder


def _without(keys: Iterable[str], text: str) -> str:
    """A text without keys: some servers repeat what they were sent."""
    for key in keys:
        text = text.replace(key, "[key]")
    return text


def _changed(body: str | bytes, change: Callable[[str], str]) -> str | bytes:
    """A body with its text changed; bytes that are no text stay as they are."""
    if isinstance(body, str):
        return change(body)
    return change(body.decode("latin-1")).encode("latin-1")


def _parsed(body: object) -> object:
    try:
        return json.loads(body) if isinstance(body, str | bytes | bytearray) else body
    except ValueError:
        return body


def _folded(side: dict[str, Any]) -> dict[str, Any]:
    """A request or response as it stands in the file: a JSON body under `json`, one of bytes under `base64`."""
    body = side["body"]["string"] if isinstance(side.get("body"), dict) else side.get("body")
    parsed = _parsed(body)
    rest = {name: value for name, value in side.items() if name != "body"}
    if isinstance(body, bytes):
        return rest | {"base64": b64encode(body).decode()}
    return rest | ({"json": parsed} if isinstance(parsed, dict | list) else {"text": body})


def _unfolded(side: dict[str, Any]) -> dict[str, Any]:
    """The reverse of `_folded`."""
    rest = {name: value for name, value in side.items() if name not in {"json", "text", "base64"}}
    if "base64" in side:
        return rest | {"body": {"string": b64decode(side["base64"])}}
    text = json.dumps(side["json"], ensure_ascii=False) if "json" in side else side.get("text")
    return rest | {"body": {"string": text or ""} if "status" in side else text}
