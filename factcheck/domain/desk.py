"""What people of the desk leave on a claim besides verdicts, and who they are."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from enum import StrEnum

from factcheck.domain.states import Act, Role
from factcheck.errors import ConflictError, DayAheadError, InputError, MissingRoleError, NoEditorLeftError

_ZONE_SPREAD = timedelta(days=1)
_NEARLY = 0.8
"""Names that share so much, 0 to 1: `evve` and `eve` do, `ana` and `ben` do not."""

_LATIN_LOOKS = str.maketrans("аеорсухіјѕѵԁһԛԝкмтгпвαορνυικτεηχ", "aeopcyxijsvdhqwkmtrnbaopvuiktenx")
"""Small letters of Cyrillic and Greek that look like Latin ones."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """The claim in a reviewer's words; the original stays beside it."""

    text: str
    reviewer: str
    at: datetime

    def __post_init__(self) -> None:
        require_words("a claim's new wording", self.text)


@dataclass(frozen=True, slots=True)
class Addition:
    """That a person wrote the claim down, which no run gave."""

    by: str
    at: datetime


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


class ConcernKind(StrEnum):
    """What may speak against signing a verdict off."""

    CHANGED = "changed"
    WORDS_CHANGED = "words_changed"
    QUOTE_MISSING = "quote_missing"
    QUOTE_UNCHECKED = "quote_unchecked"
    NO_RATIONALE = "no_rationale"
    NO_SOURCE = "no_source"
    NO_PRIMARY_SOURCE = "no_primary_source"
    ONE_PERSON = "one_person"
    AGAINST_LABEL = "against_label"
    SOURCE_GONE = "source_gone"
    OWN_ARTICLE = "own_article"
    SAME_SITE = "same_site"
    TOO_YOUNG = "too_young"
    ORIGIN_CHANGED = "origin_changed"
    QUOTE_HIDDEN = "quote_hidden"
    QUOTE_CUT = "quote_cut"
    SOURCE_UNREAD = "source_unread"
    SOURCE_MOVED = "source_moved"
    ARTICLE_COPY = "article_copy"
    OWN_SITE = "own_site"


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that speaks against signing a verdict off; `source` is the name of the source that it is about."""

    kind: ConcernKind
    source: str | None = None

    def __str__(self) -> str:
        told = _CONCERNS[self.kind]
        return f"{told}: {self.source}" if self.source else told


_CONCERNS = {
    ConcernKind.ORIGIN_CHANGED: "the verdict that it was carried over from stands no more",
    ConcernKind.CHANGED: "readers would see something else than was signed off",
    ConcernKind.WORDS_CHANGED: "a later version of the article has not the words of the claim",
    ConcernKind.QUOTE_MISSING: "a quote is not in its source",
    ConcernKind.QUOTE_UNCHECKED: "a quote was not looked for: its source was not fetched, or shows no text",
    ConcernKind.NO_RATIONALE: "the verdict has no rationale",
    ConcernKind.NO_SOURCE: "the verdict has no source of its own",
    ConcernKind.NO_PRIMARY_SOURCE: "the verdict has no primary source",
    ConcernKind.ONE_PERSON: "nobody but its reader has looked at the verdict",
    ConcernKind.AGAINST_LABEL: "every source that takes a side speaks against the label",
    ConcernKind.SOURCE_GONE: "a source is gone",
    ConcernKind.OWN_ARTICLE: "a source is the article under check",
    ConcernKind.SAME_SITE: "a source is of the site of the article under check",
    ConcernKind.TOO_YOUNG: "a source is younger than the day that the verdict is known as of",
    ConcernKind.QUOTE_HIDDEN: "a quote stands in a part of its page that is hidden until a reader opens it",
    ConcernKind.QUOTE_CUT: "words beside a quote, which it leaves out, may turn it round or change an amount",
    ConcernKind.SOURCE_UNREAD: "a source could not be read when it was looked at",
    ConcernKind.SOURCE_MOVED: "the address of a source leads to another page",
    ConcernKind.ARTICLE_COPY: "a source has the text of the article under check",
    ConcernKind.OWN_SITE: "a source is of the site on which this desk publishes",
}


@dataclass(frozen=True, slots=True)
class EditorialAct:
    """A sign-off, rejection, publication or withdrawal.

    `concerns` is what spoke against a sign-off then, and `despite` why the editor went on all the same. `shown` is the
    claim's `shown` at a sign-off; None in those of earlier versions.
    """

    act: Act
    editor: str
    at: datetime
    comment: str | None = None
    despite: str | None = None
    concerns: tuple[Concern, ...] = ()
    shown: str | None = None

    @property
    def unsaid(self) -> "EditorialAct":
        """The act without a word on why."""
        return replace(self, comment=None, despite=None, concerns=())


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the desk: a name with roles, trusted on a shared machine."""

    name: str
    roles: tuple[Role, ...]
    added_at: datetime


