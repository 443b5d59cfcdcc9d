"""Forms read: a field's text becomes what a use case takes. Whatever is odd is told as an InputError."""

from datetime import date, datetime
from enum import StrEnum
from math import isfinite
from typing import Annotated, TypeVar

from fastapi import Path
from starlette.datastructures import FormData

from factcheck.domain.evidence import EvidenceDraft, SourceKind, Stance
from factcheck.domain.numbering import LAST_NUMBER
from factcheck.domain.review import Confidence, ErrorType, Remarks
from factcheck.errors import InputError
from factcheck.web.visitors import said

Number = Annotated[int, Path(ge=1, le=LAST_NUMBER)]
"""The number of a claim in an address."""
_LONGEST_AMOUNT = 20

E = TypeVar("E", bound=StrEnum)


def day(form: FormData, name: str) -> date | None:
    """A day, as browsers write it."""
    told = said(form, name)
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as error:
        raise InputError(f"{told!r} is not a day; write it as 2026-03-01") from error


def one_of(kind: type[E], form: FormData, name: str) -> E | None:
    """One of an enum's values."""
    told = said(form, name)
    try:
        return kind(told) if told else None
    except ValueError as error:
        raise InputError(f"{told!r} is none of {', '.join(kind)}") from error


def number(form: FormData, name: str) -> int:
    """The number of a claim or of something on its page; a person may write it as `#7`."""
    told = (said(form, name) or "").lstrip("#")
    if not (told.isascii() and told.isdigit() and len(told) <= len(str(LAST_NUMBER)) and 0 < int(told) <= LAST_NUMBER):
        raise InputError(f"{told!r} is no number, such as 7")
    return int(told)


def moment(form: FormData, name: str) -> datetime | None:
    """A moment in UTC, as pages write it in hidden fields."""
    told = said(form, name)
    try:
        return datetime.fromisoformat(told) if told else None
    except ValueError as error:
        raise InputError(f"{told!r} is no moment") from error


def budget(form: FormData) -> float | None:
    """Dollars that something may cost; None where nothing is said."""
    told = said(form, "budget")
    try:
        amount = float(told.replace(",", ".").lstrip("$")) if told and len(told) <= _LONGEST_AMOUNT else 0.0
    except ValueError:
        amount = 0.0
    if told is not None and not (isfinite(amount) and amount > 0):
        raise InputError(f"{told[:_LONGEST_AMOUNT]!r} is no amount of dollars, such as 0.50")
    return amount or None


def remarks(form: FormData) -> Remarks:
    """What is said with a verdict."""
    return Remarks(
        known_as_of=day(form, "known_as_of"),
        confidence=one_of(Confidence, form, "confidence"),
        note=said(form, "note"),
        error_type=one_of(ErrorType, form, "error_type"),
    )


def source(form: FormData) -> EvidenceDraft:
    """A source as a form tells it."""
    told = ("url", "quote", "title", "publisher", "published", "description", "locator", "archive_url")
    return EvidenceDraft(
        **{name: said(form, name) for name in told},
        stance=one_of(Stance, form, "stance"),
        kind=one_of(SourceKind, form, "kind"),
        anonymous=said(form, "anonymous") is not None,
    )
