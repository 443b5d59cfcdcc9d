"""What people of the desk leave on a claim besides verdicts, and who they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from factcheck.domain.states import Act, Role
from factcheck.errors import InputError


@dataclass(frozen=True, slots=True)
class Amendment:
    """The claim in a reviewer's words; the original stays beside it."""

    text: str
    reviewer: str
    at: datetime

    def __post_init__(self) -> None:
        require_words("a claim's new wording", self.text)


@dataclass(frozen=True, slots=True)
class Note:
    """A word to colleagues; no report prints it."""

    text: str
    reviewer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EditorFlag:
    """A reviewer's request that the editor looks at the claim."""

    reason: str
    reviewer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """That the claimant was asked, on which day, and the answer; None if none has come."""

    asked_on: date
    answer: str | None
    reviewer: str


@dataclass(frozen=True, slots=True)
class EditorialAct:
    """A sign-off, rejection, publication or withdrawal."""

    act: Act
    editor: str
    at: datetime
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the desk: a name with roles, trusted on a shared machine."""

    name: str
    roles: tuple[Role, ...]
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reviewer has typed about a claim and not yet decided; `form` is JSON that only whoever shows it reads."""

    claim_id: int
    reviewer: str
    saved_at: datetime
    label: str | None = None
    rationale: str | None = None
    form: str | None = None


def require_words(what: str, text: str) -> str:
    """The text without outer blanks. Raises InputError if nothing is left, or if UTF-8 cannot hold it."""
    if not text.strip():
        raise InputError(f"{what} needs words, got {text!r}; say it in a sentence")
    try:
        text.encode()
    except UnicodeEncodeError as error:  # half a surrogate pair, as a shell or a broken form hands it over
        raise InputError(f"{what} is not valid text: {text!r}") from error
    return text.strip()


def optional_words(what: str, text: str | None) -> str | None:
    """The text without outer blanks, None if nothing is left. Raises InputError if UTF-8 cannot hold it."""
    return require_words(what, text) if text and text.strip() else None


def require_parts(texts: Iterable[str]) -> list[str]:
    """The words of a claim's parts, each once. Raises InputError for fewer than two."""
    parts = list(dict.fromkeys(require_words("a part of a claim", text) for text in texts))
    if len(parts) == 1 or not parts:
        raise InputError(f"a claim is split into two parts or more, got {parts!r}; for one, correct its words")
    return parts
