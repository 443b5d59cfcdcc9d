"""The files that a newsroom's pages are made with: logo, style sheet, catalogue, template."""

from dataclasses import replace

from factcheck.bounded_files import read_bounded
from factcheck.domain.page import OwnTemplate, PageLook, Picture
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import InputError

_MOST_BYTES = 1_000_000
_MEDIA_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
}


def read_page_files(
    look: PageLook,
    *,
    logo: str | None,
    stylesheet: str | None,
    method: str | None,
    catalogue: str | None,
    template: str | None,
    limits: ParsingLimits,
) -> PageLook:
    """The look with what stands in these files. Raises InputError for one that cannot be read, and InputError."""
    return replace(
        look,
        logo=_picture(logo) if logo else None,
        style=_text("stylesheet", stylesheet) if stylesheet else None,
        method=_text("method", method) if method else None,
        catalogue=_content("catalogue", catalogue) if catalogue else None,
        template=OwnTemplate(_text("template", template), template, limits) if template else None,
    )


def _picture(path: str) -> Picture:
    media_type = _MEDIA_TYPES.get(path.rpartition(".")[2].lower())
    if media_type is None:
        raise InputError(f"the report.logo {path!r} is no picture by its name; known are {', '.join(_MEDIA_TYPES)}")
    return Picture(_content("logo", path), media_type)


def _text(key: str, path: str) -> str:
    try:
        return _content(key, path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"the report.{key} {path!r} is not text in UTF-8") from error


def _content(key: str, path: str) -> bytes:
    try:
        return read_bounded(path, _MOST_BYTES)
    except OSError as error:
        raise InputError(f"the report.{key} {path!r} cannot be read: {error.strerror}") from error
