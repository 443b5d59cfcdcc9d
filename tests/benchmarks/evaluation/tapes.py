"""Recordings of the configurations, so that anybody computes the same table without a model.

A recording is written under a name of its own and takes its place only when it is whole. What the clock said
while it was made stands beside all recordings, in `seconds.json`: a replay has its own, faster clock.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factcheck.domain.extraction import RecordingHeader, full_model_name
from factcheck.errors import RecordingError
from factcheck.extraction.models import CallLimits, open_model
from factcheck.extraction.prompts import Prompt
from factcheck.extraction.recording import (
    Recording,
    read_recording,
    recording_sha256,
    recording_to,
    replaying,
)

from .chains import Asking, Chain, Extracted, Tell
from .samples import Sample

FOLDER = Path(__file__).parents[3] / "cassettes" / "evaluation"

_CLOCK = "seconds.json"
_TIMEOUT = 1_800.0


@dataclass(frozen=True, slots=True)
class Server:
    """The model to record, and where it is served."""

    model: str
    base_url: str
    concurrency: int


@dataclass(frozen=True, slots=True)
class Configuration:
    """A chain over a set with a window size, asked with a prompt; it has one recording."""

    name: str
    chain: Chain
    window: int
    samples: Sequence[Sample]
    own_prompt: Prompt
    folder: Path

    @property
    def path(self) -> Path:
        """Where its recording stands."""
        return self.folder / f"{self.name}.yaml"

    @property
    def prompt(self) -> tuple[str, str, str]:
        """Name, version and hash of the words that it sends."""
        return self.chain.prompt(self.own_prompt)


@dataclass(frozen=True, slots=True)
class Played:
    """What a configuration's recording holds. `seconds` is None if nobody wrote them down for this recording."""

    extracted: list[Extracted]
    model: str | None
    seconds: float | None


def play(one: Configuration, model: str | None) -> Played:
    """Run a configuration on its recording. Raises RecordingError if that is missing or is of something else."""
    if not one.path.exists():
        message = "not recorded"
        raise RecordingError(message)
    recording = read_recording(one.path)
    header = recording.header
    if header.prompt_hash != one.prompt[2]:
        message = f"recorded with another prompt: {header.prompt} {header.prompt_hash[:12]}"
        raise RecordingError(message)
    if model is not None and full_model_name(model) != header.model:
        message = f"recorded with another model: {header.model}"
        raise RecordingError(message)
    with replaying(recording):
        asking = _asking(one, header.model, CallLimits(_TIMEOUT, 0, 1), header.base_url, lambda _: None)
        extracted = _run(one, asking)
    return Played(extracted, header.model, _seconds(recording))


def is_recorded(one: Configuration, server: Server) -> bool:
    """Whether the recording of exactly this configuration is there already."""
    if not one.path.exists():
        return False
    header = read_recording(one.path).header
    return (header.prompt_hash, header.model) == (one.prompt[2], full_model_name(server.model))


def record(one: Configuration, server: Server, tell: Tell) -> None:
    """Ask the model and keep what it answers, if it answers every call. Raises RecordingError or ModelError."""
    unfinished = one.path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    try:
        with recording_to(unfinished, _header(one, server)):
            limits = CallLimits(_TIMEOUT, 0, server.concurrency)
            extracted = _run(one, _asking(one, server.model, limits, None, tell))
        _check_whole(unfinished, sum(done.usage.calls for done in extracted))
        unfinished.replace(one.path)
    finally:
        unfinished.unlink(missing_ok=True)
    _note_seconds(one.path, sum(done.usage.seconds for done in extracted), server.concurrency)


def _run(one: Configuration, asking: Asking) -> list[Extracted]:
    assert one.chain.run is not None
    return one.chain.run(asking, one.samples, one.window)


def _asking(one: Configuration, model: str, limits: CallLimits, replayed_from: str | None, tell: Tell) -> Asking:
    name = full_model_name(model)
    return Asking(open_model(name, limits, replayed_from), name, limits, one.own_prompt, tell)


def _header(one: Configuration, server: Server) -> RecordingHeader:
    name, version, sha256 = one.prompt
    return RecordingHeader(full_model_name(server.model), name, version, sha256, one.window, server.base_url)


def _check_whole(path: Path, asked: int) -> None:
    answered = len(read_recording(path).calls["interactions"]) if path.exists() else 0
    if answered != asked:
        message = f"{answered} of {asked} calls were answered, so {path.stem!r} is not kept; record it again"
        raise RecordingError(message)


def _note_seconds(path: Path, seconds: float, concurrency: int) -> None:
    clock = path.parent / _CLOCK
    noted = _noted(clock)
    noted[path.stem] = {
        "recording_sha256": recording_sha256(path),
        "seconds": round(seconds, 1),
        "concurrency": concurrency,
    }
    clock.write_text(json.dumps(noted, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _seconds(recording: Recording) -> float | None:
    noted = _noted(recording.path.parent / _CLOCK).get(recording.path.stem, {})
    return float(noted["seconds"]) if noted.get("recording_sha256") == recording.sha256 else None


def _noted(clock: Path) -> dict[str, dict[str, Any]]:
    return json.loads(clock.read_text(encoding="utf-8")) if clock.exists() else {}
