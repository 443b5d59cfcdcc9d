"""Who asks: a signed cookie with a session's key, and a token in each form that only the same browser was given."""

import hmac
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import Lock
from time import monotonic
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from factcheck.errors import (
    FactcheckError,
    ForeignRequestError,
    InputError,
    NotLoggedInError,
    TooManyTriesError,
    WrongPasswordError,
)
from factcheck.web.office import InOffice, Office
from factcheck.workflow.log_in import SESSION, who_is_in

_MOST_FIELDS = 200
_UNREADABLE = "the form is written in an encoding that cannot be read; send it in UTF-8"
_PER_NAME, _PER_ADDRESS = 5, 30
_PAUSE = 300
"""So many wrong passwords within so many seconds, and none is compared any more."""
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Visit:
    """What a browser's cookie holds: a random key, and who somebody says to be where names are trusted."""

    key: str
    name: str | None = None

    @classmethod
    def new(cls, name: str | None = None) -> "Visit":
        """A visit with a key that nobody has seen."""
        return cls(token_urlsafe(32), name)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, and the token that their forms bring back; `name` is None while nobody knows."""

    visit: Visit
    name: str | None
    token: str
    is_new: bool = False

    @property
    def known(self) -> str:
        """Their name. Raises NotLoggedInError."""
        if self.name is None:
            raise NotLoggedInError("nobody is logged in")
        return self.name


def visitor(request: Request, office: InOffice) -> Visitor:
    """Who asks, as far as that is known."""
    visit = _visit_in(request.cookies.get(cookie_name(office)), office)
    is_new, visit = visit is None, visit or Visit.new()
    name = visit.name or office.person
    if office.is_guarded:
        name = None if is_new else who_is_in(office.door, visit.key)
    return Visitor(visit, name, token_of(office, visit), is_new)


AnyVisitor = Annotated[Visitor, Depends(visitor)]


def person(visitor: AnyVisitor) -> str:
    """Who asks. Raises NotLoggedInError."""
    return visitor.known


Person = Annotated[str, Depends(person)]


async def form_of(request: Request, visitor: AnyVisitor) -> FormData:
    """The form that was sent. Raises ForeignRequestError unless it was made for this visitor, and InputError."""
    return await form_with(request, visitor, files=0)


async def form_with(request: Request, visitor: Visitor, *, files: int) -> FormData:
    """The same, with so many files; a large one waits on disk. Whoever calls this closes the form."""
    try:
        form = await request.form(max_files=files, max_fields=_MOST_FIELDS, max_part_size=1_000_000)
    except UnicodeError as error:
        raise InputError(_UNREADABLE) from error
    except ClientDisconnect as error:  # nobody hears of it, and it is no mistake in this program, to be told as one
        raise HTTPException(400, "the form has not come to its end") from error
    try:
        _require_own(form, visitor)
    except FactcheckError:
        await form.close()
        raise
    return form


def _require_own(form: FormData, visitor: Visitor) -> None:
    """Raise ForeignRequestError unless it was made for this visitor, and InputError for texts that nobody can store."""
    texts = [one for one in form.values() if isinstance(one, str)]
    try:
        for one in texts:
            one.encode()  # a request may name any codec of Python for its texts, and some make lone surrogates
    except UnicodeError as error:
        raise InputError(_UNREADABLE) from error
    sent = form.get("token")
    if not isinstance(sent, str) or not hmac.compare_digest(sent.encode(), visitor.token.encode()):
        raise ForeignRequestError("the form is not one of this visit: go back, load the page again, and send it anew")
    if any("\0" in one for one in texts):
        raise InputError("a text holds the character NUL, which cannot be stored")


Form = Annotated[FormData, Depends(form_of)]


def text(form: FormData, name: str) -> str:
    """A field's text, empty where it was not sent. A browser's line ends are those of all other fronts."""
    value = form.get(name)
    return "" if value is None or isinstance(value, UploadFile) else value.replace("\r\n", "\n").replace("\r", "\n")


def said(form: FormData, name: str) -> str | None:
    """A field's text; None where it holds no words."""
    return text(form, name).strip() or None


def cookie_name(office: Office) -> str:
    """Browsers keep a `__Host-` cookie to the one host, over https; on loopback ports have to be told apart."""
    return "__Host-factcheck" if office.address.is_secure else f"factcheck-{urlsplit(office.address.origin).port}"


def let_in(answer: Response, office: Office, visit: Visit) -> None:
    """Give the browser the visit's cookie."""
    value = _signer(office).dumps([visit.key, visit.name])
    seconds = round(SESSION.total_seconds())
    about: dict[str, Any] = {"httponly": True, "samesite": "lax", "secure": office.address.is_secure}
    answer.set_cookie(cookie_name(office), value, max_age=seconds, path="/", **about)


def token_of(office: Office, visit: Visit) -> str:
    """What forms of this visit bring back: nobody can make it who has not the desk's secret."""
    return hmac.digest(office.secret, f"form of {visit.key}".encode(), "sha256").hex()


def _visit_in(cookie: str | None, office: Office) -> Visit | None:
    try:
        key, name = _signer(office).loads(cookie or "", max_age=round(SESSION.total_seconds()))
    except (BadSignature, ValueError, TypeError):
        return None
    return Visit(key, name)


def _signer(office: Office) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(office.secret, salt="visit")


@dataclass
class Tries:
    """Counts wrong passwords, by name and by address, and lets nobody go on guessing."""

    clock: Callable[[], float] = monotonic
    _wrong: OrderedDict[tuple[str, str], list[float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def require_few(self, name: str, address: str) -> None:
        """Raise TooManyTriesError where too many were wrong within the last minutes."""
        with self._lock:
            self._require_few(name, address)

    @contextmanager
    def guessing(self, name: str, address: str) -> Iterator[None]:
        """A guess: it counts before it is compared, for very many may come at once. Raises TooManyTriesError.

        Unless a WrongPasswordError ends it, it is taken back.
        """
        with self._lock:
            self._require_few(name, address)
            at = self._count(name, address)
        is_wrong = False
        try:
            yield
        except WrongPasswordError:
            is_wrong = True
            raise
        finally:
            if not is_wrong:
                self._take_back(name, address, at)

    def one_right(self, name: str) -> None:
        """Forget what was wrong under this name."""
        with self._lock:
            self._wrong.pop(("name", name), None)

    def _require_few(self, name: str, address: str) -> None:
        for kind, most in ((("name", name), _PER_NAME), (("address", address), _PER_ADDRESS)):
            recent = self._recent(kind)
            if len(recent) >= most:
                raise TooManyTriesError(max(1, round(recent[-most] + _PAUSE - self.clock())))

    def _count(self, name: str, address: str) -> float:
        """Count one; what is long ago is forgotten, and so is what came first of very many."""
        now = self.clock()
        for kind in (("name", name), ("address", address)):
            self._wrong[kind] = [*self._recent(kind), now]
            self._wrong.move_to_end(kind)
        while len(self._wrong) > _REMEMBERED:
            self._wrong.popitem(last=False)
        return now

    def _take_back(self, name: str, address: str, at: float) -> None:
        with self._lock:
            for kind in (("name", name), ("address", address)):
                if at in (counted := self._wrong.get(kind, [])):
                    counted.remove(at)

    def _recent(self, kind: tuple[str, str]) -> list[float]:
        return [one for one in self._wrong.get(kind, ()) if one > self.clock() - _PAUSE]
