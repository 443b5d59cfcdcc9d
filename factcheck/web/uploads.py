"""Files that come with a form: they wait on disk, and nothing that they say of themselves is believed."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from factcheck.errors import DeskBusyError
from factcheck.web.drawing import Drawing
from factcheck.web.visitors import form_with

_LONGEST_NAME = 120
MOST_OF_ONE = 4
"""So many files one person may be sending: each waits on the server's disk."""


def form_after(asked: Callable[..., Drawing]) -> Callable[..., AsyncIterator[FormData]]:
    """What gives a form whose file waits on disk until it is read, once `asked` has let the visitor in.

    It is received here and not by what reads it: that has one of a few threads, and what comes slowly would keep it.
    """

    async def received(request: Request, drawing: Annotated[Drawing, Depends(asked)]) -> AsyncIterator[FormData]:
        with _on_its_way(drawing):
            form = await form_with(request, drawing.visitor, files=1)
            try:
                yield form
            finally:
                await form.close()

    return received


@contextmanager
def _on_its_way(drawing: Drawing) -> Iterator[None]:
    """Count a file of this person's. Raises DeskBusyError where enough of theirs are on their way."""
    sending, name = drawing.office.sending, drawing.name
    if sending[name] >= MOST_OF_ONE:
        raise DeskBusyError(f"{MOST_OF_ONE} files of yours are on their way, and no more are taken until one is there")
    sending[name] += 1
    try:
        yield
    finally:
        sending[name] -= 1


def file_in(form: FormData) -> UploadFile | None:
    """The file that was chosen; browsers send one without a name where none was."""
    file = form.get("file")
    return file if isinstance(file, UploadFile) and file.filename else None


def name_of(file: UploadFile) -> str:
    """The name of a file as its owner's system shows it: without folders, and without what nobody sees."""
    last = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    return "".join(filter(str.isprintable, last)).strip()[-_LONGEST_NAME:] or "a file"
