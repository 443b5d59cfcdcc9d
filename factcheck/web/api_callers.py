"""Which program asks, what its token is good for, which revision it has read, and what it has done before."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Header, Request, Security
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.responses import Response

from factcheck.domain.extraction import RUN_BEGAN, FiledRun
from factcheck.domain.programs import AccessToken, KeyUse, Scope, UsedKey
from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import Role
from factcheck.errors import MissingRoleError, UnknownTokenError, UnreadRevisionError
from factcheck.export.records import Record, claim_record, run_record
from factcheck.web.api_forms import Form
from factcheck.web.office import InOffice, Office
from factcheck.web.refusals import outcome_told
from factcheck.workflow import look_up
from factcheck.workflow.manage_tokens import done_once, token_for
from factcheck.workflow.ports import Stores
from factcheck.workflow.review_claim import Desk
from factcheck.workflow.submit_article import BegunExtraction

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="A token of somebody of this desk, which is shown once when it is given.",
)
_Shown = Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]
_Key = Annotated[str | None, Header(alias="Idempotency-Key", pattern=r"^[\x21-\x7e]{1,255}$")]
_Read = Annotated[
    str | None,
    Header(alias="If-Match", max_length=100, description="The claim's revision, or its ETag, of which that is a part."),
]
_BESIDES, _DIGITS = "-", 12
"""What parts a revision in an ETag from the hash of the rest, and the digits of that."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A program at the desk, which acts under its token's name. Reading and acting are as that person's."""

    office: Office
    token: AccessToken
    what: str
    key: str | None

    @property
    def name(self) -> str:
        """Who acts."""
        return self.token.name

    @property
    def desk(self) -> Desk:
        """The desk, for as much as the token is good for."""
        return replace(self.office.desk, within=self.token.roles)

    @property
    def stores(self) -> Stores:
        """What the desk has stored."""
        return self.office.stores

    def run_told(self, run: FiledRun) -> Record:
        """A run as programs may read it."""
        return run_record(run) | {"outcome": outcome_told(run.outcome, self.stores.location)}

    def act(self, form: Form | None, act: Callable[[], QueuedClaim | None]) -> Response:
        """Do something once, however often it is sent under its key; answers with the claim as it is then."""
        with self.scope_told():
            done = act() if self.key is None else done_once(self.stores, self._use_of_key(form), act)
        if not isinstance(done, UsedKey):
            return claim_told(done)
        return _replayed(claim_told(self._claim_of(done)))

    def undo(self, form: Form | None, undo: Callable[[], tuple[str, QueuedClaim]]) -> Response:
        """Take a decision back once, likewise; answers with what was taken back, and the claim as it is then."""
        with self.scope_told():
            done = undo() if self.key is None else done_once(self.stores, self._use_of_key(form), undo)
        if not isinstance(done, UsedKey):
            return _undone_told(*done)
        return _replayed(_undone_told(done.undone, self._claim_of(done)))

    @contextmanager
    def scope_told(self) -> Iterator[None]:
        """Around an act: where it takes an editor's role that the token does not give, MissingScopeError is raised."""
        try:
            yield
        except MissingRoleError as error:
            if error.role == Role.EDITOR:
                self.token.require(Scope.EDIT)
            raise

    def begin(self, form: Form, begin: Callable[[], BegunExtraction]) -> Response:
        """Begin a run once, however often it is sent under its key; answers with where the run is followed."""
        if self.key is None:
            return _begun_told(begin())
        done = done_once(self.stores, self._use_of_key(form), begin, RUN_BEGAN)
        if isinstance(done, BegunExtraction):
            return _begun_told(done)
        return _replayed(_begun_told(BegunExtraction((done.article_id or 0,), done.run_id)))

    def _claim_of(self, done: UsedKey) -> QueuedClaim | None:
        return None if done.claim_id is None else look_up.claim(self.stores, done.claim_id, self.name)

    def _use_of_key(self, form: Form | None) -> KeyUse:
        asked = f"{self.what}\n{form.model_dump_json() if form else ''}"
        return KeyUse(self.token.id, self.key or "", sha256(asked.encode()).hexdigest())


def claim_told(claim: QueuedClaim | None) -> Response:
    """A claim; nothing for none. Its ETag is its revision, and a hash of all that is told of it besides."""
    if claim is None:
        return Response(status_code=204)
    told = JSONResponse(claim_record(claim))
    told.headers["ETag"] = f'"{claim.revision}{_BESIDES}{sha256(told.body).hexdigest()[:_DIGITS]}"'
    return told


def _undone_told(undone: str | None, claim: QueuedClaim | None) -> Response:
    return JSONResponse({"undone": undone, "claim": claim and claim_record(claim)})


def _replayed(told: Response) -> Response:
    told.headers["Idempotent-Replayed"] = "true"
    return told


def _begun_told(begun: BegunExtraction) -> Response:
    """An article whose run goes on (202), or that has nothing left to ask (200)."""
    told = {"article": begun.article_ids[0], "run": begun.run_id}
    if begun.run_id is None:
        return JSONResponse(told)
    return JSONResponse(told, 202, {"Location": f"/api/v1/runs/{begun.run_id}", "Retry-After": "2"})


def _caller(scope: Scope) -> Callable[..., Caller]:
    """Who asks, with a token of that scope. Raises UnknownTokenError, MissingScopeError."""

    def called(request: Request, office: InOffice, shown: _Shown) -> Caller:
        if shown is None:
            raise UnknownTokenError("this takes a token: Authorization: Bearer TOKEN")
        token = token_for(office.stores, shown.credentials)
        token.require(scope)
        return Caller(office, token, f"{request.method} {request.url.path} {request.headers.get('if-match')}", None)

    return called


def _caller_with_key(scope: Scope) -> Callable[..., Caller]:
    """Who asks, and under which key, if any: what they do takes one."""

    def called(caller: Annotated[Caller, Depends(_caller(scope))], key: _Key = None) -> Caller:
        return replace(caller, key=key)

    return called


def _read(read: _Read = None) -> str | None:
    """The revision in which a claim was read, if it is named."""
    revision = (read or "").strip().removeprefix("W/").strip('"').partition(_BESIDES)[0]
    return None if revision in {"", "*"} else revision


IfRead = Annotated[str | None, Depends(_read)]


def _expected(number: int, revision: IfRead) -> str:
    """The revision that a claim is judged in. Raises UnreadRevisionError."""
    if revision is None:
        raise UnreadRevisionError(number)
    return revision


Reading = Annotated[Caller, Depends(_caller(Scope.READ))]
Suggesting = Annotated[Caller, Depends(_caller(Scope.SUGGEST))]
Reviewing = Annotated[Caller, Depends(_caller_with_key(Scope.REVIEW))]
Editing = Annotated[Caller, Depends(_caller_with_key(Scope.EDIT))]
AsRead = Annotated[str, Depends(_expected)]
Extracting = Annotated[Caller, Depends(_caller_with_key(Scope.EXTRACT))]
