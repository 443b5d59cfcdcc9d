"""Recordings of look-ups: as those of runs, with searches and found pages in the place of a model's server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factcheck.domain.extraction import RecordingHeader
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import BrokenRecordingError, NotInRecordingError
from factcheck.extraction.recording import NOT_RECORDED, read_recording, recording_to, replaying

_KIND = "look"


def header_of_lookup(answered_by: str | None = None) -> RecordingHeader:
    """What the recording of a look-up says of itself; `answered_by` where no real service has answered."""
    # Model and prompt are none: what was asked stands in each call's address.
    told = "none", _KIND, "1", "0" * 64, 1, "https://searches.invalid/"
    return RecordingHeader(*told, answered_by=answered_by)


@contextmanager
def lookup_recorded(path: Path, answered_by: str | None = None) -> Iterator[None]:
    """Write all HTTP inside the block to `path`. Raises OutputError."""
    with recording_to(path, header_of_lookup(answered_by)):
        yield


@contextmanager
def lookup_played(path: Path, limits: ParsingLimits | None = None) -> Iterator[RecordingHeader]:
    """Answer all HTTP inside the block from the recording. Raises RecordingError."""
    recording = read_recording(path, limits)
    if recording.header.prompt != _KIND:
        raise BrokenRecordingError(f"{str(path)!r} is the recording of a run, and not of a look-up")
    with replaying(recording):
        try:
            yield recording.header
        except NOT_RECORDED as error:
            message = f"the recording {str(path)!r} holds nothing for what this look-up asks"
            raise NotInRecordingError(message) from error
