"""Files that come with a form: they wait on disk, and nothing that they say of themselves is believed."""

from collections.abc import AsyncIterator, Callable
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from factcheck.web.drawing import Drawing
from factcheck.web.visitors import form_with

_LONGEST_NAME = 120


def form_after(asked: Callable[..., Drawing]) -> Callable[..., AsyncIterator[FormData]]:
    """What gives a form whose file waits on disk until it is read, once `asked` has let the visitor in.

    It is received here and not by what reads it: that has one of a few threads, and what comes slowly would keep it.
    """

    async def received(request: Request, drawing: Annotated[Drawing, Depends(asked)]) -> AsyncIterator[FormData]:
        form = await form_with(request, drawing.visitor, files=1)
        try:
            yield form
        finally:
            await form.close()

    return received


def file_in(form: FormData) -> UploadFile | None:
    """The file that was chosen; browsers send one without a name where none was."""
    file = form.get("file")
    return file if isinstance(file, UploadFile) and file.filename else None


def name_of(file: UploadFile) -> str:
    """The name of a file as its owner's system shows it: without folders, and without what nobody sees."""
    last = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    return "".join(filter(str.isprintable, last)).strip()[-_LONGEST_NAME:] or "a file"
