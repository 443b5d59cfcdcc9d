"""Which program asks, what its token is good for, which revision it has read, and what it has done before."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Header, Request, Security
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.responses import Response

from factcheck.domain.extraction import RUN_BEGAN, FiledRun
from factcheck.domain.programs import AccessToken, KeyUse, Scope, UsedKey
from factcheck.domain.review import QueuedClaim
from factcheck.errors import UnknownTokenError, UnreadRevisionError
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
_Read = Annotated[str | None, Header(alias="If-Match", max_length=100)]


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
        """The desk."""
        return self.office.desk

    @property
    def stores(self) -> Stores:
        """What the desk has stored."""
        return self.office.stores

    def run_told(self, run: FiledRun) -> Record:
        """A run as programs may read it."""
        return run_record(run) | {"outcome": outcome_told(run.outcome, self.stores.location)}

    def act(self, form: Form | None, act: Callable[[], QueuedClaim | None]) -> Response:
        """Do something once, however often it is sent under its key; answers with the claim as it is then."""
        if self.key is None:
            return claim_told(act())
        done = done_once(self.stores, self._use_of_key(form), act)
        if not isinstance(done, UsedKey):
            return claim_told(done)
        again = None if done.claim_id is None else look_up.claim(self.stores, done.claim_id, self.name)
        told = claim_told(again)
        told.headers["Idempotent-Replayed"] = "true"
        return told

    def begin(self, form: Form, begin: Callable[[], BegunExtraction]) -> Response:
        """Begin a run once, however often it is sent under its key; answers with where the run is followed."""
        if self.key is None:
            return _begun_told(begin())
        done = done_once(self.stores, self._use_of_key(form), begin, RUN_BEGAN)
        if isinstance(done, BegunExtraction):
            return _begun_told(done)
        told = _begun_told(BegunExtraction((done.article_id or 0,), done.run_id))
        told.headers["Idempotent-Replayed"] = "true"
        return told

    def _use_of_key(self, form: Form | None) -> KeyUse:
        asked = f"{self.what}\n{form.model_dump_json() if form else ''}"
        return KeyUse(self.token.id, self.key or "", sha256(asked.encode()).hexdigest())


def claim_told(claim: QueuedClaim | None) -> Response:
    """A claim with its revision as the ETag; nothing for none."""
    if claim is None:
        return Response(status_code=204)
    return JSONResponse(claim_record(claim), headers={"ETag": f'"{claim.revision}"'})


def _begun_told(begun: BegunExtraction) -> Response:
    """An article whose run goes on (202), or that has nothing left to ask (200)."""
    told = {"article": begun.article_ids[0], "run": begun.run_id}
    if begun.run_id is None:
        return JSONResponse(told)
    return JSONResponse(told, 202, {"Location": f"/api/v1/runs/{begun.run_id}", "Retry-After": "2"})


def _caller(scope: Scope) -> Callable[..., Caller]:
    def called(request: Request, office: InOffice, shown: _Shown, key: _Key = None, read: _Read = None) -> Caller:
        if shown is None:
            raise UnknownTokenError("this takes a token: Authorization: Bearer TOKEN")
        token = token_for(office.stores, shown.credentials)
        token.require(scope)
        return Caller(office, token, f"{request.method} {request.url.path} {read}", key)

    return called


def _reading(request: Request, office: InOffice, shown: _Shown) -> Caller:
    return _caller(Scope.READ)(request, office, shown)


def _expected(number: int, read: _Read = None) -> str:
    """The revision that a claim is judged in. Raises UnreadRevisionError."""
    revision = (read or "").strip().strip('"')
    if revision in {"", "*"}:
        raise UnreadRevisionError(number)
    return revision


Reading = Annotated[Caller, Depends(_reading)]
Suggesting = Annotated[Caller, Depends(_caller(Scope.SUGGEST))]
Reviewing = Annotated[Caller, Depends(_caller(Scope.REVIEW))]
Editing = Annotated[Caller, Depends(_caller(Scope.EDIT))]
AsRead = Annotated[str, Depends(_expected)]
Extracting = Annotated[Caller, Depends(_caller(Scope.EXTRACT))]