def require_may_set_roles(by: str, everybody: Iterable[Person], after: Person) -> None:
    """Raise ConflictError unless `by` is an editor, and somebody is one when a person's roles are what they are after.

    It is asked where roles are on: whoever keeps the desk, at the terminal, may set all.
    """
    editors = {one.name for one in everybody if Role.EDITOR in one.roles}
    if by not in editors:
        raise MissingRoleError(by, Role.EDITOR.value)
    if editors == {after.name} and Role.EDITOR not in after.roles:
        raise NoEditorLeftError(after.name)


def require_may_give_passwords(by: str, everybody: Iterable[Person], name: str, *, has_roles: bool) -> None:
    """Raise ConflictError unless `by` is an editor where roles are on, and somebody else than whose password it is.

    Whoever gives somebody a password can be that person: where everybody may do everything, nobody may do this. It is
    not asked of whoever keeps the desk, at the terminal.
    """
    if not has_roles or not any(one.name == by and Role.EDITOR in one.roles for one in everybody):
        raise MissingRoleError(by, Role.EDITOR.value)
    if by == name:
        raise ConflictError("your own password is changed by who knows it")


def require_seen(name: str, seen: Iterable[Role], now: Iterable[Role]) -> None:
    """Raise ConflictError unless a person's roles are those seen: what others changed is not undone unseen."""
    stands = set(now)
    if set(seen) != stands:
        told = ", ".join(one.value for one in Role if one in stands) or "nothing"
        raise ConflictError(
            f"what {name!r} may act as was changed meanwhile, and is {told} now; look at it and say it anew"
        )


DRAFTED = "drafted"
"""What the log calls it that a draft was kept; what stands in one is nobody's act yet."""


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


def require_come(what: str, day: date, at: datetime) -> None:
    """Raise DayAheadError unless the day has come at that moment (UTC): it comes in some zones before others."""
    if day > at.date() + _ZONE_SPREAD:
        raise DayAheadError(what, day, at.date())


def likely_meant(name: str, known: Iterable[str]) -> str | None:
    """The known name that somebody who types this one may mean: the same to the eye but for its case, or nearly.

    Names that differ in a digit are told apart on purpose.
    """
    by_looks = {_looks(one): one for one in known if _digits(one) == _digits(name)}
    alike = get_close_matches(_looks(name), by_looks, n=1, cutoff=_NEARLY)
    return by_looks[alike[0]] if alike else None


def _looks(name: str) -> str:
    """What a name looks like: without accents, however they are encoded, and letters of other alphabets as Latin."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))
    return bare.translate(_LATIN_LOOKS)


def _digits(name: str) -> str:
    return "".join(filter(str.isdecimal, name))


def optional_words(what: str, text: str | None) -> str | None:
    """The text without outer blanks, None if nothing is left. Raises InputError if UTF-8 cannot hold it."""
    return require_words(what, text) if text and text.strip() else None


def require_parts(texts: Iterable[str]) -> list[str]:
    """The words of a claim's parts, each once. Raises InputError for fewer than two."""
    parts = list(dict.fromkeys(require_words("a part of a claim", text) for text in texts))
    if len(parts) == 1 or not parts:
        raise InputError(f"a claim is split into two parts or more, got {parts!r}; for one, correct its words")
    return parts
